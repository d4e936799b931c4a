"""Load a shop's files into the source contract, and check the contract on the real rows."""

from c360_dash.sources.errors import SourceError
from c360_dash.sources.loading import load
from c360_dash.sources.report import FileReport, LoadReport, RelationReport

__all__ = ["FileReport", "LoadReport", "RelationReport", "SourceError", "load"]
