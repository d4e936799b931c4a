"""What a line of an order is worth: quantity, price of one, discount, from whatever columns there are."""

from c360_dash.sources.connecting.choosing import fitting
from c360_dash.sources.connecting.naming import words
from c360_dash.sources.connecting.proposing import Proposer
from c360_dash.sources.connecting.selecting import Field, doubt_of

PERCENT = {"percent", "percentage", "pct", "rate"}
CENTS = {"cent", "cents", "minor"}


def price_fields(proposer: Proposer) -> list[Field | None]:
    """Quantity, unit price and discount of the lines."""
    quantity = proposer.plain("quantity") or Field("quantity", "1", "no column says how many")
    price = proposer.plain("unit_price")
    total = proposer.plain("amount", "numeric")
    if price is None and total is not None:
        is_one = quantity.expression == "1"
        text = total.expression if is_one else f"{total.expression} / nullif({quantity.expression}, 0)"
        doubt = total.doubt or ("" if is_one else "the line's amount over its quantity")
        price = Field("unit_price", text, doubt, total.others)
    price = price or _price_of_product(proposer)
    return [quantity, _in_units(price), _discount(proposer, quantity, price)]


def _price_of_product(proposer: Proposer) -> Field | None:
    """The product's price today, where lines keep none of their own."""
    product, way = proposer.known.table_of("products"), proposer.known.way(proposer.table, "products")
    found = fitting(proposer.names("unit_price"), product.columns) if product and way else []
    if not found or not way:
        return None
    price = proposer.select.column(found[0][1].name, way)
    return Field("unit_price", price, doubt_of(way) or "the product's price today; no column says that of the sale")


def _in_units(price: Field | None) -> Field | None:
    """A price whose column is named after cents, in whole units of the currency."""
    if price is None or not CENTS & set(words(price.expression)):
        return price
    return Field(
        "unit_price", f"round({price.expression} / 100.0, 2)", price.doubt or "the name says cents", price.others
    )


def _discount(proposer: Proposer, quantity: Field, price: Field | None) -> Field | None:
    """An amount of the whole line; where no value is above 1 it seems to be a share of the price."""
    found = proposer.plain("discount")
    if found is None or price is None:
        return found
    own = fitting(proposer.names("discount"), proposer.table.columns)[0][1]
    worth = f"{quantity.expression} * {_exact(price, proposer)}"
    if PERCENT & set(words(own.name)):
        return Field("discount", f"{worth} * {found.expression} / 100", "the name says a percentage")
    values = _numbers(proposer.values(own))
    if not proposer.values(own):
        return Field("discount", found.expression, f"no values yet; if it is a share: {worth} * {found.expression}")
    if any(values) and all(0 <= value <= 1 for value in values):
        share = f"{found.expression}::numeric" if own.kind in ("real", "double precision") else found.expression
        return Field("discount", f"{worth} * {share}", f"no value is above 1, so a share; else {found.expression}")
    return found


def _exact(price: Field, proposer: Proposer) -> str:
    own = fitting(proposer.names("unit_price"), proposer.table.columns)
    is_float = bool(own) and own[0][1].kind in ("real", "double precision")
    return f"{price.expression}::numeric" if is_float else price.expression


def _numbers(values: list[str]) -> list[float]:
    try:
        return [float(value) for value in values]
    except ValueError:
        return []
