"""Which tables and pages are ours, by what is in them: nothing else is written over, asked for or not."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..errors import OutputError
from ..patterns import regex
from .places import check_is_no_input

__all__ = ["BIB_HEAD", "check_table_or_page", "is_own_leaderboard", "is_own_page", "is_own_table"]

_COLUMNS = ("paper", "task", "dataset", "metric", "value", "unit", "kind", "method", "baseline", "evidence", "code_url")
"""Of a table, in every version."""
_ITEMS = ("paper_id", "paper", "path")
_HEADS = (
    _COLUMNS,
    ("paper_id", "title", "abstract", "tasks", "methods"),
    ("paper_id", "url", "kind"),
    ("paper_id", "path", "code", "severity"),
    ("paper_id", "path", "name", "id"),
    _ITEMS,
    ("dataset_id", "dataset", "metric_id", "metric", "metric_by_default"),
)
"""What the tables of results, papers, links, findings, entities and items begin with, and a leaderboard."""
_TABLES = {"results", "papers", "links", "findings", "entities"}
_OTHER_TABLES = {"items", "papers", "findings"}
"""Of a database of records of a schema of one's own."""
_BOARDS = (b'{"boards": [', b"## ")
BIB_HEAD = "% Written by absextract export"
_PAGE = (
    b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'sha256-"
)
_BLOCK = 1 << 16
_BIB_FIELDS = "title|author|year|journal|booktitle|howpublished|doi|eprint|archiveprefix|url|keywords|note|abstract"
_NOT_OF_OUR_BIB = regex(rf"@(?!\w+\{{[\w.:/+-]*,$)|\s*%|  (?!(?:{_BIB_FIELDS}) = \{{)\w+\s*=")
_NOT_OF_EARLIER_BIB = regex(
    r"@(?!misc\{[\w.:/+-]*,$)|\s*%|  (?!(?:title|author|year|url|keywords|note|abstract) = \{)\w+\s*="
)


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
    if head.startswith(b"PK"):
        return _is_xlsx(path)
    if head.startswith(b"TY  - "):
        return _is_ris(path)
    return _is_bib(path) or _is_text(path)


def is_own_leaderboard(path: str) -> bool:
    """Whether a file is what `leaderboard` wrote."""
    if _head(path, 3) == b"## ":
        with open(path, encoding="utf-8", errors="replace") as file:
            first = [file.readline(_BLOCK) for _ in range(3)]
        return first[2].startswith("| rank | score | method |")
    return _head(path, len(_BOARDS[0])) == _BOARDS[0] or _is_text(path)


def _is_text(path: str) -> bool:
    """Whether a file begins with the head of a table, as CSV, TSV or Markdown."""
    starts = [start.encode() for head in _HEADS for start in (",".join(head), "\t".join(head), _markdown_head(head))]
    return any(_head(path, len(start)) == start for start in starts)


def _markdown_head(head: Sequence[str]) -> str:
    return "| " + " | ".join(head).replace("_", "\\_")


def _is_xlsx(path: str) -> bool:
    from openpyxl import load_workbook  # takes long to load

    with contextlib.suppress(Exception):  # whatever a broken workbook makes of itself
        with open(path, "rb") as file:
            first = next(load_workbook(file, read_only=True).worksheets[0].iter_rows(max_row=1, values_only=True))
        return any(first[: len(head)] == head for head in _HEADS)
    return False


def _is_ris(path: str) -> bool:
    """Whether each entry begins as ours do: its type, then the paper's identifier."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        before = ""
        for line in iter(lambda: file.readline(_BLOCK), ""):
            if before.startswith("TY  - ") and not line.startswith("ID  - "):
                return False
            before = line
    return True


def _is_bib(path: str) -> bool:
    """Whether it says that it is ours, or is as earlier versions wrote it; and nothing was added to it."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as file:
        first = file.readline(_BLOCK)
        is_told = first.rstrip("\n") == BIB_HEAD
        if not is_told and not first.startswith("@misc{"):
            return False
        foreign = _NOT_OF_OUR_BIB if is_told else _NOT_OF_EARLIER_BIB
        return not any(foreign.match(line) for line in iter(lambda: file.readline(_BLOCK), ""))


def _is_sqlite(path: str) -> bool:
    with contextlib.suppress(sqlite3.Error):
        address = f"{Path(path).absolute().as_uri()}?mode=ro&immutable=1"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            found = database.execute("SELECT name FROM sqlite_master WHERE type != 'index'").fetchmany(99)
            there = {row[0] for row in found}
            main = "items" if there == _OTHER_TABLES else "results"
            columns = [
                row[0] for row in database.execute("SELECT name FROM pragma_table_info(?)", [main]).fetchmany(99)
            ]
        head = _ITEMS if main == "items" else _COLUMNS
        return there in ({"results"}, _TABLES, _OTHER_TABLES) and tuple(columns[: len(head)]) == head
    return False


def _is_parquet(path: str) -> bool:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        return False
    with contextlib.suppress(pyarrow.ArrowException, OSError):
        names = tuple(parquet.read_schema(path).names)
        return any(names[: len(head)] == head for head in _HEADS)
    return False


def _is_blank(path: str) -> bool:
    """Whether there is nothing but the zeros that a power cut may leave."""
    with open(path, "rb") as file:
        return not any(block.strip(b"\0") for block in iter(lambda: file.read(_BLOCK), b""))


def _head(path: str, size: int) -> bytes:
    with open(path, "rb") as file:
        return file.read(size)
