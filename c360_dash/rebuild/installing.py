"""Puts the SQL of the build into the database: schemas, settings, contract, input views, stages, procedure.

All of it can be created again at any time, so an upgrade is an installation. Each stage is planned once against empty
tables while installing: a mistake in a stage, or a source that does not fit, is found here and not in the night.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import psycopg2
from psycopg2 import extensions

from c360_dash.config import Settings
from c360_dash.db import owner_connection
from c360_dash.metrics import Definitions, definitions
from c360_dash.rebuild.readying import InstallationError, refuse_old, wait_for_builds, wait_for_publication

logger = logging.getLogger(__name__)

HEADER = re.compile(
    r"^-- (Stage|Grain|Reads|Means|Index|Incremental|Anew|Split): (.+(?:\n--        .+)*)", re.MULTILINE
)
ADDED = re.compile(r"added(?: while (\w+) stay)?: ")
INPUT_VIEWS, TOUCHED_ROWS = "00_input_views.sql", "00_touched_rows.sql"
DRY_SCHEMA = "c360_dry_run"
VIEW = re.compile(r"^create or replace view (\S+) as$", re.MULTILINE)
TRIES = 240  # two minutes and more
HELD = "The SQL was not installed, because other sessions hold what it changes"
WAITING = "Other sessions hold what the SQL changes; it is installed when they have let go of it."
SOURCE_TYPES = """
select string_agg(concat_ws(' ', table_name, column_name, data_type), ', ' order by table_name, column_name)
from information_schema.columns
where table_schema = 'source'
"""


@dataclass(frozen=True)
class Stage:
    """One stage file: `select` text and what its header says."""

    position: int
    name: str
    is_working: bool
    is_kept: bool
    grain: list[str]
    reads: list[str]
    indexes: list[str]
    way: str
    added_columns: list[str]
    anew_columns: list[str]
    steady_table: str | None
    split: list[str]
    split_by: str
    meaning: str
    body: str
    path: Path


def install(settings: Settings, force: bool = False) -> bool:
    """Installs the SQL if it is not the installed one; True when something was installed.

    What is under way is waited for, which the log says, and no build starts meanwhile. Raises InstallationError with
    the file and the reason; the database is then as it was.
    """
    with owner_connection(settings) as connection:
        refuse_old(connection)
        if not force and _is_installed(connection, settings.sql_dir):
            return False
        connection.autocommit = False
        for left in reversed(range(TRIES)):
            try:
                return _install_once(connection, settings.sql_dir, force)
            except psycopg2.errors.LockNotAvailable as error:
                if not left:
                    raise InstallationError(f"{HELD} ({_said(error)}). End them, then try again.") from error
                if left == TRIES - 1:
                    logger.warning(WAITING)
        raise AssertionError("the last try returns or raises")


def _install_once(connection: extensions.connection, sql: Path, force: bool) -> bool:
    """One try, all of it or nothing; False when somebody else has installed meanwhile. Raises LockNotAvailable.

    First the lock of builds, then that of whoever publishes, always in this order: all of them lock the same tables,
    and one that began in the middle of another would end with a deadlock of both. Readers cannot be kept away like
    that: whoever waits for one gives up before PostgreSQL looks for a deadlock, and tries again.
    """
    with connection, connection.cursor() as cursor:
        wait_for_builds(cursor)
        wait_for_publication(cursor)
        if not force and _is_installed(connection, sql):
            return False
        cursor.execute("set local lock_timeout = '500ms'")
        _install_all(cursor, sql)
    return True


def read_stages(folder: Path) -> list[Stage]:
    """The stage files of a folder in their order: those whose first line is `-- Stage: name`."""
    return [_stage(path) for path in sorted(folder.glob("*.sql")) if _is_stage(path)]


def _is_stage(path: Path) -> bool:
    return path.read_text(encoding="utf-8").startswith("-- Stage:")


def _stage(path: Path) -> Stage:
    text = path.read_text(encoding="utf-8")
    lines = [(key, " ".join(value.replace("\n--", " ").split())) for key, value in HEADER.findall(text)]
    header = dict(lines)
    missing = [key for key in ("Stage", "Grain", "Reads", "Means") if key not in header]
    if missing:
        raise InstallationError(f"{path.name} lacks the header line “-- {missing[0]}: …”.")
    name, _, lifetime = header["Stage"].partition(" ")
    split, _, split_by = header.get("Split", "").partition(" by ")
    way, added_columns, steady_table = _way(header.get("Incremental", "anew"))
    return Stage(
        position=int(path.name.partition("_")[0]),
        name=name,
        is_working=lifetime == "(working)",
        is_kept=lifetime == "(kept)",
        grain=header["Grain"].split(", "),
        reads=header["Reads"].split(", "),
        indexes=[value for key, value in lines if key == "Index"],
        way=way,
        added_columns=added_columns,
        anew_columns=[value for key, value in lines if key == "Anew"],
        steady_table=steady_table,
        split=split.split(", ") if split else [],
        split_by=split_by or "customer_id",
        meaning=header["Means"],
        body=text[text.index("\n\n") :].strip(),
        path=path,
    )


def _way(text: str) -> tuple[str, list[str], str | None]:
    """What an incremental run does with a stage, the columns it adds up, the table that must not change meanwhile."""
    added = ADDED.match(text)
    return ("added", text[added.end() :].split(", "), added[1]) if added else (text, [], None)


def _is_installed(connection: extensions.connection, sql: Path) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass('c360.installation') is not null and to_regnamespace('c360_in') is not null")
        if cursor.fetchone() != (True,):
            return False
        cursor.execute("select signature from c360.installation")
        return cursor.fetchone() == (_signature(cursor, sql),)


def _signature(cursor: extensions.cursor, sql: Path) -> str:
    """Of the files and of the source's columns: the views must follow a source whose types change."""
    digest = hashlib.sha256()
    folders = ("schema", "source", "procedure", "procedure/linked")
    for path in [sql / "metrics.toml", *(path for folder in folders for path in _files(sql, folder))]:
        digest.update(path.read_bytes())
    cursor.execute(SOURCE_TYPES)
    digest.update(str(cursor.fetchone()).encode())
    return digest.hexdigest()


