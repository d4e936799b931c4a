"""Orders, their lines and returns."""

from dataclasses import dataclass

import numpy as np

from c360_dash.demo.clock import DAY, Bools, Clock, Ints
from c360_dash.demo.habits import Orders
from c360_dash.demo.people import ORDER_CHANNELS, Traits
from c360_dash.demo.products import PER_CATEGORY, SHELVES, UNKNOWN_PRODUCTS, Catalogue, Shop, cumulated
from c360_dash.demo.tables import COUNT, ID, MOMENT_KIND, MONEY_KIND, NULL, Rows, words

LINES_AFTER_FIRST = 1.5  # mean number of further lines of an order
PREFERRED_CHANNEL = 0.75  # share of orders in the customer's preferred channel
FAVOURITE, SECOND, SEASONAL = 0.40, 0.18, 0.15  # shares of lines that go to such a category
SHELF_LOYALTY = 0.45  # share of lines that go to the customer's favourite shelf
PAIR_SHARE = 0.30  # how often the partner of a first line is the second one
WEB = list(ORDER_CHANNELS).index("web")  # where campaigns lead
# Awkward rows, as real shops have them
CANCELLED, OTHER_CURRENCY, GUESTS, UNKNOWN_LINES = 0.03, 0.002, 0.001, 0.001
UNKNOWN_ORDER = 0.03  # share of returns that came back without their order
PENDING_DAYS = 5.0  # an order of this age is pending with probability 1/e

ORDER_KINDS = {
    "order_id": ID,
    "customer_id": ID,
    "ordered_at": MOMENT_KIND,
    "status": words("completed", "pending", "cancelled"),
    "channel": words(*ORDER_CHANNELS),
    "currency": words("EUR", "USD"),
}
ITEM_KINDS = {
    "order_id": ID,
    "line_no": COUNT,
    "customer_id": ID,
    "product_id": ID,
    "quantity": COUNT,
    "unit_price": MONEY_KIND,
    "discount": MONEY_KIND,
}
RETURN_KINDS = {
    "return_id": ID,
    "customer_id": ID,
    "order_id": ID,
    "product_id": ID,
    "returned_at": MOMENT_KIND,
    "amount": MONEY_KIND,
}


@dataclass(frozen=True)
class Sales:
    """What a block of customers bought: orders, their rows, and the rows of their lines."""

    orders: Orders
    rows: Rows
    items: Rows


def sell(orders: Orders, traits: Traits, ids: Ints, shop: Shop, rng: np.random.Generator) -> Sales:
    """Fill the orders, which get these ids, with lines."""
    rows = _order_rows(orders, traits, ids, shop.clock, rng)
    return Sales(orders, rows, _item_rows(orders, rows, traits, shop, rng))


def _order_rows(orders: Orders, traits: Traits, ids: Ints, clock: Clock, rng: np.random.Generator) -> Rows:
    """The relation orders; a few are cancelled, recent ones pending, very few in dollars or without a customer."""
    size = len(ids)
    pending = rng.random(size) < np.exp((orders.moment - clock.end) / (PENDING_DAYS * DAY))
    cancelled = rng.random(size) < CANCELLED
    other = np.searchsorted(cumulated(np.array(list(ORDER_CHANNELS.values()))), rng.random(size))
    preferred = rng.random(size) < PREFERRED_CHANNEL
    channel = np.where(preferred, traits.channel[orders.owner], other)
    return {
        "owner": orders.owner,
        "order_id": ids,
        "customer_id": np.where(rng.random(size) < GUESTS, NULL, traits.customer[orders.owner]),
        "ordered_at": orders.moment,
        "status": np.where(cancelled, 2, pending),
        "channel": np.where(orders.campaign, WEB, channel),
        "currency": (rng.random(size) < OTHER_CURRENCY).astype(np.int64),
    }


