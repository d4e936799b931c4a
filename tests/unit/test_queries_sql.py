"""The named blocks of sql/queries, and what is refused when they are loaded."""

from pathlib import Path

import pytest

from c360_dash.config import Settings
from c360_dash.db.blocks import QueryFileError, load_blocks
from c360_dash.filters import DIMENSION_NAMES

GOOD = """-- A file about the shop.

-- fragment: wanted
-- parameters: country
(cast(:country as text[]) is null or country = any(cast(:country as text[])))

-- name: sales
-- parameters: day
-- Sales of a day,
-- by hour.
select '12:30'::text as hour, 1 -- not a comment of ours: :other
from sales where :wanted and day = :day;

-- name: nothing
select 1;
"""


def test_the_shipped_questions_load_and_say_what_they_answer() -> None:
    blocks = load_blocks(Settings().sql_dir / "queries", {"metric_columns": "1 as one"})
    assert {"overview.kpis", "filters.choices", "builds.published"} <= set(blocks)
    assert [name for name, block in blocks.items() if not block.description] == []
    assert [name for name, block in blocks.items() if block.sql.endswith(";") or ":filter_condition" in block.sql] == []


def test_every_question_about_customers_takes_the_filters() -> None:
    blocks = load_blocks(Settings().sql_dir / "queries", {"metric_columns": "1 as one"})
    overview = [block for name, block in blocks.items() if name.startswith("overview.")]
    assert overview
    assert [block.name for block in overview if not block.parameters >= set(DIMENSION_NAMES)] == []


def test_a_block_has_its_parameters_its_words_and_its_fragments(tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text(GOOD.replace(" -- not a comment of ours: :other", ""))
    sales = load_blocks(tmp_path)["shop.sales"]
    assert sales.parameters == {"day", "country"}
    assert sales.description == "Sales of a day, by hour."
    assert sales.sql.endswith("and day = :day")
    assert "any(cast(:country as text[]))" in sales.sql


def test_a_fragment_may_use_another_and_brings_its_parameters(tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text(
        "-- fragment: cell\n-- parameters: country\ncountry = :country\n"
        "-- fragment: best\n-- parameters: most\n(select id from sales where :cell limit :most)\n"
        "-- name: sales\nselect id from :best as best;\n"
    )
    sales = load_blocks(tmp_path)["shop.sales"]
    assert sales.sql == "select id from (select id from sales where country = :country limit :most) as best"
    assert sales.parameters == {"country", "most"}


def test_a_cluster_is_asked_with_the_fragment_that_is_for_it(tmp_path: Path) -> None:
    (tmp_path / "shop.sql").write_text(
        "-- fragment: best\n(select id from sales limit 1)\n"
        "-- fragment: best_on_cluster\n(select min(id) as id from sales)\n"
        "-- name: sales\nselect id from :best as best;\n-- name: nothing\nselect 1;\n"
    )
    blocks = load_blocks(tmp_path)
    assert blocks["shop.sales"].sql == "select id from (select id from sales limit 1) as best"
    assert blocks["shop.sales"].sql_on_cluster == "select id from (select min(id) as id from sales) as best"
    assert blocks["shop.nothing"].sql_on_cluster is None


def test_the_version_of_a_question_changes_with_its_fragment(tmp_path: Path) -> None:
    versions = []
    for condition in ("country = 'a'", "country = 'b'"):
        text = f"-- fragment: wanted\n{condition}\n-- name: sales\nselect 1 where :wanted;\n"
        (tmp_path / "shop.sql").write_text(text)
        versions.append(load_blocks(tmp_path)["shop.sales"].version)
    assert versions[0] != versions[1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("-- name: a\nselect 1;\n-- name: a\nselect 2;", r"shop\.sql:3 \(a\) uses a name that shop\.sql:1 \(a\) has"),
        ("-- name: a\nselect :day;", r"shop\.sql:1 \(a\) declares none in `-- parameters:` but uses day"),
        ("-- name: a\n-- parameters: day, night\nselect :day;", "declares day, night in .* but uses day"),
        ("-- name: a\nselect 1 where :wanted;", r"declares none .* but uses wanted; fragments are none"),
    ],
)
def test_what_contradicts_is_refused_with_its_place(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "shop.sql").write_text(text)
    with pytest.raises(QueryFileError, match=reason):
        load_blocks(tmp_path)


def test_a_question_has_a_variant_for_each_text_of_its_fragment(tmp_path: Path) -> None:
    text = "-- fragment: sorting\n-- parameters: day\nid, :day\n-- name: sales\nselect 1 order by :sorting;\n"
    (tmp_path / "shop.sql").write_text(text + "-- name: other\nselect 1;\n")
    blocks = load_blocks(tmp_path, variants={"sorting": {" by value": "value, :day"}, "unused": {" x": "1"}})
    assert sorted(blocks) == ["shop.other", "shop.sales", "shop.sales by value"]
    assert blocks["shop.sales by value"].sql == "select 1 order by value, :day"
    assert blocks["shop.sales by value"].parameters == {"day"}
    assert blocks["shop.sales by value"].version != blocks["shop.sales"].version


def test_fragments_with_variants_of_one_name_are_chosen_together(tmp_path: Path) -> None:
    text = (
        "-- fragment: sorting\nid\n-- fragment: place\nsales\n-- name: all\nselect 1 from :place order by :sorting;\n"
    )
    (tmp_path / "shop.sql").write_text(text)
    blocks = load_blocks(
        tmp_path, variants={"sorting": {" by day": "day", " by id": "id"}, "place": {" by day": "days"}}
    )
    assert blocks["shop.all by day"].sql == "select 1 from days order by day"
    assert blocks["shop.all by id"].sql == "select 1 from sales order by id"
