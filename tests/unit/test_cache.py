"""Answers kept per build: computed once, never when they failed, and gone with their build."""

import multiprocessing
import stat
import sys
import threading
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from c360_dash.config import ConfigurationError
from c360_dash.db.cache import AnswerCache, NotKept, only_kept
from c360_dash.db.reading import answer_key
from c360_dash.filters import Filters

KINDS = ("file", "memory")


class Counted:
    """A computation that counts how often it ran."""

    def __init__(self, answer: bytes = b"[1]") -> None:
        self.times = 0
        self.answer = answer

    def __call__(self) -> bytes:
        self.times += 1
        return self.answer


@pytest.mark.parametrize("kind", KINDS)
def test_an_answer_is_computed_once(kind: str, tmp_path: Path) -> None:
    cache, compute = AnswerCache(kind, tmp_path / "cache"), Counted()
    assert [cache.answer("b1", "who", compute) for _ in range(3)] == [b"[1]"] * 3
    assert compute.times == 1


def test_without_a_cache_each_answer_is_computed(tmp_path: Path) -> None:
    cache, compute = AnswerCache("none", tmp_path / "cache"), Counted()
    assert [cache.answer("b1", "who", compute) for _ in range(3)] == [b"[1]"] * 3
    assert compute.times == 3
    assert not (tmp_path / "cache").exists()


@pytest.mark.parametrize("kind", [*KINDS, "none"])
def test_where_only_kept_answers_are_wanted_none_is_computed(kind: str, tmp_path: Path) -> None:
    cache, compute = AnswerCache(kind, tmp_path / "cache"), Counted()
    with pytest.raises(NotKept), only_kept():
        cache.answer("b1", "who", compute)
    assert compute.times == 0
    assert cache.answer("b1", "who", compute) == b"[1]"
    if kind != "none":
        with only_kept():
            assert cache.answer("b1", "who", compute) == b"[1]"
        assert compute.times == 1


@pytest.mark.parametrize("kind", KINDS)
def test_builds_and_questions_have_answers_of_their_own(kind: str, tmp_path: Path) -> None:
    cache = AnswerCache(kind, tmp_path / "cache")
    places = [("b1", "who"), ("b2", "who"), ("b1", "where")]
    for build, key in places:
        cache.answer(build, key, Counted(f"{build} {key}".encode()))
    unused = Counted()
    assert [cache.answer(*place, unused) for place in places] == [b"b1 who", b"b2 who", b"b1 where"]
    assert unused.times == 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_is_raised_and_not_kept(kind: str, tmp_path: Path) -> None:
    cache = AnswerCache(kind, tmp_path / "cache")

    def fail() -> bytes:
        raise RuntimeError("away")

    for _ in range(2):
        with pytest.raises(RuntimeError, match="away"):
            cache.answer("b1", "who", fail)
    assert cache.answer("b1", "who", Counted(b"[2]")) == b"[2]"


@pytest.mark.parametrize("kind", KINDS)
def test_threads_that_ask_at_once_compute_once(kind: str, tmp_path: Path) -> None:
    cache, arrivals = AnswerCache(kind, tmp_path / "cache"), threading.Semaphore(0)
    all_arrived, compute, answers = threading.Event(), Counted(), []

    def slow() -> bytes:
        assert all_arrived.wait(30)
        return compute()

    def ask() -> None:
        arrivals.release()
        answers.append(cache.answer("b1", "who", slow))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for _ in threads:
        assert arrivals.acquire(timeout=30)
    all_arrived.set()
    for thread in threads:
        thread.join(30)
    assert answers == [b"[1]"] * 8
    assert compute.times == 1


def _ask_from_a_process(folder: Path, ready: Callable[[], int]) -> None:
    """Each computation leaves a line."""

    def compute() -> bytes:
        with (folder / "computed").open("a") as file:
            file.write("once\n")
        return b"[1]"

    ready()
    for number in range(20):
        AnswerCache("file", folder / "cache").answer("b1", f"who {number}", compute)


