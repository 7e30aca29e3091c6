"""Parquet tables, by row groups; needs the extra `parquet`."""

from __future__ import annotations

import base64
import datetime
import decimal
import math
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, BinaryIO

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput, Source
from .columns import has_abstract_column, to_abstract

__all__ = ["as_json", "read_parquet"]

_ROWS_AT_ONCE = 256


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
            shutil.copyfileobj(stream, spool)
            stream = spool
        try:
            table = parquet.ParquetFile(pyarrow.PythonFile(stream, mode="r"))
            _check_columns(table.schema_arrow.names, path)
            index = 0
            for batch in table.iter_batches(_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    plain = {name: as_json(value) for name, value in row.items()}
                    yield to_abstract(plain, Source(path=path, index=index))
                    index += 1
        except pyarrow.ArrowException as error:
            raise InputError(f"not a Parquet table: {str(error).splitlines()[0]}", path=path) from None


def _check_columns(names: list[str], path: str) -> None:
    if not has_abstract_column(names):
        raise InputError(f'no column "abstract" or "summary"; found {", ".join(names) or "nothing"}', path=path)


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
    return value
