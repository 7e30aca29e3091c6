"""CSV and TSV with a header row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import has_abstract_column, to_abstract

__all__ = ["delimiter_of", "read_csv", "read_tsv"]

_DELIMITERS = ",\t;|"

_LARGEST_FIELD = (
    2**31 - 1
)  # characters; the default refuses more than 128 Ki, and more does not fit a C long everywhere


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
    csv.field_size_limit(_LARGEST_FIELD)
    # a wrong byte stays visible as a surrogate, and costs its row instead of the file
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    try:
        first = next((line for line in text if line.strip()), "")
        delimiter = delimiter or delimiter_of(first) or ","
        yield from _read_rows(csv.DictReader(chain([first], text), delimiter=delimiter), path)
    finally:
        text.detach()  # the stream is not ours to close


def _read_rows(rows: csv.DictReader[str], path: str) -> Iterator[Abstract | BadInput]:
    if not has_abstract_column(rows.fieldnames or ()):
        found = ", ".join(map(str, rows.fieldnames or ())) or "nothing"
        raise InputError(f'no column "abstract" or "summary" in the header; found {found}', path=path, line=1)
    index = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadInput(source=Source(path=path, index=index), line=rows.line_num, message=str(error))
        else:
            yield _row(row, Source(path=path, index=index), rows.line_num)
        index += 1


def _row(row: dict[str, str], source: Source, line: int) -> Abstract | BadInput:
    if None in row:
        return BadInput(source=source, line=line, message="more fields than the header has columns")
    return to_abstract(row, source, line)
