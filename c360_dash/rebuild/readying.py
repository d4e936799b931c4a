"""What must hold before the SQL of the build is installed: a server that is new enough, and no build under way."""

import logging

from psycopg2 import extensions

from c360_dash.errors import C360Error

logger = logging.getLogger(__name__)

OLDEST = 14  # the first with SQL-standard function bodies, in which a mistake is found while installing
BUILD_LOCK = "pg_advisory_xact_lock(hashtext('c360.create_customer_360'))"
PUBLISH_LOCK = "pg_advisory_xact_lock(hashtext('c360.publish'))"
RUN = """
select split_part(application_name, ' ', 2)
from pg_stat_activity
where datname = current_database() and application_name like 'c360 #%'
"""


class InstallationError(C360Error):
    """The SQL could not be installed; the text names the file and what PostgreSQL says."""


def refuse_old(connection: extensions.connection) -> None:
    """Raises InstallationError where the server lacks what the SQL uses."""
    major = connection.server_version // 10_000
    if major < OLDEST:
        raise InstallationError(
            f"This server is PostgreSQL {major}, and Customer 360 needs {OLDEST} or later: "
            "upgrade it, or let C360_DATABASE_URL name another."
        )


def wait_for_builds(cursor: extensions.cursor) -> None:
    """Takes the lock of builds; who has to wait for it is told for whom, and what to do."""
    if _takes(cursor, BUILD_LOCK):
        return
    cursor.execute(RUN)
    run = cursor.fetchone()
    if run is None:
        logger.warning("Another installation is under way; this one goes on when that has ended.")
    else:
        logger.warning(
            "Run %s is under way; the SQL is installed when it has ended. `c360 status` shows how far it is, "
            "`c360 cancel %s` ends it.",
            run[0],
            str(run[0]).removeprefix("#"),
        )
    cursor.execute(f"select {BUILD_LOCK}")


def wait_for_publication(cursor: extensions.cursor) -> None:
    """Takes the lock of whoever publishes a build; who has to wait for it is told so."""
    if not _takes(cursor, PUBLISH_LOCK):
        logger.warning("A build is being published; the SQL is installed when that has ended.")
        cursor.execute(f"select {PUBLISH_LOCK}")


def _takes(cursor: extensions.cursor, lock: str) -> bool:
    """Whether nobody else has the lock, which is then taken."""
    cursor.execute(f"select {lock.replace('advisory', 'try_advisory')}")
    return bool(cursor.fetchone() == (True,))