def _files(sql: Path, folder: str) -> Iterator[Path]:
    yield from sorted((sql / folder).glob("*.sql"))


def _install_all(cursor: extensions.cursor, sql: Path) -> None:
    for path in _files(sql, "schema"):
        _execute_file(cursor, path)
    for path in _files(sql, "source"):
        relation = path.stem.partition("_")[2]
        cursor.execute("select to_regclass(%s) is null", [f"source.{relation}"])
        if cursor.fetchone() == (True,):
            _execute_file(cursor, path)
    _install_definitions(cursor, definitions(sql / "metrics.toml"))
    cursor.execute(
        "drop schema if exists c360_in, c360_touched cascade; create schema c360_in; create schema c360_touched"
    )
    cursor.execute("select to_regclass('source.customer_links') is not null")
    links_ids = cursor.fetchone() == (True,)
    for path in _files(sql, "procedure"):
        if not _is_stage(path):
            _execute_file(cursor, _for_linked_ids(path) if links_ids else path)
        if path.name == TOUCHED_ROWS:
            _execute_file(cursor, path.with_name(INPUT_VIEWS), touched)
    _install_stages(cursor, read_stages(sql / "procedure"))
    cursor.execute(
        "insert into c360.installation (signature) values (%s) on conflict (is_single)"
        " do update set signature = excluded.signature, installed_at = now()",
        [_signature(cursor, sql)],
    )


def _for_linked_ids(path: Path) -> Path:
    """The file that takes the place of this one in a shop that links ids."""
    linked = path.parent / "linked" / path.name
    return linked if linked.exists() else path


def touched(text: str) -> str:
    """SQL over the input views as SQL over those of the touched customers."""
    return text.replace("c360_in.", "c360_touched.")


