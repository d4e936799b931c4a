"""Values in words for one build: its currency and settings, and the locale of the deployment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from c360_dash.formats import format_value, separators


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes values as people read them; calling it gives the value in the format of sql/metrics.toml."""

    currency: str = "EUR"
    locale: str = "en"
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __call__(self, value: object, kind: str, short: bool = True) -> str:
        return format_value(value, kind, self.currency, self.locale, short)

    def first(self, value: object, kind: str) -> str:
        """The same at the beginning of a sentence: months are small in French."""
        words = self(value, kind)
        return words[:1].upper() + words[1:]

    @property
    def separators(self) -> str:
        """Decimal and group sign, as Plotly wants them."""
        return "".join(separators(self.locale))
