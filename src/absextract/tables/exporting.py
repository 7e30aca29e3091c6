"""Writing a table file whole or not at all; its name says which kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from ..display.printable import for_terminal
from ..errors import OutputError, UsageError
from ..output.jsonl import STDOUT, check_writable
from ..output.places import is_special, written_whole
from .bibliography import write_bibtex
from .rows import Row, read_papers, rows_of
from .table_files import write_csv, write_parquet, write_sqlite

__all__ = ["export"]


def export(records: str, out: str, *, overwrite: bool = False) -> int:
    """Writes the results of records as `.csv`, `.parquet` or `.sqlite`, or their papers as `.bib`.

    Args:
        records: a file of records of `PaperExtraction`, or `-`.
        out: the file to write, or `-` for CSV on standard output.
        overwrite: write over a file that is there.

    Returns:
        The number of rows, or of entries.

    Raises:
        UsageError: the records cannot be read, or the table not be written.
    """
    suffix = ".csv" if out == STDOUT else Path(out).suffix.lower()
    if suffix not in _WRITERS:
        raise UsageError(f'{out}: no table is called "{suffix}"; there are {", ".join(_WRITERS)}')
    write = _WRITERS[suffix]
    if out == STDOUT:
        return write_csv(_rows(records), for_terminal(sys.stdout))
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: is there already; choose another -o, or --overwrite")
    if is_special(out):
        raise OutputError(f"{out}: is no file; -o - writes CSV to standard output")
    with written_whole(out) as path:
        return write(records, path)


def _rows(records: str) -> Iterator[Row]:
    return chain.from_iterable(map(rows_of, read_papers(records)))


def _csv(records: str, path: str) -> int:
    with open(path, "w", encoding="utf-8", newline="") as file:
        return write_csv(_rows(records), file)


def _bib(records: str, path: str) -> int:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        return write_bibtex(read_papers(records), file)


def _parquet(records: str, path: str) -> int:
    return write_parquet(_rows(records), path)


def _sqlite(records: str, path: str) -> int:
    return write_sqlite(_rows(records), path)


_WRITERS: dict[str, Callable[[str, str], int]] = {".csv": _csv, ".parquet": _parquet, ".sqlite": _sqlite, ".bib": _bib}
