"""The habits of the generated shop's customers, found again in its rows."""

from datetime import date

import pandas as pd
import pytest

from c360_dash import demo

UNTIL = date(2026, 7, 1)
MIDNIGHT = pd.Timestamp(UNTIL, tz="UTC")
CUSTOMERS = 4_000

Shop = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The relations by name; so small a shop has one file each."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    demo.generate(folder, CUSTOMERS, until=UNTIL)
    return {path.stem.removesuffix("-0000"): pd.read_parquet(path) for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("relation", "least", "most"),
    [
        ("orders", 9, 11),
        ("order_items", 22, 28),
        ("web_events", 42, 58),
        ("returns", 0.8, 2.5),
        ("service_tickets", 0.3, 0.9),
        ("campaign_responses", 3, 6),
    ],
)
def test_rows_per_customer(shop: Shop, relation: str, least: float, most: float) -> None:
    assert least < len(shop[relation]) / CUSTOMERS < most


def test_some_never_order_and_few_order_most(shop: Shop) -> None:
    items, customers = shop["order_items"], shop["customers"]
    never = ~customers["customer_id"].isin(shop["orders"]["customer_id"])
    assert 0.06 < never.mean() < 0.13
    spent = (items["quantity"] * items["unit_price"] - items["discount"]).astype(float)
    spent = spent.groupby(items["customer_id"]).sum().sort_values(ascending=False)
    assert 0.5 < spent.head(len(spent) // 5).sum() / spent.sum() < 0.8


def test_an_order_on_the_web_ends_a_session(shop: Shop) -> None:
    online = shop["orders"].query("channel != 'store'").dropna(subset="customer_id")
    purchases = shop["web_events"].query("event_type == 'purchase'")
    found = online.merge(purchases, left_on=["customer_id", "ordered_at"], right_on=["customer_id", "occurred_at"])
    assert found["order_id"].nunique() == len(online)
    session = shop["web_events"].groupby("session_id")["event_type"].agg(set)
    assert session[found["session_id"]].map(lambda kinds: "cart" in kinds).all()


def test_december_is_busier_than_february(shop: Shop) -> None:
    orders = shop["orders"]["ordered_at"]
    december = orders.between("2024-12-01", "2025-01-01").sum() / 31
    assert december > 1.2 * orders.between("2025-02-01", "2025-03-01").sum() / 28


def test_people_have_favourite_categories(shop: Shop) -> None:
    lines = shop["order_items"].merge(shop["products"], on="product_id").dropna(subset="category")
    units = lines.groupby(["customer_id", "category"])["quantity"].sum()
    totals = units.groupby("customer_id").agg(["max", "sum"]).query("sum >= 20")
    assert (totals["max"] / totals["sum"]).mean() > 0.35


def test_pairs_are_bought_together(shop: Shop) -> None:
    """The most popular kitchen product and its partner: lift well above 1."""
    orders = shop["order_items"].groupby("product_id")["order_id"].agg(set)
    first, partner = orders[101], orders[106]
    lift = len(first & partner) * shop["order_items"]["order_id"].nunique() / (len(first) * len(partner))
    assert lift > 5


def test_bad_service_makes_people_leave(shop: Shop) -> None:
    """Tickets of half a year ago and older: who never ordered again?"""
    last = shop["orders"].groupby("customer_id")["ordered_at"].max()
    tickets = shop["service_tickets"].dropna(subset="satisfaction")
    tickets = tickets[tickets["opened_at"] < MIDNIGHT - pd.Timedelta(days=180)]
    gone = last.reindex(tickets["customer_id"]).to_numpy() <= tickets["opened_at"].to_numpy()
    bad = (tickets["satisfaction"] <= 2).to_numpy()
    assert gone[bad].mean() > gone[~bad].mean() + 0.25
    assert 0.5 < shop["service_tickets"]["satisfaction"].notna().mean() < 0.7


def test_campaigns_lift_orders(shop: Shop) -> None:
    """Customers with consent who were sent a campaign order more in its two weeks than those left out."""
    orders = shop["orders"].dropna(subset="customer_id")
    first = orders.groupby("customer_id")["ordered_at"].min()
    consent = shop["customers"].query("marketing_consent == True")["customer_id"]
    shares = []
    for campaign in shop["campaigns"].itertuples():
        told = consent[consent.isin(first[first < campaign.started_at].index)]
        buying = orders.query("@campaign.started_at <= ordered_at <= @campaign.ended_at")["customer_id"]
        sent = shop["campaign_responses"].query("campaign_id == @campaign.campaign_id")["customer_id"]
        shares.append(pd.DataFrame({"sent": told.isin(sent), "bought": told.isin(buying)}))
    bought = pd.concat(shares).groupby("sent")["bought"].mean()
    assert bought[True] > bought[False] * 1.05


def test_who_converts_orders(shop: Shop) -> None:
    converted = shop["campaign_responses"].dropna(subset="converted_at")
    found = converted.merge(
        shop["orders"], left_on=["customer_id", "converted_at"], right_on=["customer_id", "ordered_at"]
    )
    assert len(converted) > 100
    assert len(found) > 0.99 * len(converted)  # an order may have lost its customer
    assert (converted["sent_at"] < converted["opened_at"]).all()
    assert (converted["opened_at"] < converted["clicked_at"]).all()
    assert (converted["clicked_at"] < converted["converted_at"]).all()


def test_visits_grow_rarer_before_people_leave(shop: Shop) -> None:
    """Customers with five orders or more, none in the last 200 days: most visits come early."""
    orders = shop["orders"].groupby("customer_id")["ordered_at"].agg(["size", "max"])
    left = orders[(orders["size"] >= 5) & (orders["max"] < MIDNIGHT - pd.Timedelta(days=200))]
    events = shop["web_events"].assign(bought=shop["web_events"]["event_type"] == "purchase")
    visits = events.groupby("session_id").agg({"customer_id": "first", "occurred_at": "min", "bought": "any"})
    visits = visits[~visits["bought"] & visits["customer_id"].isin(left.index)]
    people = shop["customers"].set_index("customer_id")
    begin = people["signup_at"].loc[visits["customer_id"]].to_numpy()
    end = left["max"].loc[visits["customer_id"]].to_numpy()
    early = visits["occurred_at"].to_numpy() < begin + (end - begin) / 2
    assert len(visits) > 500
    assert early.mean() > 0.55
