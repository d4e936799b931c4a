"""What customers will probably do: the purchase model and the value model, fitted and computed with scipy.

Nothing here is like the build: derivatives come from a step into the complex numbers, the maximum from MINPACK, and
what an active customer is expected to do from Gauss-Jacobi quadrature over the chance to leave.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import optimize
from scipy.special import loggamma, roots_jacobi

from .days import Clock
from .definitions import STAGES, Parameters
from .rows import Row

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[Any]
NODES = 150
COLUMNS = [column for column, stage in STAGES.items() if stage == "customer_forecast"]


class Seen(NamedTuple):
    """Of each customer with an order: order days after the first, days from first to last, days from first to as-of."""

    repeat_days: Floats
    span_days: Floats
    observed_days: Floats


class Purchases(NamedTuple):
    """Rates are Gamma(r, alpha), chances to leave Beta(a, b)."""

    r: float
    alpha: float
    a: float
    b: float


class Values(NamedTuple):
    """Spending is Gamma(p, nu), nu is Gamma(q, gamma)."""

    p: float
    q: float
    gamma: float


def add_forecasts(customers: list[Row], clock: Clock, settings: Parameters) -> None:
    """Add the columns of the stage customer_forecast to each customer."""
    for customer in customers:
        customer |= dict.fromkeys(COLUMNS) | {"forecast_reason": "No order yet."}
    buyers = [customer for customer in customers if customer["orders"]]
    reason = _too_little(buyers, clock, settings)
    for customer in buyers:
        customer["forecast_reason"] = reason
    if buyers and reason is None:
        _add(buyers, settings)


def _too_little(buyers: list[Row], clock: Clock, settings: Parameters) -> str | None:
    if not buyers:
        return None
    days = (clock.today - min(clock.day(buyer["first_order_at"]) for buyer in buyers)).days
    regulars = sum(buyer["order_days"] >= 3 for buyer in buyers)
    for name, number, what in (
        ("customers", len(buyers), "customers with an order"),
        ("days", days, "days of orders"),
        ("regulars", regulars, "customers with three order days"),
    ):
        needed = settings.whole(f"forecast_minimum_{name}")
        if number < needed:
            return f"{number} of the {needed} {what} that a forecast needs."
    return None


def _add(buyers: list[Row], settings: Parameters) -> None:
    first = int(settings.text("forecast_model") == "MBG/NBD")
    seen = Seen(
        np.array([buyer["order_days"] - 1 for buyer in buyers], dtype=float),
        np.array([buyer["span_days"] for buyer in buyers], dtype=float),
        np.array([buyer["span_days"] + buyer["recency_days"] for buyer in buyers], dtype=float),
    )
    sales = np.array([float(buyer["lifetime_value"]) for buyer in buyers])
    model, values = fit_purchases(seen, first), fit_values(seen.repeat_days + 1, sales)
    active = probability_active(model, first, seen)
    worth = values.p * (values.gamma + np.maximum(sales, 0)) / (values.p * (seen.repeat_days + 1) + values.q - 1)
    within = {days: active * expected(model, first, seen, days) for days in (90, 365)}
    rate, years = settings.number("forecast_discount_rate"), settings.whole("forecast_years")
    up_to = [active * expected(model, first, seen, 365 * year) for year in range(years + 1)]
    discounted = sum((up_to[k] - up_to[k - 1]) / (1 + rate) ** (k - 0.5) for k in range(1, years + 1))
    found = (active, within[90], within[365], within[90] * worth, within[365] * worth, discounted * worth)
    for buyer, *numbers in zip(buyers, *found, strict=True):
        buyer |= dict(zip(COLUMNS, map(float, numbers), strict=False))


def purchase_log_likelihood(logarithms: Numbers, first: int, seen: Seen) -> Any:
    """Fader, Hardie & Lee 2005, eq. 6, of all customers; `first` is 1 where the first order may be the last (MBG)."""
    r, alpha, a, b = np.exp(logarithms)
    x, t, observed = seen
    chances = x + first
    some = chances > 0
    stays = -(r + x) * np.log(alpha + observed)
    left = np.where(some, np.log(a / np.where(some, b + chances - 1, 1)) - (r + x) * np.log(alpha + t), -np.inf)
    top = np.maximum(stays.real, left.real)
    ended = loggamma(a + b) + loggamma(b + chances) - loggamma(b) - loggamma(a + b + chances)
    bought = loggamma(r + x) - loggamma(r) + r * np.log(alpha)
    return np.sum(bought + ended + top + np.log(np.exp(stays - top) + np.exp(left - top)))


def value_log_likelihood(logarithms: Numbers, order_days: Floats, means: Floats) -> Any:
    """Fader & Hardie 2013, eq. 1a, of all customers."""
    p, q, gamma = np.exp(logarithms)
    x, z = order_days, means
    gammas = loggamma(p * x + q) - loggamma(p * x) - loggamma(q)
    return np.sum(
        gammas + q * np.log(gamma) + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * np.log(gamma + x * z)
    )


def fit_purchases(seen: Seen, first: int) -> Purchases:
    """The parameters under which what was seen is likeliest, to six digits."""
    start = np.array([0, np.log(np.sum(seen.observed_days) / np.sum(seen.repeat_days)), -1, 1])
    found = _maximum(lambda logarithms: purchase_log_likelihood(logarithms, first, seen), start)
    return Purchases(*(_six_digits(value) for value in np.exp(found)))


def fit_values(order_days: Floats, sales: Floats) -> Values:
    """The parameters under which the spending above zero is likeliest, to six digits."""
    days, means = order_days[sales > 0], sales[sales > 0] / order_days[sales > 0]
    start = np.array([0.5, 1, np.log(means.mean())])
    found = _maximum(lambda logarithms: value_log_likelihood(logarithms, days, means), start)
    return Values(*(_six_digits(value) for value in np.exp(found)))


def _maximum(likelihood: Callable[[Numbers], Any], start: Floats) -> Floats:
    def slope(logarithms: Floats) -> Floats:
        steps = 1e-30j * np.eye(len(start))
        return np.array([likelihood(logarithms + step).imag / 1e-30 for step in steps])

    rough = optimize.minimize(
        lambda logarithms: -likelihood(logarithms).real, start, jac=lambda logarithms: -slope(logarithms)
    )
    found: Floats = optimize.root(slope, rough.x, options={"xtol": 1e-13}).x
    return found


def _six_digits(value: float) -> float:
    return float(f"{value:.5e}")


def probability_active(model: Purchases, first: int, seen: Seen) -> Floats:
    """Whether customers have not left; whoever could not have is active."""
    r, alpha, a, b = model
    x, t, observed = seen
    some = x + first > 0
    odds = a / np.where(some, b + x + first - 1, 1) * ((alpha + observed) / (alpha + t)) ** (r + x)
    return np.where(some, 1 / (1 + odds), 1.0)


def expected(model: Purchases, first: int, seen: Seen, days: float) -> Floats:
    """On how many of the next days customers are expected to order if they are active."""
    result = np.empty(len(seen.repeat_days))
    for x in np.unique(seen.repeat_days):
        chosen = seen.repeat_days == x
        leaving, weight = _chances(model.a, model.b + x + first)
        odds = days / (model.alpha + seen.observed_days[chosen])
        orders = -np.expm1(-(model.r + x) * np.log1p(np.outer(odds, leaving))) / leaving
        result[chosen] = orders @ weight
    return result


@cache
def _chances(a: float, b: float) -> tuple[Floats, Floats]:
    """Chances to leave and their weights, for means over Beta(a, b)."""
    places, weights = roots_jacobi(NODES, b - 1, a - 1)
    return (1 + places) / 2, weights / weights.sum()
