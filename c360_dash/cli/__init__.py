"""The command line: `c360 …`. Every command says what it does, and fails with one sentence."""

from c360_dash.cli.commands import main

__all__ = ["main"]
