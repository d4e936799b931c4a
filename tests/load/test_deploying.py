"""docs/deploy.md is tried: its commands, every block of settings, the unit of systemd, and nginx with TLS in front."""

import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import requests
from dotenv import dotenv_values

from c360_dash import auth
from c360_dash.auth import Role
from c360_dash.auth.users import users_of
from c360_dash.config import NAMES, Settings
from tests import documented
from tests.load.serving import PATIENCE, Served, gunicorn
from tests.sql.test_requests import until

PAGE = "docs/deploy.md"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
PASSWORD = "correct horse battery"
AROUND = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    include {folder}/site.conf;
}}
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A database in which the page's commands were run, one after the other."""
    settings, folder = make_database(), tmp_path_factory.mktemp("reader")
    environ = {"C360_DATABASE_URL": settings.database_url or "", "C360_DATA_DIR": str(settings.data_dir)}
    for block in documented.blocks(PAGE):
        done = documented.run_in_shell(block, folder, environ)
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        assert "Published: build 1" in done.stdout
    return settings


@pytest.fixture(scope="module")
def served(shop: Settings) -> Iterator[Served]:
    """The shop as a platform with a Procfile serves it, to those who log in, with the settings for nginx."""
    settings = blocks_of_settings()["C360_TRUSTED_PROXIES,C360_AUTH"]
    with gunicorn(shop, C360_DATABASE_URL=shop.database_url or "", **settings) as found:
        yield found


def blocks_of_settings() -> dict[str, dict[str, str]]:
    """The settings that the page shows, each block by its names."""
    found = [dotenv_values(stream=StringIO(block)) for block in documented.blocks(PAGE, "dotenv")]
    return {",".join(block): {name: value or "" for name, value in block.items()} for block in found}


def test_ann_of_the_page_is_an_administrator(shop: Settings) -> None:
    assert users_of(shop).all()["ann"].role == Role.ADMIN


@pytest.mark.parametrize("names", list(blocks_of_settings()))
def test_settings_of_the_page_are_understood(names: str, shop: Settings) -> None:
    block = blocks_of_settings()[names]
    assert set(block) <= set(NAMES)
    settings = Settings.from_env(block)
    auth.refuse_unready(replace(settings, users_file=shop.data_dir / "users.json"))


def test_an_image_does_what_the_procfile_does() -> None:
    (image,) = documented.blocks(PAGE, "dockerfile")
    procfile = documented.page_text("Procfile")
    assert "C360_HOST=0.0.0.0 c360 serve" in procfile
    assert "ENV C360_HOST=0.0.0.0" in image
    assert 'CMD ["c360", "serve"]' in image


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="needs systemd-analyze, which this machine has not")
def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    (unit,) = documented.blocks(PAGE, "ini")
    program = shutil.which("true")
    path = tmp_path / "customer-360.service"
    path.write_text(unit.replace("/opt/customer-360/bin/c360", str(program)).replace("User=c360", "User=root"))
    done = subprocess.run(["systemd-analyze", "verify", path], capture_output=True, text=True, check=False)
    assert [line for line in done.stderr.splitlines() if path.name in line] == []


@contextmanager
def nginx(served: Served, folder: Path) -> Iterator[tuple[str, str, Path]]:
    """The page's nginx in front of a server: where it is with TLS and without, and the certificate to believe."""
    certificate, key, ports = folder / "c360.pem", folder / "c360.key", (free_port(), free_port())
    names = ["-subj", "/CN=c360.example.com", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names], check=True, capture_output=True)
    (site,) = documented.blocks(PAGE, "nginx")
    for shown, own in (
        ("server 127.0.0.1:8050", f"server 127.0.0.1:{served.port}"),
        ("listen 443", f"listen 127.0.0.1:{ports[0]}"),
        ("listen 80", f"listen 127.0.0.1:{ports[1]}"),
        ("/etc/ssl/c360.example.com.pem", str(certificate)),
        ("/etc/ssl/private/c360.example.com.key", str(key)),
    ):
        assert shown in site
        site = site.replace(shown, own)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield f"https://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}", certificate
    finally:
        process.terminate()
        process.wait(PATIENCE)


@pytest.mark.skipif(NGINX is None, reason="needs nginx, which make test installs on Debian")
def test_behind_nginx_people_come_in_over_tls_and_exports_are_whole(served: Served, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    with nginx(served, tmp_path) as (address, plain, certificate):
        browser = requests.Session()
        browser.verify, browser.trust_env = str(certificate), False

        def answers() -> bool:
            try:
                return browser.get(f"{address}/healthz", timeout=PATIENCE).ok
            except requests.ConnectionError:
                return False

        until(answers)
        moved = browser.get(f"{plain}/risk", timeout=PATIENCE, allow_redirects=False)
        assert (moved.status_code, moved.headers["Location"]) == (301, "https://127.0.0.1/risk")
        assert browser.get(f"{address}/api/v1/kpis", timeout=PATIENCE).status_code == 401

        form = {"name": "ann", "password": PASSWORD}
        come_in = browser.post(f"{address}/login", data=form, timeout=PATIENCE, allow_redirects=False)
        assert come_in.status_code == 303
        assert "Secure" in come_in.headers["Set-Cookie"]
        assert come_in.headers["Strict-Transport-Security"] == "max-age=31536000"
        assert browser.get(f"{address}/api/v1/kpis", timeout=PATIENCE).json()["build"] == 1
        export = browser.get(f"{address}/api/v1/customers?format=csv&columns=all", timeout=PATIENCE)
        assert export.text.count("example.com") == 200
