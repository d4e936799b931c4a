"""Makes the application. Importing this module does nothing; `create_app` does everything.

What the page loads is chosen by hand: our own css and script with their fingerprints, and of plotly.js the traces that
our charts have (bundles.py: 311 kB compressed on every page instead of 1,110).
"""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import dash
import orjson
from dash import Dash, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import DependencyException
from flask import Flask
from werkzeug.exceptions import NotFound

from c360_dash import api, auth, bundles, db, finished, logs, measures, opening, posted, responses, shell
from c360_dash.admin import programs
from c360_dash.config import PACKAGE, Settings, shared_measures
from c360_dash.formats import month_names
from c360_dash.shell import Freshness

STYLES = ("vendor/bootstrap.min.css", "tokens.css", "app.css")
# Dash would ask for these two at the first dropdown and the first chart, without a fingerprint and again at each visit.
EARLY = [{"relative_package_path": f"dcc/async-{name}.js", "namespace": "dash"} for name in ("dropdown", "graph")]
TITLE = "Customer 360"
ICON, SCRIPT = "icons/c360.svg", "c360.js"
# Scripts that no page needs: of tables that we do not have, and of what browsers have learnt since 2018. Of the latter
# dcc wants one thing still, which GENERATORS gives it: 2 kB instead of 30, and 40 ms of script time less.
UNUSED = ("/dash_table/", "/deps/polyfill@")
GENERATORS = "vendor/regenerator-runtime.js"
CARRIED = "<!-- carried -->"
VERSIONS = ("dash_version", "python_version", "plotly_version", "ddk_version", "dash_version_url")
INDEX = """<!DOCTYPE html>
<html lang="en" data-plotly='{plotly}' data-months="{months}">
    <head>
        {{%metas%}}
        <title>{{%title%}}</title>
        <meta name="color-scheme" content="light dark">
        {head}
        {{%css%}}
    </head>
    <body>
        {{%app_entry%}}
        <!-- carried -->
        <footer>{{%config%}}{{%scripts%}}{{%renderer%}}</footer>
    </body>
</html>"""


class Server(Flask):
    """Flask that calls what is registered with it as it is; asking of each whether it is a coroutine costs 15 µs."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function."""
        return func


class Application(Dash):
    """Dash that sends the page with the document, without versions for every visitor and scripts that no page needs."""

    shell_around: Callable[[Component], Component]
    generators: str

    def _config(self) -> dict[str, Any]:
        config = super()._config()  # type: ignore[no-untyped-call]
        return {key: value for key, value in config.items() if key not in VERSIONS}

    def _generate_scripts_html(self) -> str:
        lines = super()._generate_scripts_html().splitlines()
        early = self._collect_and_register_resources(EARLY)  # type: ignore[no-untyped-call]
        tags = [f'<script src="{address}"></script>' for address in (self.generators, *early)]
        return "\n".join([*tags, *(line for line in lines if not any(part in line for part in UNUSED))])

    def interpolate_index(self, *_: Any, **parts: Any) -> str:
        """The document, with the page that is asked for in it."""
        page = opening.opened()
        document: str = super().interpolate_index(**parts | {"title": escape(page.title)})  # type: ignore[no-untyped-call]
        carried = opening.carried(self.shell_around(page.container()), self._callback_list)
        return document.replace(CARRIED, carried, 1)


def create_app(settings: Settings) -> Dash:
    """The application of these settings, ready to serve; `.server` is the Flask application."""
    dash.page_registry.clear()
    app = Application(
        server=Server("c360_dash"),  # type: ignore[arg-type]  # Dash says bool, and takes a server
        title=TITLE,
        update_title="",
        use_pages=True,
        pages_folder=str(PACKAGE / "pages"),
        assets_folder=str(settings.assets_dir.absolute()),
        include_assets_files=False,
        include_pages_meta=False,
        serve_locally=True,
        suppress_callback_exceptions=True,
        on_error=_in_words,
        add_log_handler=False,
    )
    look = _look_of(app, settings.assets_dir)
    app.server.config["C360_SETTINGS"] = settings
    logs.prepare(app.server, settings.log_format)
    measures.prepare(app.server, logs.route, lambda: db.reader().builds.measures(), shared_measures())
    kept = finished.remember(app.server)
    responses.prepare(app.server, settings.assets_dir, app.csp_hashes, settings.frame_ancestors)
    auth.prepare(app.server, settings, look)
    if settings.cache != "none":
        finished.answer(app.server, kept)
    posted.prepare(app.server, lambda: app.callback_map)
    app.server.register_error_handler(DependencyException, _no_file)
    app.index_string = _index(app, settings, look)

    def look_around() -> Freshness:
        return shell.freshness(settings.locale)

    def shell_around(page: Component) -> Component:
        return shell.layout(look_around(), page, dash.page_registry.values(), auth.badge())

    app.shell_around = shell_around
    app.generators = _address(app, settings.assets_dir, GENERATORS)
    app.layout = lambda: shell.layout(Freshness(()), dash.page_container, dash.page_registry.values(), auth.badge())
    shell.register_callbacks(app, look_around)
    api.register(app.server, settings)
    programs.register(app.server)
    # Dash sets itself up in the first request, and the requests beside that one would fail.
    app.server.test_client().get("/healthz")
    return app


def _index(app: Dash, settings: Settings, look: auth.Look) -> str:
    places = {kind: _address(app, settings.assets_dir, bundles.path(name)) for kind, name in bundles.BUNDLE_OF.items()}
    base = _address(app, settings.assets_dir, bundles.path(bundles.BASE))
    parts = {kind: place for kind, place in places.items() if place != base}
    plotly = orjson.dumps({"base": base, "parts": parts}).decode()
    return INDEX.format(plotly=plotly, months=" ".join(month_names(settings.locale)), head=look.head)


def _look_of(app: Dash, assets: Path) -> auth.Look:
    """What every page loads of ours, the login page too."""
    icon, script = (_address(app, assets, name) for name in (ICON, SCRIPT))
    lines = [
        f'<link rel="icon" type="image/svg+xml" href="{icon}">',
        *(f'<link rel="stylesheet" href="{_address(app, assets, name)}">' for name in STYLES),
        f'<script src="{script}"></script>',
    ]
    files = frozenset(app.get_asset_url(name) for name in (ICON, SCRIPT, *STYLES))
    return auth.Look("\n        ".join(lines), icon, files)


def _address(app: Dash, assets: Path, name: str) -> str:
    return f"{app.get_asset_url(name)}?v={responses.fingerprint(assets / name)}"


def _no_file(_: Exception) -> NotFound:
    """Of a path below /_dash-component-suites at which there is nothing, Dash makes an error of the server."""
    return NotFound()


def _in_words(error: Exception) -> Any:
    """What a callback that failed puts in its place: the reason in words where it can be shown, else nothing.

    Raises Forbidden again: no page of theirs has asked for it.
    """
    if isinstance(error, auth.Forbidden):
        raise error
    shown = opening.said(error)
    outputs = ctx.outputs_list
    if isinstance(outputs, dict):
        return shown if outputs["property"] == "children" else no_update
    return [_for_output(output, shown) for output in outputs]


def _for_output(output: Any, shown: Any) -> Any:
    if isinstance(output, list):
        return [no_update for _ in output]
    if output["id"] == "_pages_store":
        return {"title": TITLE}  # Dash's own script reads the title of every page
    return shown if output["property"] == "children" else no_update
