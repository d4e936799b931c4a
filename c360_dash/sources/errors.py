"""What can be wrong with a mapping, a file or the source: one sentence with the place and the way out."""

from c360_dash.errors import C360Error


class SourceError(C360Error):
    """A mapping, file or relation that cannot be used; `file` and `line` say where, when there is such a place."""

    def __init__(self, reason: str, file: str | None = None, line: int | None = None, unit: str = "line") -> None:
        place = [part for part in (file, f"{unit} {line}" if line is not None else None) if part]
        super().__init__(f"{', '.join(place)}: {reason}" if place else reason)
        self.reason = reason
        self.file = file
        self.line = line
