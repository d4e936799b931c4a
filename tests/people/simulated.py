"""Customers by lot who do what the models of the forecast say, with parameters that are therefore known."""

from dataclasses import dataclass

import numpy as np

from tests.oracle.forecasts import Floats, Purchases, Seen, Values

PURCHASES = Purchases(r=0.9, alpha=40.0, a=0.8, b=3.0)
VALUES = Values(p=4.0, q=3.5, gamma=30.0)


@dataclass(frozen=True)
class Simulated:
    """What was seen of customers, and their mean value of an order day."""

    seen: Seen
    means: Floats


def simulated(
    seed: int, customers: int, first: int, model: Purchases = PURCHASES, values: Values = VALUES
) -> Simulated:
    """Customers known for 150 to 700 days; with `first` = 1 the first order may be the last one (MBG/NBD)."""
    rng = np.random.default_rng(seed)
    observed = rng.uniform(150, 700, customers)
    rates = rng.gamma(PURCHASES.r, 1 / PURCHASES.alpha, customers)
    leaving = rng.beta(PURCHASES.a, PURCHASES.b, customers)
    repeats, last = np.zeros(customers), np.zeros(customers)
    active = rng.random(customers) >= leaving * first
    moment = np.zeros(customers)
    while active.any():
        moment = moment + rng.exponential(1, customers) / np.maximum(rates, 1e-300)
        active &= moment <= observed
        repeats += active
        last = np.where(active, moment, last)
        active &= rng.random(customers) >= leaving
    spread = rng.gamma(VALUES.q, 1 / VALUES.gamma, customers)
    days = repeats + 1
    means = rng.gamma(VALUES.p * days, 1 / (spread * days))
    return Simulated(Seen(repeats, last, observed), means)
