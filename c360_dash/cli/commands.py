"""The commands. Each imports what it needs when it runs, so that `c360 --help` and `c360 stop` answer at once."""

import getpass
import json
import logging
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.progress import shown

DEMO_CUSTOMERS = 100_000
SEED = 360
LINES = 20


class Moment(click.ParamType[date]):
    """A day, which means its end, or a moment; the time zone is the deployment's unless it is written."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day or moment that the text names."""
        text = str(value)
        try:
            return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
        except ValueError:
            self.fail(f"“{text}” is no date; write 2026-01-31 or 2026-01-31T18:00.", param, ctx)


class Commands(click.Group):
    """Turns what the program knows how to explain into one sentence and exit code 1."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except C360Error as error:
            raise click.ClickException(str(error)) from error
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            from c360_dash.db import explain

            sentence = explain(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


@click.group(cls=Commands)
@click.version_option(package_name="c360-dash")
@click.pass_context
def main(context: click.Context) -> None:
    """Customer 360: one row per customer, built in PostgreSQL, shown in the browser.

    Settings come from the environment and an .env file; without C360_DATABASE_URL the PostgreSQL that comes with the
    package is used, under C360_DATA_DIR.
    """
    context.obj = settings = Settings.from_env()
    logging.basicConfig(level=settings.log_level.upper(), format="%(message)s")


@main.command()
@click.option("--customers", type=click.IntRange(min=1), default=DEMO_CUSTOMERS, show_default=True)
@click.option("--port", type=click.IntRange(1, 65_535), help="Instead of C360_PORT.")
@click.pass_obj
def demo(settings: Settings, customers: int, port: int | None) -> None:
    """Generate a shop, build it and serve it; what is there already is used again."""
    from c360_dash.cli import demo as steps
    from c360_dash.cli.serving import refuse_taken_port, refuse_unready, serve_forever

    refuse_unready(settings)
    refuse_taken_port(settings, port)
    steps.prepare(settings, customers, account())
    serve_forever(settings, port)


@main.command()
@click.option("--force", is_flag=True, help="Also when the installed SQL is the same.")
@click.pass_obj
def install(settings: Settings, force: bool) -> None:
    """Put the SQL of the build into the database, if it is not there yet."""
    from c360_dash import rebuild

    installed = rebuild.install(settings, force=force)
    click.echo("Installed." if installed else "The installed SQL is up to date.")


@main.command()
@click.argument("mapping")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Empty the source first.")
@click.pass_obj
def load(settings: Settings, mapping: str, path: Path, replace: bool) -> None:
    """Load the files in the folder PATH into the source through MAPPING: a name such as olist, or a file."""
    from c360_dash import rebuild, sources
    from c360_dash.cli.showing import console

    file = mapping_file(settings, mapping)
    rebuild.install(settings)
    with shown() as progress:
        report = sources.load(settings, file, path, progress, replace=replace)
    console().print(report)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@click.pass_obj
def check(settings: Settings, as_json: bool) -> None:
    """Measure the source's contract on the real rows; exit code 1 when a build would stop."""
    from c360_dash import sources
    from c360_dash.cli.showing import console

    report = sources.check(settings)
    if as_json:
        found = report.as_json()
        click.echo(found if isinstance(found, str) else json.dumps(found, indent=2, default=str))
    else:
        console().print(report)
    if any(finding.treatment == "stop" and finding.rows for finding in report.findings):
        raise click.exceptions.Exit(1)


@main.command()
@click.option("--as-of", type=Moment(), help="Read nothing after this; default: the latest moment in the data, or now.")
@click.option("--incremental", is_flag=True, help="Compute only customers who changed; full where that cannot be.")
@click.option("--trigger", default="cli", hidden=True, help="What starts it, for the run log.")
@click.option("--by", "requested_by", hidden=True, help="Who asks, for the run log.")
@click.pass_obj
def rebuild(settings: Settings, as_of: date | None, incremental: bool, trigger: str, requested_by: str | None) -> None:
    """Build every customer anew and publish, if the checks hold; exit code 1 when nothing was published."""
    from c360_dash import rebuild as building
    from c360_dash.cli.showing import show_run

    kind = "incremental" if incremental else "full"
    with shown() as progress:
        run = building.run(
            settings,
            as_of=as_of,
            trigger=trigger,
            requested_by=requested_by or account(),
            progress=progress,
            kind=kind,
        )
    show_run(run)
    if run.state != "published":
        raise click.exceptions.Exit(1)


