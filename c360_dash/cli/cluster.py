"""`c360 distribute`: the source on a Citus cluster."""

import click

from c360_dash.config import Settings

LATER = (
    "The next rebuild runs on the workers, and is a full one each time. On a cluster nothing is loaded or checked by "
    "the program, and no back-test is made."
)


@click.command()
@click.option("--set-aside", is_flag=True, help="Move rows that name no customer to tables beside, source.…_of_nobody.")
@click.pass_obj
def distribute(settings: Settings, set_aside: bool) -> None:
    """Put the source on a Citus cluster: every customer on one worker, products and campaigns on all."""
    from c360_dash import rebuild, sources

    rebuild.install(settings)
    done = sources.distribute(settings, set_aside)
    rebuild.install(settings, force=True)
    for relation, rows in done.set_aside.items():
        click.echo(f"{rows:,} rows of source.{relation} name no customer; they are in source.{relation}_of_nobody.")
    for worker in done.closed_workers:
        click.echo(f"The worker {worker} does not let the role c360_reader in; until it does, pages cannot be read.")
    click.echo(f"The source is distributed over {done.workers} workers. {LATER}")
