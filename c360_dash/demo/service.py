"""Service tickets. How satisfied they leave people was decided where people buy: bad service makes them leave."""

import numpy as np

from c360_dash.demo.clock import DAY, HOUR, Clock, Ints
from c360_dash.demo.habits import BAD_SCORE, Orders
from c360_dash.demo.people import Traits
from c360_dash.demo.products import cumulated
from c360_dash.demo.tables import COUNT, ID, MOMENT_KIND, NULL, Rows, words

ANSWERED = 0.60  # share of closed tickets with a rating
HOURS_TO_CLOSE = 18.0  # median
BAD_TAKES_LONGER = 3.0

CHANNELS = {"email": 0.40, "chat": 0.30, "phone": 0.22, "social": 0.08}
CATEGORIES = {"Delivery": 0.34, "Product": 0.22, "Return": 0.18, "Payment": 0.12, "Account": 0.08, "Other": 0.06}
PRIORITIES = {"low": 0.20, "normal": 0.58, "high": 0.18, "urgent": 0.04}

KINDS = {
    "ticket_id": ID,
    "customer_id": ID,
    "opened_at": MOMENT_KIND,
    "closed_at": MOMENT_KIND,
    "channel": words(*CHANNELS),
    "category": words(*CATEGORIES),
    "priority": words(*PRIORITIES),
    "satisfaction": COUNT,
}


def ticket_rows(orders: Orders, traits: Traits, clock: Clock, rng: np.random.Generator) -> Rows:
    """The relation service_tickets, without ids: opened within nine days after an order; open ones have no rating."""
    asked = np.flatnonzero(orders.score > 0)
    opened = orders.moment[asked] + 6 * HOUR + rng.integers(0, 9 * DAY, len(asked))
    asked, opened = asked[opened < clock.end], opened[opened < clock.end]
    score, size = orders.score[asked], len(asked)
    hours = HOURS_TO_CLOSE * np.where(score <= BAD_SCORE, BAD_TAKES_LONGER, 1.0) * rng.lognormal(0.0, 0.9, size)
    closed = opened + (hours * HOUR).astype(np.int64)
    return {
        "owner": orders.owner[asked],
        "customer_id": traits.customer[orders.owner[asked]],
        "opened_at": opened,
        "closed_at": np.where(closed < clock.end, closed, NULL),
        "channel": _draw(CHANNELS, size, rng),
        "category": _draw(CATEGORIES, size, rng),
        "priority": _draw(PRIORITIES, size, rng),
        "satisfaction": np.where((closed < clock.end) & (rng.random(size) < ANSWERED), score, NULL),
    }


def _draw(shares: dict[str, float], size: int, rng: np.random.Generator) -> Ints:
    return np.searchsorted(cumulated(np.array(list(shares.values()))), rng.random(size))
