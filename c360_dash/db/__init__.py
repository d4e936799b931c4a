"""The only door to PostgreSQL for everything that shows data."""

from c360_dash.db.builds import Build
from c360_dash.db.calling import NotInstalled, call, call_as_owner
from c360_dash.db.engines import DatabaseUnreachable, explain, owner_connection, owner_engine, reader_engine
from c360_dash.db.errors import DatabaseAway, NoBuild, NoRight, QueryTooSlow
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
from c360_dash.db.variants import ID_TYPES, by, of_type

__all__ = [
    "EXTENSION",
    "ID_TYPES",
    "Build",
    "DatabaseAway",
    "DatabaseUnreachable",
    "NoBuild",
    "NoRight",
    "NotInstalled",
    "QueryTooSlow",
    "build_before",
    "build_by_id",
    "by",
    "call",
    "call_as_owner",
    "current_build",
    "explain",
    "init",
    "of_type",
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
