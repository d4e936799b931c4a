"""`c360 connect`: a company's own tables as the source, first proposed, then applied."""

from pathlib import Path

import click

from c360_dash.cli.commands import mapping_file
from c360_dash.config import Settings
from c360_dash.errors import C360Error


@click.command()
@click.argument("mapping", metavar="FILE.sql")
@click.option("--schema", "schemas", multiple=True, help="Propose from this schema; may be given more than once.")
@click.option("--apply", "is_applied", is_flag=True, help="Make views of what the file selects.")
@click.option("--replace", is_flag=True, help="With --apply: empty the source first, and replace views of your own.")
@click.pass_obj
def connect(settings: Settings, mapping: str, schemas: tuple[str, ...], is_applied: bool, replace: bool) -> None:
    """Propose in FILE.sql how tables of this database become the source; with --apply, make it so by views.

    Nothing is copied, and nothing is written into schemas of yours. With --apply a name of ours such as
    adventureworks may stand in place of the file.
    """
    if is_applied:
        _apply(settings, mapping_file(settings, mapping), replace)
    elif replace:
        raise C360Error("--replace goes with --apply; a proposal changes nothing in the database.")
    else:
        _propose(settings, Path(mapping), schemas)


def _propose(settings: Settings, path: Path, schemas: tuple[str, ...]) -> None:
    from c360_dash import sources

    if path.exists():
        raise C360Error(f"{path} is there already: --apply makes its views, another name takes a new proposal.")
    if not path.parent.is_dir():
        raise C360Error(f"There is no folder {path.parent} for {path.name}.")
    guesses = sources.propose(settings, path, schemas)
    click.echo(f"{path} is a proposal with {guesses} guesses, marked “-- ?”. Read and correct it, then:")
    click.echo(f"c360 connect {path} --apply")


def _apply(settings: Settings, path: Path, replace: bool) -> None:
    from c360_dash import rebuild, sources
    from c360_dash.cli.showing import console

    rebuild.install(settings)
    report = sources.apply(settings, path, replace=replace)
    rebuild.install(settings)
    console().print(report)
    if report.unsure:
        click.echo(f"{path.name} still has {report.unsure} guesses, marked “-- ?”.")
    for tracked in report.untracked:
        click.echo(f"Changes of {tracked} are found by comparing again: call c360.track anew, or drop its triggers.")
    click.echo("Next: `c360 check`, then `c360 rebuild`.")
