"""Hand the process over to gunicorn."""

import os
import socket
import sys

import click

from c360_dash.config import Settings
from c360_dash.errors import C360Error


class PortTaken(C360Error):
    """Somebody else listens there, or the port may not be used."""


def refuse_taken_port(settings: Settings, port: int | None = None) -> None:
    """Raise PortTaken before long work is done for nothing; gunicorn would say so only at the end, five times."""
    wanted = port or settings.port
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, wanted))
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise PortTaken(
                f"Port {wanted} on {settings.host} cannot be used: {reason}. Choose another with --port or C360_PORT."
            ) from error


def refuse_unready(settings: Settings) -> None:
    """Raise ConfigurationError where nobody could come in, or everybody; say so loudly where nobody is asked."""
    from c360_dash import auth

    auth.refuse_unready(settings)
    if settings.auth == "none":
        click.echo("NO LOGIN: whoever uses this machine may do everything; nobody else is answered. See C360_AUTH.")


def serve_forever(settings: Settings, port: int | None = None) -> None:
    """Become gunicorn, so that signals of a terminal or a supervisor reach it directly. Does not return."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    command = [sys.executable, "-m", "gunicorn", "-c", "python:c360_dash.gunicorn_conf"]
    os.execv(sys.executable, [*command, "--bind", f"{host}:{port or settings.port}", "c360_dash.wsgi:server"])
