"""The commands about who comes in, users with passwords and tokens of programs, and about who leaves for good."""

import click

from c360_dash.allowed import ROLES
from c360_dash.config import Settings


@click.group()
def user() -> None:
    """The users who log in with a password (C360_AUTH=users)."""


@user.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.password_option(help="Asked for when it is not given, which keeps it out of the shell's history.")
@click.pass_obj
def add_user(settings: Settings, name: str, role: str, password: str) -> None:
    """Add a user, or give one another role and password; sessions of the old ones end."""
    from c360_dash import auth
    from c360_dash.auth.users import users_of

    _ready(settings)
    users = users_of(settings)
    is_new = users.add(name, auth.Role(role), password)
    auth.audit("add user" if is_new else "change user", name, role=role)
    click.echo(f"{name} {'is added' if is_new else 'is changed'}: {role}. The file is {users.path}.")
    if settings.auth != "users":
        click.echo("To ask for passwords, set C360_AUTH=users.")


@user.command(name="remove")
@click.argument("name")
@click.pass_obj
def remove_user(settings: Settings, name: str) -> None:
    """Remove a user, who is out at once."""
    from c360_dash import auth
    from c360_dash.auth.users import users_of

    _ready(settings)
    users_of(settings).remove(name)
    auth.audit("remove user", name)
    click.echo(f"{name} is removed.")


@user.command(name="list")
@click.pass_obj
def list_users(settings: Settings) -> None:
    """Show the users and their roles."""
    from c360_dash.auth.users import users_of

    for found in sorted(users_of(settings).all().values(), key=lambda found: found.name):
        click.echo(f"{found.name}  {found.role}")


@click.group()
def token() -> None:
    """The tokens with which programs come in (Authorization: Bearer …)."""


@token.command(name="add")
@click.argument("name")
@click.option("--role", type=click.Choice(ROLES), required=True)
@click.pass_obj
def add_token(settings: Settings, name: str, role: str) -> None:
    """Make a token and print it, for the only time."""
    from c360_dash import auth
    from c360_dash.auth import tokens

    _ready(settings)
    made = tokens.add(name, auth.Role(role), auth.person().name)
    auth.audit("add token", name, role=role)
    click.echo(made)
    click.echo("This is shown once; only its hash is kept.", err=True)


@token.command(name="revoke")
@click.argument("name")
@click.pass_obj
def revoke_token(settings: Settings, name: str) -> None:
    """End a token at once."""
    from c360_dash import auth
    from c360_dash.auth import tokens

    _ready(settings)
    tokens.revoke(name)
    auth.audit("revoke token", name)
    click.echo(f"The token {name} is revoked.")


@token.command(name="list")
@click.pass_obj
def list_tokens(settings: Settings) -> None:
    """Show the tokens, newest first: role, who made them, when they were last used."""
    from c360_dash.auth import tokens
    from c360_dash.cli.showing import show_tokens

    _ready(settings)
    show_tokens(tokens.listed())


@click.command()
@click.argument("customer_id", metavar="ID")
@click.confirmation_option(prompt="Nobody can undo this. Erase the customer?")
@click.pass_obj
def erase(settings: Settings, customer_id: str) -> None:
    """Erase a customer: out of the published and all kept builds at once, and of every later one."""
    from c360_dash import auth, rebuild

    _ready(settings)
    builds = rebuild.erase(settings, customer_id)
    auth.audit("erase customer", customer_id, builds=builds)
    found = f"is out of {builds} {'build' if builds == 1 else 'builds'}" if builds else "was in no build"
    click.echo(f"Customer {customer_id} {found}; no later one will have it. Your source still may: erase it there too.")


def _ready(settings: Settings) -> None:
    """The tables of tokens and of the audit are there, and what is done now can be noted."""
    from c360_dash import db, rebuild

    rebuild.install(settings)
    db.init(settings)
