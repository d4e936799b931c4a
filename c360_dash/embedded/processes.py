"""Which server runs in a cluster: what its file says, whether it answers, and the end of what outlived it."""

import signal
import socket
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

from c360_dash.embedded.accounts import EmbeddedError

PORT = 5432  # names the socket file; nothing listens on the network
WAIT_SECONDS = 60  # long enough for recovery after a crash in the middle of a large build


class PidFile(NamedTuple):
    """What a server has written about itself into postmaster.pid."""

    pid: int
    cluster: str
    socket_dir: str
    status: str


def _pid_file(cluster: Path) -> PidFile | None:
    try:
        lines = [line.strip() for line in (cluster / "postmaster.pid").read_text().splitlines()]
    except FileNotFoundError:
        return None
    if len(lines) < 8 or not lines[0].isdigit():
        return None
    return PidFile(pid=int(lines[0]), cluster=lines[1], socket_dir=lines[4], status=lines[7])


def ready(cluster: Path) -> str | None:
    """The socket directory of the server if one answers. A file alone proves nothing: it outlives a crash or a copy."""
    file = _pid_file(cluster)
    if file is None or file.status != "ready" or file.cluster != str(cluster):
        return None
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as client:
        try:
            client.connect(f"{file.socket_dir}/.s.PGSQL.{PORT}")
        except (FileNotFoundError, ConnectionRefusedError):
            return None
    return file.socket_dir


def server_processes(cluster: Path) -> list[psutil.Process]:
    """Every process of PostgreSQL works inside its cluster, also after the cluster was deleted under it."""
    places = (str(cluster), f"{cluster} (deleted)")
    return [
        process
        for process in psutil.process_iter(["name", "cwd"])
        if (process.info["name"] or "").startswith("postgres") and process.info["cwd"] in places
    ]


def postmaster(cluster: Path) -> psutil.Process | None:
    """The server's first process, found by number and place: after a crash its number may belong to another program."""
    file = _pid_file(cluster)
    processes = {process.pid: process for process in server_processes(cluster)}
    return processes.get(file.pid) if file else None


def end_leftovers(cluster: Path) -> None:
    """End processes that outlived their server and remove what it left, so that a new one can start.

    A backend in the middle of a query does not notice that its server was killed, and keeps the shared memory; a server
    whose cluster was deleted would remove the new one's socket when it notices.
    """
    leftovers = server_processes(cluster)
    for process in leftovers:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(signal.SIGQUIT)  # ends without touching data; the next start recovers from the log
    _, alive = psutil.wait_procs(leftovers, timeout=WAIT_SECONDS)
    if alive:
        raise EmbeddedError(f"Process {alive[0].pid} of an earlier PostgreSQL in {cluster} does not end; kill it.")
    (cluster / "postmaster.pid").unlink(missing_ok=True)
