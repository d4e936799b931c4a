"""Everything that sql/metrics.toml defines, as tables of words with the settings of one build in the sentences."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from c360_dash import metrics
from c360_dash.formats import NO_VALUE, plain_number
from c360_dash.metrics import Parameter, Segment
from c360_dash.writer import Writer

UNITS = {
    "count": "Number",
    "percent": "%",
    "decimal": "Number with decimals",
    "score": "0–100",
    "days": "Days",
    "date": "Date",
    "month": "Month",
    "datetime": "Date and time",
    "boolean": "Yes or no",
    "text": "Text",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the glossary. Each row has an anchor, its place in the address of the page: `#csat`."""

    key: str
    title: str
    sentence: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    anchors: Sequence[str]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One term; where formula or unit are empty the definition says it. The anchor is on the page of definitions."""

    label: str
    sentence: str
    formula: str
    unit: str
    anchor: str


@dataclass(frozen=True, slots=True)
class About:
    """What is known about something shown; a line that is empty has nothing to say."""

    title: str
    meanings: Sequence[Meaning]
    rests_on: str
    filtered: str
    not_counted: Sequence[str]
    computed: str


def sections(writer: Writer) -> list[Section]:
    """All definitions in the order of the page; the settings are those of the writer's build."""
    makers: list[Callable[[Writer], Section]] = [_metrics, _terms, _columns, _values, _rfm, _churn, _settings]
    return [make(writer) for make in makers]


def anchor_of_column(key: str) -> str:
    """The anchor of a column of customer_360; a metric of the same name has the shorter one."""
    return f"column-{key}" if key in metrics.METRICS else key


def _metrics(writer: Writer) -> Section:
    found = metrics.METRICS.values()
    rows = [(each.label, each.sentence(writer.settings), unit(each.format, writer), each.key) for each in found]
    return Section(
        "metrics",
        "Metrics",
        "Numbers over many customers, as on cards and in charts.",
        ("Metric", "What it means", "Unit", "In the API"),
        rows,
        [each.key for each in found],
    )


def _terms(writer: Writer) -> Section:
    found = metrics.TERMS.values()
    return Section(
        "terms",
        "Numbers of single charts",
        "What stands in one chart or table only.",
        ("Number", "What it means", "Unit"),
        [(each.label, each.sentence(writer.settings), unit(each.format, writer)) for each in found],
        [each.key for each in found],
    )


def _columns(writer: Writer) -> Section:
    found = metrics.COLUMNS.values()
    rows = [
        (
            each.label,
            each.sentence(writer.settings) + (" Personal data." if each.personal else ""),
            unit(each.format, writer),
            each.key,
            each.stage,
        )
        for each in found
    ]
    return Section(
        "columns",
        "Columns of a customer",
        "What the table customer_360 holds of each customer. No data is empty there, not 0.",
        ("Column", "What it means", "Unit", "Name in the table", "Stage that computes it"),
        rows,
        [anchor_of_column(each.key) for each in found],
    )


def _values(writer: Writer) -> Section:
    return _segments(
        "value-segments",
        "Value segments",
        "How much a customer has been worth, by lifetime value.",
        metrics.VALUE_SEGMENTS,
        _value_cut(writer),
    )


def _rfm(_: Writer) -> Section:
    cells = {segment.name: _cells(segment) for segment in metrics.RFM_SEGMENTS}
    sentence = "How lately (R) and how often (F) a customer buys: a grid of the scores 1 to 5, 5 best."
    return _segments("rfm-segments", "RFM segments", sentence, metrics.RFM_SEGMENTS, cells)


def _churn(writer: Writer) -> Section:
    low, high = (plain_number(writer.settings.get(name)) for name in ("churn_medium_from", "churn_high_above"))
    names = [band.name for band in metrics.CHURN_BANDS]
    cuts = dict(zip(names, (f"Under {low}", f"{low} to {high}", f"Above {high}"), strict=True))
    sentence = "How likely a customer with an order is lost, by churn risk score."
    return _segments("churn-bands", "Churn risk bands", sentence, metrics.CHURN_BANDS, cuts)


def _settings(writer: Writer) -> Section:
    found = metrics.PARAMETERS.values()
    return Section(
        "settings",
        "Settings of this build",
        "What an administrator may set. A build keeps the settings that it was made with.",
        ("Setting", "What it means", "In this build", "Name"),
        [(each.label, each.definition, setting_in_words(each, writer), each.key) for each in found],
        [f"setting-{each.key}" for each in found],
    )


def setting_in_words(setting: Parameter, writer: Writer) -> str:
    """The value of a setting in the writer's build, with its unit; – where the build is older than the setting."""
    value = writer.settings.get(setting.key)
    if value is None:
        return NO_VALUE
    if setting.unit == "share":
        return f"{plain_number(Decimal(str(value)) * 100)} %"
    if setting.unit == "currency":
        return writer(value, "money", short=False)
    return f"{plain_number(value)} {setting.unit or ''}".strip()


def _segments(key: str, title: str, sentence: str, found: Sequence[Segment], cuts: dict[str, str]) -> Section:
    return Section(
        key,
        title,
        sentence,
        ("Name", "What it means", "Who is in it"),
        [(each.name, each.meaning, cuts[each.name]) for each in found],
        [f"{key.rpartition('-')[0]}-{_slug(each.name)}" for each in found],
    )


def _value_cut(writer: Writer) -> dict[str, str]:
    """Who is in each value segment, as the build's settings cut them."""
    if writer.settings.get("value_cutoff_kind") == "amount":
        high, medium = (writer(writer.settings.get(f"{name}_value_amount"), "money") for name in ("high", "medium"))
        cuts = [f"Lifetime value from {high}", f"From {medium} to under {high}", f"Under {medium}"]
    else:
        high, medium = (writer(writer.settings.get(f"{name}_value_share"), "percent") for name in ("high", "medium"))
        first = f"The most valuable {high} of the customers with orders, ties upward"
        cuts = [first, f"The next {medium}, ties upward", "The other customers with orders"]
    names = [segment.name for segment in metrics.VALUE_SEGMENTS]
    return dict(zip(names, [*cuts, "Customers without a counted order"], strict=True))


def _cells(segment: Segment) -> str:
    if not segment.recency:
        return "Customers without a counted order"
    return f"R {_span(segment.recency)}, F {_span(segment.frequency)}"


def _span(scores: tuple[int, ...]) -> str:
    return str(scores[0]) if len(scores) == 1 else f"{min(scores)}–{max(scores)}"


def unit(kind: str, writer: Writer) -> str:
    """The unit of numbers of a format; money is in the currency of the writer."""
    return writer.currency if kind == "money" else UNITS[kind]


def _slug(name: str) -> str:
    return re.sub(r"[^a-z]+", "-", name.lower().replace("'", "")).strip("-")
