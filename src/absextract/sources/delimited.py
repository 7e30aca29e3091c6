"""CSV and TSV with a header row, which need not be the first."""

from __future__ import annotations

import contextlib
import csv
import io
import logging
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .bounds import LONGEST_HEADER, LONGEST_RECORD, MOST_COLUMNS, has_too_many_columns
from .columns import ColumnNames, Columns
from .csv_lines import CsvLines, RowTooLongError
from .csv_rows import CsvRow, read_rows_of, split_line
from .encodings import wrong_text
from .row_fit import RowFit, UnfitError
from .table_header import DELIMITERS, MOST_ABOVE, are_like_names, is_header, said_delimiter, unlike_names
from .table_metadata import CommonNames

__all__ = ["read_csv", "read_tsv"]

_AROUND_NAME = ' "\ufeff'
_log = logging.getLogger(__name__)
_SAME_BEGINNING = 12  # characters; what follows may be a day, or a query
_MOST_LINES = 5  # of a cell above it, or in it


def read_csv(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads rows parted by commas, or by what the header shows: semicolons, bars, tabs.

    Quoted fields may hold delimiters, quotes and line breaks. What stands above the header is passed over.

    Args:
        stream: the table.
        path: where it comes from.
        columns: which of them hold what.

    Raises:
        InputError: there is no column for an abstract.
    """
    return _read(stream, path, DELIMITERS, columns or Columns())


def read_tsv(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads tab-separated rows, quoted like CSV, or not at all; otherwise as `read_csv`."""
    return _read(stream, path, "\t", columns or Columns())


def _read(stream: BinaryIO, path: str, delimiters: str, columns: Columns) -> Iterator[Abstract | BadInput]:
    csv.field_size_limit(LONGEST_RECORD)  # the default refuses more than 128 Ki characters
    # a wrong byte stays visible as a surrogate, and costs its row instead of the file
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        lines = CsvLines(text)
        delimiter, line, names, above = _header(lines, delimiters, columns.chosen, path)
        layout = columns.meet(names)
        if fault := columns.fault(path, line):
            raise fault
        fit, common = RowFit(names, layout), CommonNames(names)
        rows = read_rows_of(lines, delimiter, len(names))
        for index, row in enumerate(_without_further_headers(rows, names, above, path)):
            yield _paper(row, fit, common, columns, Source(path=path, index=index))
    finally:
        with contextlib.suppress(ValueError):  # it may be closed already, where nobody reads on
            text.detach()  # the stream is not ours to close


def _without_further_headers(rows: Iterator[CsvRow], names: list[str], above: str, path: str) -> Iterator[CsvRow]:
    """The rows, but for the headers of further tables, as where files were put one behind the other.

    Args:
        rows: those behind the first header.
        names: the columns.
        above: how the first line above the first header begins, where there is one; the same may stand above others.
        path: the file.
    """
    held: list[CsvRow] = []
    for row in rows:
        if _is_header_again(row, names):
            yield from (each for each in held if _is_filled(each, len(names)))
            held.clear()
            _log.warning("%s:%s: the header stands there once more, and is left out", path, row.line)
        elif held or (above and row.cells and row.cells[0].strip(_AROUND_NAME).startswith(above)):
            held.append(row)
            if len(held) > MOST_ABOVE:
                yield from held
                held.clear()
        else:
            yield row
    yield from held


def _is_filled(row: CsvRow, width: int) -> bool:
    """Whether a row has the width of the table and several cells with something in them, as what is above none has."""
    return row.cells is not None and len(row.cells) == width and sum(bool(cell.strip()) for cell in row.cells) > 1


def _is_header_again(row: CsvRow, names: list[str]) -> bool:
    """Whether a row is the header of a further table, as where files were put one behind the other."""
    if row.cells is None or row.cells[0].strip(_AROUND_NAME) != names[0]:
        return False
    return unlike_names([cell.strip(_AROUND_NAME) for cell in row.cells[: len(names)]]) == names


def _header(lines: CsvLines, delimiters: str, chosen: ColumnNames, path: str) -> tuple[str, int, list[str], str]:
    """What parts the cells, the line of the header, and the names in it; of the fullest line where none is one.

    And how the first line above it begins.
    """
    fullest: tuple[str, int, list[str]] | None = None
    above = ""
    for number in range(MOST_ABOVE):
        line, text = _logical_line(lines, path)
        if not text:
            break
        if number == 0 and (said := said_delimiter(text)):
            delimiters, above = said, "sep="
            continue
        rows = [(delimiter, line, _names(text, delimiter, path, line)) for delimiter in delimiters]
        for delimiter, _, names in rows:
            if is_header(names, chosen, first=fullest is None):
                return delimiter, line, unlike_names(names), above
        above = above or "".join(rows[0][2][:1])[:_SAME_BEGINNING]
        fullest = fullest or rows[0]
        for row in rows:
            if are_like_names(row[2]) and len(row[2]) > len(fullest[2]):
                fullest = row
    return (*(fullest or (delimiters[0], 1, [])), above)


def _logical_line(lines: CsvLines, path: str) -> tuple[int, str]:
    """The next line that is not blank, with those that its quotes take in, and its number; empty at the end."""
    lines.begin_row()
    text = "\n"
    while text and not text.strip():
        text = _next(lines, path)
    line = lines.first
    while text.count('"') % 2 and len(lines.row) < _MOST_LINES and (more := _next(lines, path)):
        text += more
    if text.count('"') % 2 and len(lines.row) > 1 and lines.give_back():
        text = lines.row[0]
    return line, text


def _next(lines: CsvLines, path: str) -> str:
    try:
        line = next(lines, "")
    except RowTooLongError:
        line = " " * (LONGEST_HEADER + 1)
    if len(line) > LONGEST_HEADER:
        raise _unlikely_header(path, lines.first)
    return line


def _names(text: str, delimiter: str, path: str, line: int) -> list[str]:
    body = text.rstrip("\r\n")
    if "\n" in body or "\r" in body:
        names = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
    else:
        names = split_line(body, delimiter)
    if has_too_many_columns(names):
        raise _unlikely_header(path, line)
    return [name.strip(_AROUND_NAME) for name in names]


def _unlikely_header(path: str, line: int) -> InputError:
    reason = f"the header has more than {MOST_COLUMNS:,} columns, or a million characters; is it another format?"
    return InputError(reason, path=path, line=line)


def _paper(row: CsvRow, fit: RowFit, common: CommonNames, columns: Columns, source: Source) -> Abstract | BadInput:
    if row.cells is None:
        return BadInput(source=source, line=row.line, message=row.wrong)
    try:
        return columns.paper(common.added_to(fit.row(row.cells, row.raw)), source, row.line)
    except UnfitError:
        message = wrong_text(row.cells, source.path) or fit.told(row.cells)
        return BadInput(source=source, line=row.line, message=message)
