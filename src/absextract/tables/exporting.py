"""Writing a table file whole or not at all; its name says which kind."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from ..display.printable import for_terminal
from ..entities.linker import Linker
from ..errors import OutputError, UsageError
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_table
from ..output.places import is_special, written_whole
from ..sources.input_files import read_for
from .bibliography import write_bibtex
from .databases import write_sqlite
from .reference_manager import write_ris
from .rows import TABLES, Columns, Paper, Row, read_papers
from .table_files import write_csv, write_markdown, write_parquet, write_tsv, write_xlsx

__all__ = ["export"]


def export(
    records: str,
    out: str,
    *,
    table: str = "results",
    overwrite: bool = False,
    left_out: list[str] | None = None,
    linker: Linker | None = None,
) -> int:
    """Writes records as a table, a database or a list of references; the suffix of the file says which.

    A paper that stands twice counts once. `.csv`, `.tsv`, `.md`, `.parquet` and `.xlsx` hold one table, `.sqlite` all
    of them, `.bib` and `.ris` the papers.

    Args:
        records: a file of records of `PaperExtraction`, or `-`.
        out: the file to write, or `-` for CSV on standard output.
        table: `results`, `papers`, `links`, `findings` or `entities`.
        overwrite: write over a table that is there; nothing else is written over.
        left_out: takes what is to tell of lines that are no records; without it, the first is an error.
        linker: says what names are, where the records do not.

    Returns:
        The number of rows, or of entries.

    Raises:
        UsageError: the records cannot be read, or the table not be written.
    """
    suffix = ".csv" if out == STDOUT else Path(out).suffix.lower()
    if suffix not in (*_OF_TABLES, *_OF_PAPERS):
        known = ", ".join((*_OF_TABLES, *_OF_PAPERS))
        other = f', not in "{suffix}"' if suffix else ""
        raise UsageError(f"{out}: the name of a table ends in {known}{other}")
    if table not in TABLES:
        raise UsageError(f'there is no table "{table}"; there are {", ".join(TABLES)}')
    if suffix in _OF_PAPERS and table != "results":
        raise UsageError(f"{out}: --table is for {', '.join(_OF_TABLES)}; {suffix} holds {_OF_PAPERS_HOLD[suffix]}")
    papers = read_papers(records, left_out, linker=linker)
    columns, rows = TABLES[table].columns, _rows(papers, table)
    if out == STDOUT:
        return write_csv(rows, for_terminal(sys.stdout), columns)
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: exists already; choose another -o, or replace it with --overwrite")
    if is_special(out):
        raise OutputError(f"{out}: is not a plain file; -o - writes CSV to standard output")
    check_table_or_page(out, read_for(out, records), may_be=[is_own_table])
    with written_whole(out) as path:
        return _OF_PAPERS[suffix](papers, path) if suffix in _OF_PAPERS else _OF_TABLES[suffix](rows, path, columns)


def _rows(papers: Iterable[Paper], table: str) -> Iterator[Row]:
    return chain.from_iterable(map(TABLES[table].rows, papers))


def _as_text(write: Callable[[Iterable[Row], IO[str], Columns], int]) -> _WriteRows:
    def to_file(rows: Iterable[Row], path: str, columns: Columns) -> int:
        with open(path, "w", encoding="utf-8", newline="") as file:
            return write(rows, file, columns)

    return to_file


def _as_entries(write: Callable[[Iterable[Paper], IO[str]], int]) -> _WritePapers:
    def to_file(papers: Iterable[Paper], path: str) -> int:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            return write(papers, file)

    return to_file


_WriteRows = Callable[[Iterable[Row], str, Columns], int]
_WritePapers = Callable[[Iterable[Paper], str], int]
_OF_TABLES: dict[str, _WriteRows] = {
    ".csv": _as_text(write_csv),
    ".tsv": _as_text(write_tsv),
    ".md": _as_text(write_markdown),
    ".parquet": write_parquet,
    ".xlsx": write_xlsx,
}
_OF_PAPERS: dict[str, _WritePapers] = {
    ".sqlite": write_sqlite,
    ".bib": _as_entries(write_bibtex),
    ".ris": _as_entries(write_ris),
}
_OF_PAPERS_HOLD = {".sqlite": "all of them", ".bib": "papers", ".ris": "papers"}
