"""The nginx of docs/deploy.md, with TLS, in front of servers of this machine."""

import shutil
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import documented
from tests.load.serving import PATIENCE

PAGE = "docs/deploy.md"
PROGRAM = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")
IS_HERE = PROGRAM is not None and shutil.which("openssl") is not None
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


@dataclass(frozen=True)
class Nginx:
    """Where it answers with TLS and without, and the certificate that its browsers must believe."""

    address: str
    plain: str
    certificate: str


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def nginx(servers: Sequence[int], folder: Path) -> Iterator[Nginx]:
    """In front of servers on these ports, which take turns; its files lie in the folder."""
    certificate, key, ports = folder / "c360.pem", folder / "c360.key", (free_port(), free_port())
    _certify(certificate, key)
    (site,) = documented.blocks(PAGE, "nginx")
    for shown, own in (
        ("server 127.0.0.1:8050;", " ".join(f"server 127.0.0.1:{port};" for port in servers)),
        ("listen 443", f"listen 127.0.0.1:{ports[0]}"),
        ("listen 80", f"listen 127.0.0.1:{ports[1]}"),
        ("/etc/ssl/c360.example.com.pem", str(certificate)),
        ("/etc/ssl/private/c360.example.com.key", str(key)),
    ):
        assert shown in site
        site = site.replace(shown, own)
    (folder / "site.conf").write_text(site)
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder))
    command = [str(PROGRAM), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        yield Nginx(f"https://127.0.0.1:{ports[0]}", f"http://127.0.0.1:{ports[1]}", str(certificate))
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _certify(certificate: Path, key: Path) -> None:
    names = ["-subj", "/CN=c360.example.com", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*made, *names], check=True, capture_output=True)
