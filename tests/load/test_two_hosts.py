"""Two web servers of one shop, as behind a balancer on two machines: they have a database and a Redis in common.

Each has a data directory of its own. What they share are settings: the key that signs sessions, and the users.
"""

import re
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import pytest
import redis
import requests

from c360_dash import demo, rebuild, sources
from c360_dash.auth import Role
from c360_dash.auth.users import users_of
from c360_dash.config import Settings
from c360_dash.db.cache import AnswerCache
from tests.load import nginx
from tests.load.serving import PATIENCE, WORKERS, Served, gunicorn
from tests.sql.test_requests import until

CUSTOMERS = 300
ANN = {"name": "ann", "password": "correct horse"}
KEY = "the same on all machines, and long"
COMPUTED = 'c360_cache_answers_total{result="computed"}'
EXPORTED = 'c360_request_seconds_count{method="GET",route="/api/v1/customers",status="200"}'
ASKED = 'c360_request_seconds_count{method="GET",route="/api/v1/openapi.json",status="200"}'
COUNTRIES = ("Germany", "France", "Italy", "Spain", "Austria", "Netherlands", "Poland", "Sweden")
# Debian's redis-tools have the server under this name, and start no service when they are installed.
SERVER = shutil.which("redis-check-rdb")

pytestmark = pytest.mark.skipif(SERVER is None, reason="needs Redis, which make test installs on Debian")


class Redis:
    """A Redis that can be killed, stopped and started again; it keeps nothing on disk."""

    def __init__(self) -> None:
        self.port = nginx.free_port()
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(["redis-server", *options], executable=SERVER, stdout=subprocess.DEVNULL)
        until(self._answers)

    def keys(self) -> int:
        with redis.Redis.from_url(self.url) as asking:
            return len(asking.keys("c360:*"))

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        self.process.send_signal(how)
        if how is not signal.SIGSTOP:
            self.process.wait(PATIENCE)

    def come_back(self, ended: signal.Signals) -> None:
        if ended is signal.SIGSTOP:
            self.process.send_signal(signal.SIGCONT)
            until(self._answers)
        else:
            self.start()

    def _answers(self) -> bool:
        try:
            with redis.Redis.from_url(self.url) as asking:
                return bool(asking.ping())
        except redis.RedisError:
            return False


@dataclass(frozen=True)
class Host:
    """One of the web servers, asked as a person whose browser is sent to either."""

    served: Served
    browser: requests.Session

    def get(self, path: str) -> requests.Response:
        return self.browser.get(f"{self.address}{path}", timeout=PATIENCE)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.served.port}"

    def log_in(self) -> None:
        assert self.browser.post(f"{self.address}/login", data=ANN, timeout=PATIENCE).ok

    def build(self) -> int:
        return int(self.get("/api/v1/kpis").json()["build"])

    def counted(self, measure: str) -> float:
        """What the host measured itself, all workers together."""
        found = re.findall(rf"^{re.escape(measure)} (\S+)$", self.get("/metrics").text, re.MULTILINE)
        return float(found[0]) if found else 0.0


@dataclass(frozen=True)
class Shop:
    """A shop, its Redis, and both hosts."""

    settings: Settings
    redis: Redis
    hosts: tuple[Host, Host]


