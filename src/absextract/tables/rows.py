"""The rows of the tables: results, papers, links, findings, entities."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from ..entities.linked_results import NameLinks, linked_results
from ..entities.paper_facts import FACTS
from ..schema.pointers import value_at
from .table_papers import Paper

__all__ = ["COLUMNS", "FACT_COLUMNS", "TABLES", "Cell", "Columns", "Row", "Table", "fact_cells", "rows_of"]

Cell = str | float | bool | None
Columns = dict[str, type[str] | type[float] | type[int] | type[bool]]
Row = dict[str, Cell]

FACT_COLUMNS: Columns = dict.fromkeys(FACTS, str)
COLUMNS: Columns = {
    "paper": str,
    "task": str,
    "dataset": str,
    "metric": str,
    "value": float,
    "unit": str,
    "kind": str,
    "method": str,
    "baseline": str,
    "evidence": str,
    "code_url": str,
    "score": str,
    "upper": float,
    "paper_id": str,
    "confidence": float,
    "setting": str,
    "deviation": float,
    "bound": str,
    "own": bool,
    "dataset_id": str,
    "dataset_label": str,
    "metric_id": str,
    "metric_by_default": bool,
    "direction": str,
    "value_0_1": float,
    **FACT_COLUMNS,
}
"""The columns of results; `task` is the paper's first, `upper` the other end of a range, `confidence` the score's,
`value_0_1` a level on the scale from 0 to 1 where it is on one."""


class Table(NamedTuple):
    """A table: its columns, and the rows of one paper, in which a cell may hold a list of names."""

    columns: Columns
    rows: Callable[[Paper], Iterator[dict[str, Any]]]

    def flat_rows(self, paper: Paper) -> Iterator[Row]:
        """The rows as files hold them: the names of a list stand in one cell."""
        for row in self.rows(paper):
            yield {name: "; ".join(cell) if isinstance(cell, list) else cell for name, cell in row.items()}


def rows_of(paper: Paper) -> Iterator[Row]:
    """One row a result."""
    shared: Row = {
        "paper": paper.name,
        "task": next(iter(paper.extraction.get("tasks") or ()), None),
        "code_url": paper.extraction.get("code_url"),
        "paper_id": paper.id,
        **fact_cells(paper),
    }
    links = NameLinks.of({**paper.row, "entities": paper.linked}, paper.linker)
    for linked in linked_results(paper.row, paper.linker, links):
        cells = {
            **linked.result,
            **linked.computed,
            **shared,
            "confidence": paper.confidence.get(f"/results/{linked.number}/score"),
            "dataset_id": linked.dataset_id or None,
            "dataset_label": linked.dataset_label or None,
            "metric_id": linked.metric.id if linked.metric and linked.metric_known else None,
            "metric_by_default": linked.by_default if linked.metric else None,
            "direction": linked.direction or None,
            "value_0_1": linked.share,
        }
        yield {column: cells.get(column) for column in COLUMNS}


def _papers(paper: Paper) -> Iterator[dict[str, Any]]:
    found = paper.extraction
    yield {
        "paper_id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        **{kind: found.get(kind) or [] for kind in ("tasks", "methods", "datasets", "metrics")},
        "results": len(found.get("results") or ()),
        "code_url": found.get("code_url"),
        **fact_cells(paper),
        "status": paper.status,
        "model": paper.model,
        "error": paper.error,
        "paper": paper.name,
    }


def _links(paper: Paper) -> Iterator[Row]:
    for link in paper.extraction.get("links") or ():
        yield {"paper_id": paper.id, "url": link.get("url"), "kind": link.get("kind"), "paper": paper.name}


def _findings(paper: Paper) -> Iterator[Row]:
    for finding in paper.findings:
        cells = {name: finding.get(name) for name in ("path", "code", "severity", "message", "action")}
        texts: Row = {name: cell if isinstance(cell, str) else None for name, cell in cells.items()}
        value = finding.get("value")
        told = None if value is None else json.dumps(value, ensure_ascii=False)
        yield {"paper_id": paper.id, **texts, "value": told, "paper": paper.name}


def _entities(paper: Paper) -> Iterator[Row]:
    for entity in paper.linked:
        path, sure = str(entity.get("path")), entity.get("confidence")
        name = value_at(paper.extraction, path)
        yield {
            "paper_id": paper.id,
            "path": path,
            "name": name if isinstance(name, str) else None,
            "id": entity.get("id"),
            "label": entity.get("label"),
            "how": entity.get("how"),
            "confidence": float(sure) if isinstance(sure, int | float) else None,
            "candidates": "; ".join(map(str, entity.get("candidates") or ())),
            "paper": paper.name,
        }


TABLES: dict[str, Table] = {
    "results": Table(COLUMNS, rows_of),
    "papers": Table(
        {
            **dict.fromkeys(("paper_id", "title", "abstract", "tasks", "methods", "datasets", "metrics"), str),
            "results": int,
            "code_url": str,
            **FACT_COLUMNS,
            **dict.fromkeys(("status", "model", "error", "paper"), str),
        },
        _papers,
    ),
    "links": Table(dict.fromkeys(("paper_id", "url", "kind", "paper"), str), _links),
    "findings": Table(
        dict.fromkeys(("paper_id", "path", "code", "severity", "message", "action", "value", "paper"), str), _findings
    ),
    "entities": Table(
        {
            **dict.fromkeys(("paper_id", "path", "name", "id", "label", "how"), str),
            "confidence": float,
            "candidates": str,
            "paper": str,
        },
        _entities,
    ),
}
"""The tables of records of papers; the only writer of their rows, for files and for `to_dataframe`."""


def fact_cells(paper: Paper) -> Row:
    """When, where and as what a paper came out."""
    return {name: value or None for name, value in zip(FACTS, paper.facts, strict=True)}
