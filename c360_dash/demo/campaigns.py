"""Campaigns and who responds to them. Whoever converts really orders: the orders come on top of the usual ones.

A random part of the customers with consent is left out of each campaign, so that its lift can be measured.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from c360_dash.demo.clock import DAY, HOUR, Bools, Clock, Floats, Ints
from c360_dash.demo.habits import Lives
from c360_dash.demo.people import Traits
from c360_dash.demo.tables import ID, MOMENT_KIND, MONEY_KIND, NULL, Kind, Rows, words

CAMPAIGNS = 24
LASTS = 14 * DAY
REACH = 0.60  # share of the customers with consent who are sent a campaign
CLICKED, CONVERTED = 0.35, 0.40  # shares of those who opened, of those who clicked
LEFT_OPENNESS = 0.35  # those who have left open so much less
CHANNELS = ("email", "sms", "push")
THEMES = (  # by month
    *("New Year Sale", "Winter Warmers", "Spring Preview", "Easter Treats", "Garden Days", "Summer Start"),
    *("Summer Sale", "Back to Routine", "Autumn Classics", "Cosy Home", "Black Weeks", "Gift Guide"),
)

RESPONSE_KINDS = {
    "campaign_id": ID,
    "customer_id": ID,
    "sent_at": MOMENT_KIND,
    "opened_at": MOMENT_KIND,
    "clicked_at": MOMENT_KIND,
    "converted_at": MOMENT_KIND,
}


@dataclass(frozen=True)
class Campaigns:
    """The campaigns of a shop, by position; all ended before the end of the history."""

    start: Ints
    cost: Ints  # cents

    @property
    def names(self) -> tuple[str, ...]:
        """A theme of the season and the year, with a second wave where a month sees two."""
        days = [datetime.fromtimestamp(start, UTC) for start in self.start.tolist()]
        names = [f"{THEMES[day.month - 1]} {day.year}" for day in days]
        return tuple(name if names.index(name) == i else f"{name}, second wave" for i, name in enumerate(names))


def plan(clock: Clock, rng: np.random.Generator) -> Campaigns:
    """Campaigns at even distances, at nine in the morning."""
    room = (clock.end - clock.start - 2 * LASTS) / CAMPAIGNS
    start = clock.start + ((np.arange(CAMPAIGNS) + 1) * room).astype(np.int64)
    return Campaigns(start - start % DAY + 9 * HOUR, rng.integers(20, 120, CAMPAIGNS) * 10_000)


def kinds(campaigns: Campaigns) -> dict[str, Kind]:
    """The columns of the relation campaigns."""
    return {
        "campaign_id": ID,
        "name": words(*campaigns.names),
        "channel": words(*CHANNELS),
        "started_at": MOMENT_KIND,
        "ended_at": MOMENT_KIND,
        "cost": MONEY_KIND,
    }


def rows(campaigns: Campaigns) -> Rows:
    """The relation campaigns."""
    position = np.arange(CAMPAIGNS)
    return {
        "campaign_id": position + 1,
        "name": position,
        "channel": np.array([0, 0, 1, 0, 2])[position % 5],
        "started_at": campaigns.start,
        "ended_at": campaigns.start + LASTS,
        "cost": campaigns.cost,
    }


@dataclass(frozen=True)
class _Steps:
    """What happened to each sending: moments, and whether the step was taken."""

    opened_at: Ints
    clicked_at: Ints
    converted_at: Ints
    opened: Bools
    clicked: Bools
    converted: Bools


def responses(campaigns: Campaigns, traits: Traits, lives: Lives, rng: np.random.Generator) -> Rows:
    """The relation campaign_responses of a block, by customer and campaign."""
    told = traits.consent[:, None] & (traits.signup[:, None] < campaigns.start)
    owner, campaign = np.nonzero(told & (rng.random(told.shape) < REACH))
    sent_at = campaigns.start[campaign] + rng.integers(0, 6 * HOUR, len(owner))
    here = Lives(lives.first[owner], lives.last[owner])
    steps = _steps(sent_at, campaigns.start[campaign] + LASTS, traits.openness[owner], here, rng)
    return {
        "owner": owner,
        "campaign_id": campaign + 1,
        "customer_id": traits.customer[owner],
        "sent_at": sent_at,
        "opened_at": np.where(steps.opened, steps.opened_at, NULL),
        "clicked_at": np.where(steps.clicked, steps.clicked_at, NULL),
        "converted_at": np.where(steps.converted, steps.converted_at, NULL),
    }


def _steps(sent_at: Ints, ends: Ints, openness: Floats, lives: Lives, rng: np.random.Generator) -> _Steps:
    """Opening, clicking, converting; only who is a customer, and has not left, converts."""
    size = len(sent_at)
    opened_at = sent_at + 60 + rng.exponential(10.0 * HOUR, size).astype(np.int64)
    clicked_at = opened_at + 5 + rng.exponential(90.0, size).astype(np.int64)
    converted_at = clicked_at + 300 + rng.exponential(8.0 * HOUR, size).astype(np.int64)
    here = (lives.first != NULL) & (lives.first < sent_at) & (converted_at < lives.last)
    opened = (rng.random(size) < openness * np.where(here, 1.0, LEFT_OPENNESS)) & (opened_at < ends)
    clicked = opened & (rng.random(size) < CLICKED) & (clicked_at < ends)
    converted = clicked & here & (rng.random(size) < CONVERTED) & (converted_at < ends)
    return _Steps(opened_at, clicked_at, converted_at, opened, clicked, converted)