@pytest.fixture(scope="module")
def shop(make_database: Callable[[], Settings], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A built shop; Ann is logged in at the first host."""
    settings = make_database()
    files = tmp_path_factory.mktemp("shop") / "files"
    demo.generate(files, CUSTOMERS)
    rebuild.install(settings)
    sources.load(settings, settings.sql_dir / "mappings" / "shop.sql", files)
    rebuild.run(settings)
    users_of(settings).add("ann", Role.ADMIN, ANN["password"])
    cache, browser = Redis(), requests.Session()
    shared = {
        "C360_DATABASE_URL": settings.database_url or "",
        "C360_CACHE": cache.url,
        "C360_AUTH": "users",
        "C360_TRUSTED_PROXIES": "127.0.0.1",
        "C360_USERS_FILE": str(settings.data_dir / "users.json"),
        "C360_SECRET_KEY": KEY,
    }
    try:
        with ExitStack() as servers:
            hosts = [
                servers.enter_context(gunicorn(replace(settings, data_dir=tmp_path_factory.mktemp("host")), **shared))
                for _ in range(2)
            ]
            first, second = (Host(served, browser) for served in hosts)
            first.log_in()
            yield Shop(settings, cache, (first, second))
    finally:
        cache.end()


def test_who_has_logged_in_at_one_host_is_known_at_the_other(shop: Shop) -> None:
    assert [host.get("/api/v1/kpis").status_code for host in shop.hosts] == [200, 200]
    stranger = [replace(host, browser=requests.Session()).get("/api/v1/kpis").status_code for host in shop.hosts]
    assert stranger == [401, 401]


def test_what_one_host_has_asked_the_other_need_not(shop: Shop) -> None:
    first, second = shop.hosts
    before, keys = second.counted(COMPUTED), shop.redis.keys()
    answers = [host.get("/api/v1/kpis?country=Italy&churn_band=Low").json() for host in (first, second)]

    assert answers[0] == answers[1]
    assert second.counted(COMPUTED) == before
    assert shop.redis.keys() > keys


def test_each_host_tells_what_it_measured_itself(shop: Shop) -> None:
    first, second = shop.hosts
    before = [host.counted(ASKED) for host in shop.hosts]
    for _ in range(3):
        first.get("/api/v1/openapi.json")
    second.get("/api/v1/openapi.json")

    assert [host.counted(ASKED) - earlier for host, earlier in zip(shop.hosts, before, strict=True)] == [3, 1]


def test_after_a_publication_no_host_goes_back_to_the_build_before(shop: Shop) -> None:
    first, second = shop.hosts
    before = first.build()
    assert second.build() == before
    token = first.browser.post(f"{first.address}/api/v1/rebuild", timeout=PATIENCE)
    assert token.status_code == 202
    until(lambda: rebuild.history(shop.settings)[0].state == "published")

    published = before + 1
    # Each worker looks once a second which build is published.
    until(lambda: all(host.build() == published for host in shop.hosts for _ in range(2 * WORKERS)))
    assert {host.build() for host in shop.hosts for _ in range(20)} == {published}
    for path in ("/api/v1/kpis", "/api/v1/kpis?country=Italy&churn_band=Low", "/api/v1/monthly-revenue"):
        answers = [host.get(path).json() for host in shop.hosts]
        assert [answer["build"] for answer in answers] == [published, published]
        assert answers[0] == answers[1]


@pytest.mark.skipif(not nginx.IS_HERE, reason="needs nginx and openssl")
def test_nginx_sends_people_to_either_host_over_tls_and_exports_are_whole(shop: Shop, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    before = [host.counted(EXPORTED) for host in shop.hosts]
    with nginx.nginx([host.served.port for host in shop.hosts], tmp_path) as front, requests.Session() as browser:
        browser.verify, browser.trust_env = front.certificate, False
        until(lambda: does_answer(browser, f"{front.address}/healthz"))
        moved = browser.get(f"{front.plain}/risk", timeout=PATIENCE, allow_redirects=False)
        assert (moved.status_code, moved.headers["Location"]) == (301, "https://127.0.0.1/risk")
        assert browser.get(f"{front.address}/api/v1/kpis", timeout=PATIENCE).status_code == 401

        come_in = browser.post(f"{front.address}/login", data=ANN, timeout=PATIENCE, allow_redirects=False)
        assert come_in.status_code == 303
        assert "Secure" in come_in.headers["Set-Cookie"]
        assert come_in.headers["Strict-Transport-Security"] == "max-age=31536000"
        for _ in range(4):
            export = browser.get(f"{front.address}/api/v1/customers?format=csv&columns=all", timeout=PATIENCE)
            assert export.text.count("example.com") == CUSTOMERS
    assert [host.counted(EXPORTED) - earlier for host, earlier in zip(shop.hosts, before, strict=True)] == [2, 2]


def does_answer(browser: requests.Session, address: str) -> bool:
    try:
        return browser.get(address, timeout=PATIENCE).ok
    except requests.ConnectionError:
        return False


def test_answers_of_builds_that_are_gone_go_and_others_stay(shop: Shop, tmp_path: Path) -> None:
    cache = AnswerCache(shop.redis.url, tmp_path / "cache")
    for build in ("gone", "kept"):
        assert cache.answer(build, "who", build.encode) == build.encode()
    others = shop.redis.keys()
    cache.forget_all_but(["kept"])

    assert shop.redis.keys() == others - 1
    assert cache.answer("kept", "who", bytes) == b"kept"
    assert cache.answer("gone", "who", bytes) == b""


@pytest.mark.parametrize(("how", "band"), [(signal.SIGKILL, "High"), (signal.SIGSTOP, "Medium")], ids=["dies", "hangs"])
def test_while_redis_is_away_everything_is_answered_and_then_it_is_used_again(
    shop: Shop, how: signal.Signals, band: str
) -> None:
    new = [f"/api/v1/kpis?country={country}&churn_band={band}" for country in COUNTRIES]
    expected = [host.get("/api/v1/kpis").json() for host in shop.hosts]
    shop.redis.end(how)
    try:
        for path in (*new, "/", "/risk", "/readyz"):
            assert [host.get(path).status_code for host in shop.hosts] == [200, 200], path
        assert [host.get("/api/v1/kpis").json() for host in shop.hosts] == expected
    finally:
        shop.redis.come_back(how)

    keys, numbers = shop.redis.keys(), count()

    def is_used_again() -> bool:
        assert shop.hosts[0].get(f"/api/v1/customers?q=nobody{next(numbers)}").ok
        return shop.redis.keys() > keys

    until(is_used_again)
