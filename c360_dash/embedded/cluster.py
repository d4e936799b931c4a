"""Make, configure and start a cluster; the caller holds the lock."""

import hashlib
import os
import shutil
import stat
import sys
import tempfile
import time
from pathlib import Path

import psutil

from c360_dash.embedded.accounts import (
    MAJOR_VERSION,
    Account,
    EmbeddedError,
    account_for_new,
    account_of,
    open_the_way,
    run,
)
from c360_dash.embedded.processes import PORT, WAIT_SECONDS, end_leftovers, postmaster, ready

SOCKET_PATH_LIMIT = 103  # bytes: macOS has the shortest sun_path
SMALL_SHARED_MEMORY = 1 << 30  # containers often give /dev/shm 64 MB; the parallel joins of a build need more

CONFIGURATION = """\
# Written by Customer 360 at each start; use `alter system` for changes that should stay.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_dir}'
unix_socket_permissions = 0700
dynamic_shared_memory_type = {shared_memory}
max_connections = 200
shared_buffers = 512MB
work_mem = 64MB
maintenance_work_mem = 256MB
max_parallel_workers_per_gather = {cores}
max_parallel_maintenance_workers = 2
# A load or a build that makes its table in the same transaction writes no log for the rows.
wal_level = minimal
max_wal_senders = 0
max_wal_size = 4GB
checkpoint_timeout = 15min
random_page_cost = 1.1
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
lc_messages = 'C'
log_line_prefix = '%m [%p] %a '
"""


def start(cluster: Path) -> str:
    """Start the server, with the lock held and none answering; its socket directory."""
    if (cluster / "PG_VERSION").exists():
        account = account_of(cluster)
        open_the_way(cluster, account)
        answering = _wait_while_changing(cluster)
        if answering:
            return answering
    else:
        account = account_for_new()
        open_the_way(cluster, account)
    end_leftovers(cluster)
    _make(cluster, account)
    _configure(cluster, account)
    _remove_socket(_socket_dir(cluster, account))
    log = cluster / "server.log"
    run(account, "pg_ctl", "start", "-D", str(cluster), "-l", str(log), "-w", "-t", str(WAIT_SECONDS))
    socket_dir = ready(cluster)
    if socket_dir is None:
        raise EmbeddedError(f"PostgreSQL has started but does not answer; {log} may say why.")
    return socket_dir


def _wait_while_changing(cluster: Path) -> str | None:
    """A server of this cluster that is recovering or shutting down is left to finish; its socket directory if ready."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (server := postmaster(cluster)) is not None:
        socket_dir = ready(cluster)
        if socket_dir:
            return socket_dir
        if time.monotonic() > deadline:
            raise EmbeddedError(f"PostgreSQL in {cluster} (process {server.pid}) does not answer; kill it.")
        psutil.wait_procs([server], timeout=0.05)
    return None


def _make(cluster: Path, account: Account) -> None:
    """Make the cluster, aside and renamed when whole, so that an interrupted start leaves no half of one."""
    if not (cluster / "PG_VERSION").exists():
        fresh = cluster.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, *account)
        # The built-in provider sorts and folds alike on every machine; libc's rules change with the system.
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        run(account, "initdb", "-D", str(fresh), "-U", "postgres", "--auth=trust", "--encoding=UTF8", *locale)
        fresh.rename(cluster)
    version = (cluster / "PG_VERSION").read_text().strip()
    if version != MAJOR_VERSION:
        raise EmbeddedError(
            f"The cluster in {cluster} is of PostgreSQL {version}, this program brings {MAJOR_VERSION}: "
            "move the folder away and load again, or use the program's earlier version."
        )


def _configure(cluster: Path, account: Account) -> None:
    socket_dir = str(_socket_dir(cluster, account)).replace("\\", "\\\\").replace("'", "''")
    path = cluster / "postgresql.conf"
    cores = os.cpu_count() or 2
    path.write_text(CONFIGURATION.format(port=PORT, socket_dir=socket_dir, shared_memory=_shared_memory(), cores=cores))
    os.chown(path, *account)


def _shared_memory() -> str:
    shm = Path("/dev/shm")
    small = sys.platform == "linux" and (not shm.is_dir() or shutil.disk_usage(shm).total < SMALL_SHARED_MEMORY)
    return "sysv" if small else "posix"


def _remove_socket(folder: Path) -> None:
    """A killed server leaves its socket's lock file, and a container may keep the dead process's number for a while."""
    for left in folder.glob(f".s.PGSQL.{PORT}*"):
        left.unlink(missing_ok=True)


def _socket_dir(cluster: Path, account: Account) -> Path:
    """The cluster itself, which only the account may enter, or a short path of the same privacy."""
    if len(os.fsencode(cluster / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT:
        return cluster
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    path = Path(tempfile.gettempdir()).resolve() / f"c360-{name}"
    if not path.exists():
        path.mkdir(mode=0o700)
        os.chown(path, *account)
    found = path.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != account.uid or found.st_mode & 0o077:
        raise EmbeddedError(f"{path} belongs to somebody else; remove it, or set C360_DATA_DIR to a shorter path.")
    open_the_way(path, account)
    return path
