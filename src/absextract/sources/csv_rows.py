"""The rows of delimited text, also where a quote begins a cell and never ends it."""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .bounds import TOO_LONG
from .csv_lines import CsvLines, RowTooLongError

__all__ = ["CsvRow", "read_rows_of", "split_line"]

_ESCAPED = '\\"'
_MOST_LINES = 100  # of a row with such quotes
_OPEN = "a quote in this row never ends"


class CsvRow(NamedTuple):
    """A row of a table.

    Attributes:
        line: the number of its first line.
        cells: what it holds; None where it cannot be read.
        raw: how it is written.
        wrong: why it cannot be read.
    """

    line: int
    cells: list[str] | None
    raw: str = ""
    wrong: str = ""


def read_rows_of(lines: CsvLines, delimiter: str, width: int) -> Iterator[CsvRow]:
    """The rows that come next; those without anything in them are passed over.

    Some programs, Web of Science among them, do not quote: there a quote at the beginning of a cell is one of the text.
    It is told from a quoted cell by the lines behind it, which are rows of their own.

    Args:
        lines: where they come from.
        delimiter: what parts their cells.
        width: how many the header has.
    """
    rows = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        lines.begin_row()
        cells: list[str] | None
        try:
            cells = next(rows)
        except StopIteration:
            return
        except RowTooLongError:
            yield CsvRow(lines.first, None, wrong=TOO_LONG)
            continue
        except csv.Error:
            cells = None
        line = lines.first
        if (cells is None or len(cells) != width) and (escaped := _escaped(lines, delimiter, width)):
            cells = escaped
        elif cells is None or _has_swallowed(lines.row, cells, delimiter, width):
            cells = _unquoted(lines, delimiter, width)
        if cells is None:
            yield CsvRow(line, None, wrong=_OPEN)
        elif any(map(str.strip, cells)):
            yield CsvRow(line, cells, "" if len(cells) == width else "".join(lines.row))


def _escaped(lines: CsvLines, delimiter: str, width: int) -> list[str] | None:
    r"""The cells of a row in which quotes of the text are written `\"`, as databases do; None where it is none."""
    if not any(_ESCAPED in line for line in lines.row):
        return None
    own = len(lines.row)
    for _ in range(_MOST_LINES):
        text = "".join(lines.row).replace(_ESCAPED, '""')
        if text.count('"') % 2 == 0 or not lines.peek():
            break
        with contextlib.suppress(RowTooLongError):
            next(lines)
    try:
        cells = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        cells = []
    if len(cells) == width:
        return cells
    lines.give_back(own)
    return None


def _has_swallowed(row: list[str], cells: list[str], delimiter: str, width: int) -> bool:
    """Whether a row of several lines is rather as many rows, of which one has a quote of its own."""
    if len(row) < 2 or len(split_line(row[0], delimiter)) != width or _ends_a_cell(row[-1], delimiter):
        return False
    if len(cells) != width:
        return True
    # a tab hardly stands within a text, other delimiters do
    return (
        delimiter == "\t"
        and width > 2
        and all(len(split_line(line, delimiter)) == width for line in row[1:] if line.strip())
    )


def _ends_a_cell(line: str, delimiter: str) -> bool:
    """Whether a line begins with the rest of a quoted cell."""
    first = split_line(line, delimiter)[0].rstrip()
    return first.endswith('"') and (first == '"' or not first.startswith('"'))


def _unquoted(lines: CsvLines, delimiter: str, width: int) -> list[str] | None:
    """The cells of the first line, its lone quote taken for one of the text; None where it is none, and passed over."""
    if not lines.row or not lines.give_back():
        return None
    cells, is_open = _split(lines.row[0], delimiter)
    following = lines.peek()
    fits = len(cells) == width or (len(cells) > width and not any(map(str.strip, cells[width:])))
    if fits and (not is_open or _goes_on(following, delimiter, width)):
        return cells
    while following and len(split_line(following, delimiter)) != width:  # the rest of a row that is broken is no row
        with contextlib.suppress(RowTooLongError):
            next(lines)
        lines.begin_row()
        following = lines.peek()
    return None


def _goes_on(following: str, delimiter: str, width: int) -> bool:
    """Whether the line behind one with a lone quote is a row of its own, so that the quote belongs to the text."""
    if following.strip():
        return len(split_line(following, delimiter)) >= width
    return delimiter == "\t"  # at the end of the file; where cells are quoted, that is torn within one


def split_line(line: str, delimiter: str) -> list[str]:
    """The cells of one line; a quote that does not end before a delimiter is one of the text."""
    return _split(line, delimiter)[0]


def _split(line: str, delimiter: str) -> tuple[list[str], bool]:
    """The cells of one line, and whether one begins with a quote that does not end."""
    line = line.rstrip("\r\n")
    if '"' not in line:
        return line.split(delimiter), False
    quoted, cells, is_open, start = _quoted(delimiter), [], False, 0
    while True:
        found = quoted.match(line, start)
        if found:
            cells.append(found[1].replace('""', '"'))
            end = found.end()
        else:
            is_open = is_open or line.startswith('"', start)
            end = line.find(delimiter, start)
            end = len(line) if end < 0 else end
            cells.append(line[start:end])
        if end >= len(line):
            return cells, is_open
        start = end + 1


@lru_cache(maxsize=8)
def _quoted(delimiter: str) -> re.Pattern[str]:
    """A cell in quotes; those within it need not be doubled, but none begins another cell."""
    apart = re.escape(delimiter)
    return re.compile(rf'"((?:[^"]|""|(?<!{apart})"(?![^\S{apart}]*(?:{apart}|$)))*+)"[^\S{apart}]*(?={apart}|$)')
