"""The only door to PostgreSQL for everything that shows data."""

from c360_dash.db.builds import Build
from c360_dash.db.engines import DatabaseUnreachable, explain, owner_connection, owner_engine, reader_engine
from c360_dash.db.errors import DatabaseAway, NoBuild, QueryTooSlow
from c360_dash.db.reading import (
    EXTENSION,
    build_before,
    build_by_id,
    current_build,
    init,
    parameters_of,
    read,
    read_records,
    read_since,
    reader,
    remembered,
)

__all__ = [
    "EXTENSION",
    "Build",
    "DatabaseAway",
    "DatabaseUnreachable",
    "NoBuild",
    "QueryTooSlow",
    "build_before",
    "build_by_id",
    "current_build",
    "explain",
    "init",
    "owner_connection",
    "owner_engine",
    "parameters_of",
    "read",
    "read_records",
    "read_since",
    "reader",
    "reader_engine",
    "remembered",
]
