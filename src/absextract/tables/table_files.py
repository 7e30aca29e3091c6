"""Writing the rows of one table as CSV, TSV, Markdown, Parquet and XLSX."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from ..errors import UsageError
from ..patterns import regex
from .csv_cells import csv_line, tsv_line
from .rows import COLUMNS, Columns, Row

__all__ = ["markdown_text", "write_csv", "write_markdown", "write_parquet", "write_tsv", "write_xlsx"]

_ROWS_AT_ONCE = 10_000
_MOST_ROWS, _LONGEST_CELL = 1_048_575, 32_767  # of a sheet of Excel
_NO_CELL = regex(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = regex(r"[\\`*_{}\[\]<>|#~]")


def write_csv(rows: Iterable[Row], file: IO[str], columns: Columns = COLUMNS) -> int:
    """Writes a header and the rows; returns their number.

    A text that a spreadsheet would take for a formula gets an apostrophe in front: abstracts are untrusted.
    """
    return _write_lines([csv_line(columns)], (csv_line(row.values()) for row in rows), file)


def write_tsv(rows: Iterable[Row], file: IO[str], columns: Columns = COLUMNS) -> int:
    """Writes a header and the rows; returns their number. Tabs and line breaks in a text become blanks."""
    return _write_lines([tsv_line(columns)], (tsv_line(row.values()) for row in rows), file)


def write_markdown(rows: Iterable[Row], file: IO[str], columns: Columns = COLUMNS) -> int:
    """Writes a Markdown table whose cells are plain text; returns the number of rows."""
    rule = " | ".join("---:" if kind in (float, int) else "---" for kind in columns.values())
    head = [_markdown_line(columns), f"| {rule} |\n"]
    return _write_lines(head, (_markdown_line(row.values()) for row in rows), file)


def _write_lines(head: Iterable[str], lines: Iterable[str], file: IO[str]) -> int:
    file.writelines(head)
    count = 0
    for line in lines:
        file.write(line)
        count += 1
    return count


def _markdown_line(cells: Iterable[Any]) -> str:
    return "| " + " | ".join(map(_markdown_cell, cells)) + " |\n"


def _markdown_cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return f"{value:.12g}"
    return "" if value is None else markdown_text(str(value))


def markdown_text(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    text = " ".join(text.split())
    return _MARKDOWN.sub(lambda sign: f"\\{sign[0]}", text)


def write_parquet(rows: Iterable[Row], path: str, columns: Columns = COLUMNS) -> int:
    """Writes a Parquet table; returns the number of rows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(f"{path}: to write Parquet, pip install 'absextract[parquet]'") from None
    types = {str: pyarrow.string(), float: pyarrow.float64(), int: pyarrow.int64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in columns.items()])
    count = 0
    with parquet.ParquetWriter(path, schema) as writer:
        left = iter(rows)
        while some := list(islice(left, _ROWS_AT_ONCE)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))
            count += len(some)
    return count


def write_xlsx(rows: Iterable[Row], path: str, columns: Columns = COLUMNS, *, sheet: str = "results") -> int:
    """Writes a workbook of one sheet with a fixed head; texts are texts, never formulas. Returns the number of rows.

    Raises:
        UsageError: there are more rows than a sheet holds.
    """
    from openpyxl import Workbook  # takes long to load
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    page.freeze_panes = "A2"

    def cells(values: Iterable[Any]) -> Iterator[Any]:
        for value in values:
            cell = WriteOnlyCell(
                page, value=_NO_CELL.sub(" ", value)[:_LONGEST_CELL] if isinstance(value, str) else value
            )
            if isinstance(value, str):
                cell.data_type = "s"  # else "=1+1" would be a formula
            yield cell

    count = 0
    with contextlib.closing(page):  # else what fails half-way leaves a file open
        page.append(list(cells(columns)))
        for row in rows:
            count += 1
            if count > _MOST_ROWS:
                raise UsageError(f"{path}: a sheet holds no more than {_MOST_ROWS:,} rows; write .csv or .parquet")
            page.append(list(cells(row.values())))
    book.save(path)
    return count
