"""Install the SQL of the build, run it, follow it, publish and roll back, and tell its history."""

from c360_dash.rebuild.erasing import NoSuchId, erase
from c360_dash.rebuild.installing import install
from c360_dash.rebuild.log import (
    Check,
    Exclusion,
    Run,
    RunStage,
    UnknownBuild,
    discard,
    history,
    publish,
    run_of,
    status,
)
from c360_dash.rebuild.readying import InstallationError
from c360_dash.rebuild.running import (
    RebuildCancelled,
    RebuildFailed,
    RebuildRefused,
    TooLittleHistory,
    back_test,
    run,
)
from c360_dash.rebuild.starting import cancel, start, start_if_due
from c360_dash.rebuild.telling import tell_news

__all__ = [
    "Check",
    "Exclusion",
    "InstallationError",
    "NoSuchId",
    "RebuildCancelled",
    "RebuildFailed",
    "RebuildRefused",
    "Run",
    "RunStage",
    "TooLittleHistory",
    "UnknownBuild",
    "back_test",
    "cancel",
    "discard",
    "erase",
    "history",
    "install",
    "publish",
    "run",
    "run_of",
    "start",
    "start_if_due",
    "status",
    "tell_news",
]
