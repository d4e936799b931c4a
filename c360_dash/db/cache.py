"""Answers already computed, kept per build: a published build never changes, so an answer about it never expires.

An answer is a string of bytes (JSON), its key names the question, its parameters, the build and the version of the
code. Measured on files: a hit takes 15 µs; past a threshold each write of the file backend costs 16 ms and more, so
there is none, and the answers of builds that are gone are thrown away instead. Keys asked for by many threads and
processes at once are computed once: a lock per key in the process, and a file lock between the processes of a machine.
"""

import hashlib
import logging
import shutil
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

from filelock import FileLock
from flask_caching.backends import FileSystemCache, NullCache, SimpleCache
from flask_caching.backends.base import BaseCache

from c360_dash import measures
from c360_dash.allowed import CACHES
from c360_dash.db.shared import SharedCache

logger = logging.getLogger(__name__)

MEMORY_ANSWERS = 2_000
LOCK_POLL_SECONDS = 0.005


class NotKept(Exception):
    """An answer would have to be computed, where only those were wanted that are kept."""


@contextmanager
def only_kept() -> Iterator[None]:
    """While the block lasts nothing is computed: what is asked and not kept raises NotKept."""
    before = _may_compute.set(False)
    try:
        yield
    finally:
        _may_compute.reset(before)


class AnswerCache:
    """Answers of builds in files, in memory, in Redis or nowhere, as the setting C360_CACHE says."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind = kind
        self._folder = folder
        self._shared = None if kind in CACHES else SharedCache(kind)
        self._backends: dict[str, BaseCache] = {}
        self._guard = threading.Lock()
        self._locks: dict[str, tuple[threading.Lock, int]] = {}

    def answer(self, build: str, key: str, compute: Callable[[], bytes]) -> bytes:
        """The kept answer, or the computed one, which is then kept; what `compute` raises is raised and not kept."""
        kept = None if self._kind == "none" else self._kept(build, key)
        if kept is not None:
            measures.kept()
            return kept
        if not _may_compute.get():
            raise NotKept(key)
        if self._kind == "none":
            with measures.question():
                return compute()
        with self._one_at_a_time(build, key):
            kept = self._kept(build, key)
            if kept is None:
                with measures.question():
                    kept = compute()
                self._backend(build).set(key, kept)
            return kept

    def forget_all_but(self, builds: Collection[str]) -> None:
        """Throws away the answers of all builds but these."""
        with self._guard:
            gone = [self._backends.pop(build) for build in set(self._backends) - set(builds)]
        if self._shared is not None:
            for backend in gone:
                backend.clear()  # Redis keeps what nobody asks for any more
        if self._folder.is_dir():
            for folder in self._folder.iterdir():
                if folder.is_dir() and folder.name not in builds:
                    shutil.rmtree(folder, ignore_errors=True)

    def _kept(self, build: str, key: str) -> bytes | None:
        try:
            kept = self._backend(build).get(key)
        except Exception:
            # A damaged file: the database still has the answer.
            logger.warning("A cached answer of build %s could not be read and is computed again.", build, exc_info=True)
            return None
        return kept if isinstance(kept, bytes) else None

    def _backend(self, build: str) -> BaseCache:
        backend = self._backends.get(build)
        if backend is None:
            with self._guard:
                backend = self._backends.setdefault(build, self._new_backend(build))
        return backend

    def _new_backend(self, build: str) -> BaseCache:
        if self._kind == "none":
            return NullCache()
        if self._kind == "memory":
            return SimpleCache(threshold=MEMORY_ANSWERS, default_timeout=0)
        if self._kind == "file":
            return FileSystemCache(str(_private_folder(self._folder / build)), threshold=0, default_timeout=0)
        assert self._shared is not None  # there is no other kind
        return self._shared.of_build(build)

    @contextmanager
    def _one_at_a_time(self, build: str, key: str) -> Iterator[None]:
        name = f"{build}/{key}"
        with self._guard:
            lock, users = self._locks.get(name, (threading.Lock(), 0))
            self._locks[name] = (lock, users + 1)
        try:
            with lock, self._lock_between_processes(build, key):
                yield
        finally:
            with self._guard:
                lock, users = self._locks.pop(name)
                if users > 1:
                    self._locks[name] = (lock, users - 1)

    @contextmanager
    def _lock_between_processes(self, build: str, key: str) -> Iterator[None]:
        if self._kind == "memory":
            yield
            return
        folder = _private_folder(self._folder / build)
        name = hashlib.sha256(key.encode()).hexdigest()
        with FileLock(folder / f"{name}.lock", poll_interval=LOCK_POLL_SECONDS):
            yield


_may_compute: ContextVar[bool] = ContextVar("may_compute", default=True)


def _private_folder(folder: Path) -> Path:
    """Cached answers are unpickled when read, so nobody else may write there."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder
