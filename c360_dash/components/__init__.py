"""The parts of pages: arguments in, Dash components out; nothing here asks the database or keeps anything."""

from c360_dash.components.basics import aria, data, data_table, folded, message, page_header, skeleton
from c360_dash.components.charts import chart_body, chart_card
from c360_dash.components.definitions import (
    define_button,
    definition,
    definition_drawer,
    explained,
    glossary,
    glossary_place,
)
from c360_dash.components.filters import (
    build_choice,
    clear_button,
    counted_place,
    filter_bar,
    filter_field,
    filter_options,
)
from c360_dash.components.kpis import change_in_words, kpi_card, kpi_row

__all__ = [
    "aria",
    "build_choice",
    "change_in_words",
    "chart_body",
    "chart_card",
    "clear_button",
    "counted_place",
    "data",
    "data_table",
    "define_button",
    "definition",
    "definition_drawer",
    "explained",
    "filter_bar",
    "filter_field",
    "filter_options",
    "folded",
    "glossary",
    "glossary_place",
    "kpi_card",
    "kpi_row",
    "message",
    "page_header",
    "skeleton",
]
