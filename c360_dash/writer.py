"""Values in words for one build: its currency and settings, and the locale of the deployment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from c360_dash.formats import LOCALES, NO_VALUE, SYMBOLS, format_value


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes values as people read them; calling it gives the value in the format of sql/metrics.toml."""

    currency: str = "EUR"
    locale: str = "en"
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, value: object, kind: str, short: bool = True) -> str:
        if kind == "month":
            return NO_VALUE if value is None else f"{value:%b %Y}"
        return format_value(value, kind, self.currency, self.locale, short)

    @property
    def symbol(self) -> str:
        """The sign of the currency, as axes carry it."""
        return SYMBOLS.get(self.currency, self.currency)

    @property
    def separators(self) -> str:
        """Decimal and group sign, as Plotly wants them."""
        return LOCALES[self.locale].decimal + LOCALES[self.locale].group
