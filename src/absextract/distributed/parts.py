"""A folder of parts: `part-00000.jsonl` and so on, each whole or not there, together the records in input order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import OutputError
from ..output.jsonl import STDOUT, check_replaceable
from ..output.lock import only_run
from ..output.places import check_companions, check_name
from ..patterns import regex
from ..runs.job import Job

__all__ = ["PART_RECORDS", "FolderJob", "PartFolder"]

PART_RECORDS = 1000
"""Records of a part, the last one's but for. Parts of other sizes would not go on with those of former runs."""

_MOST_PARTS = 100_000  # behind which the names' order would not be that of their numbers
_FILES = (".json", ".jsonl", ".ndjson")  # ends of names that no folder has
_NAME = regex(r"part-(\d{5})\.jsonl")


@dataclass(frozen=True, slots=True)
class FolderJob(Job):
    """A job whose output is a folder of parts."""

    def check_output(self) -> None:
        """Finds out whether the folder can be written to.

        Raises:
            OutputError: it cannot, or is no folder.
        """
        path = Path(self.out)
        if self.out == STDOUT:
            raise OutputError('-o -: --engine ray writes a folder of parts; name one, and "cat" them')
        if path.exists() and not path.is_dir():
            raise OutputError(f"{self.out}: is not a folder; --engine ray writes a folder of parts")
        if not path.exists() and path.suffix in _FILES:
            raise OutputError(
                f"{self.out}: --engine ray writes a folder of parts; name one, e.g. {path.with_suffix('')}"
            )
        check_name(self.out)
        if not path.parent.is_dir():
            raise OutputError(f"{self.out}: the folder {path.parent} does not exist")
        if not os.access(path if path.exists() else path.parent, os.W_OK):
            raise OutputError(f"{self.out}: no permission to write there")
        check_companions(self.out)


class PartFolder:
    """The parts that are there, and those that are written.

    Args:
        out: the folder.
        fresh: what is there is no part of this run, and goes when the first part is written.
    """

    def __init__(self, out: str, *, fresh: bool = False) -> None:
        self._path = Path(out)
        self._stale = self._numbers() if fresh else []
        for number in self._stale:
            check_replaceable(str(self._part(number)))

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """The folder, made where it is missing, and used by no other run.

        Raises:
            OutputError: another run uses it, or it cannot be made.
        """
        with only_run(str(self._path)):
            try:
                self._path.mkdir(exist_ok=True)
            except OSError as error:
                raise OutputError(f"{self._path}: {error.strerror}") from error
            try:
                yield
            finally:
                with contextlib.suppress(OSError):
                    self._path.rmdir()  # where nothing came of it

    def last(self) -> int:
        """The number of the last part there is; -1 where there is none."""
        there = () if self._stale else self._numbers()
        return max(there, default=-1)

    def lines(self, number: int) -> list[bytes]:
        """The lines of a part; none where it is not there.

        Raises:
            OutputError: it holds something else.
        """
        path = self._part(number)
        if self._stale or not path.exists():
            return []
        lines = path.read_bytes().splitlines(keepends=True)
        if lines and not lines[-1].endswith(b"\n"):
            raise OutputError(f"{path}: the last line is torn, which no run of absextract leaves; remove the file")
        return lines

    def write(self, number: int, lines: Iterable[bytes]) -> None:
        """Puts a part in its place, all at once.

        Raises:
            OutputError: it cannot be written.
        """
        self.clear()
        if number >= _MOST_PARTS:
            most = PART_RECORDS * _MOST_PARTS
            raise OutputError(f"{self._path}: a folder holds at most {most} records; split the input over several")
        path = self._part(number)
        partial = Path(f"{path}.partial")
        try:
            with open(partial, "wb") as file:
                file.writelines(lines)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, path)
            self._sync()
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
            raise OutputError(f"{path}: {error.strerror}; the same command goes on from here") from error

    def clear(self) -> None:
        """Removes the parts of a former run that is written over."""
        for number in self._stale:
            self._part(number).unlink(missing_ok=True)
        self._stale = []

    def name(self, number: int) -> str:
        """A part's path, for messages."""
        return str(self._part(number))

    def _part(self, number: int) -> Path:
        return self._path / f"part-{number:05}.jsonl"

    def _numbers(self) -> Sequence[int]:
        if not self._path.is_dir():
            return []
        return [int(found[1]) for name in os.listdir(self._path) if (found := _NAME.fullmatch(name))]

    def _sync(self) -> None:
        """Makes a new name last."""
        handle = os.open(self._path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
