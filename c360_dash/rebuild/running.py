"""Runs create_customer_360 and follows it: the work and its truth are in the database, this only calls and looks."""

import threading
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import psycopg2
from psycopg2 import extensions

from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.errors import C360Error
from c360_dash.progress import Progress, silent
from c360_dash.rebuild.installing import install
from c360_dash.rebuild.log import Run, in_sentences, run_of
from c360_dash.rebuild.readying import InstallationError
from c360_dash.rebuild.telling import tell_news

LABEL = "Building"
CANCELLED, NO_DATA = "57014", "P0002"
LOOK_EVERY = 0.25  # seconds between two looks at the progress


class RebuildRefused(C360Error):
    """Another rebuild or a back-test is running."""


class RebuildFailed(C360Error):
    """The run ended with an error; nothing was published. The text says at which stage and why."""


class RebuildCancelled(RebuildFailed):
    """Somebody ended the run; nothing was published."""


class TooLittleHistory(C360Error):
    """The data do not reach far enough for a back-test; the text says how far they do."""


def run(
    settings: Settings,
    as_of: date | datetime | None = None,
    trigger: str = "cli",
    requested_by: str | None = None,
    progress: Progress = silent,
    kind: str = "full",
) -> Run:
    """Installs the SQL if it changed, builds as of a moment, and publishes when the checks hold.

    `as_of`: a date means its end, a naive datetime is local; both in the time zone of the deployment. None: the latest
    moment of the data when it is historical, else now. `kind`: full, or incremental, which computes only what changed
    and becomes full where that cannot be: the Run's `note` says why. Its state is published, held (a drift check waits
    for an administrator) or rejected (a stop check failed). Raises RebuildRefused and RebuildFailed.
    """
    try:
        _install(settings, trigger, requested_by)
        return _called(settings, as_of, [trigger, requested_by, kind, None], progress)
    finally:
        tell_news(settings)


def back_test(
    settings: Settings,
    days: int = 90,
    as_of: date | datetime | None = None,
    requested_by: str | None = None,
    progress: Progress = silent,
) -> Run:
    """Builds as of that many days before the data end, and compares with what then happened; nothing is published.

    `as_of` names another moment to look from. What was found is in c360.last_back_test and the views beside it; the
    build is gone. Raises TooLittleHistory, RebuildRefused and RebuildFailed.
    """
    _install(settings, "backtest", requested_by)
    return _called(settings, as_of, ["cli", requested_by, "backtest", days], progress)


def _called(settings: Settings, as_of: date | datetime | None, arguments: list[object], progress: Progress) -> Run:
    with owner_connection(settings) as connection:
        call = _Call(connection, [_moment(connection, as_of), *arguments])
        call.follow(settings, progress)
        return run_of(settings, call.run_id())


def _install(settings: Settings, trigger: str, requested_by: str | None) -> None:
    """Installs; a failure is a failed run in the log, where there is a log, so that everyone sees it."""
    try:
        install(settings)
    except InstallationError as error:
        with suppress(psycopg2.Error), owner_connection(settings) as connection, connection.cursor() as cursor:
            arguments = [trigger, requested_by, str(error)]
            cursor.execute("select c360.note_failed_start(%s, coalesce(%s, session_user), %s)", arguments)
        raise


class _Call:
    """The call of the procedure in a thread of its own, so that this one can show progress and cancel."""

    def __init__(self, connection: extensions.connection, arguments: list[object]) -> None:
        self._connection = connection
        self._arguments = arguments
        self._error: psycopg2.Error | None = None
        self._thread = threading.Thread(target=self._work, name="create_customer_360")

    def _work(self) -> None:
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(
                    "call c360.create_customer_360(%s, %s, coalesce(%s, session_user), %s, %s)", self._arguments
                )
        except psycopg2.Error as error:
            self._error = error

    def follow(self, settings: Settings, progress: Progress) -> None:
        """Returns when the procedure has ended; an interruption cancels it first."""
        progress(LABEL, 0, 1)
        self._thread.start()
        try:
            with owner_connection(settings) as watcher:
                while self._thread.is_alive():
                    self._thread.join(LOOK_EVERY)
                    _show(watcher, progress)
        except BaseException:
            self._cancel(settings)
            raise
        finally:
            self._thread.join()
        if self._error is not None:
            raise _told(self._error)
        progress(LABEL, 1, 1)

    def _cancel(self, settings: Settings) -> None:
        try:
            self._connection.cancel()
        except psycopg2.Error:
            # The way to the server is open to this one connection only, as with the connector of Cloud SQL.
            with owner_connection(settings) as other, other.cursor() as cursor:
                cursor.execute("select pg_cancel_backend(%s)", [self._connection.info.backend_pid])

    def run_id(self) -> int:
        """The run that this session made."""
        with self._connection.cursor() as cursor:
            cursor.execute("select max(run_id) from c360.run where pid = pg_backend_pid()")
            row = cursor.fetchone()
        assert row is not None  # an aggregate always has a row
        return int(row[0])


def _show(watcher: extensions.connection, progress: Progress) -> None:
    with watcher.cursor() as cursor:
        cursor.execute("select share_done from c360.progress")
        row = cursor.fetchone()
    if row is not None and row[0] is not None:
        progress(LABEL, float(row[0]), 1)


def _moment(connection: extensions.connection, as_of: date | datetime | None) -> datetime | None:
    if as_of is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute("select c360.setting_value('timezone')")
        row = cursor.fetchone()
    zone = ZoneInfo(str(row[0])) if row else ZoneInfo("UTC")
    if not isinstance(as_of, datetime):
        return datetime.combine(as_of + timedelta(days=1), time(), zone) - timedelta(microseconds=1)
    return as_of if as_of.tzinfo else as_of.replace(tzinfo=zone)


def _told(error: psycopg2.Error) -> C360Error:
    reason = (error.diag.message_primary or str(error)).strip()
    if error.pgcode == "55P03" and "one build runs at a time" in reason:
        return RebuildRefused(in_sentences(error))
    if error.pgcode == NO_DATA:
        return TooLittleHistory(in_sentences(error))
    if error.pgcode == CANCELLED:
        return RebuildCancelled("The rebuild was cancelled; what is published stays as it was.")
    if error.pgcode is None:
        return RebuildFailed(f"The connection to PostgreSQL was lost while building: {reason}. Nothing was published.")
    return RebuildFailed(f"The build failed: {reason} (SQLSTATE {error.pgcode}). Nothing was published.")
