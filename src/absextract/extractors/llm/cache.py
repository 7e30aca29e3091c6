"""The answers a model gave, on disk, by everything that shaped them. No pickle anywhere.

diskcache unpickles what it finds by default, which lets a tampered file run code (CVE-2025-69872), and
evicts at 1 GiB. Here values are JSON bytes kept inside the database, anything else is refused, and
nothing is evicted: an answer that was paid for stays until `absextract cache clear`. Where
`ABSEXTRACT_CACHE_MB` sets a limit, a full cache takes in no more answers, and says so.
"""

from __future__ import annotations

import contextlib
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

from ...errors import UsageError

__all__ = ["AnswerCache", "cache_key", "cache_limit", "default_cache_dir"]

_log = logging.getLogger(__name__)
_BUSY_SECONDS = 10
_PAGES_IN_MEMORY = 1024  # of 4 KiB
# TypeError and ValueError: a foreign database whose settings or rows diskcache cannot read
_TROUBLE = (
    *(OSError, sqlite3.Error, diskcache.Timeout, TypeError, ValueError, KeyError),
    *(AttributeError, RecursionError, OverflowError, MemoryError),
)


def default_cache_dir() -> Path:
    """`ABSEXTRACT_CACHE_DIR`, else the user's cache folder of this platform."""
    return Path(os.environ.get("ABSEXTRACT_CACHE_DIR") or user_cache_path("absextract"))


def cache_limit() -> float | None:
    """`ABSEXTRACT_CACHE_MB` in bytes, None where there is no limit.

    Raises:
        UsageError: it is no number.
    """
    text = os.environ.get("ABSEXTRACT_CACHE_MB")
    if not text:
        return None
    try:
        return float(text) * 1e6
    except ValueError:
        raise UsageError(f"ABSEXTRACT_CACHE_MB={text}: expected a number of megabytes") from None


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

    def remove(self, _: Any) -> None:
        """No value is a file; a path in the database is none of ours."""


class AnswerCache:
    """Maps request keys to JSON objects; several processes may share one folder.

    Trouble with the disk costs the cache, never the run: it is logged once and the cache stays off. One that
    cannot be written to, or is full, is still read.

    Args:
        directory: made where it is missing.
        limit: bytes on disk beyond which nothing more is stored.
    """

    def __init__(self, directory: str | os.PathLike[str], *, limit: float | None = None) -> None:
        self.directory: Path = Path(directory)
        self.limit = limit
        self._cache: Any = None
        self._takes_more = True
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._cache = diskcache.Cache(
                str(self.directory),
                disk=_PlainDisk,
                eviction_policy="none",
                timeout=_BUSY_SECONDS,
                sqlite_mmap_size=0,  # memory that would grow with the file
                sqlite_cache_size=_PAGES_IN_MEMORY,
            )
        except _TROUBLE as error:
            self._give_up("opened", error)

    def get(self, key: str) -> dict[str, Any] | None:
        """The object stored under a key, or None; what cannot be read counts as absent."""
        if self._cache is None:
            return None
        try:
            value = self._cache.get(key)
            found = json.loads(value) if value is not None else None
        except (ValueError, RecursionError):  # one bad row
            return None
        except _TROUBLE as error:
            self._give_up("read", error)
            return None
        return found if isinstance(found, dict) else None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Stores an object; it is on disk when this returns."""
        if self._cache is None or not self._takes_more:
            return
        try:
            if self.limit is not None and self.size_on_disk() >= self.limit:
                self._take_no_more(f"has reached {self.limit / 1e6:g} MB (`absextract cache clear` empties it)")
                return
            self._cache.set(key, json.dumps(value).encode())
        except diskcache.Timeout:  # others write to it all the time; the next answer may have more luck
            _log.warning("the cache %s was busy for %d s; one answer is not kept", self.directory, _BUSY_SECONDS)
        except _TROUBLE as error:
            self._take_no_more(f"cannot be written ({error})")

    def sync(self) -> None:
        """Has the disk keep what was stored, which SQLite does only now and then; callable from another thread."""
        with contextlib.suppress(OSError):  # no journal yet
            number = os.open(self.directory / "cache.db-wal", os.O_RDONLY)
            try:
                os.fsync(number)
            finally:
                os.close(number)

    def forget(self, key: str) -> None:
        """Removes an object, if it can be."""
        if self._cache is not None:
            with contextlib.suppress(*_TROUBLE):
                self._cache.delete(key)

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

    def _take_no_more(self, why: str) -> None:
        _log.warning("the cache %s %s; answers from here on are not kept", self.directory, why)
        self._takes_more = False

    def _give_up(self, what: str, error: Exception) -> None:
        _log.warning("the cache %s cannot be %s (%s); going on without it", self.directory, what, error)
        self._cache = None
