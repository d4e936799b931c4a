"""Gunicorn's settings. `c360 serve` uses them, and so can `gunicorn -c python:c360_dash.gunicorn_conf`.

Threads with keep-alive answered three times as many requests a second as single workers. The application is made
before the workers fork: a mistake is told once, and the memory of the libraries is shared. Nothing that must not be
shared crosses the fork: engines belong to a process (see db/engines.py).
"""

import shutil
import tempfile
from typing import Any

from gunicorn.glogging import Logger

from c360_dash.config import Settings, share_measures


class logger_class(Logger):  # type: ignore[misc]  # noqa: N801  # the name is gunicorn's, which has no types
    """Gunicorn's log, which else prepares a line for each request and writes none (logs.py writes them)."""

    @property
    def access_log_enabled(self) -> bool:
        """Whether somebody has asked for an access log."""
        return bool(self.cfg.accesslog)


_settings = Settings.from_env()
_measured = tempfile.mkdtemp(prefix="c360-measures-")
share_measures(_measured)  # before anything measures: prometheus_client looks once, when it is imported

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
threads = _settings.threads
worker_class = "gthread"
preload_app = True
keepalive = 30
timeout = 120  # longer than any statement timeout that makes sense
graceful_timeout = 15
control_socket_disable = True  # it would be opened in the home directory, which a service may not have
forwarded_allow_ips = ""  # whom to believe is C360_TRUSTED_PROXIES (auth/proxies.py)
loglevel = _settings.log_level
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
        "json": {"()": "c360_dash.logs.Json"},
    },
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": _settings.log_format,
        }
    },
    "root": {"level": _settings.log_level.upper(), "handlers": ["stdout"]},
    "loggers": {"gunicorn.error": {"handlers": [], "propagate": True}},
}


def when_ready(server: Any) -> None:
    """Called by gunicorn when it listens."""
    host, port = server.LISTENERS[0].sock.getsockname()[:2]
    shown = "localhost" if host in ("0.0.0.0", "::") else host
    print(f"Customer 360 is at http://{shown}:{port}/ (Ctrl+C ends it)", flush=True)


def post_worker_init(worker: Any) -> None:
    """Called by gunicorn in a worker that is about to answer."""
    from c360_dash import watching

    watching.watch(_settings)


def child_exit(server: Any, worker: Any) -> None:
    """Called by gunicorn when a worker has ended; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    """Called by gunicorn at its end."""
    shutil.rmtree(_measured, ignore_errors=True)
