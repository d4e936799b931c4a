"""What fills the admin page, and what its clicks lead to.

One callback looks at intervals: each second while a rebuild runs, else seldom. All it changes at each look are a few
words and a bar; the cards are filled anew only when the store `admin-news` says that something is different.
"""

from collections.abc import Callable
from typing import Any

import orjson
from dash import ALL, Input, Output, State, callback, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from c360_dash import auth, db, rebuild
from c360_dash.admin import acting, auditing, builds, checking, parts, runs, tuning
from c360_dash.admin.words import desk
from c360_dash.config import Settings
from c360_dash.errors import C360Error
from c360_dash.rebuild import asking, comparing, parameters

BUSY_POLL = 1_000
CALM_POLL = 5_000
NEWS = Input("admin-news", "data")
ACTED = Output("admin-acted", "data", allow_duplicate=True)


def everything() -> None:
    """Registers all callbacks of the page."""
    for register in (_look, _cards, _run, _settings, _clicks, _source):
        register()


def _here() -> Settings:
    """The settings of the application, for whoever may administrate it. Raises Forbidden."""
    auth.require(acting.ADMIN)
    return db.reader().settings


def _look() -> None:
    @callback(
        Output("admin-poll", "interval"),
        Output("admin-news", "data"),
        Output("admin-settings-news", "data"),
        Output("admin-progress", "hidden"),
        Output("admin-bar", "value"),
        Output("admin-stage", "children"),
        Output("admin-numbers", "children"),
        Output("admin-cancel-place", "hidden"),
        Output("admin-running", "data"),
        Output("admin-start", "disabled"),
        Input("admin-poll", "n_intervals"),
        Input("admin-acted", "data"),
        State("admin-news", "data"),
        State("admin-settings-news", "data"),
    )
    def look(_: int | None, __: int, news: str | None, known: str | None) -> tuple[Any, ...]:
        settings = _here()
        (now,) = asking.ask(settings, "steering.moment")
        fresh = orjson.dumps([now["published"], now["runs"]]).decode()
        tuned = now["settings"]
        changed = (no_update if fresh == news else fresh, no_update if tuned == known else tuned)
        running = rebuild.status(settings)["running"] if now["under_way"] else None
        if running:
            bar = str(round(100 * float(running["share_done"] or 0)))
            words = (runs.stage_words(running), runs.number_words(running, desk()))
            return BUSY_POLL, *changed, False, bar, *words, not running["can_be_cancelled"], running["run_id"], True
        starting = f"{now['under_way'][:1].upper()}{now['under_way'][1:]} …" if now["under_way"] else ""
        poll = BUSY_POLL if starting else CALM_POLL
        return poll, *changed, not starting, "0", starting, "", True, None, bool(starting)


def _cards() -> None:
    def filled(identity: str, fill: Callable[[Settings], Any]) -> None:
        @callback(Output(identity, "children"), NEWS, prevent_initial_call=True)
        def children(_: str | None) -> Any:
            return fill(_here())

    filled("admin-published", lambda here: builds.published(rebuild.status(here)["published"], desk()))
    filled("admin-builds", _kept)
    filled("admin-history", lambda here: runs.history(rebuild.history(here), desk()))
    filled("admin-outcome", lambda here: runs.last_words(rebuild.history(here, 2)))

    @callback(Output("admin-audit", "children"), NEWS, Input("admin-acted", "data"), prevent_initial_call=True)
    def audit(_: str | None, __: int) -> list[Component]:
        return auditing.lines(asking.ask(_here(), "steering.audit", {"row_limit": auditing.LINES}), desk())


def _kept(settings: Settings) -> list[Component]:
    here, shown = desk(), rebuild.status(settings)["published"]
    found = asking.ask(settings, "steering.kept_builds")
    if not found:
        return [parts.said("There is no other build than the published one.", "none")]
    return [
        builds.held(rebuild.run_of(settings, build["run_id"]), here, _difference(settings, build["run_id"], shown))
        if build["state"] == "held"
        else builds.kept(build, here)
        for build in found
    ]


def _difference(settings: Settings, build: int, shown: Any) -> comparing.Difference | None:
    if shown is None or shown["build_id"] == build:
        return None
    try:
        return comparing.difference(settings, build, shown["build_id"])
    except db.NoBuild:
        return None


def _run() -> None:
    @callback(
        Output("admin-run", "children"),
        NEWS,
        State("admin-run-id", "data"),
        prevent_initial_call=True,
    )
    def fill(_: str | None, asked: str | None) -> Any:
        settings = _here()
        if asked is None:
            raise PreventUpdate
        run = rebuild.run_of(settings, _number(asked))
        here, shown = desk(), rebuild.status(settings)["published"]
        found = _difference(settings, run.id, shown)
        return [*runs.one(run, here), *(builds.difference(found, here) if found else [])]


