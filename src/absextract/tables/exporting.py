"""Writing a table file whole or not at all; its name says which kind."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

from ..display.printable import for_terminal
from ..entities.linker import Linker
from ..errors import OutputError, UsageError
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_table
from ..output.places import is_special, written_whole
from ..patterns import regex
from ..sources.input_files import read_for
from .bibliography import write_bibtex
from .databases import write_sqlite
from .evaluation_files import write_eval_results, write_every_eval_ever
from .item_rows import item_tables
from .reference_manager import write_ris
from .rows import TABLES, Columns, Row, Table
from .table_files import write_csv, write_markdown, write_parquet, write_tsv, write_xlsx
from .table_papers import Paper, read_papers
from .whole_folders import written_folder

__all__ = ["Exported", "export"]


def export(
    records: str,
    out: str,
    *,
    table: str | None = None,
    overwrite: bool = False,
    left_out: list[str] | None = None,
    linker: Linker | None = None,
) -> Exported:
    """Writes records as a table, a database, a list of references or a folder of evaluations; the suffix says which.

    A paper that stands twice counts once. `.csv`, `.tsv`, `.md`, `.parquet` and `.xlsx` hold one table, `.sqlite` all
    of them, `.bib` and `.ris` the papers. `.eee` is a folder of every-eval-ever's JSON, `.eval_results` one with
    Hugging Face's YAML for each method.

    Args:
        records: a file of records, or `-`.
        out: the file or folder to write, or `-` for CSV on standard output.
        table: `results`, `papers`, `links`, `findings` or `entities`; of records of a schema of one's own `items`,
            `papers` or `findings`. The first of them where none is named.
        overwrite: write over a table that is there; nothing else is written over.
        left_out: takes what is to tell of lines that are no records; without it, the first is an error.
        linker: says what names are, where the records do not.

    Raises:
        UsageError: the records cannot be read, or the table not be written.
    """
    suffix = ".csv" if out == STDOUT else Path(out).suffix.lower()
    if suffix not in _ALL:
        other = f', not in "{suffix}"' if suffix else ""
        raise UsageError(f"{out}: the name of a table ends in {', '.join(_ALL)}{other}")
    if suffix not in _OF_TABLES and table is not None:
        raise UsageError(f"{out}: --table is for {', '.join(_OF_TABLES)}; {suffix} holds {_HOLDS[suffix]}")
    papers = read_papers(records, left_out, linker=linker, any_schema=suffix not in _FOLDERS)
    if suffix in _FOLDERS:
        return _write_folder(papers, records, out, overwrite=overwrite)
    if out == STDOUT:
        tables, papers = _tables_of(papers, records, table)
        columns, rows = _chosen(tables, papers, table)
        return Exported(write_csv(rows, for_terminal(sys.stdout), columns))
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: exists already; choose another -o, or replace it with --overwrite")
    if is_special(out):
        raise OutputError(f"{out}: is not a plain file; -o - writes CSV to standard output")
    check_table_or_page(out, read_for(out, records), may_be=[is_own_table])
    with written_whole(out) as path:
        tables, papers = _tables_of(papers, records, table)
        if suffix == ".sqlite":
            return Exported(write_sqlite(papers, path, tables))
        if suffix in _OF_PAPERS:
            return Exported(_OF_PAPERS[suffix](papers, path))
        columns, rows = _chosen(tables, papers, table)
        return Exported(_OF_TABLES[suffix](rows, path, columns))


class Exported(NamedTuple):
    """What was written.

    Attributes:
        written: rows, entries of references, or results.
        left_out: results that the format has no place for.
    """

    written: int
    left_out: int = 0


def _tables_of(papers: Iterator[Paper], records: str, table: str | None) -> tuple[Mapping[str, Table], Iterator[Paper]]:
    """The tables that there are for records of their schema, and the papers.

    Raises:
        UsageError: the table that is asked for is none of them.
    """
    first = next(papers, None)
    papers = papers if first is None else chain([first], papers)
    tables: Mapping[str, Table] = TABLES
    if first is not None and not first.is_of_papers:
        held = list(papers)
        tables, papers = item_tables(held), iter(held)
    if table is not None and table not in tables:
        whose = "" if tables is TABLES else f" of {records}, whose schema is not PaperExtraction"
        raise UsageError(f'there is no table "{table}"{whose}; there are {", ".join(tables)}')
    return tables, papers


def _chosen(tables: Mapping[str, Table], papers: Iterable[Paper], table: str | None) -> tuple[Columns, Iterator[Row]]:
    chosen = tables[table or next(iter(tables))]
    return chosen.columns, chain.from_iterable(map(chosen.flat_rows, papers))


def _write_folder(papers: Iterable[Paper], records: str, out: str, *, overwrite: bool) -> Exported:
    suffix = Path(out).suffix.lower()
    with written_folder(out, _FOLDERS[suffix], overwrite=overwrite) as folder:
        if suffix == ".eee":
            made = os.stat(records).st_mtime if os.path.isfile(records) else time.time()
            return Exported(*write_every_eval_ever(papers, folder, made))
        return Exported(*write_eval_results(papers, folder))


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
    ".bib": _as_entries(write_bibtex),
    ".ris": _as_entries(write_ris),
}
_FOLDERS = {
    ".eee": regex(r"data/absextract/[^/]+/[^/]+/[0-9a-f-]{36}\.json"),
    ".eval_results": regex(r"[^/]+/\.eval_results/[^/]+\.yaml"),
}
_HOLDS = {
    ".sqlite": "all of them",
    ".bib": "papers",
    ".ris": "papers",
    **dict.fromkeys(_FOLDERS, "results"),
}
_ALL = (*_OF_TABLES, *_HOLDS)
