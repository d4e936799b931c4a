"""The people: who signs up when, and the hidden traits that their behaviour follows.

Purchase habits are those of the BG/NBD model (Fader, Hardie & Lee 2005, "Counting Your Customers" the Easy Way,
Marketing Science 24): while active, a customer orders at random at an own rate; rates differ between customers as a
gamma distribution; after each order the customer leaves with an own probability; these differ as a beta distribution.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from c360_dash.demo import names
from c360_dash.demo.clock import DAY, Bools, Clock, Floats, Ints
from c360_dash.demo.products import CATEGORIES, SHELVES, cumulated
from c360_dash.demo.tables import DATE, FLAG, ID, MOMENT_KIND, NULL, Rows, column, words

PROSPECTS = 0.08  # share of customers who never order
ORDERS_PER_YEAR, ORDER_SHAPE = 16.5, 1.1  # gamma distribution of the rate while active: mean and shape r
LEAVING_A, LEAVING_B = 1.0, 16.0  # beta distribution of the probability to leave after an order
GROWTH = 1.0  # sign-ups a day grow by this share from the start to the end of the history

# acquisition channel: share of customers, factor of the order rate, factor of the probability to leave
ACQUISITION = {
    "Organic search": (0.27, 1.05, 0.9),
    "Paid search": (0.22, 0.95, 1.1),
    "Social": (0.18, 0.80, 1.4),
    "Referral": (0.12, 1.25, 0.7),
    "E-mail": (0.08, 1.10, 0.9),
    "Affiliate": (0.08, 0.80, 1.3),
    "Store": (0.05, 1.15, 0.8),
}
ORDER_CHANNELS = {"web": 0.55, "app": 0.30, "store": 0.15}

PLACES = [(city, region, country.name) for country in names.COUNTRIES for city, region in country.cities]

KINDS = {
    "customer_id": ID,
    "first_name": words(*names.first_names()),
    "last_name": words(*names.surnames()),
    "phone": ID,
    "city": words(*(city for city, _, _ in PLACES)),
    "region": words(*(region for _, region, _ in PLACES)),
    "country": words(*(country for _, _, country in PLACES)),
    "birth_date": DATE,
    "gender": words(*names.GENDERS),
    "signup_at": MOMENT_KIND,
    "acquisition_channel": words(*ACQUISITION),
    "marketing_consent": FLAG,
}


@dataclass(frozen=True)
class Traits:
    """The hidden traits of a block of customers, by position in the block."""

    customer: Ints  # customer_id
    signup: Ints
    prospect: Bools
    consent: Bools
    rate: Floats  # orders in a busy year
    leaving: Floats  # probability to leave after an order
    basket: Floats  # size of baskets against the mean
    trouble: Floats  # inclination to returns and tickets against the mean
    curiosity: Floats  # browsing against the mean
    openness: Floats  # probability to open a campaign
    categories: Ints  # customer × (favourite, second)
    shelf: Ints  # favourite shelf in every category
    channel: Ints  # preferred channel of orders

    @property
    def size(self) -> int:
        """How many customers the block has."""
        return len(self.signup)


def meet(first_id: int, size: int, clock: Clock, rng: np.random.Generator) -> tuple[Rows, Traits]:
    """The rows and the traits of ``size`` customers, numbered from ``first_id``."""
    signup = _signups(size, clock, rng)
    acquisition = np.searchsorted(cumulated(_acquisition(0)), rng.random(size))
    consent = np.where(rng.random(size) < 0.02, NULL, rng.random(size) < 0.70)
    customer = first_id + np.arange(size)
    rows = {
        "owner": np.arange(size),
        "customer_id": customer,
        **_identity(size, rng),
        "birth_date": _birth_dates(size, clock, rng),
        "signup_at": signup,
        "acquisition_channel": acquisition,
        "marketing_consent": consent,
    }
    return rows, _traits(customer, signup, acquisition, consent == 1, rng)


def _acquisition(part: int) -> Floats:
    return np.array([channel[part] for channel in ACQUISITION.values()])


def _signups(size: int, clock: Clock, rng: np.random.Generator) -> Ints:
    """Moments with a density that grows in a straight line from 1 to 1 + GROWTH (inverse of its distribution)."""
    share = (np.sqrt(1.0 + GROWTH * (2.0 + GROWTH) * rng.random(size)) - 1.0) / GROWTH
    return clock.moments(share * clock.busy_edges[-1])


def _identity(size: int, rng: np.random.Generator) -> Rows:
    """Place, name, gender and phone; names follow the country, and a few people keep gender or phone to themselves."""
    country = np.searchsorted(cumulated(np.array([c.share for c in names.COUNTRIES])), rng.random(size))
    cities = np.array([len(c.cities) for c in names.COUNTRIES])
    place = (np.cumsum(cities) - cities)[country] + (cities[country] * rng.random(size) ** 1.6).astype(np.int64)
    flavour = np.array([names.FLAVOURS.index(c.flavour) for c in names.COUNTRIES])[country]
    gender = (rng.random(size) < 0.46).astype(np.int64)
    first = (flavour * 2 + gender) * names.FIRST_NAMES + rng.integers(0, names.FIRST_NAMES, size)
    return {
        "first_name": first,
        "last_name": flavour * names.SURNAMES + rng.integers(0, names.SURNAMES, size),
        "phone": np.where(rng.random(size) < 0.25, NULL, rng.integers(1_000_000, 10_000_000, size)),
        "city": place,
        "region": place,
        "country": place,
        "gender": np.where(rng.random(size) < 0.08, NULL, gender),
    }


def _birth_dates(size: int, clock: Clock, rng: np.random.Generator) -> Ints:
    """Days since 1970 of people from 18 to 85, most about 40; one in eight is unknown."""
    age = 18.0 + 67.0 * rng.beta(2.0, 4.0, size)
    days = (clock.start / DAY - age * 365.25).astype(np.int64)
    return np.where(rng.random(size) < 0.12, NULL, days)


def _traits(customer: Ints, signup: Ints, acquisition: Ints, consent: Bools, rng: np.random.Generator) -> Traits:
    size = len(customer)
    favourites = np.searchsorted(cumulated(np.array([c.share for c in CATEGORIES.values()])), rng.random((size, 2)))
    return Traits(
        customer=customer,
        signup=signup,
        prospect=rng.random(size) < PROSPECTS,
        consent=consent,
        rate=rng.gamma(ORDER_SHAPE, ORDERS_PER_YEAR / ORDER_SHAPE, size) * _acquisition(1)[acquisition],
        leaving=np.minimum(rng.beta(LEAVING_A, LEAVING_B, size) * _acquisition(2)[acquisition], 1.0),
        basket=rng.gamma(3.0, 1.0 / 3.0, size),
        trouble=rng.gamma(2.0, 1.0 / 2.0, size),
        curiosity=rng.gamma(1.5, 1.0 / 1.5, size),
        openness=rng.beta(2.0, 3.0, size),
        categories=favourites,
        shelf=rng.integers(0, SHELVES, size),
        channel=np.searchsorted(cumulated(np.array(list(ORDER_CHANNELS.values()))), rng.random(size)),
    )


def table(blocks: list[Rows]) -> pa.Table:
    """The relation customers, with the text that is put together for each person: e-mail address and phone."""
    joined = {name: np.concatenate([rows[name] for rows in blocks]) for name in KINDS}
    columns = {name: column(joined[name], kind) for name, kind in KINDS.items()}
    columns["phone"] = pc.binary_join_element_wise("+999 555", columns["phone"].cast(pa.string()), " ")
    columns["email"] = _emails(joined)
    order = ["customer_id", "first_name", "last_name", "email", "phone"]
    return pa.table({name: columns[name] for name in order + [name for name in KINDS if name not in order]})


def _emails(joined: Rows) -> pa.Array:
    """first.last.<id>@example.com"""
    first = pa.array([names.plain(name) for name in KINDS["first_name"].words]).take(pa.array(joined["first_name"]))
    last = pa.array([names.plain(name) for name in KINDS["last_name"].words]).take(pa.array(joined["last_name"]))
    numbers = pc.binary_join_element_wise(pa.array(joined["customer_id"]).cast(pa.string()), "@example.com", "")
    return pc.binary_join_element_wise(first, last, numbers, ".")