def _settings() -> None:
    @callback(Output("admin-settings", "children"), Input("admin-settings-news", "data"), prevent_initial_call=True)
    def fill(_: str | None) -> list[Component]:
        return tuning.form(parameters.values(_here()))

    @callback(
        Output("admin-effect", "children"),
        Output("admin-proposed", "data"),
        Input("admin-preview", "n_clicks"),
        State({"setting": ALL}, "value"),
        State({"setting": ALL}, "id"),
        prevent_initial_call=True,
    )
    def preview(clicks: int | None, values: list[str | None], ids: list[dict[str, str]]) -> tuple[Any, Any]:
        settings = _here()
        if not clicks:
            raise PreventUpdate
        proposed = {place["setting"]: str(value or "") for place, value in zip(ids, values, strict=True)}
        try:
            changes = parameters.changes(settings, proposed)
            shown = rebuild.status(settings)["published"]
            effects = parameters.preview(settings, proposed, shown["build_id"]) if shown else []
            consequences = parameters.consequences(settings, proposed)
        except C360Error as error:
            return parts.said(str(error), "bad"), None
        wanted = {change.parameter.key: change.after for change in changes}
        return tuning.effect(changes, effects, consequences, desk()), wanted

    @callback(
        Output("admin-effect", "children", allow_duplicate=True),
        ACTED,
        Input("admin-save", "n_clicks"),
        State("admin-proposed", "data"),
        State("admin-acted", "data"),
        prevent_initial_call=True,
    )
    def save(clicks: int | None, proposed: dict[str, str] | None, acted: int) -> tuple[Any, Any]:
        settings = _here()
        if not clicks or not proposed:
            raise PreventUpdate
        saved = acting.save(settings, {str(name): str(value) for name, value in proposed.items()})
        words = ", ".join(f"{change.parameter.label} {change.before} → {change.after}" for change in saved)
        return parts.said(f"Saved: {words or 'nothing was different'}. The next rebuild uses it."), acted + 1


def _clicks() -> None:
    @callback(
        Output("admin-said", "children"),
        ACTED,
        Input("admin-start", "n_clicks"),
        Input("admin-cancel", "n_clicks"),
        Input("admin-erase", "n_clicks"),
        Input({"admin-act": ALL, "run": ALL}, "n_clicks"),
        State("admin-as-of", "value"),
        State("admin-kind", "value"),
        State("admin-erase-id", "value"),
        State("admin-running", "data"),
        State("admin-acted", "data"),
        prevent_initial_call=True,
    )
    def act(
        started: int | None,
        cancelled: int | None,
        erasing: int | None,
        acts: list[int | None],
        as_of: str | None,
        kind: str | None,
        erased: str | None,
        running: int | None,
        acted: int,
    ) -> tuple[Any, Any]:
        settings = _here()
        if not any(found["value"] for found in ctx.triggered):
            raise PreventUpdate
        try:
            words = parts.said(_done(settings, ctx.triggered_id, (as_of, kind), erased, running))
        except C360Error as error:
            words = parts.said(str(error), "bad")
        return words, acted + 1


def _done(settings: Settings, asked: Any, wanted: tuple[Any, Any], erased: str | None, running: int | None) -> str:
    """Does what the button stands for, and says it."""
    if asked == "admin-start":
        return acting.start(settings, *wanted)
    if asked == "admin-cancel":
        return acting.cancel(settings, _number(running))
    if asked == "admin-erase":
        return acting.erase(settings, erased)
    does = acting.DOES.get(asked["admin-act"])
    if does is None:
        raise rebuild.UnknownBuild(f"There is nothing called “{asked['admin-act']}” to do.")
    return does(settings, _number(asked["run"]))


def _source() -> None:
    @callback(
        Output("admin-source", "children"),
        ACTED,
        Input("admin-check", "n_clicks"),
        State("admin-acted", "data"),
        prevent_initial_call=True,
        running=[(Output("admin-check", "disabled"), True, False)],
    )
    def check(clicks: int | None, acted: int) -> tuple[Any, Any]:
        settings = _here()
        if not clicks:
            raise PreventUpdate
        try:
            return checking.findings(acting.check(settings), desk()), acted + 1
        except C360Error as error:
            return parts.said(str(error), "bad"), acted


def _number(value: object) -> int:
    """The number of a run, whatever a client sends as one. Raises UnknownBuild."""
    if not str(value).isascii() or not str(value).isdigit() or len(str(value)) > 18:
        raise rebuild.UnknownBuild(f"“{str(value)[:40]}” is no number of a run.")
    return int(str(value))
