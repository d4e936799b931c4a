"""`c360 link`: which ids are one person."""

from collections.abc import Sequence

import click

from c360_dash.cli.commands import account
from c360_dash.config import Settings

KINDS = ("e-mail", "phone")


@click.command()
@click.argument("ids", nargs=-1, metavar="[ID PERSON]")
@click.option("--by", "kinds", type=click.Choice(KINDS), multiple=True, default=KINDS, help="Only by this.")
@click.option("--country-code", metavar="49", help="Of telephone numbers that are written without one.")
@click.option("--undo", multiple=True, metavar="ID", help="Make a linked ID a person of its own again.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def link(
    settings: Settings,
    ids: tuple[str, ...],
    kinds: tuple[str, ...],
    country_code: str | None,
    undo: tuple[str, ...],
    yes: bool,
) -> None:
    """Propose which ids are one person, by e-mail and phone, and link them; or link ID to PERSON by hand."""
    from c360_dash import rebuild
    from c360_dash.cli.showing import show_links
    from c360_dash.sources import linking

    _refuse_misuse(ids, country_code)
    rebuild.install(settings)
    if undo:
        linking.undo(settings, undo, account() or "cli")
        _note(settings, "unlink customers", undo)
        click.echo(f"{', '.join(undo)}: no longer linked. The next rebuild counts them by themselves.")
        return
    found = linking.by_hand(settings, *ids) if ids else linking.propose(settings, kinds, country_code)
    show_links(found)
    if found.links and (yes or click.confirm("Link them?")):
        linking.apply(settings, found.links, account() or "cli")
        _note(settings, "link customers", [proposed.customer_id for proposed in found.links])
        click.echo("They are linked. The next rebuild counts them as their persons.")


def _refuse_misuse(ids: tuple[str, ...], country_code: str | None) -> None:
    if len(ids) not in (0, 2):
        raise click.UsageError("Name the ID and the PERSON whose other id it is, or neither.")
    if country_code is not None and not (country_code.isascii() and country_code.isdecimal()):
        raise click.UsageError("--country-code takes digits, such as 49.")


def _note(settings: Settings, action: str, ids: Sequence[str]) -> None:
    """The audit line; which ids they were in full is in c360.link_log."""
    from c360_dash import auth, db

    db.init(settings)
    auth.audit(action, " ".join(ids[:10]), ids=len(ids))