@main.command()
@click.argument("build", type=int)
@click.pass_obj
def publish(settings: Settings, build: int) -> None:
    """Publish a BUILD that was held, or go back to an earlier one."""
    from c360_dash import rebuild

    rebuild.publish(settings, build)
    _note(settings, "publish", build)
    click.echo(f"Build {build} is published.")


@main.command()
@click.argument("build", type=int)
@click.pass_obj
def discard(settings: Settings, build: int) -> None:
    """Drop a BUILD that is not published."""
    from c360_dash import rebuild

    rebuild.discard(settings, build)
    _note(settings, "discard", build)
    click.echo(f"Build {build} is discarded.")


@main.command()
@click.argument("run", type=int)
@click.pass_obj
def cancel(settings: Settings, run: int) -> None:
    """End the RUN under way, however it was started; what is published stays."""
    from c360_dash import rebuild

    rebuild.cancel(settings, run, account() or "cli")
    click.echo(f"Run {run} is being cancelled.")


@main.command()
@click.pass_obj
def status(settings: Settings) -> None:
    """What is published, and what is running."""
    from c360_dash import rebuild
    from c360_dash.cli.showing import show_status

    show_status(rebuild.status(settings))


@main.command()
@click.option("--limit", type=click.IntRange(min=1), default=LINES, show_default=True)
@click.pass_obj
def history(settings: Settings, limit: int) -> None:
    """The last runs, newest first."""
    from c360_dash import rebuild
    from c360_dash.cli.showing import show_history

    show_history(rebuild.history(settings, limit))


@main.command()
@click.argument("path", type=click.Path(path_type=Path, file_okay=False))
@click.option("--customers", type=click.IntRange(min=1), default=DEMO_CUSTOMERS, show_default=True)
@click.option("--seed", type=int, default=SEED, show_default=True)
def generate(path: Path, customers: int, seed: int) -> None:
    """Write the files of a generated shop into the folder PATH."""
    from c360_dash import demo

    with shown() as progress:
        try:
            demo.generate(path, customers, seed, progress)
        except FileExistsError as error:
            raise C360Error(f"{path} holds files of somebody else; name another folder.") from error
    click.echo(f"{customers:,} customers are in {path}; `c360 load shop {path}` loads them.")


@main.command()
@click.option("--port", type=click.IntRange(1, 65_535), help="Instead of C360_PORT.")
@click.pass_obj
def serve(settings: Settings, port: int | None) -> None:
    """Serve the application with several workers, until interrupted."""
    from c360_dash.cli.serving import refuse_taken_port, refuse_unready, serve_forever

    refuse_unready(settings)
    refuse_taken_port(settings, port)
    serve_forever(settings, port)


@main.command()
@click.pass_obj
def stop(settings: Settings) -> None:
    """End the PostgreSQL that came with the package; a database of yours is left alone."""
    from c360_dash import embedded

    if settings.database_url is not None:
        click.echo("C360_DATABASE_URL names a PostgreSQL of your own; it is left running.")
    elif embedded.stop(settings.data_dir):
        click.echo("The embedded PostgreSQL has stopped.")
    else:
        click.echo("The embedded PostgreSQL was not running.")


def mapping_file(settings: Settings, mapping: str) -> Path:
    """A bare word is one of ours, anything else a path."""
    folder = settings.sql_dir / "mappings"
    known = sorted(path.stem for path in folder.glob("*.sql"))
    if mapping in known:
        return folder / f"{mapping}.sql"
    if not Path(mapping).is_file():
        raise C360Error(f"There is no mapping {mapping}: name a file, or one of {', '.join(known)}.")
    return Path(mapping)


def _note(settings: Settings, action: str, build: int) -> None:
    """The audit line of what was done to a build."""
    from c360_dash import auth, db

    db.init(settings)
    auth.audit(action, str(build))


def account() -> str | None:
    """Who asks, for the run log; None where the system has no name for the account."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return None
