"""Who is asking, what they may do, and the audit line.

auth.person()                     Person(name, role)
auth.may("analyst")               whether whoever asks has that role or a higher one
auth.require("admin")             raises Forbidden, which is a 403 for programs and words on pages
auth.audit("publish", "41")       one line in c360.audit
"""

from c360_dash.auth.auditing import audit
from c360_dash.auth.roles import Forbidden, Person, Role, may, person, require

__all__ = ["Forbidden", "Person", "Role", "audit", "may", "person", "require"]
