"""Who is asking, what they may do, and the audit line.

    auth.person()                     Person(name, role)
    auth.may("analyst")               whether whoever asks has that role or a higher one
    auth.require("admin")             raises Forbidden, which is a 403 for programs and words on pages
    auth.audit("publish", "41")       one line in c360.audit

`prepare` sets the guard of an application; without it, and outside a request, everything is allowed.
"""

from c360_dash.auth.auditing import audit
from c360_dash.auth.door import Look
from c360_dash.auth.guard import badge, prepare
from c360_dash.auth.roles import Forbidden, Person, Role, may, person, require
from c360_dash.auth.ways import refuse_unready

__all__ = [
    "Forbidden",
    "Look",
    "Person",
    "Role",
    "audit",
    "badge",
    "may",
    "person",
    "prepare",
    "refuse_unready",
    "require",
]
