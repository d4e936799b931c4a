"""`python -m c360_dash.cli` is `c360`, also where the command is not on the path."""

from c360_dash.cli import main

main()
