"""Which relations of the source a number depends on, as the headers of the stages in sql/procedure tell.

`-- Reads: counted_orders, c360_in.products` names what a stage reads; followed to the input views, that is the source.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from c360_dash.config import Settings

HEADER = re.compile(r"^-- Stage: (\w+)(?:.*\n--.*)*?\n-- Reads: (.+(?:\n--        .+)*)", re.MULTILINE)
INPUT = "c360_in."


def relations_of(stage: str) -> frozenset[str]:
    """The relations of the source whose rows reach a stage: `orders`, `order_items`, …"""
    return _relations(stage, _reads(Settings().sql_dir / "procedure"))


def _relations(name: str, reads: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    if name.startswith(INPUT):
        return frozenset({name.removeprefix(INPUT)})
    return frozenset().union(*(_relations(read, reads) for read in reads.get(name, ())))


@cache
def _reads(folder: Path) -> dict[str, tuple[str, ...]]:
    """What each stage reads."""
    found = (HEADER.search(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.sql")))
    return {header[1]: tuple(name.strip(" -\n") for name in header[2].split(",")) for header in found if header}
