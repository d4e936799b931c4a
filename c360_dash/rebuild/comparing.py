"""How one build differs from another: customers, value, segments, and whose value moved most."""

from dataclasses import dataclass
from typing import Any

from c360_dash.config import Settings
from c360_dash.metrics import VALUE_SEGMENTS
from c360_dash.rebuild.asking import Row, ask

MOVERS = 10


@dataclass(frozen=True)
class Difference:
    """Totals of both builds, customers by value segment before and now (None: not in it), and the biggest movers."""

    build: int
    earlier: int
    totals: Row
    segments: list[Row]
    movers: list[Row]


def difference(settings: Settings, build: int, earlier: int) -> Difference:
    """What `build` has that `earlier` had not. Raises NoBuild when one of them is gone."""

    def found(name: str, **parameters: Any) -> list[Row]:
        return ask(settings, f"difference.{name}", parameters, build, earlier)

    names = [segment.name for segment in VALUE_SEGMENTS]
    (totals,) = found("totals")
    return Difference(build, earlier, totals, found("segments", names=names), found("movers", row_limit=MOVERS))
