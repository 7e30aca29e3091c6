"""Which tables and pages are ours, by what is in them: nothing else is written over, asked for or not."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..errors import OutputError
from .places import check_is_no_input

__all__ = ["check_table_or_page", "is_own_page", "is_own_table"]

_COLUMNS = ("paper", "task", "dataset", "metric", "value", "unit", "kind", "method", "baseline", "evidence", "code_url")
"""Of a table, in every version."""
_PAGE = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"
)
_BLOCK = 1 << 16
_BIB_FIELDS = "title|author|year|url|keywords|note|abstract"
_NOT_OF_OUR_BIB = re.compile(rf"@(?!misc\{{[\w.:/+-]*,$)|\s*%|  (?!(?:{_BIB_FIELDS}) = \{{)\w+\s*=")


def check_table_or_page(out: str, records: Iterable[str], *, may_be: Sequence[Callable[[str], bool]]) -> None:
    """Finds out whether a table or page may take the place of what is there.

    Args:
        out: the file to write.
        records: the files that it is made from.
        may_be: tells files that may be written over.

    Raises:
        OutputError: it is one of the records, or something that absextract did not write.
    """
    check_is_no_input(out, records)
    if os.path.isfile(out) and not _is_blank(out) and not any(is_ours(out) for is_ours in may_be):
        raise OutputError(f"{out}: is there already and was not written by absextract; choose another -o, or delete it")


def is_own_page(path: str) -> bool:
    """Whether a file is a page that `report` wrote."""
    return _head(path, len(_PAGE)) == _PAGE


def is_own_table(path: str) -> bool:
    """Whether a file is a table that `export` wrote, and nothing was added to it since that is no row."""
    head = _head(path, 16)
    if head.startswith(b"PAR1"):
        return _is_parquet(path)
    if head == b"SQLite format 3\0":
        return _is_sqlite(path)
    return _is_bib(path) if head.startswith(b"@") else _is_csv(path)


def _is_csv(path: str) -> bool:
    header = ",".join(_COLUMNS).encode()
    return _head(path, len(header)) == header


def _is_bib(path: str) -> bool:
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        return not any(_NOT_OF_OUR_BIB.match(line) for line in iter(lambda: file.readline(_BLOCK), ""))


def _is_sqlite(path: str) -> bool:
    with contextlib.suppress(sqlite3.Error):
        address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            there = database.execute("SELECT name FROM sqlite_master").fetchmany(2)
            names = [row[0] for row in database.execute("SELECT name FROM pragma_table_info('results')").fetchmany(99)]
        return there == [("results",)] and tuple(names[: len(_COLUMNS)]) == _COLUMNS
    return False


def _is_parquet(path: str) -> bool:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return False
    with contextlib.suppress(pyarrow.ArrowException, OSError):
        return tuple(parquet.read_schema(path).names[: len(_COLUMNS)]) == _COLUMNS
    return False


def _is_blank(path: str) -> bool:
    """Whether there is nothing but the zeros that a power cut may leave."""
    with open(path, "rb") as file:
        return not any(block.strip(b"\0") for block in iter(lambda: file.read(_BLOCK), b""))


def _head(path: str, size: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(size)
