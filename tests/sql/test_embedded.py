"""The embedded PostgreSQL: shared, started when needed, and there again after every way of dying."""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2
import psycopg2.extras
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from c360_dash import db, embedded
from c360_dash.config import Settings
from c360_dash.embedded.processes import postmaster, server_processes

WAIT = 30


@pytest.fixture
def own_dir() -> Iterator[Path]:
    """A data directory of this test's own; its server is stopped at the end."""
    path = Path(tempfile.mkdtemp(prefix="c360-own-"))
    path.chmod(0o755)
    yield path
    embedded.stop(path)
    shutil.rmtree(path)


def server(data_dir: Path) -> psutil.Process:
    process = postmaster(data_dir.resolve() / "postgres")
    assert process is not None
    return process


def answer(data_dir: Path, statement: str) -> object:
    with db.owner_connection(Settings(data_dir=data_dir)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        assert row is not None
        return row[0]


def start_and_report(data_dir: Path, barrier: threading.Barrier) -> int:
    barrier.wait(WAIT)
    embedded.ensure_running(data_dir)
    return server(data_dir).pid


def test_the_first_call_makes_and_starts_a_server_and_the_second_finds_it(own_dir: Path) -> None:
    url = embedded.ensure_running(own_dir)
    first = server(own_dir).pid

    assert make_url(url).drivername == "postgresql+psycopg2"
    assert embedded.ensure_running(own_dir) == url
    assert server(own_dir).pid == first
    assert answer(own_dir, "show server_version").startswith("18.")  # type: ignore[attr-defined]


def test_it_listens_on_no_network_and_its_socket_is_for_its_account_alone(own_dir: Path) -> None:
    url = make_url(embedded.ensure_running(own_dir))

    assert answer(own_dir, "show listen_addresses") == ""
    assert server(own_dir).net_connections("inet") == []
    assert Path(str(url.query["host"])).stat().st_mode & 0o077 == 0


def test_processes_that_start_at_the_same_moment_share_one_server(own_dir: Path) -> None:
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(3) as pool:
        barrier = manager.Barrier(3)
        pids = pool.starmap(start_and_report, [(own_dir, barrier)] * 3)

    assert set(pids) == {server(own_dir).pid}


def test_the_server_survives_kill_9_of_the_process_and_the_group_that_started_it(own_dir: Path) -> None:
    starter = (
        "import sys, pathlib; from c360_dash import embedded; embedded.ensure_running(pathlib.Path(sys.argv[1]));"
        "print('started', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", starter, str(own_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == "started\n"
        first = server(own_dir).pid
        os.killpg(client.pid, signal.SIGKILL)
        client.wait(WAIT)

    assert answer(own_dir, "select 360") == 360
    assert server(own_dir).pid == first


def test_after_kill_9_of_the_server_the_next_call_starts_it_and_committed_rows_are_there(own_dir: Path) -> None:
    with db.owner_connection(Settings(data_dir=own_dir)) as connection, connection.cursor() as cursor:
        cursor.execute("create table people as select 'Ann' as name")
    killed = server(own_dir)
    killed.kill()
    psutil.wait_procs([killed], timeout=WAIT)

    assert answer(own_dir, "select name from people") == "Ann"
    assert server(own_dir).pid != killed.pid


def test_a_query_that_outlives_its_killed_server_does_not_stop_the_next_start(own_dir: Path) -> None:
    cluster = own_dir.resolve() / "postgres"
    asynchronous = psycopg2.connect(
        embedded.ensure_running(own_dir).replace("+psycopg2", ""), async_=True, application_name="long"
    )
    psycopg2.extras.wait_select(asynchronous)
    backend = psutil.Process(asynchronous.info.backend_pid)
    asynchronous.cursor().execute("select sum(g) from generate_series(1, 1e11::bigint) as g")
    killed = server(own_dir)
    killed.kill()
    psutil.wait_procs([killed], timeout=WAIT)
    assert backend.is_running()

    assert answer(own_dir, "select 360") == 360
    assert backend.pid not in {process.pid for process in server_processes(cluster)}
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.extras.wait_select(asynchronous)


def test_a_pid_file_that_names_another_program_is_not_believed(own_dir: Path) -> None:
    embedded.ensure_running(own_dir)
    killed = server(own_dir)
    pid_file = own_dir / "postgres" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    killed.kill()
    psutil.wait_procs([killed], timeout=WAIT)
    # As after a restart of the machine, when the old number belongs to somebody else: here to this test.
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")

    assert answer(own_dir, "select 360") == 360


def test_a_start_that_was_interrupted_while_making_the_cluster_is_made_good(own_dir: Path) -> None:
    (own_dir / "postgres.new" / "base").mkdir(parents=True)

    assert answer(own_dir, "select 360") == 360


def test_a_data_directory_deleted_under_a_running_server_gets_a_new_one(own_dir: Path) -> None:
    embedded.ensure_running(own_dir)
    orphan = server(own_dir)
    shutil.rmtree(own_dir / "postgres")

    assert answer(own_dir, "select 360") == 360
    assert not orphan.is_running() or orphan.status() == psutil.STATUS_ZOMBIE


def test_stop_ends_it_and_says_whether_there_was_one(own_dir: Path) -> None:
    embedded.ensure_running(own_dir)

    assert embedded.stop(own_dir) is True
    assert server_processes(own_dir.resolve() / "postgres") == []
    assert embedded.stop(own_dir) is False
    assert embedded.stop(own_dir / "nowhere") is False


def test_stop_does_not_wait_for_open_transactions(own_dir: Path) -> None:
    with db.owner_connection(Settings(data_dir=own_dir)) as connection, connection.cursor() as cursor:
        cursor.execute("begin")
        assert embedded.stop(own_dir) is True


def test_a_data_directory_with_a_long_path_gets_a_short_socket(own_dir: Path) -> None:
    deep = own_dir / ("customers-" * 12)
    try:
        url = make_url(embedded.ensure_running(deep))
        socket_dir = Path(str(url.query["host"]))

        assert len(str(socket_dir)) < 90
        assert socket_dir.stat().st_mode & 0o777 == 0o700
        assert answer(deep, "select 360") == 360
    finally:
        embedded.stop(deep)


def test_a_data_directory_that_cannot_be_made_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(embedded.EmbeddedError, match=r"cannot be used: .* Point C360_DATA_DIR at a folder"):
        embedded.ensure_running(tmp_path / "file" / "below")


def test_engines_come_back_by_themselves_after_a_crash_but_not_after_stop(own_dir: Path) -> None:
    engine = db.reader_engine(Settings(data_dir=own_dir))
    with engine.connect() as connection:
        assert connection.scalar(text("select 360")) == 360
    processes = server_processes(own_dir.resolve() / "postgres")
    server(own_dir).kill()
    psutil.wait_procs(processes, timeout=WAIT)

    with engine.connect() as connection:
        assert connection.scalar(text("select 360")) == 360

    embedded.stop(own_dir)
    with pytest.raises(OperationalError), engine.connect():
        pass
    engine.dispose()
    assert server_processes(own_dir.resolve() / "postgres") == []