def _item_rows(orders: Orders, rows: Rows, traits: Traits, shop: Shop, rng: np.random.Generator) -> Rows:
    """The relation order_items, in the order of the orders; `line_of` is the position of the order."""
    counts = 1 + np.minimum(rng.poisson(LINES_AFTER_FIRST * traits.basket[orders.owner]), 14)
    line_of = np.repeat(np.arange(len(counts)), counts)
    line_no = 1 + np.arange(len(line_of)) - (np.cumsum(counts) - counts)[line_of]
    owner, moment = orders.owner[line_of], orders.moment[line_of]
    product = _products(owner, moment, line_no, traits, shop.catalogue, rng)
    quantity = 1 + rng.poisson(0.25 * traits.basket[owner])
    price = _price(shop.catalogue.prices[product], moment, shop.clock)
    unknown = rng.random(len(product)) < UNKNOWN_LINES
    return {
        "owner": owner,
        "line_of": line_of,
        "order_id": rows["order_id"][line_of],
        "line_no": line_no,
        "customer_id": rows["customer_id"][line_of],
        "product_id": 1 + np.where(unknown, shop.catalogue.size + product % UNKNOWN_PRODUCTS, product),
        "quantity": quantity,
        "unit_price": price,
        "discount": quantity * price * _percent_off(moment, orders.campaign[line_of], rng) // 100,
    }


def _products(
    owner: Ints, moment: Ints, line_no: Ints, traits: Traits, shop: Catalogue, rng: np.random.Generator
) -> Ints:
    """Position of the product of each line: favourites of the customer, the season, what everybody buys, and pairs."""
    category = _categories(owner, moment, traits, shop, rng)
    rank = np.searchsorted(shop.rank_shares, rng.random(len(owner)))
    loyal = rng.random(len(owner)) < SHELF_LOYALTY
    rank = np.where(loyal, rank - rank % SHELVES + traits.shelf[owner], rank)
    product = category * PER_CATEGORY + rank
    second = np.flatnonzero((line_no == 2) & (rng.random(len(owner)) < PAIR_SHARE))
    partner = shop.partners[product[second - 1]]
    product[second[partner != NULL]] = partner[partner != NULL]
    return product


def _categories(owner: Ints, moment: Ints, traits: Traits, shop: Catalogue, rng: np.random.Generator) -> Ints:
    category = np.searchsorted(shop.category_shares, rng.random(len(owner)))
    choice = rng.random(len(owner))
    favourite, second = choice < FAVOURITE, (choice >= FAVOURITE) & (choice < FAVOURITE + SECOND)
    category[favourite] = traits.categories[owner[favourite], 0]
    category[second] = traits.categories[owner[second], 1]
    seasonal = np.flatnonzero(choice > 1.0 - SEASONAL)
    month = moment[seasonal].astype("datetime64[s]").astype("datetime64[M]").astype(np.int64) % 12
    category[seasonal] = (shop.season_shares[month] < rng.random((len(seasonal), 1))).sum(axis=1)
    return category


def _price(list_price: Ints, moment: Ints, clock: Clock) -> Ints:
    """Prices rise by 3 % a year, and always end in 9 cents."""
    year = (moment - clock.start) // (365 * DAY)
    return list_price * (100 + 3 * year) // 1000 * 10 + 9


def _percent_off(moment: Ints, campaign: Bools, rng: np.random.Generator) -> Ints:
    """Discount in per cent: one line in eight has one, two in three late in November, all of campaigns."""
    days = moment.astype("datetime64[s]").astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    november = (months.astype(np.int64) % 12 == 10) & ((days - months).astype(np.int64) >= 20)
    given = campaign | (rng.random(len(moment)) < np.where(november, 0.66, 0.12))
    return np.where(given, 5 * rng.integers(1, 6, len(moment)), 0)


def return_rows(sales: Sales, traits: Traits, shop: Shop, rng: np.random.Generator) -> Rows:
    """The relation returns, without ids: whole lines of completed orders, by category and customer, within a month."""
    items, line_of = sales.items, sales.items["line_of"]
    known = np.minimum(items["product_id"], shop.catalogue.size) - 1
    chance = np.minimum(shop.catalogue.return_rates[known] * traits.trouble[items["owner"]], 0.8)
    moment = sales.orders.moment[line_of] + 3 * DAY + rng.integers(0, 27 * DAY, len(known))
    possible = (sales.rows["status"][line_of] == 0) & (items["customer_id"] != NULL) & (moment < shop.clock.end)
    back = np.flatnonzero(possible & (rng.random(len(known)) < chance))
    return {
        "owner": items["owner"][back],
        "customer_id": items["customer_id"][back],
        "order_id": np.where(rng.random(len(back)) < UNKNOWN_ORDER, NULL, items["order_id"][back]),
        "product_id": items["product_id"][back],
        "returned_at": moment[back],
        "amount": items["quantity"][back] * items["unit_price"][back] - items["discount"][back],
    }
