"""What sql/metrics.toml says: the columns in their order, the parameters, the RFM grid."""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

DEFINITIONS: dict[str, Any] = tomllib.loads(
    (Path(__file__).parents[2] / "sql" / "metrics.toml").read_text(encoding="utf-8")
)
COLUMNS: list[str] = list(DEFINITIONS["columns"])
STAGES: dict[str, str] = {name: column["stage"] for name, column in DEFINITIONS["columns"].items()}
RFM_SEGMENTS: dict[tuple[int, int], str] = {
    (recency, frequency): segment["name"]
    for segment in DEFINITIONS["rfm_segments"]
    for recency in segment["recency"]
    for frequency in segment["frequency"]
}


class Parameters:
    """The parameters of a run: the given values, and the defaults of the definitions for the rest."""

    def __init__(self, given: Mapping[str, object]) -> None:
        known = DEFINITIONS["parameters"]
        self._values = {name: parameter["default"] for name, parameter in known.items()}
        self._values |= {name: value for name, value in given.items() if name in known}

    def text(self, name: str) -> str:
        return str(self._values[name])

    def exact(self, name: str) -> Decimal:
        """The number as it is written: 0.2 is two tenths, not the nearest double."""
        return Decimal(str(self._values[name]))

    def number(self, name: str) -> float:
        return float(self.exact(name))

    def whole(self, name: str) -> int:
        return int(self.exact(name))
