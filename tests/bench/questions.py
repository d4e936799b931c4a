"""Every question with many filters, and the list of customers in every order and with many words, asked cold.

    C360_DATA_DIR=… python -m tests.bench.questions

Cold is what no cache of ours has: the database answers and the answer is made of it; what the database holds in memory
stays as it is. The build that is published is vacuumed, as autovacuum would do soon, and else only read. Compare shares
of one run, for machines differ and are shared.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import click

from c360_dash import db, metrics, queries
from c360_dash.config import Settings
from c360_dash.db import Build
from c360_dash.filters import DIMENSION_NAMES, Filters
from c360_dash.queries import customers
from c360_dash.queries.customers import Asked
from c360_dash.questions import QUESTIONS
from tests.bench import builds

PAIRS = 60
VALUES = 6
WORDS = ("rosa", "anna", "a", "mei n", "@example.com", "smith", "1", "123", "9081", "xqzw", "a.b", "zz")
CONDITIONS = (
    "recency_score=5&frequency_score=5", "recency_score=1&frequency_score=5&monetary_score=1", "orders_at_least=2",
    "is_active=false", "rating=1", "first_order_month=..2024-06", "order_month=2026-03", "category=Books", "brand=None",
    "first_order_month=2026-03&order_month=2026-06", "order_month=2024-06..2024-12", "category=Books&is_active=false",
    "value_segment_before=High", "rfm_segment_before=unknown",
)  # fmt: skip
AT_ODDS = ("rfm_segment=Champions", "churn_band=High", "value_segment=Low", "rfm_segment=Prospect")
PAGES = (2, 100, 10_000)


@dataclass(frozen=True)
class Asking:
    """One thing to ask: the group it is reported under, what it is, and how."""

    group: str
    what: str
    ask: Callable[[], object]


def filters_of(build: Build, chance: random.Random) -> list[Filters]:
    """None, each value of each dimension (of long lists the most and the least common), pairs, and dates."""
    choices = {name: _ends(values) for name, values in queries.filter_choices(build).items()}
    singles = [(name, value) for name in DIMENSION_NAMES for value in choices[name]]
    pairs = [pair for pair in combinations(singles, 2) if pair[0][0] != pair[1][0]]
    chosen = [*((one,) for one in singles), *chance.sample(pairs, min(PAIRS, len(pairs)))]
    months = sorted(queries.months(build))
    spans = [Filters(date_from=months[len(months) // 2]), Filters(date_from=months[-3], date_to=months[-2])]
    return [Filters(), *(Filters.from_args({name: [value] for name, value in each}) for each in chosen), *spans]


def _ends(values: list[str]) -> list[str]:
    return values if len(values) <= 2 * VALUES else [*values[:VALUES], *values[-VALUES:]]


def _questions(build: Build, filters: list[Filters]) -> Iterator[Asking]:
    for name, question in QUESTIONS.items():
        for heeded in dict.fromkeys(question.heeded(each) for each in filters):
            ask = lambda question=question, heeded=heeded: question.rows(build, heeded)  # noqa: E731
            yield Asking(name, ", ".join(heeded.in_words()) or "everybody", ask)


def _lists(build: Build, filters: list[Filters]) -> Iterator[Asking]:
    sorts = [f"{sign}{name}" for name in metrics.COLUMNS for sign in ("", "-")]
    dimensions = [each for each in filters if not (each.date_from or each.date_to)]
    common = [customers.DEFAULT_SORT, "last_order_at", "-orders", "last_name"]
    yield from (_listed(build, "list: sort", f"sort={sort}") for sort in sorts)
    yield from (_listed(build, "list: sort and filter", f"{each}&sort={sort}") for each in AT_ODDS for sort in sorts)
    yield from (_listed(build, "list: word", f"q={word}") for word in WORDS)
    yield from (_listed(build, "list: word and sort", f"q={word}&sort={sort}") for word in WORDS for sort in common[1:])
    yield from (_listed(build, "list: late page", f"page={page}&sort={sort}") for page in PAGES for sort in common)
    late = [(page, sort) for page in PAGES for sort in common]
    yield from (_listed(build, "list: late, filter", f"{AT_ODDS[1]}&page={page}&sort={sort}") for page, sort in late)
    orders = [*common, "-last_order_at", "-city"]
    marked = [(one, sort) for one in _conditions(build) for sort in orders]
    yield from (_listed(build, "list: condition", f"{one}&sort={sort}") for one, sort in marked)
    for each in dimensions:
        asked = each.to_query_string()
        yield from (_listed(build, f"list: filter, sort={sort}", f"{asked}&sort={sort}") for sort in common)
        yield _listed(build, "list: filter and word", f"{asked}&q=ros")
        yield _listed(build, "list: filter and condition", f"{asked}&orders_at_least=2&is_active=true")


def _conditions(build: Build) -> list[str]:
    """All that can be asked: segments before only where there was a build before."""
    return [one for one in CONDITIONS if "before" not in one or db.build_before(build)]


def _listed(build: Build, group: str, query: str) -> Asking:
    return Asking(group, query, lambda: customers.page(build, Asked.from_query_string(query)))


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - started)


def grouped(askings: Iterable[Asking], only: str, sample: int | None, chance: random.Random) -> dict[str, list[Asking]]:
    """What is asked in each group whose name begins so, or as many of it as the sample has, by chance."""
    found: dict[str, list[Asking]] = {}
    for asking in askings:
        if asking.group.startswith(only):
            found.setdefault(asking.group, []).append(asking)
    return {group: each if sample is None else _some(each, sample, chance) for group, each in found.items()}


def _some(askings: list[Asking], sample: int, chance: random.Random) -> list[Asking]:
    return askings if len(askings) <= sample else chance.sample(askings, sample)


def show(group: str, costs: list[tuple[float, str]]) -> None:
    """One line: how often was asked, the median, the 95th percentile and the worst in milliseconds, and the worst."""
    times = [cost for cost, _ in costs]
    parts = statistics.quantiles(times, n=20) if len(times) > 1 else times * 19
    worst, what = max(costs)
    click.echo(f"{group[:34]:34}{len(times):6}{parts[9]:10.1f}{parts[18]:10.1f}{worst:10.1f}  {what[:80]}")


@click.command()
@click.option("--only", default="", help="Groups that begin with this.")
@click.option("--runs", default=1, show_default=True, help="The fastest of so many counts.")
@click.option("--sample", type=click.IntRange(min=1), help="At most so many of each group, the same in each run.")
def main(only: str, runs: int, sample: int | None) -> None:
    """Ask the published build of the database that the environment names; each group is shown as soon as it ends."""
    settings = Settings.from_env()
    builds.vacuum_published(settings)
    db.init(replace(settings, cache="none"))
    build = db.current_build()
    filters = filters_of(build, random.Random(1))
    click.echo(f"{customers.counted(build, Filters())[1]:,} customers")
    click.echo(f"{'asked':34}{'times':>6}{'p50, ms':>10}{'p95, ms':>10}{'worst, ms':>10}  the worst")
    found: dict[str, list[tuple[float, str]]] = {}
    askings = grouped((*_questions(build, filters), *_lists(build, filters)), only, sample, random.Random(1))
    for group, each in askings.items():
        found[group] = [(min(milliseconds(one.ask) for _ in range(runs)), one.what) for one in each]
        show(group, found[group])
    for kind, is_list in (("all questions", False), ("all lists", True)):
        of_kind = [(group, costs) for group, costs in found.items() if group.startswith("list") is is_list]
        if of_kind:
            show(kind, [(cost, f"{group}: {what}") for group, costs in of_kind for cost, what in costs])


if __name__ == "__main__":
    main()
