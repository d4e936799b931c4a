"""Settings: what is read, what wins, and how a setting that cannot be read is refused."""

from pathlib import Path

import pytest
from dotenv import dotenv_values

from c360_dash.config import PACKAGE, ConfigurationError, Settings


def test_without_any_setting_the_embedded_postgresql_under_the_working_directory_serves_port_8050() -> None:
    settings = Settings.from_env({})

    assert settings.database_url is None
    assert settings.data_dir == Path.cwd() / ".c360"
    assert (settings.host, settings.port, settings.workers, settings.threads) == ("127.0.0.1", 8050, 2, 8)
    assert (settings.cache, settings.locale, settings.log_level) == ("file", "en", "info")
    assert (settings.statement_timeout_ms, settings.pool_size) == (30_000, 8)


@pytest.mark.parametrize(
    "written",
    ["postgres://ann:s3cret@db/shop", "postgresql://ann:s3cret@db/shop", "postgresql+psycopg2://ann:s3cret@db/shop"],
)
def test_every_spelling_of_a_postgresql_url_names_our_driver(written: str) -> None:
    assert Settings.from_env({"DATABASE_URL": written}).database_url == "postgresql+psycopg2://ann:s3cret@db/shop"


def test_our_own_names_win_over_those_of_a_platform() -> None:
    settings = Settings.from_env(
        {
            "C360_DATABASE_URL": "postgres://ours/a",
            "DATABASE_URL": "postgres://theirs/b",
            "C360_PORT": "9001",
            "PORT": "9002",
            "C360_WORKERS": "3",
            "WEB_CONCURRENCY": "4",
        }
    )

    assert settings.database_url == "postgresql+psycopg2://ours/a"
    assert (settings.port, settings.workers) == (9001, 3)


def test_names_of_a_platform_are_understood() -> None:
    settings = Settings.from_env({"PORT": "9002", "WEB_CONCURRENCY": "4"})

    assert (settings.port, settings.workers) == (9002, 4)


def test_an_empty_value_counts_as_absent() -> None:
    assert Settings.from_env({"DATABASE_URL": "", "C360_PORT": " "}) == Settings.from_env({})


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("C360_PORT", "eighty", "a whole number from 1 to 65535"),
        ("PORT", "70000", "a whole number from 1 to 65535"),
        ("C360_WORKERS", "0", "a whole number from 1 to 256"),
        ("C360_THREADS", "-1", "a whole number from 1 to 256"),
        ("C360_POOL_SIZE", "²", "a whole number from 1 to 256"),
        ("C360_STATEMENT_TIMEOUT_MS", "30s", "a whole number from 1 to 86400000"),
        ("C360_LOCALE", "nl", "one of en, de, fr"),
        ("C360_LOG_LEVEL", "loud", "one of debug, info, warning, error"),
        ("C360_CACHE", "memcached", "one of file, memory, none or a URL redis://host:port/number"),
        ("C360_CLOUDSQL_IP", "local", "one of public, private, psc"),
        ("C360_DATABASE_URL", "mysql://db/shop", "a URL postgresql://user:password@host:port/database"),
        ("DATABASE_URL", "db.example.com", "a URL postgresql://user:password@host:port/database"),
    ],
)
def test_a_value_that_cannot_be_read_is_refused_with_its_name_and_what_is_allowed(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_env({name: value})

    assert str(refused.value) == f"{name} is “{value}”, but must be {allowed}."


@pytest.mark.parametrize(
    "url", ["mysql://ann:s3cret@db/shop", "postgres://ann:s3cret@db:port/shop", "postgres://ann:s3:cr@et@db:x/shop"]
)
def test_a_refused_url_does_not_show_its_password(url: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        Settings.from_env({"DATABASE_URL": url})

    assert "s3" not in str(refused.value)
    assert "ann:***@db" in str(refused.value)


def test_a_misspelt_setting_is_refused_with_the_name_that_was_meant() -> None:
    with pytest.raises(ConfigurationError, match="did you mean C360_DATABASE_URL"):
        Settings.from_env({"C360_DATABSE_URL": "postgres://db/shop"})


def test_names_that_an_orchestrator_puts_beside_ours_are_left_alone() -> None:
    assert Settings.from_env({"C360_SERVICE_HOST": "10.0.0.1", "C360_PORT_80_TCP": "tcp://10.0.0.1:80"})


def test_the_env_file_is_read_and_the_real_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("C360_PORT=9001\nC360_LOCALE=de\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("c360_dash.config.dotenv_values", dotenv_values)
    monkeypatch.setenv("C360_PORT", "9002")

    settings = Settings.from_env()

    assert (settings.port, settings.locale) == (9002, "de")


@pytest.mark.parametrize("url", ["redis://cache:6379/0", "rediss://cache/1", "none", "memory"])
def test_the_cache_may_be_redis_or_a_word(url: str) -> None:
    assert Settings.from_env({"C360_CACHE": url}).cache == url


CLOUDSQL = "C360_CLOUDSQL_INSTANCE"
NAMES_ONLY = "postgresql://ann@/shop"


def test_an_instance_of_cloud_sql_needs_the_names_of_a_url() -> None:
    instance = {CLOUDSQL: "example.com:my-shop:europe-west3:customers"}
    assert Settings.from_env({"DATABASE_URL": NAMES_ONLY, **instance}).cloudsql_instance == instance[CLOUDSQL]
    for url in ({}, {"DATABASE_URL": "postgresql:///shop"}, {"DATABASE_URL": "postgresql://ann@db"}):
        with pytest.raises(ConfigurationError, match="needs C360_DATABASE_URL"):
            Settings.from_env(url | instance)
    with pytest.raises(ConfigurationError, match="project:region:instance"):
        Settings.from_env({"DATABASE_URL": NAMES_ONLY, CLOUDSQL: "customers"})


def test_sql_and_assets_are_found_beside_the_package_and_inside_an_installed_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (Settings().sql_dir / "metrics.toml").is_file()
    assert Settings().sql_dir == PACKAGE.parent / "sql"

    (tmp_path / "sql").mkdir()
    monkeypatch.setattr("c360_dash.config.PACKAGE", tmp_path)

    assert Settings().sql_dir == tmp_path / "sql"
