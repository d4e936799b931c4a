"""Which table is which relation of the contract, by its name and by what refers to what."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from c360_dash.sources.connecting.catalogue import Catalogue, Column, Table
from c360_dash.sources.connecting.naming import Fit, Names, Vocabulary

TIMES = {"timestamp with time zone", "timestamp without time zone", "date"}
UNKNOWN = Fit(True, 1_000)
EVIDENCE = ("quantity", "unit_price", "amount")
STRANGERS = "staff employee seller vendor supplier store warehouse manager"


@dataclass(frozen=True)
class Choice:
    """The table of a relation, why that is unsure (empty where it is not), and others that could be it."""

    table: Table
    doubt: str
    others: tuple[Table, ...]


class Chooser:
    """Chooses a table for each relation, those that others hang on first."""

    def __init__(self, catalogue: Catalogue, vocabulary: Vocabulary) -> None:
        self._catalogue = catalogue
        self._vocabulary = vocabulary
        self.chosen: dict[str, Choice] = {}

    def choose(self) -> dict[str, Choice]:
        """The choice for each relation that has one."""
        self._choose("customers", lambda table: len(table.key) == 1 or None)
        self._choose("orders", self._order_evidence)
        self._choose("order_items", self._line_evidence)
        self._orders_as_lines()
        self._choose("products", self._product_evidence)
        for relation, time in (
            ("returns", "returned_at"),
            ("service_tickets", "opened_at"),
            ("web_events", "occurred_at"),
        ):
            self._choose(relation, self._belongs_to_a_customer(relation, time))
        self._choose("campaigns", lambda table: bool(table.key) or None)
        self._choose("campaign_responses", self._response_evidence)
        return self.chosen

    def matching(self, table: Table, relation: str, column: str) -> list[tuple[Fit, Column]]:
        """The table's columns whose names are known for a column of the contract, the likeliest first."""
        names = self._vocabulary.names(relation, column)
        return fitting(names, table.columns)

    def _choose(self, relation: str, evidence: Callable[[Table], float | None]) -> None:
        """The table with the best name, and among those the one with most evidence; None is a table that cannot be."""
        names = self._vocabulary.tables(relation)
        taken = {choice.table.path for choice in self.chosen.values()}
        found = []
        for table in self._catalogue.tables.values():
            weight = evidence(table) if table.path not in taken else None
            fit = names.fit(table.forms) or (UNKNOWN if relation in ("orders", "order_items", "products") else None)
            if weight is not None and fit is not None and (fit != UNKNOWN or weight >= 1):
                found.append((self._order(relation, fit, weight), fit, table))
        found.sort(key=lambda each: (each[0], each[2].path))
        if found:
            _, fit, table = found[0]
            doubt = "only its columns say so, not its name" if fit == UNKNOWN else ""
            doubt = doubt or ("the name may mean something else" if fit.is_guess else "")
            self.chosen[relation] = Choice(table, doubt, tuple(other for _, _, other in found[1:4]))

    def _orders_as_lines(self) -> None:
        """Without a table of lines, an order that has an amount is its own and only line."""
        orders = self.chosen.get("orders")
        if orders and "order_items" not in self.chosen and self.matching(orders.table, "orders", "amount"):
            self.chosen["order_items"] = Choice(orders.table, "no table holds lines, so an order is one", ())

    def _order(self, relation: str, fit: Fit, weight: float) -> tuple[float, ...]:
        by_name = (float(fit.is_guess), float(fit.place))
        return (-weight, *by_name) if relation in ("order_items", "products") else (by_name[0], -weight, by_name[1])

    def _order_evidence(self, table: Table) -> float | None:
        customers = self.chosen.get("customers")
        if customers is None or not table.key or not _has_time(table):
            return None
        if self._catalogue.way(table, customers.table, 2) is None or self._is_named("returns", table):
            return None
        return float(any(self._line_weight(other, table) >= 2 for other in self._catalogue.tables.values()))

    def _line_evidence(self, table: Table) -> float | None:
        orders = self.chosen.get("orders")
        if orders is None or self._is_named("returns", table):
            return None
        return self._line_weight(table, orders.table) or None

    def _line_weight(self, table: Table, orders: Table) -> float:
        """How much a table looks like the lines of another: a reference to it, and quantities, prices, products."""
        if not any(link.target == orders.path for link in table.links):
            return 0
        names = [column for column in EVIDENCE if self.matching(table, "order_items", column)]
        products = self._vocabulary.tables("products")
        sold = any(
            products.fit(self._catalogue.target(link).forms) for link in table.links if link.target != orders.path
        )
        return len(names) + sold + (0.5 if self._is_named("order_items", table) else 0)

    def _product_evidence(self, table: Table) -> float | None:
        """Products are what lines refer to, the nearer the likelier."""
        lines = self.chosen.get("order_items", self.chosen.get("orders"))
        if not table.key or self._is_stranger(table):
            return None
        if lines is None:
            return 0 if self._is_named("products", table) else None
        way = self._catalogue.way(lines.table, table)
        if way is None:
            return None
        is_named = self._is_named("products", table)
        has_label = bool(self.matching(table, "products", "name"))
        return 10 + is_named - len(way) / 10 if is_named else (1 if has_label and len(way) == 1 else None)

    def _belongs_to_a_customer(self, relation: str, time: str) -> Callable[[Table], float | None]:
        def evidence(table: Table) -> float | None:
            customers = self.chosen.get("customers")
            if customers is None or not table.key or not self.matching(table, relation, time):
                return None
            if relation == "returns" and not self.matching(table, relation, "amount"):
                return None
            return None if self._catalogue.way(table, customers.table) is None else 1

        return evidence

    def _response_evidence(self, table: Table) -> float | None:
        ends = [self.chosen[relation].table.path for relation in ("campaigns", "customers") if relation in self.chosen]
        targets = {link.target for link in table.links}
        return 1 if len(ends) == 2 and targets >= set(ends) else None

    def _is_named(self, relation: str, table: Table) -> bool:
        fit = self._vocabulary.tables(relation).fit(table.forms)
        return fit is not None and not fit.is_guess

    def _is_stranger(self, table: Table) -> bool:
        return bool(table.forms & set(STRANGERS.split()))


def fitting(names: Names, columns: Iterable[Column]) -> list[tuple[Fit, Column]]:
    """The columns whose names are known, the likeliest first."""
    found = [(fit, column) for column in columns if (fit := names.fit(column.forms))]
    return sorted(found, key=lambda each: each[0])


def _has_time(table: Table) -> bool:
    return any(column.kind in TIMES for column in table.columns)
