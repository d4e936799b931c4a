"""Whether whoever asks may see personal data: the one fact about a person that the queries need to know.

It is decided once a request, by `c360_dash.auth`; here it can be read without anything that knows of logins. Outside a
request (the command line, a test) everything may be seen, and so it is on a server that nobody guards. On a guarded one
a request about which nothing was decided sees nothing personal.
"""

from flask import current_app, g, has_request_context

GUARD = "c360_guard"
"""The name under which a guarded Flask application carries its guard."""


def decide(sees: bool) -> None:
    """For the rest of this request, personal data may be seen or not."""
    g.c360_sees_personal_data = sees


def sees_personal_data() -> bool:
    """Whether names, addresses and the like may be part of an answer."""
    if not has_request_context():
        return True
    return bool(g.get("c360_sees_personal_data", GUARD not in current_app.extensions))
