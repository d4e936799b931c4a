"""The catalogue: 20 categories with 100 products each, 60 brands, prices, return rates and natural pairs.

A product's number tells what it is: category ``(id - 1) // 100``, rank of popularity in it ``(id - 1) % 100``, and
shelf ``rank % 5``. Each category has five shelves, one per brand, from cheap to premium; someone loyal to a shelf buys
the product of about the same popularity there. So loyalty is arithmetic, and favourites mean something.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from c360_dash.demo.clock import Clock, Floats, Ints
from c360_dash.demo.tables import ID, NULL, Rows, words

PER_CATEGORY = 100
SHELVES = 5
UNKNOWN_PRODUCTS = 5  # numbers after the catalogue that some lines carry: products that were delisted
HIGH_SEASON, LOW_SEASON = 6.0, 0.4  # shares of seasonal purchases in and out of a category's months
PAIRED_RANKS = 5  # the most popular products of a category have a partner that is often bought with them


class Category(NamedTuple):
    """Typical price in euros, share of lines, share of lines returned, months of high season, things sold."""

    price: float
    share: float
    return_rate: float
    season: tuple[int, ...]
    things: str


CATEGORIES = {
    "Coffee & Tea": Category(14, 0.090, 0.010, (), "Espresso Filter-Coffee Green-Tea Black-Tea Cocoa"),
    "Kitchen": Category(32, 0.075, 0.040, (11, 12), "Pan Knife Kettle Bowl Grater"),
    "Tableware": Category(24, 0.050, 0.045, (11, 12), "Plate Mug Glass Jug Cutlery"),
    "Bedding": Category(48, 0.045, 0.075, (1, 9), "Duvet Pillow Sheet Blanket Mattress-Cover"),
    "Lighting": Category(42, 0.040, 0.060, (10, 11), "Desk-Lamp Floor-Lamp Bulb Lantern Spotlight"),
    "Furniture": Category(139, 0.030, 0.080, (), "Chair Shelf Side-Table Stool Cabinet"),
    "Garden": Category(29, 0.055, 0.035, (3, 4, 5, 6), "Planter Hose Trowel Seeds Parasol"),
    "Tools": Category(37, 0.045, 0.040, (4, 5), "Drill Hammer Screwdriver Saw Spirit-Level"),
    "Pet Care": Category(19, 0.065, 0.015, (), "Dog-Food Cat-Food Leash Basket Brush"),
    "Baby": Category(23, 0.050, 0.060, (), "Romper Bottle Carrier Rattle Bib"),
    "Toys": Category(26, 0.060, 0.040, (11, 12), "Puzzle Board-Game Train Doll Building-Set"),
    "Books": Category(16, 0.080, 0.020, (12,), "Novel Cookbook Travel-Guide Atlas Picture-Book"),
    "Stationery": Category(11, 0.050, 0.020, (8, 9), "Notebook Fountain-Pen Planner Sketchbook Pencil-Case"),
    "Audio": Category(89, 0.035, 0.090, (11, 12), "Headphones Speaker Earbuds Radio Turntable"),
    "Electronics": Category(119, 0.035, 0.095, (11,), "Tablet Camera Charger Smart-Plug Monitor"),
    "Sports": Category(45, 0.045, 0.080, (1, 5), "Yoga-Mat Dumbbell Football Racket Skipping-Rope"),
    "Outdoor": Category(74, 0.035, 0.085, (5, 6, 7), "Tent Backpack Sleeping-Bag Stove Flask"),
    "Beauty": Category(21, 0.060, 0.030, (12,), "Face-Cream Shampoo Perfume Soap Hand-Cream"),
    "Fashion": Category(49, 0.085, 0.190, (4, 10), "Shirt Jumper Jeans Dress Jacket"),
    "Shoes": Category(79, 0.050, 0.210, (3, 9), "Sneaker Boot Sandal Loafer Slipper"),
}
STYLES = (
    *("Classic", "Nordic", "Compact", "Natural", "Urban", "Bright", "Silent", "Pure"),
    *("Vintage", "Daily", "Alpine", "Velvet", "Amber", "Cobalt", "Linen"),
)
BRAND_STEMS = ["Alva", "Brio", "Cord", "Dune", "Elmo", "Fino", "Gala", "Halo", "Isar", "Juno", "Kelm", "Luma"]
BRAND_ENDINGS = ["ra", "lin", "vik", "ton", "sen"]
# Shelf by shelf: price against the typical one of the category
SHELF_PRICES = np.array([0.55, 0.80, 1.00, 1.35, 2.00])


def _brand(category: int, shelf: int) -> int:
    """Position of the brand of a shelf: five brands to a category, most brands in two categories."""
    return shelf * len(BRAND_STEMS) + category % len(BRAND_STEMS)


def _name(position: int) -> str:
    category, rank = divmod(position, PER_CATEGORY)
    shelf, place = rank % SHELVES, rank // SHELVES
    things = list(CATEGORIES.values())[category].things.split()
    style = STYLES[(category * 4 + place // len(things)) % len(STYLES)]
    return f"{BRANDS[_brand(category, shelf)]} {style} {things[place % len(things)].replace('-', ' ')}"


BRANDS = tuple(stem + ending for ending in BRAND_ENDINGS for stem in BRAND_STEMS)
KINDS = {
    "product_id": ID,
    "name": words(*(_name(position) for position in range(len(CATEGORIES) * PER_CATEGORY))),
    "category": words(*CATEGORIES),
    "brand": words(*BRANDS),
}


@dataclass(frozen=True)
class Catalogue:
    """What buying needs to know. Positions are product_id - 1; shares are cumulated."""

    prices: Ints  # cents
    return_rates: Floats
    partners: Ints  # position of the product often bought with this one, or NULL
    category_shares: Floats  # all the year
    season_shares: Floats  # month (0 = January) × category
    rank_shares: Floats

    @property
    def size(self) -> int:
        """How many products there are."""
        return len(self.prices)


@dataclass(frozen=True)
class Shop:
    """What all customers of a shop share."""

    clock: Clock
    catalogue: Catalogue


def catalogue(rng: np.random.Generator) -> Catalogue:
    """The products of a shop; the generator decides prices."""
    categories = list(CATEGORIES.values())
    shares = np.array([category.share for category in categories])
    return Catalogue(
        prices=_prices(rng),
        return_rates=np.repeat([category.return_rate for category in categories], PER_CATEGORY),
        partners=_partners(),
        category_shares=cumulated(shares),
        season_shares=np.array([cumulated(shares * _season(month)) for month in range(1, 13)]),
        rank_shares=cumulated((np.arange(PER_CATEGORY, dtype=np.float64) + 3.0) ** -0.9),
    )


def rows() -> Rows:
    """The rows of the relation products; a few are without brand or category, as real catalogues have them."""
    position = np.arange(len(CATEGORIES) * PER_CATEGORY)
    category = position // PER_CATEGORY
    brand = position % SHELVES * len(BRAND_STEMS) + category % len(BRAND_STEMS)
    return {
        "product_id": position + 1,
        "name": position,
        "category": np.where(position % 499 == 77, NULL, category),
        "brand": np.where(position % 197 == 33, NULL, brand),
    }


def cumulated(shares: Floats) -> Floats:
    """Shares as cumulated shares of their sum, to be searched with random numbers."""
    edges: Floats = np.cumsum(shares)
    edges /= edges[-1]
    return edges


def _season(month: int) -> Floats:
    return np.array([HIGH_SEASON if month in category.season else LOW_SEASON for category in CATEGORIES.values()])


def _prices(rng: np.random.Generator) -> Ints:
    """Prices in cents that end in 49 or 99: typical price of the category, dearer from shelf to shelf."""
    typical = np.repeat([category.price for category in CATEGORIES.values()], PER_CATEGORY)
    shelf = np.tile(SHELF_PRICES, len(typical) // SHELVES)
    half_euros: Floats = np.ceil(typical * shelf * rng.lognormal(0.0, 0.3, len(typical)) * 2)
    return half_euros.astype(np.int64) * 50 - 1


def _partners() -> Ints:
    """Pairs: the r-th product with the (r + 5)-th, in turn of the same category and of the next one."""
    category, rank = np.divmod(np.arange(len(CATEGORIES) * PER_CATEGORY), PER_CATEGORY)
    partner = (category + rank % 2) % len(CATEGORIES) * PER_CATEGORY + rank + PAIRED_RANKS
    return np.where(rank < PAIRED_RANKS, partner, NULL)
