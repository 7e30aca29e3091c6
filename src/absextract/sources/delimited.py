"""CSV and TSV with a header row."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .bounds import LONGEST_HEADER, LONGEST_RECORD, MOST_COLUMNS, TOO_LONG, shortened
from .columns import has_abstract_column, to_abstract
from .csv_lines import CsvLines, RowTooLongError

__all__ = ["delimiter_of", "read_csv", "read_tsv"]

_DELIMITERS = ",\t;|"


def read_csv(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads rows parted by commas, or by what the header shows: semicolons, bars, tabs.

    Quoted fields may hold delimiters, quotes and line breaks.
    """
    return _read(stream, path, None)


def read_tsv(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads tab-separated rows, quoted like CSV."""
    return _read(stream, path, "\t")


def delimiter_of(header: str) -> str | None:
    """What parts the columns of a header, if there is one for an abstract among them."""
    for delimiter in _DELIMITERS:
        if has_abstract_column(column.strip(' "') for column in header.rstrip("\r\n").split(delimiter)):
            return delimiter
    return None


def _read(stream: BinaryIO, path: str, delimiter: str | None) -> Iterator[Abstract | BadInput]:
    csv.field_size_limit(LONGEST_RECORD)  # the default refuses more than 128 Ki characters
    # a wrong byte stays visible as a surrogate, and costs its row instead of the file
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = "\n"
        while first and not first.strip():
            first = text.readline(LONGEST_HEADER + 1)
        if len(first) > LONGEST_HEADER:
            raise _unlikely_header(path)
        delimiter = delimiter or delimiter_of(first) or ","
        yield from _read_rows(CsvLines(text, first), delimiter, path)
    finally:
        with contextlib.suppress(ValueError):  # it may be closed already, where nobody reads on
            text.detach()  # the stream is not ours to close


def _read_rows(lines: CsvLines, delimiter: str, path: str) -> Iterator[Abstract | BadInput]:
    rows = csv.DictReader(lines, delimiter=delimiter)
    _check_header(rows, path)
    index = 0
    while True:
        try:
            lines.begin_row()
            row = next(rows)
        except StopIteration:
            return
        except (csv.Error, RowTooLongError) as error:
            message = TOO_LONG if isinstance(error, RowTooLongError) else str(error)
            yield BadInput(source=Source(path=path, index=index), line=rows.line_num, message=message)
        else:
            yield _row(row, Source(path=path, index=index), rows.line_num)
        index += 1


def _check_header(rows: csv.DictReader[str], path: str) -> None:
    try:
        names = rows.fieldnames or ()
    except (csv.Error, RowTooLongError):
        names = None
    if names is None or len(names) > MOST_COLUMNS or sum(map(len, names)) > LONGEST_HEADER:
        raise _unlikely_header(path)
    if not has_abstract_column(names):
        found = shortened(", ".join(names)) or "nothing"
        raise InputError(f'no column "abstract" or "summary" in the header; found {found}', path=path, line=1)


def _unlikely_header(path: str) -> InputError:
    reason = f"the header has more than {MOST_COLUMNS:,} columns, or a million characters; is it another format?"
    return InputError(reason, path=path, line=1)


def _row(row: dict[str, str], source: Source, line: int) -> Abstract | BadInput:
    if None in row:
        return BadInput(source=source, line=line, message="more fields than the header has columns")
    return to_abstract(row, source, line)
