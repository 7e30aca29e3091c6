"""How much one record of an input may hold: more than any honest one, and less than fills the memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ..schema.faults import TOO_DEEP
from .encodings import has_wrong_bytes

__all__ = [
    "DEEPEST",
    "LARGEST_ELEMENT",
    "LARGEST_WHOLE",
    "LONGEST_HEADER",
    "LONGEST_RECORD",
    "MOST_COLUMNS",
    "MOST_FIELDS",
    "MOST_VALUES",
    "TOO_DEEP",
    "TOO_LONG",
    "TOO_MANY",
    "CutLine",
    "Gathered",
    "bounded_lines",
    "has_too_many_columns",
    "has_too_many_values",
    "shortened",
]

LONGEST_RECORD = 32 << 20
"""Bytes of one record, in any format; characters of a CSV row."""
LARGEST_ELEMENT = 9 << 20
"""Bytes of one paper in XML: libxml2 refuses a text of 10 MB, and the rest of the file with it."""
LARGEST_WHOLE = 1 << 30
"""Bytes of a file that is put aside before it is read: BibTeX, and Parquet that comes packed or from a pipe."""
DEEPEST = 200
"""Brackets within brackets, as far as they are looked at to recognise a document."""
MOST_VALUES = 1_000_000
"""Values of one record; each takes memory, however short it is written."""
MOST_FIELDS = 100_000
"""Fields of one entry of BibTeX."""
MOST_COLUMNS = 10_000
LONGEST_HEADER = 1 << 20
"""Characters of the names of all columns, which stand again in the metadata of every record."""

TOO_LONG = f"longer than {LONGEST_RECORD >> 20} MB, which no record of a paper is"
TOO_MANY = f"holds more than {MOST_VALUES:,} values, which no record of a paper does"

_MANY_BYTES = 1 << 20
_PIECE = 1 << 16
_LONGEST_QUOTE = 2000
_COST_OF_LINE = 16  # what each takes beside its characters, which counts where they are few


class Gathered:
    """The lines of one record, as long as they are no more than a record may have; falsy without a line."""

    def __init__(self) -> None:
        self.first: int = 0
        self.lines: list[str] = []
        self.wrong: tuple[int, str] | None = None
        """The number and text of the first line that is no UTF-8."""
        self._cost = 0

    def __bool__(self) -> bool:
        return self._cost > 0

    def add(self, number: int, line: str, *, is_cut: bool) -> None:
        """A line, its number, and whether it is only the beginning of one."""
        self.first = self.first or number
        if self.wrong is None and has_wrong_bytes(line):
            self.wrong = (number, line)
        self._cost += _COST_OF_LINE + (LONGEST_RECORD if is_cut else len(line))
        if self.is_too_long:
            self.lines.clear()
        else:
            self.lines.append(line)

    @property
    def is_too_long(self) -> bool:
        """Whether there were more lines than are kept: then there are none."""
        return self._cost > LONGEST_RECORD

    def text(self) -> str | None:
        """The lines as one text; None where they are too many."""
        return None if self.is_too_long else "\n".join(self.lines)


class CutLine(bytes):
    """The beginning of a line that is longer than a record may be."""


def bounded_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream, each with its end; a `CutLine` in place of one that is longer than a record may be."""
    while line := stream.readline(LONGEST_RECORD + 1):
        if len(line) <= LONGEST_RECORD or line.endswith(b"\n"):
            yield line
            continue
        cut = CutLine(line[:_LONGEST_QUOTE])
        while line and not line.endswith(b"\n"):
            line = stream.readline(_PIECE)
        yield cut


def has_too_many_values(raw: bytes) -> bool:
    """Whether a record in JSON holds more values than it may; a text with as many commas counts too."""
    return len(raw) > _MANY_BYTES and sum(map(raw.count, (b",", b"[", b"{"))) > MOST_VALUES


def has_too_many_columns(names: Sequence[str]) -> bool:
    """Whether a table has more columns than it may, or longer names of them."""
    return len(names) > MOST_COLUMNS or sum(map(len, names)) > LONGEST_HEADER


def shortened(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """A text of the input, short enough for a message."""
    return text if len(text) <= longest else f"{text[:longest]}…"
