"""The command line: `c360 …`. Every command says what it does, and fails with one sentence."""

from c360_dash.cli.access import erase, token, user
from c360_dash.cli.cluster import distribute
from c360_dash.cli.commands import main
from c360_dash.cli.connecting import connect
from c360_dash.cli.keeping import backup, restore
from c360_dash.cli.linking import link
from c360_dash.cli.testing import backtest

main.add_command(connect)
main.add_command(erase)
main.add_command(user)
main.add_command(token)
main.add_command(backtest)
main.add_command(distribute)
main.add_command(backup)
main.add_command(restore)
main.add_command(link)

__all__ = ["main"]
