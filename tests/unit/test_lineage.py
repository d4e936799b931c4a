"""Which part of the source a number depends on."""

import pytest

from c360_dash import metrics
from c360_dash.lineage import relations_of


@pytest.mark.parametrize(
    ("stage", "relations"),
    [
        ("basic_information", {"customers"}),
        ("service", {"service_tickets"}),
        ("purchase_statistics", {"customers", "orders", "order_items", "products", "returns"}),
        ("affinity", {"customers", "orders", "order_items", "products", "returns"}),
    ],
)
def test_a_stage_depends_on_what_its_headers_lead_to(stage: str, relations: set[str]) -> None:
    assert relations_of(stage) == relations


def test_every_definition_names_a_stage_that_reads_the_source() -> None:
    stages = {metric.stage for metric in metrics.METRICS.values()} | {term.stage for term in metrics.TERMS.values()}

    assert [stage for stage in stages if not relations_of(stage)] == []
    assert [column for column in metrics.COLUMNS.values() if not relations_of(column.stage)] == []
