"""The generated shop: the contract's columns and references, and the same rows for the same seed."""

import re
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from c360_dash import demo
from c360_dash.config import Settings
from c360_dash.demo import names

UNTIL = date(2026, 7, 1)
MIDNIGHT = pd.Timestamp(UNTIL, tz="UTC")
CUSTOMERS = 2_000

KEYS = {
    "customers": ["customer_id"],
    "products": ["product_id"],
    "orders": ["order_id"],
    "order_items": ["order_id", "line_no"],
    "returns": ["return_id"],
    "service_tickets": ["ticket_id"],
    "web_events": ["event_id"],
    "campaigns": ["campaign_id"],
    "campaign_responses": ["campaign_id", "customer_id"],
}
TYPES = {
    "customer_id": pa.int64(),
    "product_id": pa.int64(),
    "order_id": pa.int64(),
    "return_id": pa.int64(),
    "ticket_id": pa.int64(),
    "event_id": pa.int64(),
    "session_id": pa.int64(),
    "campaign_id": pa.int64(),
    "line_no": pa.int32(),
    "quantity": pa.int32(),
    "satisfaction": pa.int32(),
    "unit_price": pa.decimal128(12, 2),
    "discount": pa.decimal128(12, 2),
    "amount": pa.decimal128(12, 2),
    "cost": pa.decimal128(12, 2),
    "birth_date": pa.date32(),
    "marketing_consent": pa.bool_(),
}

Shop = dict[str, pd.DataFrame]


def read(folder: Path, relation: str) -> pa.Table:
    files = sorted(folder.glob(f"{relation}.parquet")) or sorted(folder.glob(f"{relation}-*.parquet"))
    return pa.concat_tables([pq.read_table(file) for file in files])


def generate(folder: Path, customers: int, seed: int = 360) -> dict[str, pa.Table]:
    demo.generate(folder, customers, seed, until=UNTIL)
    return {relation: read(folder, relation) for relation in KEYS}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, pa.Table]:
    return generate(tmp_path_factory.mktemp("demo") / "shop", CUSTOMERS)


@pytest.fixture(scope="module")
def shop(tables: dict[str, pa.Table]) -> Shop:
    frames = {relation: table.to_pandas() for relation, table in tables.items()}
    for frame in frames.values():
        for money in frame.columns.intersection(["unit_price", "discount", "amount", "cost"]):
            frame[money] = frame[money].astype(float)
    return frames


def contract_columns(relation: str) -> list[str]:
    """The columns of a relation as sql/source creates it."""
    (path,) = (Settings.from_env({}).sql_dir / "source").glob(f"[0-9][0-9]_{relation}.sql")
    body = re.search(rf"create table if not exists source\.{relation} \((.*?)\n\);", path.read_text(), re.DOTALL)
    assert body is not None
    columns = [line.split()[0] for line in body[1].strip().splitlines()]
    return [column for column in columns if column not in {"primary", "check", "unique", "constraint", "--"}]


