"""The only door to PostgreSQL for everything that shows data."""

from c360_dash.db.builds import Build
from c360_dash.db.cache import NotKept, only_kept
from c360_dash.db.calling import NotInstalled, call, call_as_owner
from c360_dash.db.engines import DatabaseUnreachable, explain, owner_connection, owner_engine, reader_engine
from c360_dash.db.errors import DatabaseAway, NoBuild, NoRight, QueryTooSlow, TooBusy, TooManyExports
from c360_dash.db.lists import INDEXED, LISTS, list_of
from c360_dash.db.reading import (
    EXTENSION,
    build_before,
    build_by_id,
    comparable_builds,
    current_build,
    init,
    parameters_of,
    read,
    read_records,
    read_records_since,
    read_since,
    reader,
    remembered,
)
from c360_dash.db.streaming import stream
from c360_dash.db.variants import EXTENSION_SCHEMAS, ID_TYPES, by, in_schema, of_type

__all__ = [
    "EXTENSION",
    "EXTENSION_SCHEMAS",
    "ID_TYPES",
    "INDEXED",
    "LISTS",
    "Build",
    "DatabaseAway",
    "DatabaseUnreachable",
    "NoBuild",
    "NoRight",
    "NotInstalled",
    "NotKept",
    "QueryTooSlow",
    "TooBusy",
    "TooManyExports",
    "build_before",
    "build_by_id",
    "by",
    "call",
    "call_as_owner",
    "comparable_builds",
    "current_build",
    "explain",
    "in_schema",
    "init",
    "list_of",
    "of_type",
    "only_kept",
    "owner_connection",
    "owner_engine",
    "parameters_of",
    "read",
    "read_records",
    "read_records_since",
    "read_since",
    "reader",
    "reader_engine",
    "remembered",
    "stream",
]
