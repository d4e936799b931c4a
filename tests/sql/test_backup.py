"""The embedded database as a file, and back: everything, or nothing at all."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from c360_dash import db, embedded, rebuild
from c360_dash.cli import main
from c360_dash.config import Settings
from tests.sql.test_rebuild import AS_OF, SHOP


@pytest.fixture
def own() -> Iterator[Settings]:
    """A shop with a server of its own; build 1 is published."""
    path = Path(tempfile.mkdtemp(prefix="c360-own-"))
    path.chmod(0o755)
    settings = Settings(data_dir=path)
    rebuild.install(settings)
    run(settings, SHOP)
    rebuild.run(settings, AS_OF)
    yield settings
    for engine in (db.owner_engine(settings), db.reader_engine(settings)):
        engine.dispose()
    embedded.stop(path)
    shutil.rmtree(path)


def run(settings: Settings, statement: str) -> list[tuple[object, ...]]:
    with db.owner_connection(settings) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return [] if cursor.description is None else cursor.fetchall()


def names(settings: Settings) -> list[object]:
    return [name for (name,) in run(settings, "select first_name from c360.customer_360 order by 1")]


def test_a_backup_brings_everything_back_also_to_those_who_are_connected(
    own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "shop.backup"
    monkeypatch.setenv("C360_DATA_DIR", str(own.data_dir))
    made = CliRunner().invoke(main, ["backup", str(file)])
    assert made.exit_code == 0, made.output
    run(own, "update source.customers set first_name = 'Eve' where customer_id = '1'")
    rebuild.run(own, AS_OF)
    reader = db.init(own)
    assert reader.builds.current().id == 2
    assert names(own) == ["Bruno", "Chiara", "Eve"]

    restored = CliRunner().invoke(main, ["restore", "--yes", str(file)])

    assert restored.exit_code == 0, restored.output
    assert names(own) == ["Ada", "Bruno", "Chiara"]
    reader.builds.forget_current()
    assert reader.builds.current().id == 1
    assert [found.state for found in rebuild.history(own)] == ["published"]
    assert rebuild.run(own, AS_OF).id == 2
    assert list(tmp_path.iterdir()) == [file]


def test_a_damaged_file_changes_nothing(own: Settings, tmp_path: Path) -> None:
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    embedded.backup(own.data_dir, whole)
    content = whole.read_bytes()

    for bad in (content[: len(content) * 2 // 3], content[:-1], content[:9_000] + b"x" + content[9_001:], b""):
        damaged.write_bytes(bad)
        with pytest.raises(embedded.EmbeddedError, match=r"Nothing was changed.*not whole"):
            embedded.restore(own.data_dir, damaged)

    assert names(own) == ["Ada", "Bruno", "Chiara"]
    assert run(own, "select datname from pg_database where datname like 'c360%'") == []


def test_a_restore_waits_for_no_rebuild(own: Settings, tmp_path: Path) -> None:
    embedded.backup(own.data_dir, tmp_path / "whole")
    with db.owner_connection(own) as connection, connection.cursor() as cursor:
        cursor.execute("set application_name = 'c360 #2 10 basic_information 0'")
        with pytest.raises(embedded.EmbeddedError, match="A rebuild is running"):
            embedded.restore(own.data_dir, tmp_path / "whole")
        cursor.execute("select 1")
        assert cursor.fetchone() == (1,)


def test_a_postgresql_of_ones_own_is_left_to_its_own_tools(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("C360_DATABASE_URL", "postgresql://ann@db/shop")

    refused = CliRunner().invoke(main, ["backup", str(tmp_path / "file")])

    assert refused.exit_code == 1
    assert "pg_dump --format=custom" in refused.output
