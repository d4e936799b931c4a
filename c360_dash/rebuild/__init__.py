"""Install the SQL of the build, run it, follow it, publish and roll back, and tell its history."""

from c360_dash.rebuild.erasing import NoSuchId, erase
from c360_dash.rebuild.installing import InstallationError, install
from c360_dash.rebuild.log import Check, Exclusion, Run, RunStage, discard, history, publish, run_of, status
from c360_dash.rebuild.running import RebuildFailed, RebuildRefused, run

__all__ = [
    "Check",
    "Exclusion",
    "InstallationError",
    "NoSuchId",
    "RebuildFailed",
    "RebuildRefused",
    "Run",
    "RunStage",
    "discard",
    "erase",
    "history",
    "install",
    "publish",
    "run",
    "run_of",
    "status",
]
