"""The audit as a table: who did what, the newest first."""

from collections.abc import Mapping, Sequence
from typing import Any

from dash.development.base_component import Component

from c360_dash.admin import parts
from c360_dash.admin.words import Desk
from c360_dash.components import data_table

LINES = 50
COLUMNS = (("When", False), ("Who", False), ("Did", False), ("What", False), ("Details", False), ("From", False))


def lines(found: Sequence[Mapping[str, Any]], desk: Desk) -> list[Component]:
    """The last lines of the audit."""
    if not found:
        return [parts.said("Nobody has done anything yet.", "none")]
    rows = [
        [
            desk.moment(line["at"]),
            line["person"] or "unknown",
            line["action"],
            line["subject"] or "",
            _details(line["detail"]),
            line["address"] or "command line",
        ]
        for line in found
    ]
    return [data_table(COLUMNS, rows, "Audit")]


def _details(detail: Mapping[str, Any] | None) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in (detail or {}).items() if value is not None)
