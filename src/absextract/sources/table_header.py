"""Where a table begins: the row that names its columns, below what a database writes above it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..patterns import regex
from .column_names import nearest
from .columns import USUAL, ColumnNames
from .csv_rows import split_line
from .row_fit import UNNAMED

__all__ = [
    "DELIMITERS",
    "MOST_ABOVE",
    "are_like_names",
    "delimiter_below",
    "delimiter_of",
    "is_header",
    "is_other_table",
    "said_delimiter",
    "unlike_names",
]

DELIMITERS = ",\t;|"
_SAID = regex(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)  # the first line, as Excel takes it
MOST_ABOVE = 60
"""Lines or rows above a header, at most."""
_LONGEST_NAME = 80
_SURELY_COLUMNS = 4  # which no line of a text looks like
_LIKE_A_NAME = regex(r"[^.!?]*\w[^.!?]*(?:\.\d{1,2}|\([^()]*\))?")


def said_delimiter(line: str) -> str | None:
    """What the first line says that parts the columns, if it says so."""
    found = _SAID.fullmatch(line.rstrip("\r\n").removeprefix("\ufeff"))
    return found[1] if found else None


def is_header(cells: Sequence[str], chosen: ColumnNames = USUAL, *, first: bool) -> bool:
    """Whether the cells of a row are the names of columns, one for an abstract among them.

    Args:
        cells: the row.
        chosen: what the user says of the columns.
        first: nothing stands above it; else it must look like a header all through.
    """
    layout = chosen.layout(cells)
    if not layout.abstract or first or chosen.abstract is not None:
        return bool(layout.abstract)
    return bool(layout.title) and are_like_names(cells)


def delimiter_of(line: str, chosen: ColumnNames = USUAL, *, first: bool = True) -> str | None:
    """What parts the columns of a line, if it is a header with a column for an abstract."""
    for delimiter in DELIMITERS:
        if is_header(_names(line, delimiter), chosen, first=first):
            return delimiter
    return None


def delimiter_below(lines: Sequence[str], chosen: ColumnNames = USUAL, *, whole: bool) -> str | None:
    """What parts the columns of a table whose header stands below something else.

    Args:
        lines: the first lines that are not blank.
        chosen: what the user says of the columns.
        whole: there are no more lines.
    """
    for number, line in enumerate(lines[:MOST_ABOVE]):
        if delimiter := delimiter_of(line, chosen, first=False):
            if _width(line, delimiter) >= _SURELY_COLUMNS:
                return delimiter
            below = lines[number + 1 : number + 2]
            if not below:
                return delimiter if whole else None
            if _width(below[0], delimiter) > 1 or below[0].count('"') % 2:  # a cell may go on in the next line
                return delimiter
    return None


def is_other_table(lines: Sequence[str]) -> bool:
    """Whether lines are those of a table that has no column for an abstract."""
    for delimiter in DELIMITERS if len(lines) > 1 else "":
        names = _names(lines[0], delimiter)
        widths = {_width(line, delimiter) for line in lines[1:4]}
        tells = len(names) >= _SURELY_COLUMNS or any(nearest(names, part) for part in ("title", "abstract"))
        if are_like_names(names) and (widths == {len(names)} or (tells and _width(lines[1], delimiter) > 1)):
            return True
    return False


def unlike_names(names: Sequence[str]) -> list[str]:
    """The names of the columns, each unlike those before it: the second `Abstract` is `Abstract.1`."""
    taken: set[str] = set()
    unlike = []
    for given in names:
        name = given or UNNAMED
        number, new = 0, name
        while new in taken:
            number += 1
            new = f"{name}.{number}"
        taken.add(new)
        unlike.append(new)
    return unlike


def are_like_names(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are short enough, and enough of them, to be the names of columns."""
    filled = [cell for cell in cells if cell.strip()]
    return len(filled) > 1 and all(map(_is_like_a_name, filled))


def _names(line: str, delimiter: str) -> list[str]:
    return [name.strip(' "') for name in split_line(line.removeprefix("\ufeff"), delimiter)]


def _width(line: str, delimiter: str) -> int:
    return len(split_line(line, delimiter))


def _is_like_a_name(cell: str) -> bool:
    return 0 < len(cell) <= _LONGEST_NAME and _LIKE_A_NAME.fullmatch(cell) is not None
