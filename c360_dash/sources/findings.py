"""What a check of the source found, as a table for people and as plain data."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

from rich.table import Table

Treatment = Literal["stop", "exclude", "keep"]
SHOWN = {"stop": "[bold red]stop[/]", "exclude": "[yellow]exclude and count[/]", "keep": "[green]keep[/]"}


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for: how many rows have it, and what a build does with them. 0 rows: all is well.

    Each finding is counted by itself, so one row may be in several; a build counts an excluded row once.
    """

    relation: str
    finding: str
    treatment: Treatment
    rows: int
    sentence: str

    @property
    def is_ok(self) -> bool:
        """Whether no row has it."""
        return self.rows == 0


@dataclass(frozen=True)
class CheckReport:
    """All findings, those with 0 rows too; printed by rich as a table of those that have rows."""

    findings: tuple[Finding, ...]
    rows: dict[str, int]

    @property
    def can_build(self) -> bool:
        """Whether nothing was found that stops a build."""
        return all(finding.is_ok for finding in self.findings if finding.treatment == "stop")

    def as_json(self) -> dict[str, Any]:
        """`can_build`, `rows` by relation, and `findings`: relation, finding, treatment, rows, ok, sentence of each."""
        findings = [{**asdict(finding), "ok": finding.is_ok} for finding in self.findings]
        return {"can_build": self.can_build, "rows": self.rows, "findings": findings}

    def __rich__(self) -> Table:
        found = [finding for finding in self.findings if not finding.is_ok]
        ok = len(self.findings) - len(found)
        verdict = "a build can be made" if self.can_build else "no build can be made before what says stop is put right"
        table = Table(title=f"Source: {verdict}", title_justify="left", caption_justify="left")
        table.caption = f"{ok} other things were looked for and not found."
        table.add_column("relation")
        table.add_column("rows", justify="right")
        table.add_column("finding")
        table.add_column("what a build does")
        for finding in found:
            table.add_row(finding.relation, f"{finding.rows:,}", finding.sentence, SHOWN[finding.treatment])
        return table