def _execute_file(cursor: extensions.cursor, path: Path, changed: Callable[[str], str] = str) -> None:
    statements = changed(path.read_text(encoding="utf-8"))
    try:
        _replace_views(cursor, statements)
    except psycopg2.errors.LockNotAvailable:
        raise  # it is tried again
    except psycopg2.Error as error:
        raise InstallationError(_reason(path, error)) from error


def _replace_views(cursor: extensions.cursor, statements: str) -> None:
    """Executes them; views that had other columns in an earlier version are made anew, with all that rests on them."""
    cursor.execute("savepoint views")
    try:
        cursor.execute(statements)
    except psycopg2.errors.InvalidTableDefinition:
        cursor.execute("rollback to savepoint views")
        for view in VIEW.findall(statements):
            cursor.execute(f"drop view if exists {view} cascade")
        cursor.execute(statements)
    cursor.execute("release savepoint views")


def _reason(path: Path, error: psycopg2.Error) -> str:
    hint = ""
    if error.pgcode in ("42P01", "42703", "42883", "42804"):
        hint = " Does the schema `source` fit the contract? `c360 check` says what is missing."
    return f"sql/{path.parent.name}/{path.name} cannot be installed: {_said(error)}.{hint}"


def _said(error: psycopg2.Error) -> str:
    return error.diag.message_primary or str(error).strip()


def _install_definitions(cursor: extensions.cursor, found: Definitions) -> None:
    """Settings that nobody changed follow the defaults of metrics.toml; changed ones stay."""
    defaults = {key: parameter.default for key, parameter in found.parameters.items()}
    for key, parameter in found.parameters.items():
        is_number = not isinstance(parameter.default, str)
        cursor.execute(
            "insert into c360.setting (name, value, default_value, is_number, definition) values (%s, %s, %s, %s, %s)"
            " on conflict (name) do update set definition = excluded.definition, is_number = excluded.is_number,"
            " value = case when setting.value = setting.default_value then excluded.value else setting.value end,"
            " default_value = excluded.default_value",
            [key, str(parameter.default), str(parameter.default), is_number, parameter.definition],
        )
    cursor.execute("delete from c360.setting where name <> all (%s)", [list(defaults)])
    cursor.execute("truncate c360.rfm_cell_name, c360.column_meaning")
    for segment in found.rfm_segments:
        cells = [(r, f, segment.name) for r in segment.recency for f in segment.frequency]
        cursor.executemany("insert into c360.rfm_cell_name values (%s, %s, %s)", cells)
    meanings = [(key, column.sentence(defaults)) for key, column in found.columns.items()]
    cursor.executemany("insert into c360.column_meaning values (%s, %s)", meanings)


def _install_stages(cursor: extensions.cursor, stages: list[Stage]) -> None:
    cursor.execute("truncate c360.stage")
    columns = [field.name for field in fields(Stage) if field.name != "path"]
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    for stage in stages:
        values = [getattr(stage, column) for column in columns]
        cursor.execute(f"insert into c360.stage ({names}) values ({places})", values)
    _plan_stages(cursor, stages)


def _plan_stages(cursor: extensions.cursor, stages: list[Stage]) -> None:
    """Creates each stage's table without rows, each on those before it, and drops them again.

    A cluster makes no incremental runs, so their statements are not planned there.
    """
    cursor.execute("select c360.is_distributed()")
    is_incremental = cursor.fetchone() == (False,)
    cursor.execute("savepoint dry_run")
    cursor.execute(f"create schema {DRY_SCHEMA}")
    cursor.execute(f"select c360.freeze_settings('{DRY_SCHEMA}')")
    cursor.execute(f"set local search_path to {DRY_SCHEMA}, pg_catalog")
    for stage in stages:
        try:
            if is_incremental and stage.way == "by customer":
                cursor.execute(f"explain {touched(stage.body)}")
            cursor.execute(f"create table {stage.name} as {stage.body} with no data")
        except psycopg2.Error as error:
            raise InstallationError(_reason(stage.path, error)) from error
    cursor.execute("rollback to savepoint dry_run")