def test_the_same_seed_gives_the_same_files(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        demo.generate(tmp_path / folder, 300, until=UNTIL)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one == two


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    one, two = generate(tmp_path / "one", 200, seed=1), generate(tmp_path / "two", 200, seed=2)
    assert one["customers"]["email"] != two["customers"]["email"]
    assert one["products"]["name"] == two["products"]["name"]


def test_a_customer_is_the_same_in_a_small_shop_and_in_other_parts(
    tables: dict[str, pa.Table], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PART", 1_000)
    small = generate(tmp_path / "shop", 1_500)
    assert len(list((tmp_path / "shop").glob("orders-*.parquet"))) == 2
    for relation in KEYS:
        large = tables[relation]
        assert small[relation] == large.slice(0, len(small[relation])), relation
    assert small["customers"]["customer_id"].to_pylist() == list(range(1, 1_501))
    assert set(small["campaign_responses"]["customer_id"].to_pylist()) <= set(range(1, 1_501))


@pytest.mark.parametrize("relation", KEYS)
def test_columns_are_those_of_the_contract(tables: dict[str, pa.Table], relation: str) -> None:
    assert tables[relation].column_names == contract_columns(relation)


@pytest.mark.parametrize("relation", KEYS)
def test_columns_have_their_types(tables: dict[str, pa.Table], relation: str) -> None:
    moment = pa.timestamp("us", tz="UTC")
    for field in tables[relation].schema:
        expected = moment if field.name.endswith("_at") else TYPES.get(field.name, pa.string())
        assert field.type == expected, field.name


@pytest.mark.parametrize(("relation", "key"), KEYS.items())
def test_keys_are_unique(shop: Shop, relation: str, key: list[str]) -> None:
    assert len(shop[relation]) > 0
    assert not shop[relation].duplicated(key).any()
    assert shop[relation][key].notna().all(axis=None)


@pytest.mark.parametrize(
    ("relation", "column", "target"),
    [
        ("orders", "customer_id", "customers"),
        ("order_items", "order_id", "orders"),
        ("order_items", "customer_id", "customers"),
        ("returns", "customer_id", "customers"),
        ("returns", "order_id", "orders"),
        ("service_tickets", "customer_id", "customers"),
        ("web_events", "customer_id", "customers"),
        ("web_events", "product_id", "products"),
        ("campaign_responses", "customer_id", "customers"),
        ("campaign_responses", "campaign_id", "campaigns"),
    ],
)
def test_references_resolve(shop: Shop, relation: str, column: str, target: str) -> None:
    assert shop[relation][column].dropna().isin(shop[target][column]).all()


def test_a_line_has_the_customer_of_its_order(shop: Shop) -> None:
    lines = shop["order_items"].merge(shop["orders"], on="order_id", suffixes=("", "_of_order"))
    assert lines["customer_id"].equals(lines["customer_id_of_order"])


def test_awkward_rows_are_there_and_few(shop: Shop) -> None:
    orders, items, products = shop["orders"], shop["order_items"], shop["products"]
    shares = {
        "other currency": (orders["currency"] != "EUR").mean(),
        "without customer": orders["customer_id"].isna().mean(),
        "unknown product": (~items["product_id"].isin(products["product_id"])).mean(),
        "without category": products["category"].isna().mean(),
    }
    assert {reason: share for reason, share in shares.items() if not 0.0002 < share < 0.005} == {}
    assert 0.02 < (orders["status"] == "cancelled").mean() < 0.04
    pending = orders[orders["status"] == "pending"]
    assert 0.005 < len(pending) / len(orders) < 0.02
    assert pending["ordered_at"].min() > MIDNIGHT - pd.Timedelta(days=90)


def test_people_are_invented(shop: Shop) -> None:
    customers = shop["customers"]
    assert customers["email"].str.fullmatch(r"[a-z-]+\.[a-z]+\.\d+@example\.com").all()
    assert customers["email"].is_unique
    assert customers["phone"].dropna().str.startswith("+999 555 ").all()  # +999 is no country
    ages = (MIDNIGHT - pd.to_datetime(customers["birth_date"]).dt.tz_localize("UTC")).dt.days / 365.25
    assert ages.min() >= 18
    assert ages.max() < 90


def test_every_flavour_has_as_many_names_as_the_arithmetic_needs() -> None:
    assert len(names.first_names()) == len(names.FLAVOURS) * 2 * names.FIRST_NAMES
    assert len(names.surnames()) == len(names.FLAVOURS) * names.SURNAMES
    assert {len(words[flavour].split()) for words in (names.FEMALE, names.MALE) for flavour in names.FLAVOURS} == {16}


def test_money_is_positive(shop: Shop) -> None:
    items = shop["order_items"]
    assert (items["unit_price"] > 0).all()
    assert (items["quantity"] >= 1).all()
    assert items["discount"].between(0, items["quantity"] * items["unit_price"]).all()
    assert (shop["returns"]["amount"] > 0).all()


@pytest.mark.parametrize("relation", KEYS)
def test_nothing_happens_before_the_history_or_after_its_end(shop: Shop, relation: str) -> None:
    moments = shop[relation].select_dtypes("datetimetz")
    assert not (moments >= MIDNIGHT).any(axis=None)
    assert not (moments < MIDNIGHT - pd.Timedelta(days=3 * 365 + 1)).any(axis=None)


def test_nobody_orders_or_visits_before_signing_up(shop: Shop) -> None:
    signup = shop["customers"].set_index("customer_id")["signup_at"]
    for relation, moment in (("orders", "ordered_at"), ("web_events", "occurred_at")):
        known = shop[relation].dropna(subset="customer_id")
        assert (known[moment].to_numpy() >= signup.loc[known["customer_id"]].to_numpy()).all(), relation


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Alice")
    with pytest.raises(FileExistsError, match=r"letter\.txt"):
        demo.generate(tmp_path, 10, until=UNTIL)
    assert (tmp_path / "letter.txt").exists()


def test_a_shop_needs_a_customer(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        demo.generate(tmp_path / "shop", 0)


def test_an_interrupted_generation_leaves_the_old_shop(tmp_path: Path) -> None:
    demo.generate(tmp_path / "shop", 10, until=UNTIL)
    before = (tmp_path / "shop" / "customers.parquet").read_bytes()

    def stop(label: str, done: float, total: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.generate(tmp_path / "shop", 20, progress=stop, until=UNTIL)
    assert (tmp_path / "shop" / "customers.parquet").read_bytes() == before
    demo.generate(tmp_path / "shop", 20, until=UNTIL)
    assert pq.read_metadata(tmp_path / "shop" / "customers.parquet").num_rows == 20


def test_progress_ends_at_the_number_of_customers(tmp_path: Path) -> None:
    seen: list[tuple[float, float]] = []
    demo.generate(tmp_path / "shop", 1_200, progress=lambda _, done, total: seen.append((done, total)), until=UNTIL)
    assert seen == [(0, 1_200), (1_000, 1_200), (1_200, 1_200)]
