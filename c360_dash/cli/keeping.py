"""`c360 backup` and `c360 restore`: the embedded database as one file."""

from pathlib import Path

import click

from c360_dash.config import Settings
from c360_dash.errors import C360Error

PATH = click.Path(path_type=Path, dir_okay=False)


class NotEmbedded(C360Error):
    """The database is a PostgreSQL of the user's own, which has its own backups."""


@click.command()
@click.argument("file", type=PATH)
@click.pass_obj
def backup(settings: Settings, file: Path) -> None:
    """Write the embedded database, all builds included, into FILE; it may be used meanwhile."""
    from c360_dash import embedded

    _refuse_foreign(settings, 'pg_dump --format=custom --file=FILE "$C360_DATABASE_URL"')
    if file.exists():
        raise C360Error(f"{file} is there already; name another file.")
    embedded.backup(settings.data_dir, file)
    click.echo(f"The database is in {file}, {file.stat().st_size / 1e6:,.1f} MB.")


@click.command()
@click.argument("file", type=PATH)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(settings: Settings, file: Path, yes: bool) -> None:
    """Put the database in FILE in the place of everything that is there now."""
    from c360_dash import embedded

    _refuse_foreign(settings, 'pg_restore --clean --if-exists --dbname="$C360_DATABASE_URL" FILE')
    if not file.is_file():
        raise C360Error(f"There is no file {file}.")
    if not yes:
        click.confirm(f"Everything in {settings.data_dir} is replaced by {file}. Go on?", abort=True)
    embedded.restore(settings.data_dir, file)
    click.echo(f"{file} is restored; a server that runs shows it at once.")


def _refuse_foreign(settings: Settings, command: str) -> None:
    if settings.database_url is not None:
        raise NotEmbedded(f"C360_DATABASE_URL names a PostgreSQL of your own: `{command}` does it there.")
