"""A shop in a cluster of its own, and one that is served, which these tests may kill."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from c360_dash import demo, embedded, rebuild, sources
from c360_dash.config import Settings
from tests.load.serving import Served, shop_served

CUSTOMERS = 400


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A seed for each moment in which something is killed."""
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(metafunc.config.getoption("--moments")))


@pytest.fixture(scope="module")
def doomed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A loaded and built shop on a server that may be killed."""
    place = Path(tempfile.mkdtemp(prefix="c360-"))
    place.chmod(0o755)
    own = Settings(data_dir=place)
    folder = tmp_path_factory.mktemp("doomed")
    demo.generate(folder, CUSTOMERS)
    rebuild.install(own)
    sources.load(own, own.sql_dir / "mappings" / "shop.sql", folder)
    rebuild.run(own)
    yield own
    embedded.stop(place)
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A built shop behind two workers that may be killed."""
    with shop_served(CUSTOMERS) as found:
        yield found
