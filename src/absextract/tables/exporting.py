"""Writing a table file whole or not at all; its name says which kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path

from ..display.printable import for_terminal
from ..errors import OutputError, UsageError
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_table
from ..output.places import is_special, written_whole
from ..sources.input_files import read_for
from .bibliography import write_bibtex
from .rows import Paper, Row, read_papers, rows_of
from .table_files import write_csv, write_parquet, write_sqlite

__all__ = ["export"]


def export(records: str, out: str, *, overwrite: bool = False, left_out: list[str] | None = None) -> int:
    """Writes the results of records as `.csv`, `.parquet` or `.sqlite`, or their papers as `.bib`.

    Args:
        records: a file of records of `PaperExtraction`, or `-`.
        out: the file to write, or `-` for CSV on standard output.
        overwrite: write over a table that is there; nothing else is written over.
        left_out: takes what is to tell of lines that are no records; without it, the first is an error.

    Returns:
        The number of rows, or of entries.

    Raises:
        UsageError: the records cannot be read, or the table not be written.
    """
    suffix = ".csv" if out == STDOUT else Path(out).suffix.lower()
    if suffix not in _WRITERS:
        raise UsageError(f'{out}: the name of a table ends in {", ".join(_WRITERS)}, not in "{suffix}"')
    write = _WRITERS[suffix]
    if out == STDOUT:
        return write_csv(_rows(read_papers(records, left_out)), for_terminal(sys.stdout))
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: exists already; choose another -o, or replace it with --overwrite")
    if is_special(out):
        raise OutputError(f"{out}: is not a plain file; -o - writes CSV to standard output")
    check_table_or_page(out, read_for(out, records), may_be=[is_own_table])
    with written_whole(out) as path:
        return write(read_papers(records, left_out), path)


def _rows(papers: Iterable[Paper]) -> Iterator[Row]:
    return chain.from_iterable(map(rows_of, papers))


def _csv(papers: Iterable[Paper], path: str) -> int:
    with open(path, "w", encoding="utf-8", newline="") as file:
        return write_csv(_rows(papers), file)


def _bib(papers: Iterable[Paper], path: str) -> int:
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        return write_bibtex(papers, file)


def _parquet(papers: Iterable[Paper], path: str) -> int:
    return write_parquet(_rows(papers), path)


def _sqlite(papers: Iterable[Paper], path: str) -> int:
    return write_sqlite(_rows(papers), path)


_Write = Callable[[Iterable[Paper], str], int]
_WRITERS: dict[str, _Write] = {".csv": _csv, ".parquet": _parquet, ".sqlite": _sqlite, ".bib": _bib}
