"""Google Cloud SQL by its Python connector: TLS with short-lived certificates, IAM authentication, no proxy process.

The connector has no driver psycopg2. For its driver psycopg it opens a Unix socket for a single connection, pipes what
comes there to the instance, and calls `psycopg.connect` with the keywords of libpq, which psycopg2 takes alike: where
we use the connector, psycopg2 is what it finds under that name. Seen with connector 1.23: everything works but
`connection.cancel()`, for which libpq opens a second connection; whoever cancels asks PostgreSQL instead.
"""

import importlib
import os
import sys
import threading
from functools import lru_cache
from typing import Any

import psycopg2.extensions

from c360_dash.config import ConfigurationError, Settings

PACKAGE = "google.cloud.sql.connector"
DRIVER = "psycopg"
_STARTING = threading.Lock()


def connect(settings: Settings, arguments: dict[str, Any]) -> psycopg2.extensions.connection:
    """A connection to the instance of the settings; `arguments` are what psycopg2.connect takes for their URL."""
    with _STARTING:
        connector = _connector(settings, os.getpid())
    given = {name: value for name, value in arguments.items() if name not in ("host", "port", "dbname", "sslmode")}
    timeout = given.pop("connect_timeout")
    try:
        found = connector.connect(
            settings.cloudsql_instance, DRIVER, db=arguments["dbname"], timeout=int(timeout), **given
        )
    except psycopg2.Error:
        raise
    except Exception as error:
        # Whatever Google's libraries raise: credentials, rights, an unknown instance, a network that ends here.
        raise psycopg2.OperationalError(f"Cloud SQL instance {settings.cloudsql_instance}: {_said(error)}") from error
    assert isinstance(found, psycopg2.extensions.connection)
    return found


@lru_cache(maxsize=2)
def _connector(settings: Settings, process: int) -> Any:
    """One per process: it renews its certificates in a thread, which no fork takes along."""
    try:
        package = importlib.import_module(PACKAGE)
    except ImportError:
        raise ConfigurationError(
            "C360_CLOUDSQL_INSTANCE is set, but the connector is not: pip install cloud-sql-python-connector."
        ) from None
    sys.modules.setdefault(DRIVER, psycopg2)
    if sys.modules[DRIVER] is not psycopg2:
        raise ConfigurationError("The Cloud SQL connector cannot be used in a process that has imported psycopg.")
    return package.Connector(
        ip_type=settings.cloudsql_ip, enable_iam_auth=settings.cloudsql_login == "iam", refresh_strategy="LAZY"
    )


def _said(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
