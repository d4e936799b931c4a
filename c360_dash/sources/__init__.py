"""Load a shop's files into the source contract, or connect its tables; check the contract on the real rows."""

from c360_dash.sources.checking import check
from c360_dash.sources.connecting import ViewReport, apply, propose
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
    "ViewReport",
    "apply",
    "check",
    "distribute",
    "load",
    "propose",
]
