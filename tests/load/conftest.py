"""One served shop for all tests of this folder."""

from collections.abc import Iterator

import pytest

from tests.load.serving import Served, shop_served

CUSTOMERS = 1_000


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    """A small shop behind two workers, on a server that these tests may stop."""
    with shop_served(CUSTOMERS) as found:
        yield found
