"""Starts a rebuild that outlives whoever asked for it, and ends one.

The rebuild is `c360 rebuild` in a process and session of its own, so neither the end of a web worker nor a signal to
its group reaches it. Which of many callers may start it is decided in the database, before there is a process.
"""

import subprocess
import sys
import threading
from datetime import date
from typing import Any

import psycopg2

from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.rebuild.installing import install
from c360_dash.rebuild.log import told_unknown
from c360_dash.rebuild.running import RebuildRefused
from c360_dash.schedule import Schedule

LOG = "rebuild.log"
NOT_INSTALLED = (psycopg2.errors.UndefinedFunction, psycopg2.errors.InvalidSchemaName)


def start(settings: Settings, trigger: str, requested_by: str, as_of: date | None = None, kind: str = "full") -> None:
    """Starts a rebuild and returns at once; its run is in the log within seconds. `as_of` as in `run`.

    Raises RebuildRefused, with the reason in words, when one is running or starting.
    """
    reason = _value(settings, "select c360.request_rebuild(%s, %s)", trigger, requested_by)
    if reason is not None:
        raise RebuildRefused(f"Nothing was started: {reason}.")
    _spawn(settings, trigger, requested_by, as_of, kind)


def start_if_due(settings: Settings, schedule: Schedule) -> bool:
    """Starts a rebuild if the last one started that long ago; True for the one caller who did."""
    # A day is a day also when clocks change: days stay days on the way to PostgreSQL.
    days, seconds = schedule.every.days, schedule.every.seconds
    question = "select c360.request_scheduled_rebuild(make_interval(days => %s, secs => %s), %s)"
    if not _value(settings, question, days, seconds, schedule.at):
        return False
    _spawn(settings, "schedule", "schedule", None, "full")
    return True


def cancel(settings: Settings, run_id: int, requested_by: str) -> None:
    """Ends a run; what is published stays as it is. Raises UnknownBuild when it does not run any more."""
    try:
        _value(settings, "select c360.cancel_rebuild(%s, %s)", run_id, requested_by)
    except psycopg2.errors.NoDataFound as error:
        raise told_unknown(error) from error


def _value(settings: Settings, statement: str, *parameters: object) -> Any:
    """The one value of a statement; the SQL is installed first where it is missing or of an older version."""
    try:
        return _asked(settings, statement, parameters)
    except NOT_INSTALLED:
        install(settings)
        return _asked(settings, statement, parameters)


def _asked(settings: Settings, statement: str, parameters: tuple[object, ...]) -> Any:
    with owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
        return row and row[0]


def _spawn(settings: Settings, trigger: str, requested_by: str, as_of: date | None, kind: str) -> None:
    command = [sys.executable, "-m", "c360_dash.cli", "rebuild", "--trigger", trigger, "--by", requested_by]
    command += ["--as-of", as_of.isoformat()] if as_of else []
    command += ["--incremental"] if kind == "incremental" else []
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    with (settings.data_dir / LOG).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command,
            env=settings.process_environment(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    # Only so that no dead process stays behind: nothing waits for the thread, nor does it for anything else.
    threading.Thread(target=process.wait, name="rebuild", daemon=True).start()
