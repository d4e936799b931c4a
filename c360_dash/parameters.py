"""The parameters of the API: which each address takes, and what they may be.

The answers refuse what is not named here, and the document of the API (openapi.py) is made of it.
"""

from typing import Any

from c360_dash import metrics
from c360_dash.conditions import CONDITION_NAMES
from c360_dash.filters import DATE_NAMES, DIMENSION_NAMES, FILTER_NAMES, LONGEST_VALUE, UNKNOWN, vocabulary
from c360_dash.queries import customers
from c360_dash.queries.asking import MOST_ROWS
from c360_dash.questions import Question

FORMATS = ("json", "figure", "csv", "xlsx")
FILES = ("csv", "xlsx")
FORMATS_OF_CUSTOMERS = ("json", *FILES)
PAGING = ("page", "page_size")
OF_CUSTOMERS = (*customers.PARAMETERS, *DIMENSION_NAMES, *CONDITION_NAMES, "build", "format")
OF_CUSTOMER = ("page", "build")
OF_PAGE = (*FILTER_NAMES, "build")


def of_question(question: Question) -> tuple[str, ...]:
    """The parameters of a question: the filters that it heeds, and a limit where it has one."""
    heeded = [name for name in FILTER_NAMES if question.heeds(name)]
    more = [name for name, taken in (("limit", question.limit), ("since", question.compares)) if taken]
    return (*heeded, "build", "format", *more)


def described(name: str, formats: tuple[str, ...] = FORMATS, default: int | None = None) -> dict[str, Any]:
    """A parameter as OpenAPI writes it; `default` is that of a limit."""
    schema, words = _schema(name, formats, default)
    found = {"name": name, "in": "query", "required": False, "schema": schema, "description": words}
    return found | ({"style": "form", "explode": True} if schema["type"] == "array" else {})


def _schema(name: str, formats: tuple[str, ...], default: int | None) -> tuple[dict[str, Any], str]:
    if name in DIMENSION_NAMES:
        return _values(name)
    if name in DATE_NAMES:
        side = "from" if name == "date_from" else "up to"
        return {"type": "string", "format": "date"}, f"Only months {side} this day's; a month counts whole."
    if name == "limit":
        words = f"The first rows only. JSON has {default} when nobody says, files have all."
        return {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": default}, words
    if name == "format":
        return {"type": "string", "enum": list(formats), "default": formats[0]}, FORMAT_WORDS
    return PLAIN[name]


def _values(name: str) -> tuple[dict[str, Any], str]:
    known = [segment.name for segment in vocabulary(name)]
    item: dict[str, Any] = {"type": "string"} | ({"enum": [*known, UNKNOWN]} if known else {})
    words = f"{metrics.DIMENSIONS[name].label}: customers with any of these values; “{UNKNOWN}” are those without one."
    return {"type": "array", "items": item}, words


def _segments(dimension: str) -> dict[str, Any]:
    return {"type": "string", "enum": [*(segment.name for segment in vocabulary(dimension)), UNKNOWN]}


FORMAT_WORDS = "json, the Plotly figure, or a file with all rows: CSV, or an XLSX workbook with a sheet About."
WHOLE = {"type": "integer", "minimum": 1}
ONE_TO_FIVE = WHOLE | {"maximum": 5}
MONTHS = {"type": "string", "examples": ["2026-03"], "pattern": r"^(\d{4}-\d{2})?(\.\.(\d{4}-\d{2})?)?$"}
NAME = {"type": "string", "maxLength": LONGEST_VALUE}
PLAIN: dict[str, tuple[dict[str, Any], str]] = {
    "build": ({"type": "integer", "minimum": 0}, "A build that is kept; the published one when nobody says."),
    "q": (
        {"type": "string", "maxLength": customers.LONGEST_SEARCH},
        "Words in name or e-mail, or the beginning of an id.",
    ),
    "sort": (
        {"type": "string", "default": customers.DEFAULT_SORT},
        "A column of customer_360; with a minus from high to low.",
    ),
    "page": (WHOLE | {"default": 1}, "Which page; not for files, which hold all rows."),
    "page_size": (
        WHOLE | {"maximum": customers.MOST_ROWS, "default": customers.PAGE_SIZE},
        "Rows of a page; not for files.",
    ),
    "columns": (
        {"type": "string", "default": ",".join(customers.DEFAULT_COLUMNS)},
        f"Columns of customer_360 between commas, or “{customers.ALL_COLUMNS}”; id and name are always there.",
    ),
    "recency_score": (ONE_TO_FIVE, "Customers with this recency score."),
    "frequency_score": (ONE_TO_FIVE, "Customers with this frequency score."),
    "monetary_score": (ONE_TO_FIVE, "Customers with this monetary score."),
    "orders_at_least": (WHOLE, "Customers with as many orders, or more."),
    "is_active": ({"type": "string", "enum": ["true", "false"]}, "Active customers, or the others."),
    "first_order_month": (
        MONTHS,
        "Whose first order lies in 2026-03, 2026-01..2026-03 or ..2026-02.",
    ),
    "order_month": (MONTHS, "Who ordered in the month, or in one of the months."),
    "category": (NAME, f"Who bought in the category; “{UNKNOWN}”: products without one."),
    "brand": (NAME, f"Who bought of the brand; “{UNKNOWN}”: products without one."),
    "rating": (ONE_TO_FIVE, "Who rated a service ticket so."),
    "value_segment_before": (_segments("value_segment"), "Value segment in the earlier build; see since."),
    "rfm_segment_before": (_segments("rfm_segment"), "RFM segment in the earlier build; see since."),
    "since": (WHOLE, "The earlier build that segments are compared with; the one before when nobody says."),
}
