"""The settings as a form, and what changed values would do."""

from collections.abc import Iterable, Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from c360_dash.admin import parts
from c360_dash.admin.words import Desk
from c360_dash.components import aria, data_table
from c360_dash.metrics import CHURN_BANDS, PARAMETERS, VALUE_SEGMENTS, Parameter
from c360_dash.rebuild.parameters import CONSEQUENCES, EFFECTS, Change, Consequence, Effect

GROUPS = {
    "Shop": ("currency", "timezone", "historical_after_days"),
    "Windows": (
        "active_days",
        "comparison_days",
        "retention_window_months",
        "service_window_days",
        "engagement_window_days",
    ),
    "Value segments": EFFECTS["value_segments"],
    "Churn risk": (
        *EFFECTS["churn_bands"],
        "gap_shrinkage",
        "default_gap_days",
        "churn_recency_half",
        "churn_engagement_half_days",
    ),
    "Limits": ("csat_minimum_n", "affinity_products", "affinity_minimum_orders"),
    "What holds a build": CONSEQUENCES["drift"],
}
REST = "Keeping and memory"
TITLES = {"value_segments": "Value segments", "churn_bands": "Churn risk", "active_customers": "Active customers"}
ORDER = [*(segment.name for segment in (*VALUE_SEGMENTS, *CHURN_BANDS)), "Active", "Not active"]


def form(values: Mapping[str, str]) -> list[Component]:
    """A field for each setting, by what they are about; what belongs to no group comes last."""
    named = {name for names in GROUPS.values() for name in names}
    groups = {**GROUPS, REST: tuple(name for name in PARAMETERS if name not in named)}
    return [_group(title, [PARAMETERS[name] for name in names], values) for title, names in groups.items()]


def effect(
    changes: Sequence[Change], effects: Sequence[Effect], consequences: Sequence[Consequence], desk: Desk
) -> list[Component]:
    """What would be different, and the button that saves it."""
    if not changes:
        return [parts.said("Nothing is different from what is set now.", "none")]
    columns = [("Setting", False), ("Now", True), ("Then", True)]
    rows = [[change.parameter.label, change.before, change.after] for change in changes]
    computed = {name for found in effects for name in EFFECTS[found.name]}
    computed |= {name for found in consequences for name in CONSEQUENCES[found.name]}
    words = [
        *(_words(found, desk) for found in effects),
        *(CONSEQUENCE_WORDS[found.name](found) for found in consequences),
    ]
    later = [change.parameter.label for change in changes if change.parameter.key not in computed]
    save = parts.button("Save these settings", "admin-save", "main")
    return [
        data_table(columns, rows, "Changed settings"),
        *(html.P(said, className="c360-effect") for said in words),
        *([html.P(f"{_listed(later)}: takes effect with the next rebuild.", className="c360-effect")] if later else []),
        html.P("Saved settings are used from the next rebuild on; builds that are there keep theirs."),
        html.Div(save, className="c360-acts"),
    ]


def _group(title: str, fields: Iterable[Parameter], values: Mapping[str, str]) -> Component:
    return html.Fieldset([html.Legend(title), *(_field(found, values[found.key]) for found in fields)])


def _field(parameter: Parameter, value: str) -> Component:
    # The label of a field whose id is a dictionary: Dash writes it as sorted JSON without spaces.
    identity = {"setting": parameter.key}
    written, definition = f'{{"setting":"{parameter.key}"}}', f"setting-{parameter.key}"
    unit = f" ({parameter.unit})" if parameter.unit else ""
    label = html.Label(f"{parameter.label}{unit}", htmlFor=written)
    field: Component
    if parameter.choices:
        field = dcc.RadioItems(list(parameter.choices), value, id=identity, inline=True)
    else:
        field = dcc.Input(id=identity, value=value, type="text", autoComplete="off", debounce=False)
    words = html.P(parameter.definition, id=definition)
    return html.Div([label, field, words], className="c360-setting", role="group", **aria(describedby=definition))


def _words(found: Effect, desk: Desk) -> str:
    groups = sorted(found.sizes, key=lambda group: ORDER.index(group) if group in ORDER else len(ORDER))
    sizes = [f"{group} {desk.count(found.sizes[group][0])} → {desk.count(found.sizes[group][1])}" for group in groups]
    who = "customer of the published build" if found.moved == 1 else "customers of the published build"
    return f"{TITLES[found.name]}: {', '.join(sizes)}; {desk.count(found.moved)} {who} would change."


def _held(found: Consequence) -> str:
    then, now = (
        f"would be held, because this would not hold: {_listed(checks)}" if checks else "would pass these checks"
        for checks in (found.after, found.before)
    )
    return f"Build {found.build}, the last one that was compared with another, {then}; as it is set now it {now}."


def _dropped(found: Consequence) -> str:
    then, now = (_listed(builds) if builds else "none" for builds in (found.after, found.before))
    return f"When the next build is published, the builds dropped are: {then}; as it is set now: {now}."


CONSEQUENCE_WORDS = {"drift": _held, "retention": _dropped}


def _listed(labels: Sequence[str]) -> str:
    return ", ".join(labels)
