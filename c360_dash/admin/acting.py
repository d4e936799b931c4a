"""What the buttons do: each checks the right on the server, does one thing, and leaves a line in the audit."""

import threading
from collections.abc import Mapping
from datetime import date

from c360_dash import auth, db, rebuild, sources
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.rebuild import parameters
from c360_dash.rebuild.parameters import Change
from c360_dash.sources.findings import CheckReport

ADMIN = "admin"
KINDS = ("full", "incremental")
_checking = threading.Lock()


class AsOfRefused(C360Error):
    """The as-of date is no date."""


class UnknownKind(C360Error):
    """There is no such kind of rebuild."""


class CheckBusy(C360Error):
    """The source is being checked already."""


def start(settings: Settings, as_of: str | None, kind: str = "full") -> str:
    """Starts a rebuild; raises RebuildRefused, AsOfRefused, UnknownKind, Forbidden."""
    auth.require(ADMIN)
    if kind not in KINDS:
        raise UnknownKind(f"There is no kind of rebuild called “{str(kind)[:40]}”; there are {' and '.join(KINDS)}.")
    day = _day(as_of)
    rebuild.start(settings, "web", auth.person().name, day, kind)
    auth.audit("rebuild", kind, as_of=as_of or None)
    return "A rebuild was asked for; it goes on whatever becomes of this page."


def cancel(settings: Settings, run: int) -> str:
    """Ends the run; raises UnknownBuild, Forbidden."""
    auth.require(ADMIN)
    rebuild.cancel(settings, run, auth.person().name)
    auth.audit("cancel", str(run))
    return f"Rebuild {run} is being cancelled; what is published stays as it was."


def publish(settings: Settings, build: int) -> str:
    """Publishes a held build; raises UnknownBuild, Forbidden."""
    return _pointed(settings, build, "publish")


def roll_back(settings: Settings, build: int) -> str:
    """Goes back to a kept build; raises UnknownBuild, Forbidden."""
    return _pointed(settings, build, "roll back")


def discard(settings: Settings, build: int) -> str:
    """Drops a build; raises UnknownBuild, Forbidden."""
    auth.require(ADMIN)
    rebuild.discard(settings, build)
    auth.audit("discard", str(build))
    return f"Build {build} is discarded."


def save(settings: Settings, proposed: Mapping[str, str]) -> list[Change]:
    """Saves settings, and gives what has changed; raises SettingRefused, Forbidden."""
    auth.require(ADMIN)
    saved = parameters.save(settings, proposed)
    for change in saved:
        auth.audit("set", change.parameter.key, value=change.after, instead_of=change.before)
    return saved


def erase(settings: Settings, customer_id: str | None) -> str:
    """Erases a customer from all builds, for good; raises NoSuchId, Forbidden."""
    auth.require(ADMIN)
    wanted = (customer_id or "").strip()
    if not wanted:
        raise rebuild.NoSuchId("Write the id of the customer first; nothing was changed.")
    builds = rebuild.erase(settings, wanted)
    auth.audit("erase customer", wanted, builds=builds)
    found = f"is out of {builds} {'build' if builds == 1 else 'builds'}" if builds else "was in no build"
    return f"Customer {wanted} {found}, and no later one will have it. The source still may: erase it there too."


def check(settings: Settings) -> CheckReport:
    """Measures the source, within the statement timeout and once at a time; raises CheckBusy, Forbidden."""
    auth.require(ADMIN)
    if not _checking.acquire(blocking=False):
        raise CheckBusy("The source is being checked already; look again in a moment.")
    try:
        auth.audit("check")
        return sources.check(settings, settings.statement_timeout_ms)
    finally:
        _checking.release()


DOES = {"publish": publish, "roll-back": roll_back, "discard": discard}


def _pointed(settings: Settings, build: int, action: str) -> str:
    auth.require(ADMIN)
    rebuild.publish(settings, build)
    auth.audit(action, str(build))
    db.reader().builds.forget_current()
    return f"Build {build} is published; all pages show it."


def _day(words: str | None) -> date | None:
    if not words or not words.strip():
        return None
    try:
        return date.fromisoformat(words.strip())
    except ValueError:
        raise AsOfRefused(f"“{words[:40]}” is no date; write 2026-01-31, or nothing.") from None
