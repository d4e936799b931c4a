"""Load a shop's files into the source contract, and check the contract on the real rows."""

from c360_dash.sources.checking import check
from c360_dash.sources.distributing import Distribution, distribute
from c360_dash.sources.errors import SourceError
from c360_dash.sources.findings import CheckReport, Finding
from c360_dash.sources.loading import load
from c360_dash.sources.report import FileReport, LoadReport, RelationReport

__all__ = [
    "CheckReport",
    "Distribution",
    "FileReport",
    "Finding",
    "LoadReport",
    "RelationReport",
    "SourceError",
    "check",
    "distribute",
    "load",
]
