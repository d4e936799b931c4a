"""Which part of plotly.js draws which trace: the one place where a chart with another kind of trace is made known.

The first bundle is on every page; each of the others adds itself to it once a figure needs it (assets/c360.js).
assets/vendor/plotly-bundles.mjs makes them.
"""

from collections.abc import Mapping
from typing import Any

BASE = "base"
BUNDLE_OF = {
    "scatter": BASE,
    "bar": BASE,
    "pie": BASE,
    "heatmap": BASE,
    "indicator": "indicator",
    "treemap": "treemap",
    "scatter3d": "scatter3d",
}


def path(bundle: str) -> str:
    """Where a bundle lies among the assets."""
    return f"vendor/plotly-{bundle}.min.js"


def needed(figure: Mapping[str, Any]) -> set[str]:
    """The bundles that draw a figure; raises LookupError for a trace that none of them draws."""
    kinds = {trace["type"] for trace in figure["data"]}
    unknown = sorted(kinds - BUNDLE_OF.keys())
    if unknown:
        raise LookupError(
            f"No bundle draws {', '.join(unknown)}: add it to plotly-bundles.mjs, run that, and name it in bundles.py."
        )
    return {BASE} | {BUNDLE_OF[kind] for kind in kinds}
