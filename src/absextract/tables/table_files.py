"""Writing rows as CSV, Parquet and SQLite."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from itertools import islice
from typing import IO

from ..errors import UsageError
from .csv_cells import csv_line
from .rows import COLUMNS, Row

__all__ = ["write_csv", "write_parquet", "write_sqlite"]

_ROWS_AT_ONCE = 10_000


def write_csv(rows: Iterable[Row], file: IO[str]) -> int:
    """Writes a header and the rows; returns their number.

    A text that a spreadsheet would take for a formula gets an apostrophe in front: abstracts are untrusted.
    """
    file.write(csv_line(COLUMNS))
    count = 0
    for row in rows:
        file.write(csv_line(row.values()))
        count += 1
    return count


def write_parquet(rows: Iterable[Row], path: str) -> int:
    """Writes a Parquet table; returns the number of rows.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise UsageError(f"{path}: to write Parquet, pip install 'absextract[parquet]'") from None
    types = {str: pyarrow.string(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    count = 0
    with parquet.ParquetWriter(path, schema) as writer:
        left = iter(rows)
        while some := list(islice(left, _ROWS_AT_ONCE)):
            writer.write_table(pyarrow.Table.from_pylist(some, schema))
            count += len(some)
    return count


def write_sqlite(rows: Iterable[Row], path: str) -> int:
    """Writes a database with the table `results`; returns the number of rows."""
    types = {str: "TEXT", float: "REAL", bool: "INTEGER"}
    columns = ", ".join(f"{name} {types[kind]}" for name, kind in COLUMNS.items())
    places = ", ".join("?" * len(COLUMNS))
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(f"CREATE TABLE results ({columns})")
        done = database.executemany(f"INSERT INTO results VALUES ({places})", (tuple(row.values()) for row in rows))
        return max(done.rowcount, 0)
