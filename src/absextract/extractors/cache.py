"""The answers a model gave, on disk, by everything that shaped them. No pickle anywhere.

diskcache unpickles what it finds by default, which lets a tampered file run code (CVE-2025-69872), and
evicts at 1 GiB. Here values are JSON bytes kept inside the database, anything else is refused, and
nothing is evicted: an answer that was paid for stays until `absextract cache clear`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import sqlite3
from pathlib import Path
from typing import Any

import diskcache
from diskcache.core import MODE_RAW
from platformdirs import user_cache_path

__all__ = ["AnswerCache", "cache_key", "default_cache_dir"]

_log = logging.getLogger(__name__)
# TypeError and ValueError: a foreign database whose settings or rows diskcache cannot read
_TROUBLE = (OSError, sqlite3.Error, diskcache.Timeout, TypeError, ValueError, KeyError)


def default_cache_dir() -> Path:
    """`ABSEXTRACT_CACHE_DIR`, else the user's cache folder of this platform."""
    return Path(os.environ.get("ABSEXTRACT_CACHE_DIR") or user_cache_path("absextract"))


def cache_key(shape: str, body: bytes) -> str:
    """SHA-256 over everything that shapes an answer.

    Args:
        shape: what does not stand in the request: the server, the version of our own.
        body: the request as it is sent.
    """
    return hashlib.sha256(shape.encode() + b"\0" + body).hexdigest()


class _PlainDisk(diskcache.Disk):  # type: ignore[misc]  # diskcache has no types
    """Stores string keys and byte values in the database itself and reads nothing else."""

    def put(self, key: Any) -> tuple[str, bool]:
        if not isinstance(key, str):
            raise TypeError("cache keys are strings")
        return key, True

    def get(self, key: Any, raw: Any) -> str:
        if not raw or not isinstance(key, str):
            raise ValueError("not a key of this cache")
        return key

    def store(self, value: Any, *_: Any, **__: Any) -> tuple[int, int, None, sqlite3.Binary]:
        if not isinstance(value, bytes):
            raise TypeError("cache values are bytes")
        return 0, MODE_RAW, None, sqlite3.Binary(value)

    def fetch(self, mode: int, _: Any, value: Any, *__: Any) -> bytes:
        if mode != MODE_RAW or not isinstance(value, bytes):
            raise ValueError("not a value of this cache")
        return value


class AnswerCache:
    """Maps request keys to JSON objects; several processes may share one folder.

    Trouble with the disk costs the cache, never the run: it is logged once and the cache stays off.
    """

    def __init__(self, directory: str | os.PathLike[str]) -> None:
        self.directory = Path(directory)
        self._cache: Any = None
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._cache = diskcache.Cache(str(self.directory), disk=_PlainDisk, eviction_policy="none", timeout=10)
        except _TROUBLE as error:
            self._give_up("opened", error)

    def get(self, key: str) -> dict[str, Any] | None:
        """The object stored under a key, or None; what cannot be read counts as absent."""
        if self._cache is None:
            return None
        try:
            value = self._cache.get(key)
            found = json.loads(value) if value is not None else None
        except ValueError:  # one bad row
            return None
        except _TROUBLE as error:
            self._give_up("read", error)
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Stores an object; it is on disk when this returns."""
        if self._cache is None:
            return
        try:
            self._cache.set(key, json.dumps(value).encode())
        except _TROUBLE as error:
            self._give_up("written", error)

    def count(self) -> int:
        """Answers stored."""
        try:
            return 0 if self._cache is None else len(self._cache)
        except _TROUBLE as error:
            self._give_up("read", error)
            return 0

    def size_on_disk(self) -> int:
        """Bytes of all files in the folder."""
        return sum(file.stat().st_size for file in self.directory.glob("*") if file.is_file())

    def clear(self) -> int:
        """Removes the database, readable or not; returns how many answers there were.

        Raises:
            OSError: a file cannot be removed.
        """
        answers = self.count()
        self.close()
        self._cache = None
        for file in self.directory.glob("cache.db*"):
            file.unlink()
        return answers

    def close(self) -> None:
        if self._cache is not None:
            self._cache.close()

    def _give_up(self, what: str, error: Exception) -> None:
        _log.warning("the cache %s cannot be %s (%s); going on without it", self.directory, what, error)
        self._cache = None
