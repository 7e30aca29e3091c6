"""The journal of a review: one line for each action, on disk before anybody is told that it was done."""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from ..errors import OutputError
from ..schema.faults import first_fault
from .actions import ACTIONS, Action

__all__ = ["Entry", "Journal", "journal_path"]

_KIND = "absextract review 1"
_BEGINS = b'{"journal": "absextract review '


@dataclass(frozen=True, slots=True)
class Entry:
    """An action as it was done.

    Attributes:
        paper: 0-based line of the paper among the records.
        by: who did it.
        at: when, `2026-03-01T12:00:00Z`.
        sampled: the paper was shown as one of a random sample.
        action: what was done.
    """

    paper: int
    by: str
    at: str
    sampled: bool
    action: Action

    def line(self) -> bytes:
        """As it stands in the journal."""
        row = {"paper": self.paper, "by": self.by, "at": self.at, "sampled": self.sampled}
        whole = {**row, "action": self.action.model_dump(mode="json", exclude_none=True)}
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


def journal_path(out: str) -> str:
    """Where the journal of an output stands."""
    return f"{out}.journal"


class Journal:
    """An append-only file beside an output. Its first line tells what records it is about.

    Args:
        path: the file, made where there is none.
        about: what must be the same whenever it goes on: names and values as JSON.

    Raises:
        OutputError: it cannot be written, is no journal, or is one of other records.
    """

    def __init__(self, path: str, about: dict[str, str]) -> None:
        self._path = path
        self._about = about
        try:
            self._file = open(path, "a+b", buffering=0)  # noqa: SIM115  # close() closes it
        except OSError as error:
            raise OutputError(f"{path}: {error.strerror}") from error
        try:
            self._entries = self._begin()
        except OSError as error:
            self.close()
            raise OutputError(f"{path}: {error.strerror}") from error
        except OutputError:
            self.close()
            raise

    def _begin(self) -> list[bytes]:
        """The lines of a former session; a file that is new gets its first one."""
        self._file.seek(0)
        lines = self._file.read().splitlines(keepends=True)  # JSON holds no other end of line than ours
        self._size = sum(map(len, lines))
        torn = lines.pop() if lines and not lines[-1].endswith(b"\n") else b""  # by a kill or a power cut
        if lines:
            self._check_head(lines[0])
        elif not (torn.startswith(_BEGINS) or _BEGINS.startswith(torn)):
            raise self._not_ours()
        if torn:
            self._cut(self._size - len(torn))
        if not lines:
            self._write(json.dumps({"journal": _KIND, **self._about}, ensure_ascii=False).encode() + b"\n")
            _sync_folder(self._path)
        return lines[1:]

    def entries(self) -> Iterator[Entry]:
        """What was done so far.

        Raises:
            OutputError: a line is no entry.
        """
        for number, line in enumerate(self._entries, start=2):
            try:
                row = json.loads(line)
                yield Entry(
                    int(row["paper"]), str(row["by"]), str(row["at"]), bool(row["sampled"]), _action(row["action"])
                )
            except ValidationError as error:
                raise OutputError(f"{self._path}:{number}: not an action: {first_fault(error)}") from None
            except (ValueError, KeyError, TypeError, RecursionError):
                raise OutputError(f"{self._path}:{number}: not a line of a journal; mend or remove it") from None
        self._entries = []

    def add(self, entry: Entry) -> None:
        """Writes an action down; when this returns, the disk has it.

        Raises:
            OutputError: the disk does not take it; the journal is as it was before.
        """
        try:
            self._write(entry.line())
        except OSError as error:
            with contextlib.suppress(OSError):
                self._cut(self._size)
            raise OutputError(f"{self._path}: {error.strerror}") from error

    def close(self) -> None:
        """Lets go of the file."""
        self._file.close()

    def _write(self, line: bytes) -> None:
        if os.fstat(self._file.fileno()).st_nlink == 0:
            raise FileNotFoundError(errno.ENOENT, "was removed while it was written")
        written = self._file.write(line)
        if written != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(self._file.fileno())
        self._size += len(line)

    def _cut(self, size: int) -> None:
        self._file.truncate(size)
        os.fsync(self._file.fileno())
        self._size = size

    def _not_ours(self) -> OutputError:
        return OutputError(f"{self._path}: is in the way and no journal of a review; choose another -o")

    def _check_head(self, line: bytes) -> None:
        try:
            head: Any = json.loads(line)
            kind = head.get("journal")
        except (ValueError, AttributeError):
            kind = None
        if kind != _KIND:
            raise self._not_ours()
        for name, value in self._about.items():
            if head.get(name) != value:
                raise OutputError(
                    f"{self._path}: belongs to other records ({name} {head.get(name)}, now {value}); choose another -o"
                )


def _action(row: Any) -> Action:
    return ACTIONS.validate_python(row)


def _sync_folder(path: str) -> None:
    with contextlib.suppress(OSError):  # not every system opens folders
        number = os.open(os.path.dirname(path) or ".", os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
