"""When people order, when they leave, and how service leaves them.

The process is BG/NBD (Fader, Hardie & Lee 2005, see people), with two additions: it runs in busy time, so orders follow
the seasons; and after an order with bad service many leave who would have stayed.
"""

from dataclasses import dataclass

import numpy as np

from c360_dash.demo.clock import DAY, HOUR, Bools, Clock, Ints
from c360_dash.demo.people import Traits
from c360_dash.demo.products import cumulated
from c360_dash.demo.tables import NULL

TICKETS = 0.06  # tickets per order
TICKET_SCORES = cumulated(np.array([0.12, 0.11, 0.15, 0.30, 0.32]))  # how satisfied service leaves people, 1 to 5
BAD_SCORE, LEFT_BY_BAD_SERVICE = 2, 0.45  # such service makes so many leave


@dataclass(frozen=True)
class Orders:
    """The orders of a block, by customer and moment: owner, moment, score of its ticket (0: none), from a campaign?"""

    owner: Ints
    moment: Ints
    score: Ints
    campaign: Bools


@dataclass(frozen=True)
class Lives:
    """When each customer began to order (NULL: never) and left: after this moment there are no orders."""

    first: Ints
    last: Ints


def buy(traits: Traits, clock: Clock, rng: np.random.Generator) -> tuple[Orders, Lives]:
    """The orders of people who order of their own accord, up to the one after which they leave."""
    first = traits.signup + HOUR + _patience(traits.size, rng)
    buyer = ~traits.prospect & (first < clock.end)
    owner, moment = _moments(traits, np.where(buyer, first, clock.end), clock, rng)
    ticket = rng.random(len(owner)) < TICKETS * traits.trouble[owner]
    score = np.where(ticket, 1 + np.searchsorted(TICKET_SCORES, rng.random(len(owner))), 0)
    leaves = rng.random(len(owner)) < traits.leaving[owner]
    leaves |= ticket & (score <= BAD_SCORE) & (rng.random(len(owner)) < LEFT_BY_BAD_SERVICE)
    kept = up_to_first(leaves, owner)
    last = np.where(buyer, clock.end, NULL)
    last[owner[kept & leaves]] = moment[kept & leaves]
    orders = Orders(owner[kept], moment[kept], score[kept], np.zeros(np.count_nonzero(kept), dtype=np.bool_))
    return orders, Lives(np.where(buyer, first, NULL), last)


def _patience(size: int, rng: np.random.Generator) -> Ints:
    """Seconds from sign-up to the first order: half of the buyers order at once, the others within some weeks."""
    return (rng.exponential(12.0 * DAY, size) * (rng.random(size) < 0.5)).astype(np.int64)


def _moments(traits: Traits, first: Ints, clock: Clock, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Customer and moment of all orders if nobody left: the first, then a Poisson process in busy time.

    The repeat orders in a span are Poisson distributed in number, and given the number evenly spread.
    """
    start = clock.busy(first)
    span = clock.busy_edges[-1] - start
    buyer = first < clock.end
    counts = rng.poisson(traits.rate * span) * buyer + buyer
    owner = np.repeat(np.arange(traits.size), counts)
    place = rng.random(len(owner)) * span[owner]
    place[(np.cumsum(counts) - counts)[buyer]] = 0.0
    # One sort for all: customers are further apart than any two moments of one of them.
    apart = 2.0 * clock.busy_edges[-1]
    busy = np.sort(place + start[owner] + apart * owner) - apart * owner
    return owner, np.minimum(np.maximum(clock.moments(busy), first[owner]), clock.end - 1)


def up_to_first(stops: Bools, owner: Ints) -> Bools:
    """For rows sorted by owner: those up to and including the owner's first stop."""
    before: Ints = np.cumsum(stops) - stops
    kept: Bools = before == before[np.searchsorted(owner, owner)]
    return kept


def with_campaigns(orders: Orders, owner: Ints, moment: Ints) -> Orders:
    """The orders together with those that campaigns brought about."""
    owners = np.concatenate((orders.owner, owner))
    moments = np.concatenate((orders.moment, moment))
    scores = np.concatenate((orders.score, np.zeros(len(owner), dtype=np.int64)))
    campaign = np.concatenate((orders.campaign, np.ones(len(owner), dtype=np.bool_)))
    order = np.lexsort((moments, owners))
    return Orders(owners[order], moments[order], scores[order], campaign[order])
