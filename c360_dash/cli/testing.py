"""`c360 backtest`: what the scores said at an earlier moment, beside what then happened."""

from datetime import date

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
    from c360_dash import charts, db, rebuild
    from c360_dash.charts.back_test import CHARTS
    from c360_dash.cli.showing import show_back_test
    from c360_dash.filters import Filters

    with shown() as progress:
        run = rebuild.back_test(settings, days, as_of, account(), progress)
    db.init(settings)
    build = db.current_build()
    show_back_test(run, [charts.answer(key, build, Filters(), settings.locale) for key in CHARTS])
