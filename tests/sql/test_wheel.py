"""The package as others get it: built as a wheel, installed into a fresh environment, and used outside the checkout.

The dependencies are those of the environment that tests: nothing is fetched.
"""

import json
import os
import re
import socket
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from shutil import copytree, ignore_patterns, rmtree
from time import monotonic
from typing import Any

import pytest

from c360_dash.questions import QUESTIONS
from tests.hostile.posting import CALLBACKS, payload

ROOT = Path(__file__).parents[2]
PARTS = ("c360_dash", "sql", "assets", "pyproject.toml", "README.md", "LICENSE")
CUSTOMERS = 60
PATIENCE = 120.0
WITH_CHARTS = ("overview", "segmentation", "revenue", "products", "risk")
PAGES = (*WITH_CHARTS, "customers", "definitions", "admin")


@dataclass(frozen=True)
class Installed:
    """A fresh environment, and an empty folder to be in."""

    program: Path
    folder: Path
    environ: dict[str, str]

    def c360(self, *arguments: str) -> str:
        """What the command says."""
        done = subprocess.run(
            [self.program, *arguments], cwd=self.folder, env=self.environ, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """The wheel in an environment that has its dependencies from ours."""
    fresh = tmp_path_factory.mktemp("fresh")
    wheel = _wheel(fresh)
    venv.create(fresh / "venv", symlinks=True)
    python = fresh / "venv" / "bin" / "python"
    _pip("--python", str(python), "install", "--no-deps", "--no-index", str(wheel))
    # Behind what is installed here, and without the files by which our own environment finds the checkout.
    (site,) = (fresh / "venv").glob("lib/python*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    folder = Path(tempfile.mkdtemp(prefix="c360-wheel-"))
    folder.chmod(0o755)
    environ = {
        "PATH": os.defpath,
        "HOME": str(folder),
        "C360_PORT": str(_free_port()),
        "C360_WORKERS": "1",
    }
    yield Installed(python.with_name("c360"), folder, environ)
    rmtree(folder)


def _wheel(fresh: Path) -> Path:
    """Built from a copy, as from an archive of the sources: nothing is left in the checkout."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            copytree(source, fresh / "source" / part, ignore=ignore_patterns("__pycache__"))
        else:
            (fresh / "source" / part).write_bytes(source.read_bytes())
    _pip("wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", str(fresh / "dist"), str(fresh / "source"))
    (wheel,) = (fresh / "dist").glob("*.whl")
    return wheel


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "-q", *arguments], check=True)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _ask(port: int, path: str, posted: Any = None) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        body = None if posted is None else json.dumps(posted)
        connection.request("POST" if body else "GET", path, body, {"Content-Type": "application/json"} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def _wait_until_ready(port: int, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + PATIENCE
    while monotonic() < until:
        with suppress(OSError):
            if _ask(port, "/readyz")[0] == 200:
                return
        with suppress(subprocess.TimeoutExpired):
            process.wait(0.1)
            pytest.fail("the demo has ended")
    pytest.fail("the demo did not begin to answer")


@pytest.fixture(scope="module")
def port(installed: Installed) -> Iterator[int]:
    """Where `c360 demo` of the wheel answers."""
    found = int(installed.environ["C360_PORT"])
    with (installed.folder / "demo.log").open("wb") as log:
        process = subprocess.Popen(
            [installed.program, "demo", "--customers", str(CUSTOMERS)],
            cwd=installed.folder,
            env=installed.environ,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_until_ready(found, process)
        yield found
    finally:
        process.terminate()
        process.wait(PATIENCE)
        installed.c360("stop")


def test_the_program_of_the_wheel_is_not_the_checkout(installed: Installed) -> None:
    place = subprocess.run(
        [installed.program.with_name("python"), "-c", "import c360_dash; print(c360_dash.__file__)"],
        cwd=installed.folder,
        env=installed.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(place.stdout).is_relative_to(installed.program.parents[1])
    assert "Usage: c360" in installed.c360("--help")


def test_the_demo_of_the_wheel_answers_draws_and_rebuilds(installed: Installed, port: int) -> None:
    addresses = [*QUESTIONS, *(f"pages/{name}.xlsx" for name in WITH_CHARTS), "customers", "openapi.json"]
    assert {address: _ask(port, f"/api/v1/{address}")[0] for address in addresses} == dict.fromkeys(addresses, 200)
    assert json.loads(_ask(port, "/api/v1/kpis")[1])["data"][0]["value"] == CUSTOMERS

    shipped = re.findall(r'(?:href|src)="(/[^"]+)"', _ask(port, "/")[1])
    assert any(path.startswith("/assets/") for path in shipped)
    assert {path: _ask(port, path)[0] for path in shipped} == dict.fromkeys(shipped, 200)

    known = json.loads(_ask(port, "/_dash-dependencies")[1])
    (content,) = [each for each in known if "_pages_content" in each["output"]]
    for page in PAGES:
        path = "/" if page == "overview" else f"/{page}"
        status, drawn = _ask(port, CALLBACKS, payload(content, given={"_pages_location.pathname": path}))
        assert (page, status, f'"{page}-' in drawn) == (page, 200, True)

    assert "Installed." in installed.c360("install", "--force")
    assert "published" in installed.c360("rebuild", "--incremental")
    assert "orders" in installed.c360("check")
