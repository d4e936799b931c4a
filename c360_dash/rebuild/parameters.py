"""What an administrator may set: read, checked, tried on the published build, and saved."""

import re
import zoneinfo
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from sqlalchemy import text

from c360_dash.config import Settings
from c360_dash.db import owner_engine
from c360_dash.db.calling import NOT_INSTALLED, NotInstalled
from c360_dash.errors import C360Error
from c360_dash.formats import plain_number
from c360_dash.metrics import PARAMETERS, Parameter
from c360_dash.rebuild.asking import ask, blocks

WHOLE_UNITS = ("days", "months", "answers", "products", "orders", "customers", "years", "builds", "MB")
MOST = 1_000_000
CURRENCY = re.compile(r"[A-Z]{3}")
# What can be computed from the published build alone, and the settings that it depends on.
EFFECTS = {
    "value_segments": (
        "value_cutoff_kind",
        "high_value_share",
        "medium_value_share",
        "high_value_amount",
        "medium_value_amount",
    ),
    "churn_bands": (
        "churn_weight_recency",
        "churn_weight_frequency",
        "churn_weight_service",
        "churn_weight_engagement",
        "churn_medium_from",
        "churn_high_above",
    ),
    "active_customers": ("active_days",),
}
# What would become of builds, and the settings that it depends on.
CONSEQUENCES = {
    "drift": ("drift_customers_limit", "drift_value_limit", "drift_segment_limit"),
    "retention": ("builds_kept",),
}


class SettingRefused(C360Error):
    """Values that cannot be; the text names each setting and what is allowed."""


@dataclass(frozen=True)
class Change:
    """One setting: its value now and the one proposed."""

    parameter: Parameter
    before: str
    after: str


@dataclass(frozen=True)
class Effect:
    """What changed settings would make of a group of customers: sizes before and after, and how many would move."""

    name: str
    sizes: dict[str, tuple[int, int]]
    moved: int


@dataclass(frozen=True)
class Consequence:
    """What changed settings would mean for builds, as texts: with the values now, and with those proposed.

    drift: the checks that would hold `build`, the newest that was compared with one before it. retention: the numbers
    of the builds that are dropped when another one than `build` is published.
    """

    name: str
    build: int
    before: list[str]
    after: list[str]


def values(settings: Settings) -> dict[str, str]:
    """The settings that the next build will use, by name; it installs what this version has more, with its defaults."""
    defaults = {name: str(parameter.default) for name, parameter in PARAMETERS.items()}
    return defaults | {row["name"]: row["value"] for row in ask(settings, "steering.settings")}


def changes(settings: Settings, proposed: Mapping[str, str]) -> list[Change]:
    """What the proposed values would change. Raises SettingRefused for values that cannot be, alone or together."""
    now = values(settings)
    wanted = {name: _read(name, value) for name, value in proposed.items()}
    _refuse_contradictions({**now, **wanted})
    return [
        Change(PARAMETERS[name], now[name], value) for name, value in wanted.items() if not _equal(now[name], value)
    ]


def preview(settings: Settings, proposed: Mapping[str, str], build: int) -> list[Effect]:
    """What the proposed values would make of the customers of a build, where that can be computed from it."""
    changed = {change.parameter.key: change.after for change in changes(settings, proposed)}
    then = {**values(settings), **changed}
    return [
        _effect(settings, name, {key: then[key] for key in names}, build)
        for name, names in EFFECTS.items()
        if changed.keys() & set(names)
    ]


def consequences(settings: Settings, proposed: Mapping[str, str]) -> list[Consequence]:
    """What the proposed values would mean for builds, where they mean anything."""
    changed = {change.parameter.key: change.after for change in changes(settings, proposed)}
    now = values(settings)
    return [
        found
        for name, names in CONSEQUENCES.items()
        if changed.keys() & set(names) and (found := _consequence(settings, name, names, now, {**now, **changed}))
    ]


def _consequence(
    settings: Settings, name: str, names: Sequence[str], now: Mapping[str, str], then: Mapping[str, str]
) -> Consequence | None:
    """None while there is no build that it could be about."""
    before, after = (
        ask(settings, f"preview_of_builds.{name}", {key: known[key] for key in names}) for known in (now, then)
    )
    if not before:
        return None
    became = [[row["became"] for row in rows if row["became"]] for rows in (before, after)]
    return Consequence(name, before[0]["build"], *became)


