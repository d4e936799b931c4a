"""Connect a company's own tables: propose a mapping of tables never seen before, and make views of what it says."""

from c360_dash.sources.connecting.viewing import ViewReport, apply
from c360_dash.sources.connecting.writing import propose

__all__ = ["ViewReport", "apply", "propose"]
