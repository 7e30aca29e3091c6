"""The ledger of a job: one SQLite file with all that later steps need, held by one process at a time.

What is committed is on disk, also after a power cut. The abstracts stand in it too: inputs may have
changed by the time answers come, or have been standard input.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
import stat
from collections.abc import Generator, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from ..errors import OutputError
from ..extractors.llm.cache_database import names_another_file
from ..records import Abstract, BadInput, Usage
from .batch_parts import Part
from .outcomes import OK, Outcome
from .request_files import REQUESTS

__all__ = ["LEDGER", "Ledger", "check_no_links", "paper_text"]

LEDGER = "job.sqlite"
_PAGE = 500  # abstracts in memory
_TABLES = """
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS papers (number INTEGER PRIMARY KEY, readable INTEGER NOT NULL, item TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS parts (
    number INTEGER PRIMARY KEY, requests INTEGER NOT NULL, size INTEGER NOT NULL, step TEXT NOT NULL, file_id TEXT,
    batch_id TEXT, status TEXT NOT NULL, submitted_at INTEGER, expires_at INTEGER, done INTEGER NOT NULL,
    failed INTEGER NOT NULL, output_file TEXT, error_file TEXT, problem TEXT
);
CREATE TABLE IF NOT EXISTS requests (
    key TEXT PRIMARY KEY, part INTEGER NOT NULL, status INTEGER, response TEXT
) WITHOUT ROWID;
"""
_Count = Annotated[int, Field(ge=0, le=2**53)]
_Tokens = Literal["prompt_tokens", "completion_tokens", "total_tokens"]


class _Shape(TypedDict):
    schema: str
    prompt: str
    request: str


class _Paid(TypedDict):
    answers: _Count
    usage: dict[_Tokens, Annotated[int, Field(ge=0, le=2**100)]]


_FACTS: dict[str, TypeAdapter[Any]] = {
    "run": TypeAdapter(Annotated[str, Field(pattern="^[0-9a-f]{32}$")]),
    "input": TypeAdapter(str),
    "settings": TypeAdapter(dict[str, Any]),
    "shape": TypeAdapter(_Shape),
    "planned": TypeAdapter(bool),
    "paid": TypeAdapter(_Paid),
}
_OUTCOME = TypeAdapter(Outcome)
_OUTCOME_NAMES = [field.name for field in fields(Outcome)]


class Ledger:
    """Opens the ledger of a folder, and makes an empty one where there is none.

    Args:
        directory: the job's folder, which exists.

    Raises:
        OutputError: another process holds it, or it is none of ours; later, that the disk is full, or fails.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._db = sqlite3.connect(directory / LEDGER, timeout=0, isolation_level=None)
        try:
            self._check_tables()
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.executescript(f"BEGIN IMMEDIATE;{_TABLES}COMMIT;")  # from here on the file is locked
        except sqlite3.OperationalError as error:
            self._db.close()
            if "locked" in str(error):
                raise OutputError(f"{directory}: another step is at work there; wait for it to end") from None
            raise OutputError(f"{directory}: {error}") from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise OutputError(f"{directory / LEDGER}: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets the next process in."""
        self._db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of it or nothing."""
        self._do("BEGIN IMMEDIATE")
        try:
            yield
            self._do("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite may have ended it by itself
                self._do("ROLLBACK")
            raise

    def fact(self, name: str) -> Any:
        """A single value, None where it is not set."""
        row = self._do("SELECT value FROM facts WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        with self._reading(f'the fact "{name}"'):
            value = json.loads(row[0])
            _FACTS[name].validate_python(value)
            return value

    def needed(self, name: str) -> Any:
        """A single value that every job has.

        Raises:
            OutputError: this one has not.
        """
        if (value := self.fact(name)) is None:
            raise OutputError(f'{self.directory}: {LEDGER} is damaged and has no "{name}"; submit a new job')
        return value

    def set_fact(self, name: str, value: Any) -> None:
        self._do("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, json.dumps(value)))

    def add_paper(self, item: Abstract | BadInput) -> str:
        """The next input record; gives the text that stands for it."""
        text = paper_text(item)
        self._do("INSERT INTO papers (readable, item) VALUES (?, ?)", (isinstance(item, Abstract), text))
        return text

    def papers(self) -> Generator[Abstract | BadInput]:
        """The input records, in order."""
        done = 0
        while rows := self._do(
            "SELECT number, readable, item FROM papers WHERE number > ? ORDER BY number LIMIT ?", (done, _PAGE)
        ).fetchall():
            for done, readable, item in rows:  # the next page begins behind it
                with self._reading(f"its input record {done}"):
                    # not `model_validate_json`, which gives up at less nesting than what was read may have
                    record = (Abstract if readable else BadInput).model_validate(json.loads(item))
                yield record

    def count_papers(self) -> int:
        """Input records."""
        return int(self._do("SELECT count(*) FROM papers").fetchone()[0])

    def add_part(self, part: Part) -> None:
        names = ", ".join(f":{field.name}" for field in fields(Part))
        self._do(f"INSERT INTO parts VALUES ({names})", asdict(part))

    def parts(self) -> list[Part]:
        """All parts, in order."""
        names = [field.name for field in fields(Part)]
        rows = self._do(f"SELECT {', '.join(names)} FROM parts ORDER BY number").fetchall()
        with self._reading("a part"):
            return [Part.stored(dict(zip(names, row, strict=True))) for row in rows]

    def update(self, part: Part) -> Part:
        """Writes a part as it is now; gives it back."""
        changed = ", ".join(f"{field.name} = :{field.name}" for field in fields(Part)[1:])
        self._do(f"UPDATE parts SET {changed} WHERE number = :number", asdict(part))
        return part

    def add_request(self, key: str, part: int) -> None:
        """A request that goes out with a part; what came back for it earlier is forgotten."""
        self._do("INSERT OR REPLACE INTO requests (key, part) VALUES (?, ?)", (key, part))

    def outcome(self, key: str) -> Outcome | None:
        """What became of a request, None where it was never sent."""
        row = self._do(
            "SELECT requests.status, response, step, parts.status, problem FROM requests "
            "LEFT JOIN parts ON parts.number = requests.part WHERE key = ?",
            (key,),
        ).fetchone()
        if row is None:
            return None
        with self._reading("a request"):
            return _OUTCOME.validate_python(dict(zip(_OUTCOME_NAMES, row, strict=True)))

    def add_outcome(self, part: int, key: str, status: int, response: str, usage: Usage) -> bool:
        """What came back for a request of a part; an answer stays, whatever else is said later.

        Returns:
            Whether it is new.
        """
        done = self._do(
            "UPDATE requests SET status = ?, response = ? "
            "WHERE key = ? AND part = ? AND (status IS NULL OR (status != 200 AND ? = 200))",
            (status, response, key, part, status),
        )
        if done.rowcount == 1 and status == OK:
            answers, paid = self.usage()
            self.set_fact("paid", {"answers": answers + 1, "usage": (paid + usage).model_dump()})
        return done.rowcount == 1

    def forget(self, key: str) -> None:
        """Takes an answer that is of no use out, so that it is asked for anew."""
        self._do("UPDATE requests SET status = NULL, response = NULL WHERE key = ?", (key,))

    def usage(self) -> tuple[int, Usage]:
        """Answers that came, and their tokens: also of those that were of no use and asked for anew."""
        paid = self.fact("paid") or {"answers": 0, "usage": {}}
        return paid["answers"], Usage(**paid["usage"])

    def _check_tables(self) -> None:
        """Finds out whether the file holds what we made and nothing else: views and triggers run without end."""
        self._db.execute("PRAGMA trusted_schema = OFF")
        with contextlib.closing(sqlite3.connect(":memory:")) as fresh:
            fresh.executescript(_TABLES)
            there, ours = (set(db.execute("SELECT type, name, sql FROM sqlite_master")) for db in (self._db, fresh))
        if there and there != ours:
            raise sqlite3.DatabaseError("its tables are not those of a job")

    @contextlib.contextmanager
    def _reading(self, what: str) -> Iterator[None]:
        try:
            yield
        except (ValueError, TypeError, RecursionError) as error:
            told = f"{self.directory}: {LEDGER} is damaged, {what} cannot be read; submit a new job"
            raise OutputError(told) from error

    def _do(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        try:
            return self._db.execute(sql, values)
        except sqlite3.Error as error:  # the disk is full, or fails
            raise OutputError(f"{self.directory / LEDGER}: {error}; the same command goes on from here") from error


def check_no_links(directory: Path) -> None:
    """Finds out whether all that is ours in a folder is there itself: a folder of somebody else may link anywhere.

    Raises:
        OutputError: something is a link, or no file.
    """
    for name in os.listdir(directory) if directory.is_dir() else ():
        if not name.startswith((LEDGER, REQUESTS)):
            continue
        try:
            there = os.lstat(directory / name)
        except FileNotFoundError:  # a step that was at work there has ended
            continue
        if not stat.S_ISREG(there.st_mode) or there.st_nlink > 1:
            raise OutputError(f"{directory}: {name} there is a link or no file; a job's folder has files of its own")
        if name.endswith("-journal") and names_another_file(directory / name):
            raise OutputError(f"{directory}: {name} there names another file, which SQLite would remove; delete it")


def paper_text(item: Abstract | BadInput) -> str:
    """An input record as the ledger holds it."""
    return json.dumps(item.model_dump())
