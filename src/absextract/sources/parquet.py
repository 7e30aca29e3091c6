"""Parquet tables, by row groups; needs the extra `parquet`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput, Source
from .bounds import MOST_COLUMNS, has_too_many_columns, shortened
from .cell_values import as_json
from .columns import Columns
from .spooling import seekable
from .table_header import unlike_names
from .table_metadata import CommonNames

__all__ = ["read_parquet"]

_ROWS_AT_ONCE = 256
_UNREADABLE = (
    ValueError,
    OverflowError,
    TypeError,
    NotImplementedError,
    KeyError,
)  # wrong UTF-8, dates of no calendar, …


def read_parquet(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads rows; what is no plain file (a pipe, a packed file) is written to a temporary one first.

    Raises:
        InputError: it is no such table, or has no column for an abstract.
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(f"{path}: to read Parquet, pip install 'absextract[parquet]'") from None
    columns = columns or Columns()
    with ExitStack() as stack:
        file = seekable(stream, path, "Parquet", stack)
        try:
            table = parquet.ParquetFile(pyarrow.PythonFile(file, mode="r"))
            names = unlike_names(table.schema_arrow.names)
            _check_columns(names, path, columns)
            common = CommonNames(names)
            index = 0
            for batch in table.iter_batches(_ROWS_AT_ONCE):
                for row in _rows(batch.rename_columns(names)):
                    source = Source(path=path, index=index)
                    if isinstance(row, str):
                        yield BadInput(source=source, message=row)
                    else:
                        yield columns.paper(common.added_to(row), source)
                    index += 1
        except pyarrow.ArrowException as error:
            raise InputError(f"not a Parquet table: {str(error).splitlines()[0]}", path=path) from None


def _rows(batch: Any) -> Iterator[dict[str, Any] | str]:
    """The rows as JSON knows them; in place of one with a cell that cannot be read, what is wrong with it."""
    try:
        rows = batch.to_pylist()
    except _UNREADABLE:
        rows = [_row(batch, number) for number in range(batch.num_rows)]
    for row in rows:
        yield row if isinstance(row, str) else {name: as_json(value) for name, value in row.items()}


def _row(batch: Any, number: int) -> dict[str, Any] | str:
    row = {}
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        try:
            row[name] = column[number].as_py()
        except _UNREADABLE as error:
            return f"the column {shortened(name)!a} cannot be read: {shortened(ascii(error))}"
    return row


def _check_columns(names: list[str], path: str, columns: Columns) -> None:
    if has_too_many_columns(names):
        raise InputError(f"more than {MOST_COLUMNS:,} columns, or a million characters in their names", path=path)
    columns.meet(names)
    if fault := columns.fault(path):
        raise fault
