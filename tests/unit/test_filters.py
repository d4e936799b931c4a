"""Filters and the addresses they come from."""

from datetime import date

import pytest

from c360_dash.filters import DIMENSION_NAMES, MOST_VALUES, FilterError, Filters
from c360_dash.metrics import DIMENSIONS


def test_the_filters_are_the_dimensions_of_the_definitions() -> None:
    assert tuple(DIMENSIONS) == DIMENSION_NAMES


def test_an_address_and_back() -> None:
    filters = Filters(
        value_segment=("Low", "High"),
        rfm_segment=("Can't Lose",),
        country=("Côte d'Ivoire", "A, B & C"),
        date_from=date(2026, 1, 1),
    )
    address = filters.to_query_string()
    assert address.startswith("value_segment=High&value_segment=Low&rfm_segment=Can%27t+Lose")
    assert Filters.from_query_string("?" + address) == filters


def test_equal_choices_are_equal_whatever_their_order() -> None:
    first, second = Filters(country=("B", "A", "B")), Filters(country=("A", "B"))
    assert first == second
    assert hash(first) == hash(second)


def test_nothing_chosen_is_no_address() -> None:
    assert Filters().to_query_string() == ""
    assert Filters.from_query_string("country=&date_from=&page=3") == Filters()
    assert Filters.from_query_string(None) == Filters()


@pytest.mark.parametrize(
    ("address", "name", "reason"),
    [
        ("value_segment=Hihg", "value_segment", "cannot be “Hihg”; known are High, Medium, Low, Prospect, unknown"),
        ("rfm_segment=champions", "rfm_segment", "known are Champions, Loyal"),
        ("churn_band=Some", "churn_band", "known are Low, Medium, High, unknown"),
        ("date_from=yesterday", "date_from", "it is one day, like 2026-11-22"),
        ("date_from=2026-02-30", "date_from", "2026-02-30"),
        ("date_to=2026-01-01&date_to=2026-01-02", "date_to", "2026-01-01, 2026-01-02"),
        ("date_from=2026-02-01&date_to=2026-01-01", "date_from", "2026-02-01 lies after date_to 2026-01-01"),
        ("country=" + "x" * 201, "country", "longer values"),
        ("country=a%00b", "country", "longer values"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(address: str, name: str, reason: str) -> None:
    with pytest.raises(FilterError, match=reason) as refused:
        Filters.from_query_string(address)
    assert refused.value.name == name


def test_more_values_than_anybody_chooses_are_refused() -> None:
    with pytest.raises(FilterError, match="country"):
        Filters(country=tuple(str(number) for number in range(MOST_VALUES + 1)))
