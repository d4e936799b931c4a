"""What can stand between a question and its answer, told apart by what the reader of the message can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from c360_dash.db.engines import DatabaseUnreachable
from c360_dash.embedded import EmbeddedError
from c360_dash.errors import C360Error

QUERY_CANCELED = "57014"
NO_RIGHT = "42501"
NOTHING_THERE = ("3F000", "42P01", "42703", "42883")  # schema, table, column, function


class NoBuild(C360Error):
    """Nothing is published yet, or the build that was asked for is not in the database."""


class DatabaseAway(C360Error):
    """The database cannot be reached; asking again later may help."""


class QueryTooSlow(C360Error):
    """The database gave up on a question after the statement timeout."""


class TooBusy(C360Error):
    """More is asked than the database can answer now; asking again later helps."""


class TooManyExports(C360Error):
    """As many exports are running as leave connections for everybody else; asking again later helps."""


class NoRight(C360Error):
    """The role that reads may not read a table; the text says which."""


@contextmanager
def told_apart(nothing_there: str) -> Iterator[None]:
    """Turns errors of the driver into the ones above; `nothing_there` is the text where a relation is missing."""
    try:
        yield
    except (DatabaseUnreachable, EmbeddedError) as error:
        raise DatabaseAway(str(error)) from error
    except PoolTimeout as error:
        raise DatabaseAway("All connections to the database are in use; try again, or raise C360_POOL_SIZE.") from error
    except DBAPIError as error:
        state = getattr(error.orig, "pgcode", None)
        if state == QUERY_CANCELED:
            raise QueryTooSlow(
                "The question took longer than C360_STATEMENT_TIMEOUT_MS allows; narrow it, or raise the limit."
            ) from error
        if state == NO_RIGHT:
            reason = str(error.orig).strip().splitlines()[0]
            raise NoRight(f"PostgreSQL reports: {reason}. Grant it to the role c360_reader.") from error
        if state in NOTHING_THERE:
            raise NoBuild(nothing_there) from error
        if isinstance(error, (OperationalError, InterfaceError)):
            raise DatabaseAway("The database cannot be reached; it is asked again with the next request.") from error
        raise
