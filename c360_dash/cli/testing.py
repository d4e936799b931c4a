"""`c360 backtest`: what the scores said at an earlier moment, beside what then happened."""

from datetime import date
from typing import Any

import click

from c360_dash.cli.commands import Moment, account
from c360_dash.config import Settings
from c360_dash.progress import shown


@click.command()
@click.option("--days", type=click.IntRange(1, 3650), default=90, show_default=True, help="How far to look ahead.")
@click.option("--as-of", type=Moment(), help="Look from this moment; default: so many days before the data end.")
@click.pass_obj
def backtest(settings: Settings, days: int, as_of: date | None) -> None:
    """Build as of an earlier moment, compare with what happened since, and keep the result for the page Risk."""
    from c360_dash import db, rebuild
    from c360_dash.charts.back_test import CHARTS
    from c360_dash.cli.showing import show_back_test

    db.init(settings)
    db.current_build()  # Where nothing is published, there is nothing that the result could be shown with.
    with shown() as progress:
        run = rebuild.back_test(settings, days, as_of, account(), progress)
    db.reader().builds.forget_current()
    show_back_test(run, [_answer(key, settings.locale) for key in CHARTS])


def _answer(key: str, locale: str) -> dict[str, Any]:
    """The answer of a chart, without a word about filters."""
    from c360_dash import charts, db
    from c360_dash.filters import Filters

    found = charts.answer(key, db.current_build(), Filters(), locale)
    unheeded = charts.not_heeded(charts.CHARTS[key])
    return found | {"sentence": found["sentence"].removesuffix(unheeded).strip()}
