"""Two customer_360 tables side by side, in words."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from .definitions import COLUMNS, STAGES
from .rows import RELATIONS, Row, plain, rows

CUSTOMERS_SHOWN = 5


def differences(expected: pd.DataFrame, actual: pd.DataFrame, source: Mapping[str, pd.DataFrame]) -> str:
    """What differs, with the values and source rows of the first customers; empty when the tables are equal.

    Where one of the values is a float they may differ by one part in 10⁹; all else must be equal.
    """
    if list(actual.columns) != COLUMNS:
        return f"The columns are {list(actual.columns)}, not {COLUMNS}."
    if not actual["customer_id"].is_unique:
        return f"Customers with several rows: {list(actual.loc[actual['customer_id'].duplicated(), 'customer_id'])[:9]}"
    wanted, found = _by_id(expected), _by_id(actual)
    report = [f"Missing customers: {sorted(map(str, wanted.keys() - found.keys()))[:20]}"] * bool(wanted.keys() - found)
    report += [f"Unknown customers: {sorted(map(str, found.keys() - wanted.keys()))[:20]}"] * bool(
        found.keys() - wanted
    )
    wrong = {
        customer_id: columns
        for customer_id in wanted.keys() & found.keys()
        if (columns := differing_columns(wanted[customer_id], found[customer_id]))
    }
    report += _summary(wrong, len(wanted))
    for customer_id in sorted(wrong, key=str)[:CUSTOMERS_SHOWN]:
        report += _customer(wanted[customer_id], found[customer_id], wrong[customer_id], source)
    return "\n".join(report)


def differing_columns(expected: Mapping[str, Any], actual: Mapping[str, Any]) -> list[str]:
    """The columns in which two rows of customer_360 differ."""
    return [column for column in COLUMNS if not _equal(expected[column], actual[column])]


def _equal(expected: Any, actual: Any) -> bool:
    if expected is None or actual is None or isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, float) or isinstance(actual, float):
        return math.isclose(float(expected), float(actual), rel_tol=1e-9)
    return bool(expected == actual)


def _by_id(table: pd.DataFrame) -> dict[Any, Row]:
    columns = {str(name): plain(str(name), table[name]) for name in table.columns}
    records = (dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True))
    return {record["customer_id"]: record for record in records}


def _summary(wrong: Mapping[Any, list[str]], customers: int) -> list[str]:
    columns = pd.Series([column for columns in wrong.values() for column in columns], dtype=object).value_counts()
    return [f"{column}: differs for {count} of {customers} customers" for column, count in columns.items()]


def _customer(expected: Row, actual: Row, columns: list[str], source: Mapping[str, pd.DataFrame]) -> list[str]:
    """The differing values, the values of the same stages, and the customer's rows in the source."""
    lines = ["", f"Customer {expected['customer_id']}"]
    lines += [f"  {column}: expected {expected[column]!r}, found {actual[column]!r}" for column in columns]
    stages = {STAGES[column] for column in columns}
    beside = [column for column in COLUMNS if STAGES[column] in stages and column not in columns]
    lines += ["  equal: " + ", ".join(f"{column}={actual[column]}" for column in beside)]
    for relation in (name for name, its_columns in RELATIONS.items() if "customer_id" in its_columns):
        frame = source.get(relation, pd.DataFrame({"customer_id": []}))
        own = rows({relation: frame[frame["customer_id"] == expected["customer_id"]]}, relation)
        lines += [f"  {relation}: {_words(row)}" for row in own[:20]]
    return lines


def _words(row: Row) -> str:
    return ", ".join(f"{column} {value}" for column, value in row.items() if value is not None)
