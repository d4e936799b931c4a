"""When rebuilds are due, as it is written in C360_REBUILD_EVERY."""

from datetime import time, timedelta
from pathlib import Path

import pytest

from c360_dash.config import ConfigurationError, Settings
from c360_dash.schedule import Schedule


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("30m", Schedule(timedelta(minutes=30))),
        ("6h", Schedule(timedelta(hours=6))),
        ("2 D", Schedule(timedelta(days=2))),
        ("1d at 03:00", Schedule(timedelta(days=1), time(3))),
        ("7d at 23:59", Schedule(timedelta(days=7), time(23, 59))),
    ],
)
def test_what_can_be_written(written: str, expected: Schedule) -> None:
    assert Schedule.read(written) == expected
    assert Settings.from_env({"C360_REBUILD_EVERY": written}).rebuild_every == written


@pytest.mark.parametrize(
    "written", ["daily", "6", "0h", "4m", "6h at 03:00", "1d at 24:00", "1d at 3", "* * * * *", "-1d"]
)
def test_what_cannot_be_read_stops_the_start_with_what_is_allowed(written: str) -> None:
    with pytest.raises(ConfigurationError, match=r"C360_REBUILD_EVERY is .* such as 1d at 03:00"):
        Settings.from_env({"C360_REBUILD_EVERY": written})


def test_a_webhook_is_an_address() -> None:
    assert Settings.from_env({"C360_WEBHOOK_URL": "https://chat.example.com/x"}).webhook_url.endswith("/x")
    with pytest.raises(ConfigurationError, match="an address https://host/path"):
        Settings.from_env({"C360_WEBHOOK_URL": "chat.example.com"})


def test_a_process_of_our_own_has_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://platform/other")
    settings = Settings(data_dir=tmp_path, port=8123, rebuild_every="1d at 03:00", log_format="json")

    assert Settings.from_env(settings.process_environment()) == settings
