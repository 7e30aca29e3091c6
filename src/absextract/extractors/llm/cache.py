"""The answers a model gave, on disk, by everything that shaped them.

Nothing is evicted: an answer that was paid for stays until `absextract cache clear`. Where `ABSEXTRACT_CACHE_MB`
sets a limit, a full cache takes in no more answers, and says so.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import diskcache
from platformdirs import user_cache_path

from ...errors import UsageError
from .cache_database import FILE_NAME, TROUBLE, AnswerDatabase, ForeignFileError, files_of

__all__ = ["RECORDS", "AnswerCache", "cache_key", "cache_limit", "default_cache_dir"]

RECORDS = "records"
"""The folder in that of the answers where finished records are kept."""
_log = logging.getLogger(__name__)
_PATIENCE = 3  # answers in a row that could not be stored because others wrote


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


class AnswerCache:
    """Maps request keys to JSON objects; several processes may share one folder.

    Trouble with the disk or the file costs the cache, never the run: it is logged once and the cache stays off. One
    that cannot be written to, or is full, is still read.

    Args:
        directory: made where it is missing.
        limit: bytes on disk beyond which nothing more is stored.
        holds: what it holds, in words.
    """

    def __init__(
        self, directory: str | os.PathLike[str], *, limit: float | None = None, holds: str = "answers"
    ) -> None:
        self.directory: Path = Path(directory)
        self.limit = limit
        self._holds = holds
        self._database: AnswerDatabase | None = None
        self._takes_more = True
        self._too_busy = 0
        self._foreign = False
        try:
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._database = AnswerDatabase(self.directory)
        except TROUBLE as error:
            self._foreign = isinstance(error, ForeignFileError)
            self._give_up("opened", error)
        else:
            if self._database.read_only:
                self._take_no_more(f"cannot be written ({self._database.read_only})")

    @property
    def takes_more(self) -> bool:
        """Whether something can be stored in it."""
        return self._database is not None and self._takes_more

    def get(self, key: str) -> dict[str, Any] | None:
        """The object stored under a key, or None; what cannot be read counts as absent."""
        value = self.read(key)
        try:
            found = json.loads(value) if value is not None else None
        except (ValueError, RecursionError, MemoryError):  # one bad row
            return None
        return found if isinstance(found, dict) else None

    def read(self, key: str) -> bytes | None:
        """The bytes stored under a key, or None; what cannot be read counts as absent."""
        if self._database is None:
            return None
        try:
            return self._database.get(key)  # type: ignore[no-any-return]
        except (ValueError, RecursionError, sqlite3.DataError):  # one bad row
            return None
        except TROUBLE as error:
            self._give_up("read", error)
            return None

    def put(self, key: str, value: dict[str, Any]) -> None:
        """Stores an object; it is on disk when this returns."""
        if self.takes_more:
            self.write({key: json.dumps(value).encode()})

    def write(self, values: Mapping[str, bytes]) -> None:
        """Stores bytes under their keys, all or none; they are on disk when this returns."""
        if self._database is None or not self._takes_more:
            return
        try:
            if self.limit is not None and self.size_on_disk() >= self.limit:
                self._take_no_more(f"has reached {self.limit / 1e6:g} MB (`absextract cache clear` empties it)")
                return
            with self._database.transact():
                for key, value in values.items():
                    self._database.set(key, value)
            self._too_busy = 0
        except sqlite3.DataError:  # more bytes than an answer has
            _log.warning("one of the %s is too long for the cache %s, and is not kept", self._holds, self.directory)
        except diskcache.Timeout as error:  # this is what diskcache makes of all that keeps it from beginning
            self._wait_no_longer(error.__context__ or error)
        except TROUBLE as error:
            self._take_no_more(f"cannot be written ({error})")

    def sync(self) -> None:
        """Has the disk keep what was stored, which SQLite does only now and then; callable from another thread."""
        with contextlib.suppress(OSError):  # no journal yet
            number = os.open(self.directory / f"{FILE_NAME}-wal", os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
            try:
                os.fsync(number)
            finally:
                os.close(number)

    def forget(self, key: str) -> None:
        """Removes an object, if it can be."""
        if self._database is not None and self._takes_more:
            with contextlib.suppress(*TROUBLE):
                self._database.delete(key)

    def count(self) -> int:
        """Answers stored."""
        try:
            return 0 if self._database is None else len(self._database)
        except TROUBLE as error:
            self._give_up("read", error)
            return 0

    def size_on_disk(self) -> int:
        """Bytes of all files in the folder, and in that of the records."""
        folders = (self.directory, self.directory / RECORDS)
        return sum(file.stat().st_size for folder in folders for file in folder.glob("*") if file.is_file())

    def clear(self) -> int:
        """Removes the database, readable or not, and that of the records; returns how many answers there were.

        Raises:
            UsageError: a file cannot be removed, or is not ours.
        """
        if self._foreign:
            raise UsageError(f"{self.directory / FILE_NAME}: is no cache of absextract, and is left as it is")
        answers = self.count()
        self.close()
        self._database = None
        for file in files_of(self.directory):
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                raise UsageError(f"{file}: cannot be removed ({error.strerror})") from error
        if (self.directory / RECORDS).is_dir():
            AnswerCache(self.directory / RECORDS, holds="records").clear()
        return answers

    def close(self) -> None:
        if self._database is not None:
            self._database.close()

    def _wait_no_longer(self, error: BaseException) -> None:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        self._too_busy += 1
        if code != sqlite3.SQLITE_BUSY:
            self._take_no_more(f"cannot be written ({error})")
        elif self._too_busy == _PATIENCE:
            self._take_no_more("is kept busy by others")
        else:  # the next answer may have more luck
            _log.info("the cache %s is busy; not all %s are kept", self.directory, self._holds)

    def _take_no_more(self, why: str) -> None:
        _log.warning("the cache %s %s; %s from here on are not kept", self.directory, why, self._holds)
        self._takes_more = False

    def _give_up(self, what: str, error: Exception) -> None:
        why = "it takes too long" if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT else error
        _log.warning("the cache %s cannot be %s (%s); going on without it", self.directory, what, why)
        with contextlib.suppress(*TROUBLE):
            self.close()
        self._database = None
