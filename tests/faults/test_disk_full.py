"""A disk that is full in the middle of a build, for real, and a check that fails: what is published stays.

The disk is a small file system in memory, and all of the server is on it, its own log too.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from c360_dash import demo, embedded, rebuild, sources
from c360_dash.config import Settings
from c360_dash.rebuild.log import UnknownBuild
from tests.faults.conftest import CUSTOMERS

Rows = Callable[..., list[tuple[object, ...]]]
SIZE = "1g"
ALMOST_FULL = 1_000_000  # bytes: some stages find room, later ones do not
KEPT = "select nspname from pg_namespace where nspname like 'c360\\_b%%' order by nspname"
SHOWN = """
select (select build_id from c360.published_build), md5(string_agg(customer_360::text, ',' order by customer_id))
from c360.customer_360
"""


@pytest.fixture(scope="module")
def disk() -> Iterator[Path]:
    """A small disk; skips where none can be made."""
    place = Path(tempfile.mkdtemp(prefix="c360-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    made = subprocess.run(command, capture_output=True, text=True)
    if made.returncode:
        place.rmdir()
        pytest.skip(f"only root can make a small disk: {made.stderr.strip()}")
    place.chmod(0o755)
    yield place
    subprocess.run(["umount", str(place)], check=True)
    place.rmdir()


@pytest.fixture(scope="module")
def shop(disk: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A loaded and built shop on the small disk."""
    own, folder = Settings(data_dir=disk), tmp_path_factory.mktemp("shop")
    demo.generate(folder, CUSTOMERS)
    rebuild.install(own)
    sources.load(own, own.sql_dir / "mappings" / "shop.sql", folder)
    rebuild.run(own)
    yield own
    embedded.stop(disk)


def the_next_run_succeeds(settings: Settings, rows: Rows) -> None:
    assert rebuild.run(settings).state == "published"
    assert rows(settings, "select count(*) from c360.last_failure") == [(0,)]
    assert rows(settings, "select count(*) from c360.run where state = 'running'") == [(0,)]


def test_a_build_that_finds_no_room_fails_and_leaves_what_is_published(shop: Settings, disk: Path, rows: Rows) -> None:
    before, kept = rows(shop, SHOWN), rows(shop, KEPT)
    ballast = disk / "ballast"
    ballast.write_bytes(bytes(shutil.disk_usage(disk).free - ALMOST_FULL))

    with pytest.raises(rebuild.RebuildFailed, match=r"No space left on device.*53100"):
        rebuild.run(shop)

    failed = rebuild.run_of(shop, rebuild.history(shop)[0].id)
    assert (failed.state, failed.sqlstate) == ("failed", "53100")
    assert "No space left on device" in str(failed.error)
    assert failed.stages != []
    assert rows(shop, "select run_id, state from c360.last_failure") == [(failed.id, "failed")]
    with pytest.raises(UnknownBuild, match="cannot be published"):
        rebuild.publish(shop, failed.id)
    assert (rows(shop, SHOWN), rows(shop, KEPT)) == (before, kept)
    ballast.unlink()
    the_next_run_succeeds(shop, rows)


def test_a_build_that_fails_its_checks_is_kept_aside_and_leaves_what_is_published(shop: Settings, rows: Rows) -> None:
    before = rows(shop, SHOWN)
    rows(shop, "insert into c360.excluded_customer select customer_id::text, 'test' from source.customers")

    rejected = rebuild.run(shop)

    assert (rejected.state, [check.name for check in rejected.failed_checks if check.severity == "stop"]) == (
        "rejected",
        ["has_customers"],
    )
    assert rows(shop, "select run_id, state from c360.last_failure") == [(rejected.id, "rejected")]
    with pytest.raises(UnknownBuild, match="cannot be published"):
        rebuild.publish(shop, rejected.id)
    assert rows(shop, SHOWN) == before
    rows(shop, "delete from c360.excluded_customer")
    the_next_run_succeeds(shop, rows)
