"""Web events: a session before each order on the web or in the app, and visits that end without an order.

People browse while they are customers, more the more they order; those who leave come less and less often before.
"""

from dataclasses import dataclass

import numpy as np

from c360_dash.demo.clock import DAY, Clock, Ints
from c360_dash.demo.habits import Lives, Orders
from c360_dash.demo.people import ORDER_CHANNELS, Traits
from c360_dash.demo.products import PER_CATEGORY, Catalogue, Shop
from c360_dash.demo.purchases import Sales
from c360_dash.demo.tables import ID, MOMENT_KIND, NULL, Kind, Rows, select, words

VIEWED = 0.6  # share of the bought lines whose product page was seen in the session of the order
VIEWS_BESIDE = 0.7  # other products seen in it
VISITS, VISITS_PER_ORDER = 1.8, 0.35  # visits in a busy year: so many, and so many per order in a busy year
FADING = 1.8  # > 1: visits of those who leave grow rarer
LINGERING = 60 * DAY  # how long they still come by after their last order
PROSPECT_DAYS = 60.0  # mean time over which someone who never orders comes to look
ABANDONED, SEARCHED = 0.14, 0.22  # shares of visits with a cart left behind, with a search
EXTRA_VIEWS = 0.9  # mean number of product pages in a visit beyond the first

VIEW, CART, PURCHASE, SEARCH = range(4)
STORE = list(ORDER_CHANNELS).index("store")
CART_PAGE, CHECKOUT_PAGE, SEARCH_PAGE, PRODUCT_PAGES = 0, 1, 2, 3  # a product's page: PRODUCT_PAGES + its position


@dataclass(frozen=True)
class Events:
    """Some events of a block, in any order; product is a position or NULL."""

    owner: Ints
    session: Ints
    moment: Ints
    type: Ints
    product: Ints


FIELDS = ("owner", "session", "moment", "type", "product")


def kinds(products: int) -> dict[str, Kind]:
    """The columns of the relation web_events in a shop with so many products."""
    pages = (f"/products/{product_id}" for product_id in range(1, products + 1))
    return {
        "event_id": ID,
        "customer_id": ID,
        "session_id": ID,
        "occurred_at": MOMENT_KIND,
        "event_type": words("view", "cart", "purchase", "search"),
        "page": words("/cart", "/checkout", "/search", *pages),
        "product_id": ID,
    }


def event_rows(sales: Sales, lives: Lives, traits: Traits, shop: Shop, rng: np.random.Generator) -> Rows:
    """The relation web_events of a block, without ids, by customer and moment; `session_id` counts from 0."""
    parts = [*_buying(sales, shop, rng), *_visits(len(sales.orders.owner), lives, traits, shop, rng)]
    joined = {field: np.concatenate([getattr(part, field) for part in parts]) for field in FIELDS}
    joined = select(joined, (joined["moment"] >= shop.clock.start) & (joined["moment"] < shop.clock.end))
    joined = select(joined, np.lexsort((joined["moment"], joined["owner"])))
    return {
        "owner": joined["owner"],
        "customer_id": traits.customer[joined["owner"]],
        "session_id": joined["session"],
        "occurred_at": joined["moment"],
        "event_type": joined["type"],
        "page": _pages(joined["type"], joined["product"]),
        "product_id": np.where(joined["product"] == NULL, NULL, joined["product"] + 1),
    }


def _pages(event_type: Ints, product: Ints) -> Ints:
    fixed = np.array([0, CART_PAGE, CHECKOUT_PAGE, SEARCH_PAGE])[event_type]
    return np.where(event_type == VIEW, PRODUCT_PAGES + product, fixed)


def _buying(sales: Sales, shop: Shop, rng: np.random.Generator) -> list[Events]:
    """The sessions that end in an order on the web or in the app: session n belongs to the n-th order."""
    online = sales.rows["channel"] != STORE
    orders = np.flatnonzero(online)
    known = np.minimum(sales.items["product_id"] - 1, shop.catalogue.size - 1)
    line_of, first = sales.items["line_of"], sales.items["line_no"] == 1
    seen = np.flatnonzero(online[line_of] & (rng.random(len(line_of)) < VIEWED))
    beside = np.repeat(orders, rng.poisson(VIEWS_BESIDE, len(orders)))
    return [
        _before(sales.orders, line_of[seen], VIEW, (240, 1_500), known[seen], rng),
        _before(sales.orders, beside, VIEW, (240, 1_500), _popular(len(beside), shop.catalogue, rng), rng),
        _before(sales.orders, orders, CART, (60, 240), known[first][orders], rng),
        _before(sales.orders, orders, PURCHASE, (0, 1), np.full(len(orders), NULL), rng),
    ]


def _before(
    orders: Orders, which: Ints, event_type: int, seconds: tuple[int, int], product: Ints, rng: np.random.Generator
) -> Events:
    """An event for each of these orders, some seconds before it."""
    moment = orders.moment[which] - rng.integers(*seconds, len(which))
    return Events(orders.owner[which], which, moment, np.full(len(which), event_type), product)


def _popular(size: int, catalogue: Catalogue, rng: np.random.Generator) -> Ints:
    """Positions of products as everybody looks at them."""
    category = np.searchsorted(catalogue.category_shares, rng.random(size))
    return category * PER_CATEGORY + np.searchsorted(catalogue.rank_shares, rng.random(size))


def _visits(first_session: int, lives: Lives, traits: Traits, shop: Shop, rng: np.random.Generator) -> list[Events]:
    """Sessions without an order, numbered from ``first_session``."""
    owner, start = _visit_moments(lives, traits, shop.clock, rng)
    visits = np.arange(len(owner))
    views = np.repeat(visits, 1 + rng.poisson(EXTRA_VIEWS, len(visits)))
    product = _popular(len(views), shop.catalogue, rng)
    carts = np.flatnonzero(rng.random(len(views)) < ABANDONED / (1.0 + EXTRA_VIEWS))
    searches = visits[rng.random(len(visits)) < SEARCHED]

    def events(which: Ints, event_type: int, seconds: tuple[int, int], of: Ints) -> Events:
        moment = start[which] + rng.integers(*seconds, len(which))
        return Events(owner[which], first_session + which, moment, np.full(len(which), event_type), of)

    return [
        events(searches, SEARCH, (0, 20), np.full(len(searches), NULL)),
        events(views, VIEW, (20, 900), product),
        events(views[carts], CART, (900, 1_200), product[carts]),
    ]


def _visit_moments(lives: Lives, traits: Traits, clock: Clock, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Customer and start of each visit; early for those who left, soon after sign-up for those who never buy."""
    prospect = lives.first == NULL
    interest = (traits.signup + rng.exponential(PROSPECT_DAYS * DAY, traits.size)).astype(np.int64)
    leaves = (~prospect) & (lives.last < clock.end)
    until = np.minimum(np.where(prospect, interest, lives.last + leaves * LINGERING), clock.end)
    begin = clock.busy(traits.signup)
    span = np.maximum(clock.busy(until) - begin, 0.02)
    rate = traits.curiosity * (VISITS + VISITS_PER_ORDER * traits.rate)
    owner = np.repeat(np.arange(traits.size), rng.poisson(rate * span))
    place = rng.random(len(owner)) ** np.where(leaves, FADING, 1.0)[owner]
    return owner, clock.moments(begin[owner] + span[owner] * place)
