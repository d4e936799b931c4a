"""Settings, read once from the environment and an `.env` file; nothing else in the package reads the environment."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from dotenv import dotenv_values

from c360_dash import allowed
from c360_dash.errors import C360Error

T = TypeVar("T")

PACKAGE = Path(__file__).parent
SECRETS = ("_SECRET", "_SECRET_KEY")
LOCALES = ("en", "de", "fr")
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("text", "json")
PLATFORM_NAMES = ("DATABASE_URL", "PORT", "WEB_CONCURRENCY")
MEASURES = "PROMETHEUS_MULTIPROC_DIR"
CLOUDSQL_IPS = ("public", "private", "psc")
CLOUDSQL_LOGINS = ("password", "iam")
WAYS_IN = ("none", "users", "oidc", "proxy")
NAMES = (
    "C360_DATABASE_URL",
    "C360_CLOUDSQL_INSTANCE",
    "C360_CLOUDSQL_IP",
    "C360_CLOUDSQL_LOGIN",
    "C360_DATA_DIR",
    "C360_HOST",
    "C360_PORT",
    "C360_WORKERS",
    "C360_THREADS",
    "C360_CACHE",
    "C360_STATEMENT_TIMEOUT_MS",
    "C360_POOL_SIZE",
    "C360_LOCALE",
    "C360_LOG_LEVEL",
    "C360_LOG_FORMAT",
    "C360_REBUILD_EVERY",
    "C360_WEBHOOK_URL",
    "C360_AUTH",
    "C360_USERS_FILE",
    "C360_SECRET_KEY",
    "C360_SESSION_HOURS",
    "C360_SESSION_IDLE_MINUTES",
    "C360_ROLES",
    "C360_OIDC_ISSUER",
    "C360_OIDC_CLIENT_ID",
    "C360_OIDC_CLIENT_SECRET",
    "C360_OIDC_ROLE_CLAIM",
    "C360_TRUSTED_PROXIES",
    "C360_PROXY_USER_HEADER",
    "C360_PROXY_ROLE_HEADER",
    "C360_FRAME_ANCESTORS",
)


class ConfigurationError(C360Error):
    """A setting that cannot be read: its name, its value and what is allowed."""


@dataclass(frozen=True)
class Settings:
    """What can be configured. `database_url` None means the embedded PostgreSQL under `data_dir`."""

    database_url: str | None = None
    cloudsql_instance: str | None = None
    cloudsql_ip: str = "public"
    cloudsql_login: str = "password"
    data_dir: Path = Path(".c360")
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    threads: int = 8
    cache: str = "file"
    statement_timeout_ms: int = 30_000
    pool_size: int = 8
    locale: str = "en"
    log_level: str = "info"
    log_format: str = "text"
    rebuild_every: str = ""
    webhook_url: str = ""
    auth: str = "none"
    users_file: Path | None = None
    secret_key: str | None = field(default=None, repr=False)
    session_hours: int = 12
    session_idle_minutes: int = 60
    roles: str = "viewer=viewer,analyst=analyst,admin=admin"
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: str | None = field(default=None, repr=False)
    oidc_role_claim: str = "roles"
    trusted_proxies: str = ""
    proxy_user_header: str = "X-Forwarded-User"
    proxy_role_header: str = "X-Forwarded-Groups"
    frame_ancestors: str = "none"

    @classmethod
    def from_env(cls, environ: Mapping[str, str] | None = None) -> "Settings":
        """Settings of `environ`, or of the process with `.env` of the working directory beneath it.

        An empty value counts as absent. Raises ConfigurationError for the first setting that cannot be read.
        """
        found = _environment() if environ is None else environ
        values = {name: value.strip() for name, value in found.items() if value and value.strip()}
        _refuse_misspelt(values)
        database_url = _read(values, ("C360_DATABASE_URL", "DATABASE_URL"), None, allowed.database_url)
        _refuse_nameless(values, database_url)
        return cls(
            database_url=database_url,
            cloudsql_instance=_read(values, ("C360_CLOUDSQL_INSTANCE",), None, allowed.cloudsql_instance),
            cloudsql_ip=_read(values, ("C360_CLOUDSQL_IP",), cls.cloudsql_ip, allowed.one_of(CLOUDSQL_IPS)),
            cloudsql_login=_read(values, ("C360_CLOUDSQL_LOGIN",), cls.cloudsql_login, allowed.one_of(CLOUDSQL_LOGINS)),
            data_dir=_read(values, ("C360_DATA_DIR",), cls.data_dir, Path).expanduser().absolute(),
            host=_read(values, ("C360_HOST",), cls.host, str),
            port=_read(values, ("C360_PORT", "PORT"), cls.port, allowed.whole(1, 65_535)),
            workers=_read(values, ("C360_WORKERS", "WEB_CONCURRENCY"), cls.workers, allowed.whole(1, 256)),
            threads=_read(values, ("C360_THREADS",), cls.threads, allowed.whole(1, 256)),
            cache=_read(values, ("C360_CACHE",), cls.cache, allowed.cache),
            statement_timeout_ms=_read(
                values, ("C360_STATEMENT_TIMEOUT_MS",), cls.statement_timeout_ms, allowed.whole(1, 86_400_000)
            ),
            pool_size=_read(values, ("C360_POOL_SIZE",), cls.pool_size, allowed.whole(1, 256)),
            locale=_read(values, ("C360_LOCALE",), cls.locale, allowed.one_of(LOCALES)),
            log_level=_read(values, ("C360_LOG_LEVEL",), cls.log_level, allowed.one_of(LOG_LEVELS)),
            log_format=_read(values, ("C360_LOG_FORMAT",), cls.log_format, allowed.one_of(LOG_FORMATS)),
            rebuild_every=_read(values, ("C360_REBUILD_EVERY",), cls.rebuild_every, allowed.schedule),
            webhook_url=_read(values, ("C360_WEBHOOK_URL",), cls.webhook_url, allowed.web_address),
            frame_ancestors=_read(values, ("C360_FRAME_ANCESTORS",), cls.frame_ancestors, allowed.frame_ancestors),
            **cls._of_ways_in(values),
        )

    @classmethod
    def _of_ways_in(cls, values: Mapping[str, str]) -> dict[str, Any]:
        readers: dict[str, Callable[[str], Any]] = {
            "auth": allowed.one_of(WAYS_IN),
            "users_file": lambda text: Path(text).expanduser().absolute(),
            "secret_key": allowed.secret,
            "session_hours": allowed.whole(1, 720),
            "session_idle_minutes": allowed.whole(1, 43_200),
            "roles": allowed.roles,
            "oidc_issuer": str,
            "oidc_client_id": str,
            "oidc_client_secret": str,
            "oidc_role_claim": str,
            "trusted_proxies": allowed.networks,
            "proxy_user_header": str,
            "proxy_role_header": str,
        }
        return {
            name: _read(values, (f"C360_{name.upper()}",), getattr(cls, name), reader)
            for name, reader in readers.items()
        }

    def process_environment(self) -> dict[str, str]:
        """The environment for a rebuild of these settings in a process of its own; it needs no secret of a way in."""
        own = {name: getattr(self, name.removeprefix("C360_").lower()) for name in NAMES if not name.endswith(SECRETS)}
        words = {name: "" if value is None else str(value) for name, value in own.items()}
        # Without the names that platforms use: an empty value of ours would let them through.
        foreign = (*PLATFORM_NAMES, MEASURES, *NAMES)
        return {name: value for name, value in os.environ.items() if name not in foreign} | words

    @property
    def sql_dir(self) -> Path:
        """The folder of the SQL files: beside the package in a checkout, inside it when installed."""
        return _shipped("sql")

    @property
    def assets_dir(self) -> Path:
        """The folder of style sheets, fonts and icons: beside the package in a checkout, inside it when installed."""
        return _shipped("assets")


def share_measures(folder: str) -> None:
    """From now on the processes of this server add up what they measure in that folder (prometheus_client's way)."""
    os.environ[MEASURES] = folder


def shared_measures() -> str | None:
    """The folder in which the processes add up, if they do."""
    return os.environ.get(MEASURES)


def _shipped(folder: str) -> Path:
    inside = PACKAGE / folder
    return inside if inside.is_dir() else PACKAGE.parent / folder


def _environment() -> dict[str, str]:
    """The real environment wins over the file, so that one command can be run differently without editing it."""
    file = {name: value for name, value in dotenv_values(Path(".env")).items() if value is not None}
    return {**file, **os.environ}


def _refuse_misspelt(values: Mapping[str, str]) -> None:
    """Only near misses: an orchestrator may well put names of its own, such as C360_SERVICE_HOST, beside ours."""
    for name in values:
        if name.startswith("C360_") and name not in NAMES:
            meant = get_close_matches(name, NAMES, n=1, cutoff=0.85)
            if meant:
                raise ConfigurationError(f"{name} is not a setting; did you mean {meant[0]}?")


def _refuse_nameless(values: Mapping[str, str], database_url: str | None) -> None:
    """The connector knows where an instance is, but not which of its databases, nor who we are."""
    place = urlsplit(database_url or "")
    if "C360_CLOUDSQL_INSTANCE" in values and not (place.path.strip("/") and place.username):
        raise ConfigurationError(
            "C360_CLOUDSQL_INSTANCE needs C360_DATABASE_URL too, postgresql://user:password@/database, for the names."
        )


def _read(values: Mapping[str, str], names: tuple[str, ...], default: T, reader: Callable[[str], T]) -> T:
    for name in names:
        if name in values:
            try:
                return reader(values[name])
            except ValueError as error:
                shown = "***" if name.endswith(SECRETS) else _without_password(values[name])
                raise ConfigurationError(f"{name} is “{shown}”, but must be {error}.") from None
    return default


def _without_password(value: str) -> str:
    """The value as it may be shown: what stands between the user and the host of a URL is hidden."""
    scheme, separator, rest = value.partition("://")
    credentials, at, place = rest.rpartition("@")
    user, colon, _ = credentials.partition(":")
    return f"{scheme}{separator}{user}{colon}***{at}{place}" if at and colon else value
