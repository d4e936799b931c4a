"""The table customer_360 a second time, in plain Python and from the written definitions only.

The package shares no line and no idea of execution with the build: it reads the relations of the source contract as
rows, walks through them customer by customer, and counts. Money is `Decimal`, so sums are exact.
"""

from collections.abc import Mapping
from decimal import localcontext
from typing import Any

import pandas as pd

from .days import Clock
from .definitions import COLUMNS, Parameters
from .engagement import campaign_response, last_engaged, leave_out_what_nobody_notes, service, web_behaviour
from .forecasts import add_forecasts
from .purchases import counted_orders, counted_returns, favourites, purchase_statistics
from .rows import Row, by_customer, rows
from .scores import add_scores

__all__ = ["COLUMNS", "customer_360"]

EXACT = 200  # digits; more than any sum of money needs, so none is rounded


def customer_360(
    source: Mapping[str, pd.DataFrame], as_of: pd.Timestamp, parameters: Mapping[str, object]
) -> pd.DataFrame:
    """One row per customer with the columns of sql/metrics.toml, in their order; no data is None.

    `source` maps the names of the contract's relations to their rows (a missing relation is empty), `parameters` the
    names of parameters to their values (the defaults for the rest). Counts are int, sums of money and units `Decimal`,
    ratios and scores float, moments datetimes in UTC.
    """
    settings = Parameters(parameters)
    clock = Clock(as_of, settings.text("timezone"))
    with localcontext(prec=EXACT):
        customers = _profiles(source, clock, settings)
        leave_out_what_nobody_notes(customers)
        add_scores(customers, settings)
    add_forecasts(customers, clock, settings)
    values = [[customer[column] for column in COLUMNS] for customer in customers]
    return pd.DataFrame(values, columns=COLUMNS, dtype=object)


def _profiles(source: Mapping[str, pd.DataFrame], clock: Clock, settings: Parameters) -> list[Row]:
    """What is known of each customer alone; the scores that compare customers come later."""
    known = {customer["customer_id"]: customer for customer in rows(source, "customers")}
    products = {product["product_id"]: product for product in rows(source, "products")}
    orders = counted_orders(source, known, clock, settings.text("currency"))
    returns = counted_returns(source, orders, clock)
    tickets = by_customer(rows(source, "service_tickets"))
    events = by_customer(rows(source, "web_events"))
    responses = by_customer(rows(source, "campaign_responses"))
    profiles = []
    for customer_id, customer in known.items():
        own = orders.get(customer_id, [])
        if not own and customer["signup_at"] is not None and customer["signup_at"] > clock.as_of:
            continue
        profile = (
            _basic_information(customer, clock)
            | purchase_statistics(own, returns.get(customer_id, []), clock, settings)
            | favourites(own, products)
            | service(tickets.get(customer_id, []), clock, settings)
            | web_behaviour(events.get(customer_id, []), clock, settings)
            | campaign_response(responses.get(customer_id, []), clock)
        )
        profiles.append(profile | last_engaged(profile, clock))
    return profiles


def _basic_information(customer: Row, clock: Clock) -> dict[str, Any]:
    age = None if customer["birth_date"] is None else clock.full_years_since(customer["birth_date"])
    signed_up = customer["signup_at"] is not None and customer["signup_at"] <= clock.as_of
    return customer | {
        "age": None if age is None or age < 0 else age,
        "signup_at": customer["signup_at"] if signed_up else None,
        "tenure_days": clock.days_since(customer["signup_at"]) if signed_up else None,
    }
