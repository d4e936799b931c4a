"""Which values the filters can have in a build."""

from datetime import date

from c360_dash import db, metrics
from c360_dash.db import Build
from c360_dash.filters import FilterError, Filters


def filter_choices(build: Build) -> dict[str, list[str]]:
    """For each dimension the values that customers of the build have, most customers first.

    The value `unknown` stands for the customers without one.
    """
    choices: dict[str, list[str]] = {name: [] for name in metrics.DIMENSIONS}
    for row in db.read_records("filters.choices", build):
        choices[row["dimension"]].append(row["choice"])
    return choices


def months(build: Build) -> list[date]:
    """The first days of the months with a sale or a return, the newest first."""
    return [date.fromisoformat(row["month"]) for row in db.read_records("filters.months", build)]


def refuse_unknown_values(build: Build, filters: Filters) -> None:
    """Raises FilterError when a filter names a country or channel that no customer of the build has."""
    chosen = {name: getattr(filters, name) for name in ("country", "acquisition_channel")}
    if not any(chosen.values()):
        return
    choices = filter_choices(build)
    for name, values in chosen.items():
        for value in values:
            if value not in choices[name]:
                raise FilterError(name, f"{name} cannot be “{value}”: no customer of build {build.id} has it.")
