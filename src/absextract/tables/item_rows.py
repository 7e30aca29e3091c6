"""Records of any schema as tables: a row for each item of the innermost lists, a column for each path.

Of `{"drug": …, "arms": [{"dose": …, "effects": [{"name": …}, …]}, …]}` each effect is a row, with the columns `drug`,
`arms.dose` and `arms.effects.name`. Lists beside each other give rows beside each other, never each with each.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..errors import UsageError
from ..patterns import regex
from ..schema.pointers import step
from .rows import FACT_COLUMNS, TABLES, Cell, Columns, Row, Table, fact_cells
from .table_papers import Paper

__all__ = ["ITEMS", "item_tables"]

ITEMS = "items"
_OURS = ("paper_id", "paper", "path")
_OF_PAPERS = ("paper_id", "title", "abstract", *FACT_COLUMNS, "status", "model", "error", "paper")
_DEEPEST = 20  # what is nested deeper stands in one cell, as JSON
_MOST_COLUMNS = 1_900  # of a table of SQLite, less our own
_WIDEST = 2**63
_NOT_IN_NAMES = regex(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

_Kind = type[str] | type[float] | type[int] | type[bool]
_Item = tuple[str, dict[str, Any]]


def item_tables(papers: Sequence[Paper]) -> dict[str, Table]:
    """The tables of records of a schema of one's own: their items, the papers, and what was refused.

    Raises:
        UsageError: the records have more paths than a table has columns.
    """
    kinds: dict[str, set[_Kind]] = {}
    for paper in papers:
        for _, cells in _items(paper.extraction):
            for path, value in cells.items():
                kinds.setdefault(path, set())
                if value is not None:
                    kinds[path].add(_kind(value))
    if len(kinds) > _MOST_COLUMNS:
        raise UsageError(
            f"{len(kinds):,} paths in the records are more than a table has columns; read them as JSON Lines"
        )
    names, types = _names(kinds), {path: _common(found) for path, found in kinds.items()}
    columns: Columns = {**dict.fromkeys(_OURS, str), **{names[path]: types[path] for path in kinds}, **FACT_COLUMNS}

    def rows(paper: Paper) -> Iterator[Row]:
        about: Row = {**dict.fromkeys(columns), "paper_id": paper.id, "paper": paper.name, **fact_cells(paper)}
        for place, cells in _items(paper.extraction):
            told: Row = {names[path]: _cell(value, types[path]) for path, value in cells.items()}
            if any(cell is not None for cell in told.values()):
                yield {**about, "path": place, **told}

    return {ITEMS: Table(columns, rows), "papers": Table(_PAPER_COLUMNS, _papers), "findings": TABLES["findings"]}


_PAPER_COLUMNS: Columns = {name: TABLES["papers"].columns[name] for name in _OF_PAPERS}


def _papers(paper: Paper) -> Iterator[dict[str, Any]]:
    for row in TABLES["papers"].rows(paper):
        yield {name: row[name] for name in _OF_PAPERS}


def _items(extraction: Mapping[str, Any]) -> Iterator[_Item]:
    """The innermost items, each with its pointer and the cells of all that it stands in, by their paths."""
    return _inner(extraction, {}, "", "", 0)


def _inner(node: Any, shared: dict[str, Any], name: str, place: str, depth: int) -> Iterator[_Item]:
    cells, lists = dict(shared), dict[str, tuple[str, list[Any]]]()
    _take_apart(node, name, place, depth, cells, lists)
    full = {path: found for path, found in lists.items() if found[1]}
    if not full:
        yield place, cells
    for path, (at, items) in full.items():
        for number, item in enumerate(items):
            yield from _inner(item, cells, path, step(at, number), depth + 1)


def _take_apart(
    node: Any, name: str, place: str, depth: int, cells: dict[str, Any], lists: dict[str, tuple[str, list[Any]]]
) -> None:
    """Puts what is in a node among the cells, and its lists among the lists."""
    if depth > _DEEPEST and isinstance(node, dict | list):
        cells[name] = json.dumps(node, ensure_ascii=False)
    elif isinstance(node, dict):
        for key, value in node.items():
            _take_apart(value, f"{name}.{key}" if name else key, step(place, key), depth + 1, cells, lists)
    elif isinstance(node, list):
        lists[name] = (place, node)
    else:
        cells[name] = node


def _kind(value: Any) -> _Kind:
    if isinstance(value, bool):
        return bool
    if isinstance(value, int):
        return int if abs(value) < _WIDEST else str
    return float if isinstance(value, float) else str


def _common(kinds: set[_Kind]) -> _Kind:
    """The one kind of a column: numbers of both kinds are numbers, all else is text."""
    if kinds == {int, float}:
        return float
    return next(iter(kinds)) if len(kinds) == 1 else str


def _cell(value: Any, kind: _Kind) -> Cell:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if kind is str else kind(value)


def _names(paths: Iterable[str]) -> dict[str, str]:
    """The names of the columns: the paths, told apart from our own columns and from each other in any case."""
    taken = {name.casefold() for name in (*_OURS, *FACT_COLUMNS)}
    names = {}
    for path in paths:
        clean = _NOT_IN_NAMES.sub(" ", path) or "extraction"
        name = clean if clean.casefold() not in taken else f"extraction.{clean}"
        number = 1
        while name.casefold() in taken:
            number += 1
            name = f"{clean} {number}"
        taken.add(name.casefold())
        names[path] = name
    return names