def test_processes_that_ask_at_once_compute_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(3)
    workers = [context.Process(target=_ask_from_a_process, args=(tmp_path, ready.wait)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    assert (tmp_path / "computed").read_text() == "once\n" * 20


def test_one_question_does_not_wait_for_another(tmp_path: Path) -> None:
    cache = AnswerCache("file", tmp_path / "cache")
    inner = Counted(b"[2]")
    assert cache.answer("b1", "page", lambda: cache.answer("b1", "rows", inner)) == b"[2]"
    assert inner.times == 1


@pytest.mark.parametrize("kind", KINDS)
def test_answers_go_with_their_build(kind: str, tmp_path: Path) -> None:
    cache, compute = AnswerCache(kind, tmp_path / "cache"), Counted()
    for build in ("b1", "b2"):
        cache.answer(build, "who", compute)
    cache.forget_all_but(["b2"])
    cache.answer("b2", "who", compute)
    assert compute.times == 2
    cache.answer("b1", "who", compute)
    assert compute.times == 3


def test_a_folder_deleted_under_a_running_process_is_made_again(tmp_path: Path) -> None:
    cache, compute = AnswerCache("file", tmp_path / "cache"), Counted()
    cache.answer("b1", "who", compute)
    AnswerCache("file", tmp_path / "cache").forget_all_but([])
    for _ in range(2):
        assert cache.answer("b1", "who", compute) == b"[1]"
    assert compute.times == 2


def test_a_damaged_file_is_computed_again(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = AnswerCache("file", tmp_path / "cache")
    cache.answer("b1", "who", Counted())
    for path in (tmp_path / "cache" / "b1").iterdir():
        path.write_bytes(path.read_bytes()[:4] + b"no pickle.")
    assert cache.answer("b1", "who", Counted(b"[2]")) == b"[2]"
    assert cache.answer("b1", "who", Counted(b"[3]")) == b"[2]"
    assert caplog.records


def test_nobody_else_may_write_where_answers_are_read(tmp_path: Path) -> None:
    AnswerCache("file", tmp_path / "data" / "cache").answer("b1", "who", Counted())
    folders = [tmp_path / "data" / "cache", tmp_path / "data" / "cache" / "b1"]
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in folders] == [0o700, 0o700]


def test_every_filter_makes_another_key() -> None:
    chosen = {
        "value_segment": ("High",),
        "rfm_segment": ("New",),
        "churn_band": ("High",),
        "country": ("High",),
        "acquisition_channel": ("High",),
        "date_from": date(2026, 1, 1),
        "date_to": date(2026, 1, 1),
    }
    assert set(chosen) == {field.name for field in fields(Filters)}
    all_filters = [Filters(), *(Filters(**{name: value}) for name, value in chosen.items())]  # type: ignore[arg-type]
    keys = {answer_key("overview.kpis", filters.parameters(), "v1") for filters in all_filters}
    keys |= {answer_key(name, {}, version) for name, version in [("a", "v1"), ("a", "v2"), ("b", "v1")]}
    assert len(keys) == len(all_filters) + 3


def test_long_lists_have_keys_of_their_own() -> None:
    many = tuple(f"country {number:03}" for number in range(250))
    assert answer_key("q", Filters(country=many).parameters(), "") != answer_key(
        "q", Filters(country=many[:-1]).parameters(), ""
    )


def test_where_redis_is_not_there_each_answer_is_computed_and_nothing_is_said_twice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache, compute = AnswerCache("redis://127.0.0.1:1/0", tmp_path / "cache"), Counted()
    assert [cache.answer("b1", "who", compute) for _ in range(3)] == [b"[1]"] * 3
    cache.forget_all_but([])
    assert compute.times == 3
    assert [record.levelname for record in caplog.records] == ["WARNING"]


def test_without_the_package_of_redis_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "redis", None)
    with pytest.raises(ConfigurationError, match="pip install redis"):
        AnswerCache("redis://127.0.0.1:1/0", tmp_path / "cache")
