"""The answers given lately, kept by flask-caching: in the process, or in a Redis that all share.

A process keeps an answer as it is, frozen. Redis keeps it as JSON, never as a pickle; it may be
slow, down or full of junk: then an answer is made anew, and Redis is left alone for a while.
"""

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from cachelib.serializers import RedisSerializer, SimpleSerializer
from flask import Flask
from flask_caching import Cache
from flask_caching.backends.rediscache import RedisCache
from flask_caching.backends.simplecache import SimpleCache
from redis.exceptions import RedisError

from dashboard.model import Release
from dashboard.web.delivery import Answer

HOUR = 3600
KEPT_IN_PROCESS = 200
PATIENCE = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2, "retry": None}
"""Seconds; a reader waits no longer for Redis than it takes to make most answers."""
LOCKS = 32


class AsItIs(SimpleSerializer):
    """Nothing is written: an answer is frozen, so readers may share it."""

    def dumps(self, value: Any, protocol: int = 0) -> Any:
        """Return the value itself."""
        return value

    def loads(self, value: Any) -> Any:
        """Return the value itself."""
        return value


class AsJson(RedisSerializer):
    """Writes answers as JSON; what is no answer's JSON is nothing."""

    def dumps(self, value: Answer, protocol: int = 0) -> bytes:
        """Return an answer as JSON."""
        return json.dumps(_written(value), separators=(",", ":")).encode()

    def loads(self, value: bytes | None) -> Answer | None:
        """Return the answer of JSON, None for junk."""
        try:
            return _read(json.loads(value)) if value else None
        except ValueError:
            return None


class InProcess(SimpleCache):
    """Kept in the memory of one process."""

    serializer = AsItIs()


class Shared(RedisCache):
    """Kept in Redis, for all processes."""

    serializer = AsJson()


@dataclass(slots=True)
class Memory:
    """Answers by key. A key holds the release, so nothing in here goes stale.

    One computation per key and worker: a rush on a new release makes each answer once.
    """

    cache: Cache
    pause: float = 10
    clock: Callable[[], float] = time.monotonic
    _trusted_from: float = float("-inf")
    _locks: tuple[threading.Lock, ...] = field(
        default_factory=lambda: tuple(threading.Lock() for _ in range(LOCKS))
    )

    def remember(self, key: str, make: Callable[[], Answer]) -> Answer:
        """Return the answer under a key; make it if it is not there. Only successes are kept."""
        known = self._get(key)
        if known is not None:
            return known
        with self._locks[hash(key) % LOCKS]:
            known = self._get(key)
            if known is not None:
                return known
            made = make()
            if made.status == 200:
                self._put(key, made)
            return made

    def _get(self, key: str) -> Answer | None:
        found = self._try(lambda: self.cache.get(key))
        return found if isinstance(found, Answer) else None

    def _put(self, key: str, made: Answer) -> None:
        self._try(lambda: self.cache.set(key, made))

    def _try(self, ask: Callable[[], Any]) -> Any:
        if self.clock() < self._trusted_from:
            return None
        try:
            return ask()
        except RedisError:
            self._trusted_from = self.clock() + self.pause
            return None


def open_memory(server: Flask, url: str) -> Memory:
    """Return the memory of a site: in Redis at `url`, without one in the process."""
    where = f"{__name__}.{'Shared' if url else 'InProcess'}"
    shared = {"CACHE_REDIS_URL": url, "CACHE_KEY_PREFIX": "bwp:", "CACHE_OPTIONS": dict(PATIENCE)}
    config = {
        "CACHE_TYPE": where,
        "CACHE_DEFAULT_TIMEOUT": HOUR,
        "CACHE_THRESHOLD": KEPT_IN_PROCESS,
        **(shared if url else {}),
    }
    cache = Cache()
    cache.init_app(server, config)
    return Memory(cache)


def key_of(edition: str, *parts: str) -> str:
    """Return the key of an answer: of plain values only, the edition of the product first.

    The parts are release, programme, scope and the canonical arguments.
    """
    return hashlib.sha256(json.dumps([edition, *parts]).encode()).hexdigest()


def vintage_of(release: Release) -> tuple[str, str]:
    """Return what a release is known by in keys: its name and what it holds.

    A store that is made anew gives the same names to other content; a withdrawal takes some away.
    """
    return release.id, " ".join((release.checksum, *release.withdrawals))


def _written(made: Answer) -> dict[str, Any]:
    squeezed = {name: base64.b64encode(body).decode() for name, body in made.squeezed.items()}
    return {**asdict(made), "body": base64.b64encode(made.body).decode(), "squeezed": squeezed}


def _read(value: Any) -> Answer | None:
    if not isinstance(value, dict):
        return None
    try:
        squeezed = {name: base64.b64decode(body) for name, body in value["squeezed"].items()}
        return Answer(
            body=base64.b64decode(value["body"]),
            mimetype=value["mimetype"],
            keep=value["keep"],
            status=value["status"],
            headers=tuple((name, said) for name, said in value["headers"]),
            squeezed=squeezed,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
