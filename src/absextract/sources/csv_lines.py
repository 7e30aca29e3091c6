"""The lines of a CSV file for Python's reader, which would keep a field without end and not give back what it took."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TextIO

from .bounds import LONGEST_RECORD

__all__ = ["CsvLines", "RowTooLongError"]

_PIECE = 1 << 16


class RowTooLongError(Exception):
    """A row has more characters than a record may have; it has been passed over."""


class CsvLines(Iterator[str]):
    """Lines, as long as those of one row are no longer than a record may be; then the rest of that row is skipped.

    A row ends with the line in which its quotes are even, since a quote within a field is doubled. Where that turns out
    wrong, the lines behind its first can be given back, as long as all that were are no more than a record.

    Attributes:
        row: the lines of the row so far.
        first: the number of the first of them, from 1.

    Args:
        text: what is read.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._back: deque[str] = deque()
        self._returned = self._size = self._quotes = self._number = 0
        self.row: list[str] = []
        self.first: int = 1

    def __next__(self) -> str:
        line = self._line()
        if not line:
            raise StopIteration
        self._quotes += line.count('"')
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            self._skip(line)
            raise RowTooLongError
        if self._quotes % 2 == 0 and not line.strip() and not any(map(str.strip, self.row)):
            self.begin_row()  # blank lines between rows are passed over by the reader
            return line
        self.row.append(line)
        return line

    def begin_row(self) -> None:
        """What comes next belongs to another row."""
        self._size = self._quotes = 0
        self.row = []
        self.first = self._number + 1

    def peek(self) -> str:
        """The next line, which stays the next; empty at the end."""
        if not self._back and (line := self._text.readline(LONGEST_RECORD + 1)):
            self._back.append(line)
        return self._back[0] if self._back else ""

    def give_back(self, kept: int = 1) -> bool:
        """Gives back all lines of the row but its first ones; False where too much was given back before."""
        rest = self.row[kept:]
        self._returned += sum(map(len, rest))
        if self._returned > LONGEST_RECORD:
            return False
        self._back.extendleft(reversed(rest))
        self._number -= len(rest)
        del self.row[kept:]
        return True

    def _line(self) -> str:
        line = self._back.popleft() if self._back else self._text.readline(LONGEST_RECORD + 1)
        self._number += bool(line)
        return line

    def _skip(self, piece: str) -> None:
        while piece and (self._quotes % 2 or not piece.endswith(("\n", "\r"))):
            piece = self._back.popleft() if self._back else self._text.readline(_PIECE)
            self._number += piece.endswith(("\n", "\r"))
            self._quotes += piece.count('"')
