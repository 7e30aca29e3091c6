"""The lines of a CSV file for Python's reader, which would keep a field without end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TextIO

from .bounds import LONGEST_RECORD

__all__ = ["CsvLines", "RowTooLongError"]

_PIECE = 1 << 16


class RowTooLongError(Exception):
    """A row has more characters than a record may have; it has been passed over."""


class CsvLines(Iterator[str]):
    """Lines, as long as those of one row are no longer than a record may be; then the rest of that row is skipped.

    A row ends with the line in which its quotes are even, since a quote within a field is doubled.

    Args:
        text: what is read.
        first: its first lines, where they have been read already.
    """

    def __init__(self, text: TextIO, first: str = "") -> None:
        self._text = text
        self._first = first
        self._size = self._quotes = 0

    def __next__(self) -> str:
        line, self._first = self._first or self._text.readline(LONGEST_RECORD + 1), ""
        if not line:
            raise StopIteration
        self._quotes += line.count('"')
        self._size += len(line)
        if self._size > LONGEST_RECORD:
            self._skip(line)
            self.begin_row()
            raise RowTooLongError
        if self._quotes % 2 == 0 and not line.strip():
            self._size = 0  # blank lines between rows are passed over by the reader
        return line

    def begin_row(self) -> None:
        """What comes next belongs to another row."""
        self._size = self._quotes = 0

    def _skip(self, piece: str) -> None:
        while piece and (self._quotes % 2 or not piece.endswith(("\n", "\r"))):
            piece = self._text.readline(_PIECE)
            self._quotes += piece.count('"')
