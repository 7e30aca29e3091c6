"""The database of the answer cache, opened as what it may be: a file from somebody else.

diskcache runs what the file says: it sets attributes, pragmas and limits from its table of settings and unpickles
values (CVE-2025-69872). Here nothing of the file is a setting, a schema other than diskcache's own is refused before
anything in it can run, values are bytes in the database itself, and each statement has its time and its bytes.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import stat
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import diskcache
from diskcache.core import MODE_RAW

__all__ = ["FILE_NAME", "TROUBLE", "AnswerDatabase", "ForeignFileError", "files_of", "names_another_file"]

FILE_NAME = "cache.db"
_BUSY_SECONDS = 10
_MOST_SECONDS = 10.0  # for one statement
_MOST_BYTES = 8 << 20  # of one answer; JSON takes up to twenty times as much once it is read
_STEPS = 10_000  # of SQLite's machine between two looks at the clock
_PAGES_IN_MEMORY = 1024  # of 4 KiB
_START = b"SQLite format 3\0"
_NAMES_ANOTHER = bytes.fromhex(
    "d9d505f920a163d7"
)  # at the end of a journal: SQLite removes the file that stands before
_TABLE = (
    "CREATE TABLE Cache ( rowid INTEGER PRIMARY KEY, key BLOB, raw INTEGER, store_time REAL, expire_time REAL,"
    " access_time REAL, access_count INTEGER DEFAULT 0, tag BLOB, size INTEGER DEFAULT 0, mode INTEGER DEFAULT 0,"
    " filename TEXT, value BLOB)"
)
_INDEX = "CREATE UNIQUE INDEX Cache_key_raw ON Cache(key, raw)"
_COUNTED = (
    "CREATE TRIGGER Settings_{} AFTER {} ON Cache FOR EACH ROW BEGIN UPDATE Settings SET value = value {} WHERE key = "
    '"{}"; END'
)
_KNOWN = {
    _TABLE,
    _INDEX,
    "CREATE TABLE Settings ( key TEXT NOT NULL UNIQUE, value)",
    "CREATE INDEX Cache_expire_time ON Cache (expire_time)",
    _COUNTED.format("count_insert", "INSERT", "+ 1", "count"),
    _COUNTED.format("count_delete", "DELETE", "- 1", "count"),
    _COUNTED.format("size_insert", "INSERT", "+ NEW.size", "size"),
    _COUNTED.format("size_update", "UPDATE", "+ NEW.size - OLD.size", "size"),
    _COUNTED.format("size_delete", "DELETE", "- OLD.size", "size"),
}


class ForeignFileError(ValueError):
    """The file is no cache of ours."""


TROUBLE = (
    *(OSError, sqlite3.Error, diskcache.Timeout, MemoryError, RecursionError),
    *(TypeError, ValueError, KeyError, AttributeError, OverflowError),  # of rows that hold anything
)

_UNLOCKED = "vfs=unix-none"
"""How a log that a kill left on a read-only disk is read along: nobody can write there, so nobody needs a lock."""


def files_of(directory: Path) -> list[Path]:
    """The files that SQLite keeps for the database, whether there or not."""
    return [directory / f"{FILE_NAME}{end}" for end in ("", "-wal", "-shm", "-journal")]


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


class AnswerDatabase(diskcache.Cache):  # type: ignore[misc]
    """diskcache's table of keys and values, without what else diskcache makes of a file.

    Args:
        directory: holds the file, or will.

    Attributes:
        read_only: why nothing can be stored in it, or None.

    Raises:
        ForeignFileError: it is something else, which is left as it is.
        OSError, sqlite3.Error: it cannot be read.
    """

    eviction_policy = "none"
    statistics = tag_index = cull_limit = 0

    def __init__(self, directory: Path) -> None:
        # not diskcache's own, which takes its settings from the file
        self._directory = str(directory)
        self._timeout = _BUSY_SECONDS
        self._local = threading.local()
        self._txn_id = None
        self._disk = _PlainDisk(self._directory)
        self._deadline = 0.0
        self.read_only: str | None = None
        _refuse_what_is_no_plain_file(directory)
        self._con  # noqa: B018  # opens it

    def reset(self, key: str, *_: Any, **__: Any) -> Any:
        """Settings stand in this class; none is read or written."""
        raise NotImplementedError(key)

    def __len__(self) -> int:
        return int(self._sql("SELECT count(*) FROM Cache").fetchone()[0])

    @property
    def _sql(self) -> Callable[..., sqlite3.Cursor]:
        self._deadline = time.monotonic() + _MOST_SECONDS
        return self._con.execute

    @property
    def _con(self) -> sqlite3.Connection:
        if getattr(self._local, "pid", None) != os.getpid():  # a connection does not survive a fork
            self.close()
            self._local.pid = os.getpid()
        if getattr(self._local, "con", None) is None:
            self._local.con = self._open()
        return self._local.con  # type: ignore[no-any-return]

    def _open(self) -> sqlite3.Connection:
        """For writing; where the disk or its rights forbid that, for reading what is there."""
        path = Path(self._directory, FILE_NAME)
        if self.read_only is None:
            try:
                return self._connected(path, "rwc")
            except sqlite3.OperationalError as error:
                if not _has_answers(path):
                    raise
                self.read_only = str(error)
        try:
            return self._connected(path, "ro")
        except sqlite3.OperationalError:
            wal = path.with_name(f"{path.name}-wal")
            if wal.exists() and wal.stat().st_size:  # without it, the file may be half of what it was
                return self._connected(path, f"ro&{_UNLOCKED}")
            return self._connected(path, "ro&immutable=1")

    def _connected(self, path: Path, mode: str) -> sqlite3.Connection:
        address = f"{path.absolute().as_uri()}?mode={mode}"
        connection = sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MOST_BYTES)
            connection.set_progress_handler(lambda: time.monotonic() > self._deadline, _STEPS)
            self._deadline = time.monotonic() + _MOST_SECONDS
            if _UNLOCKED in mode:  # nothing is written beside the file
                connection.execute("PRAGMA locking_mode = exclusive").fetchall()
            for pragma in ("trusted_schema = 0", "cell_size_check = 1", "mmap_size = 0", "synchronous = 1"):
                connection.execute(f"PRAGMA {pragma}").fetchall()
            connection.execute(f"PRAGMA cache_size = {_PAGES_IN_MEMORY}").fetchall()
            there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master").fetchmany(99) if sql}
            if not there <= _KNOWN:
                raise ForeignFileError("it is another program's, or has been changed")
            if mode == "rwc":
                _patiently(lambda: _prepare(connection))
            elif _TABLE not in there:
                raise ForeignFileError("it holds no answers")
        except BaseException:
            connection.close()
            raise
        return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Makes the table, once; a file that has it is not written to."""
    if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        connection.execute("PRAGMA auto_vacuum = 1").fetchall()
        connection.execute("PRAGMA journal_mode = wal").fetchall()
    there = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master")}
    if not {_TABLE, _INDEX} <= there:
        connection.execute("BEGIN IMMEDIATE")
        for statement in (_TABLE, _INDEX):
            kind, name = statement.split("Cache", 1)
            connection.execute(f"{kind}IF NOT EXISTS Cache{name}")
        connection.execute("COMMIT")


def _patiently(act: Callable[[], None]) -> None:
    """Again while others prepare the same file: SQLite does not wait by itself for all that they do."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            act()
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)


def _has_answers(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return path.stat().st_size > 0
    return False


def _refuse_what_is_no_plain_file(directory: Path) -> None:
    """SQLite waits for pipes, writes through links, and removes the file that a journal names."""
    for path in files_of(directory):
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(path.lstat().st_mode):
                raise ForeignFileError(f"{path.name} is no plain file")
            with path.open("rb") as file:
                start = file.read(len(_START))
            if path.name == FILE_NAME and start not in (b"", _START):
                raise ForeignFileError("it is no database")
            if path.name.endswith("-journal") and names_another_file(path):
                raise ForeignFileError(f"{path.name} names another file")


def names_another_file(journal: Path) -> bool:
    """Whether SQLite would remove another file, which a journal names at its end, once it has read the journal."""
    with journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - len(_NAMES_ANOTHER)))
        return file.read() == _NAMES_ANOTHER
