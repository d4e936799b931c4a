"""Answers in Redis, which the web servers of several machines share.

They are bytes and stay bytes: nothing is unpickled. Redis saves work and is never needed: while it does not answer,
nothing is found and nothing kept, and after some seconds it is asked again. A Redis that hangs costs one request in
those seconds its patience of half a second.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask_caching.backends.base import BaseCache

from c360_dash.config import ConfigurationError

T = TypeVar("T")

logger = logging.getLogger(__name__)

KEPT = timedelta(days=7)
PATIENCE_SECONDS = 0.5
AWAY_SECONDS = 5.0
AT_ONCE = 500


class SharedCache:
    """The Redis of a URL; one per process. Raises ConfigurationError where it cannot be used at all."""

    def __init__(self, url: str) -> None:
        try:
            from redis import Redis, RedisError
            from redis.backoff import NoBackoff
            from redis.retry import Retry
        except ImportError:
            raise ConfigurationError(
                f"C360_CACHE is “{url.partition('://')[0]}://…”, but the package redis is missing: pip install redis."
            ) from None
        try:
            # One more try: a connection of the pool may have been closed since it was used last.
            self._redis: Any = Redis.from_url(
                url,
                socket_timeout=PATIENCE_SECONDS,
                socket_connect_timeout=PATIENCE_SECONDS,
                retry=Retry(NoBackoff(), 1),
            )
        except ValueError as error:
            raise ConfigurationError(f"C360_CACHE cannot be read: {error}.") from None
        self._error = RedisError
        self._away_until = 0.0
        self._guard = threading.Lock()

    def of_build(self, build: str) -> BaseCache:
        """The answers about one build."""
        return _AnswersOfBuild(self, f"c360:{build}:")

    def asked(self, question: Callable[[Any], T], instead: T) -> T:
        """What Redis answers, or the other value while it is away."""
        if time.monotonic() < self._away_until:
            return instead
        try:
            return question(self._redis)
        except self._error as error:
            with self._guard:
                is_news = time.monotonic() >= self._away_until
                self._away_until = time.monotonic() + AWAY_SECONDS
            if is_news:
                logger.warning("Redis does not answer (%s); answers are computed meanwhile.", error)
            return instead


class _AnswersOfBuild(BaseCache):
    def __init__(self, shared: SharedCache, prefix: str) -> None:
        super().__init__()
        self._shared = shared
        self._prefix = prefix

    def get(self, key: str) -> Any:
        """The answer, if it is kept."""
        name = self._prefix + key
        return self._shared.asked(lambda redis: redis.get(name), None)

    def set(self, key: str, value: bytes, timeout: int | timedelta | None = None) -> bool | None:
        """Keeps the answer, if that can be done."""
        name = self._prefix + key
        return self._shared.asked(lambda redis: bool(redis.set(name, value, ex=timeout or KEPT)), False)

    def clear(self) -> bool:
        """Throws all of them away; what is missed while Redis is away goes by itself after some days."""
        return self._shared.asked(self._cleared, False)

    def _cleared(self, redis: Any) -> bool:
        names: list[bytes] = []
        for name in redis.scan_iter(f"{self._prefix}*", AT_ONCE):
            names.append(name)
            if len(names) == AT_ONCE:
                redis.unlink(*names)
                names.clear()
        if names:
            redis.unlink(*names)
        return True
