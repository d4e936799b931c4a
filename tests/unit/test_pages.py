"""What holds for every page, and for what the server sends around them; no database is asked."""

import ast
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from platform import python_version

import brotli
import dash
import plotly
import pytest
from plotly.offline import get_plotlyjs_version

from c360_dash import bundles
from c360_dash.app import create_app
from c360_dash.charts import CHARTS, about, heading
from c360_dash.charts.chart import Chart
from c360_dash.config import PACKAGE, Settings

PAGES = sorted((PACKAGE / "pages").glob("*.py"))
LONGEST = 120
PANDAS_VERBS = {"groupby", "merge", "pivot", "assign", "sort_values", "read_sql", "apply", "agg", "loc", "iloc"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[dash.Dash]:
    """An application whose database cannot be reached."""
    url = "postgresql+psycopg2://nobody@127.0.0.1:9/nowhere"
    yield create_app(Settings(database_url=url, data_dir=tmp_path, cache="none"))
    dash.page_registry.clear()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_is_a_table_of_contents(page: Path) -> None:
    source = page.read_text(encoding="utf-8")
    used = {node.attr for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute)}

    assert len(source.splitlines()) <= LONGEST
    assert not used & PANDAS_VERBS
    assert "select " not in source.lower()


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_a_chart_names_only_what_is_defined(chart: Chart) -> None:
    assert all(heading(name) for name in chart.columns)
    assert all(about.defined(name).sentence({}) for name in chart.explains)


@pytest.mark.parametrize("bundle", sorted(set(bundles.BUNDLE_OF.values())))
def test_a_bundle_is_of_the_plotly_that_is_installed_and_draws_what_it_is_named_for(bundle: str) -> None:
    start = (Settings().assets_dir / bundles.path(bundle)).read_text(encoding="utf-8")[:200]
    kinds = [kind for kind, place in bundles.BUNDLE_OF.items() if place == bundle]

    assert start.startswith(f"/*! plotly.js v{get_plotlyjs_version()} ({', '.join(kinds)}) | Copyright")


@pytest.mark.parametrize("bundle", sorted(set(bundles.BUNDLE_OF.values())))
def test_a_bundle_travels_as_it_was_packed_beside_it(app: dash.Dash, bundle: str) -> None:
    file = Settings().assets_dir / bundles.path(bundle)
    headers = {"Accept-Encoding": "br"}

    sent = app.server.test_client().get(f"/assets/{bundles.path(bundle)}?v=1", headers=headers, buffered=True)

    assert sent.headers["Content-Encoding"] == "br"
    assert sent.data == file.with_name(f"{file.name}.br").read_bytes()
    assert brotli.decompress(sent.data) == file.read_bytes()


def test_a_trace_that_no_bundle_draws_is_refused_with_what_to_do() -> None:
    with pytest.raises(LookupError, match="No bundle draws sunburst: add it to plotly-bundles"):
        bundles.needed({"data": [{"type": "bar"}, {"type": "sunburst"}]})
    assert bundles.needed({"data": [{"type": "bar"}, {"type": "treemap"}]}) == {"base", "treemap"}
    assert bundles.needed({"data": []}) == {"base"}


def test_the_index_names_every_bundle_and_what_every_page_needs_at_once(app: dash.Dash) -> None:
    client = app.server.test_client()
    index = client.get("/").text
    scripts = re.findall(r'<script src="([^"]+)"', index)

    assert all(f"/assets/{bundles.path(bundle)}?v=" in index for bundle in bundles.BUNDLE_OF.values())
    assert not [script for script in scripts if "dash_table" in script or "polyfill" in script]
    assert scripts.index(next(script for script in scripts if "regenerator-runtime" in script)) < len(scripts) - 4
    early = [script for script in scripts if "async-" in script]
    assert len(early) == 2
    assert all("immutable" in client.get(script, buffered=True).headers["Cache-Control"] for script in early)


def test_making_an_application_twice_registers_each_page_once(app: dash.Dash, tmp_path: Path) -> None:
    first = sorted(page["path"] for page in dash.page_registry.values())

    create_app(Settings(database_url="postgresql+psycopg2://nobody@127.0.0.1:9/x", data_dir=tmp_path, cache="none"))

    assert sorted(page["path"] for page in dash.page_registry.values()) == first


def test_the_index_tells_no_versions_and_forbids_foreign_scripts(app: dash.Dash) -> None:
    index = app.server.test_client().get("/")

    config = index.text.split('id="_dash-config"')[1].split("</script>")[0]
    assert not [version for version in (dash.__version__, plotly.__version__, python_version()) if version in config]
    policy = index.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-eval" not in policy
    assert all(hash_ in policy for hash_ in app.csp_hashes())
    assert "https://" not in index.text.replace("http://www.w3.org", "")


def test_a_fingerprinted_file_is_compressed_and_cached_for_good(app: dash.Dash) -> None:
    client = app.server.test_client()
    plain = client.get("/assets/app.css?v=1", buffered=True)

    packed = client.get("/assets/app.css?v=1", headers={"Accept-Encoding": "gzip, br"}, buffered=True)
    zipped = client.get("/assets/app.css?v=1", headers={"Accept-Encoding": "gzip"}, buffered=True)

    assert packed.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(packed.data) == gzip.decompress(zipped.data) == plain.data
    assert len(packed.data) < len(plain.data) / 3


def test_an_unfingerprinted_file_is_revalidated_and_not_sent_again(app: dash.Dash) -> None:
    client = app.server.test_client()
    first = client.get("/assets/app.css", headers={"Accept-Encoding": "br"}, buffered=True)
    known = {"Accept-Encoding": "br", "If-None-Match": first.headers["ETag"]}

    again = client.get("/assets/app.css", headers=known, buffered=True)

    assert "immutable" not in first.headers["Cache-Control"]
    assert (again.status_code, again.data) == (304, b"")


def test_a_post_from_another_site_is_refused(app: dash.Dash) -> None:
    client = app.server.test_client()

    foreign = client.post("/_dash-update-component", json={}, headers={"Sec-Fetch-Site": "cross-site"})

    assert foreign.status_code == 403


def test_without_a_database_the_shell_says_so(app: dash.Dash) -> None:
    layout = carried(app, "/")["layout"]

    assert "database" in layout.lower()
    assert '"data-tone":"warning"' in layout


def carried(app: dash.Dash, address: str) -> dict[str, str]:
    """What a document carries for Dash, by its name."""
    document = app.server.test_client().get(address).text
    return dict(re.findall(r'data-c360-carried="_dash-(\w+)">(.*?)</script>', document))


def test_a_document_carries_its_page_and_the_callbacks(app: dash.Dash) -> None:
    document = app.server.test_client().get("/risk?country=Italy")
    parts = carried(app, "/risk?country=Italy")
    layout = str(json.loads(parts["layout"]))

    assert "'pathname': '/risk'" in layout
    assert "'search': '?country=Italy'" in layout
    assert "'id': 'risk-churn-risk'" in layout
    assert "overview-churn-risk" not in layout
    assert json.loads(parts["dependencies"]) == app.server.test_client().get("/_dash-dependencies").get_json()
    assert "<title>Risk · Customer 360</title>" in document.text
    assert document.headers["Cache-Control"] == "no-store"


def test_no_address_can_end_what_a_document_carries(app: dash.Dash) -> None:
    attack = "</script><script>alert(1)</script>"
    parts = carried(app, f"/?value_segment={attack}")

    assert "<" not in parts["layout"]
    assert f"value_segment cannot be “{attack}”" in str(json.loads(parts["layout"]))


def test_an_address_without_a_page_carries_the_way_back(app: dash.Dash) -> None:
    assert "There is no page at this address" in carried(app, "/nowhere")["layout"]
