"""What a check of the source has found."""

from dash import html
from dash.development.base_component import Component

from c360_dash.admin.words import Desk
from c360_dash.components import data_table
from c360_dash.sources.findings import CheckReport

TREATMENTS = {"stop": "stops the build", "exclude": "is left out and counted", "keep": "is kept"}
COLUMNS = (("Relation", False), ("Rows", True), ("Finding", False), ("What a build does", False))


def findings(report: CheckReport, desk: Desk) -> list[Component]:
    """A verdict, and what has rows, the worst first."""
    found = [finding for finding in report.findings if not finding.is_ok]
    order = list(TREATMENTS)
    rows = [
        [finding.relation, desk.count(finding.rows), finding.sentence, TREATMENTS[finding.treatment]]
        for finding in sorted(found, key=lambda finding: order.index(finding.treatment))
    ]
    verdict = "A build can be made" if report.can_build else "No build can be made before what stops it is put right"
    looked = len(report.findings) - len(found)
    sentence = f"{verdict}. {looked} other things were looked for and not found."
    table = [data_table(COLUMNS, rows, "Findings in the source")] if rows else []
    return [html.P(sentence, className="c360-summary", role="status"), *table]
