"""Parquet tables, by row groups; needs the extra `parquet`."""

from __future__ import annotations

import base64
import datetime
import decimal
import math
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any, BinaryIO

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput, Source
from .bounds import LARGEST_WHOLE, MOST_COLUMNS, shortened
from .columns import has_abstract_column, to_abstract
from .opening import BLOCK

__all__ = ["as_json", "read_parquet"]

_ROWS_AT_ONCE = 256
_UNREADABLE = (
    ValueError,
    OverflowError,
    TypeError,
    NotImplementedError,
    KeyError,
)  # wrong UTF-8, dates of no calendar, …


def read_parquet(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
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
    with ExitStack() as stack:
        if not stream.seekable():
            spool = stack.enter_context(tempfile.TemporaryFile())
            _copy(stream, spool, path)
            stream = spool
        try:
            table = parquet.ParquetFile(pyarrow.PythonFile(stream, mode="r"))
            _check_columns(table.schema_arrow.names, path)
            index = 0
            for batch in table.iter_batches(_ROWS_AT_ONCE):
                for row in _rows(batch):
                    source = Source(path=path, index=index)
                    yield BadInput(source=source, message=row) if isinstance(row, str) else to_abstract(row, source)
                    index += 1
        except pyarrow.ArrowException as error:
            raise InputError(f"not a Parquet table: {str(error).splitlines()[0]}", path=path) from None


def _copy(stream: BinaryIO, spool: IO[bytes], path: str) -> None:
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > LARGEST_WHOLE:
            raise InputError(
                f"more than {LARGEST_WHOLE >> 20} MB of packed or piped Parquet; unpack it first", path=path
            )
        spool.write(block)


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


def _check_columns(names: list[str], path: str) -> None:
    if len(names) > MOST_COLUMNS:
        raise InputError(f"more than {MOST_COLUMNS:,} columns", path=path)
    if not has_abstract_column(names):
        raise InputError(
            f'no column "abstract" or "summary"; found {shortened(", ".join(names)) or "nothing"}', path=path
        )


def as_json(value: Any) -> Any:
    """A cell as JSON knows it; what it does not know as text."""
    match value:
        case float():
            return value if math.isfinite(value) else None
        case dict():
            return {str(key): as_json(each) for key, each in value.items()}
        case list() | tuple():
            return [as_json(each) for each in value]
        case datetime.datetime() | datetime.date() | datetime.time():
            return value.isoformat()
        case datetime.timedelta() | decimal.Decimal():
            return str(value)
        case bytes():
            return base64.b64encode(value).decode()
        case None | str() | bool() | int():
            return value
    return str(value)