def save(settings: Settings, proposed: Mapping[str, str]) -> list[Change]:
    """Saves what is different, all of it or nothing; the next build uses it. Raises SettingRefused and NotInstalled."""
    found = changes(settings, proposed)
    statement = text(blocks(settings.sql_dir)["steering.set_setting"].sql)
    with owner_engine(settings).begin() as connection:
        for change in found:
            if not connection.execute(statement, {"name": change.parameter.key, "value": change.after}).rowcount:
                raise NotInstalled(NOT_INSTALLED)
    return found


def _effect(settings: Settings, name: str, parameters: Mapping[str, str], build: int) -> Effect:
    rows = ask(settings, f"preview.{name}", parameters, build)
    groups = dict.fromkeys([row["before"] for row in rows] + [row["after"] for row in rows])
    sizes = {
        str(group): (
            sum(row["customers"] for row in rows if row["before"] == group),
            sum(row["customers"] for row in rows if row["after"] == group),
        )
        for group in groups
    }
    return Effect(name, sizes, sum(row["customers"] for row in rows if row["before"] != row["after"]))


def _read(name: str, value: str) -> str:
    """The value as it is kept; raises SettingRefused."""
    parameter = PARAMETERS.get(name)
    if parameter is None:
        raise SettingRefused(f"There is no setting “{name}”.")
    words = value.strip()
    if isinstance(parameter.default, str):
        _refuse(parameter, words, _text_problem(parameter, words))
        return words
    number = _number(words)
    _refuse(parameter, words, _number_problem(parameter, number))
    return plain_number(number)


def _text_problem(parameter: Parameter, words: str) -> str | None:
    if parameter.choices and words not in parameter.choices:
        return f"is one of {', '.join(parameter.choices)}"
    if parameter.key == "timezone" and words not in zoneinfo.available_timezones():
        return "is the name of a time zone such as Europe/Berlin"
    if parameter.key == "currency" and not CURRENCY.fullmatch(words):
        return "is a currency of three capital letters such as EUR"
    return None


def _number_problem(parameter: Parameter, number: Decimal | None) -> str | None:
    if number is None or not number.is_finite():
        return "is a number such as 0.2"
    least = Decimal(str(parameter.minimum)) if parameter.minimum is not None else Decimal(-MOST)
    most = Decimal(str(parameter.maximum)) if parameter.maximum is not None else Decimal(MOST)
    if not least <= number <= most:
        return f"is from {plain_number(least)} to {plain_number(most)}"
    if parameter.unit in WHOLE_UNITS and number != number.to_integral_value():
        return f"is a whole number of {parameter.unit}"
    return None


def _refuse(parameter: Parameter, words: str, problem: str | None) -> None:
    if problem:
        raise SettingRefused(f"{parameter.label} cannot be “{words[:40]}”: it {problem}.")


def _refuse_contradictions(wanted: Mapping[str, str]) -> None:
    number = {name: Decimal(value) for name, value in wanted.items() if _number(value) is not None}
    if number["high_value_share"] + number["medium_value_share"] > 1:
        raise SettingRefused("High value share and Medium value share are more than 1 together; lower one of them.")
    if number["medium_value_amount"] > number["high_value_amount"]:
        raise SettingRefused("Medium value from is above High value from; raise High or lower Medium.")
    if number["churn_medium_from"] > number["churn_high_above"]:
        raise SettingRefused("Medium risk from is above High risk above; raise High or lower Medium.")
    if not number["churn_weight_recency"] + number["churn_weight_frequency"]:
        raise SettingRefused(
            "Weight of recency and Weight of frequency are of the parts that every customer has; one must be above 0."
        )


def _number(words: str) -> Decimal | None:
    try:
        return Decimal(words)
    except InvalidOperation:
        return None


def _equal(one: str, other: str) -> bool:
    numbers = (_number(one), _number(other))
    return one == other or (None not in numbers and numbers[0] == numbers[1])
