"""The rows of the tables: results, papers, links, findings, entities."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from ..entities.linked_results import NameLinks, linked_results
from ..entities.linker import Linker
from ..entities.linking import entities_of, linker_with
from ..entities.paper_facts import FACTS, KnownPapers, PaperFacts, facts_of
from ..errors import SchemaError
from ..records import confidences_in, schema_name
from ..schema.paper import is_paper
from ..schema.pointers import value_at
from ..schema.saved_paper import fault_in_paper
from ..sources.record_lines import read_with_papers

__all__ = ["COLUMNS", "TABLES", "Columns", "Paper", "Row", "Table", "read_papers", "rows_of"]

Columns = dict[str, type[str] | type[float] | type[bool]]
Row = dict[str, str | float | bool | None]

_FACTS: Columns = dict.fromkeys(FACTS, str)
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
    **_FACTS,
}
"""The columns of results; `task` is the paper's first, `upper` the other end of a range, `confidence` the score's,
`value_0_1` a level on the scale from 0 to 1 where it is on one."""


@dataclass(frozen=True)
class Paper:
    """A paper and what was extracted from it."""

    id: str
    title: str
    abstract: str
    metadata: dict[str, Any]
    extraction: dict[str, Any]
    confidence: dict[str, float] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    entities: list[dict[str, Any]] | None = None
    linker: Linker = field(default_factory=lambda: linker_with(None), repr=False)

    @cached_property
    def facts(self) -> PaperFacts:
        """When, where and as what it came out."""
        return facts_of(self.metadata, self.id)

    @cached_property
    def linked(self) -> list[dict[str, Any]]:
        """What its names are: as the record says, else as the linker does."""
        if self.entities is not None:
            return self.entities
        return [each.model_dump(mode="json") for each in entities_of(self.row, self.linker) or ()]

    @property
    def row(self) -> dict[str, Any]:
        """What the linker reads."""
        said = {"id": self.id, "title": self.title, "abstract": self.abstract, "metadata": self.metadata}
        return {**said, "extraction": self.extraction, "extractor": {"schema": "PaperExtraction"}}


class Table(NamedTuple):
    """A table: its columns and the rows of one paper."""

    columns: Columns
    rows: Callable[[Paper], Iterator[Row]]


def read_papers(path: str, left_out: list[str] | None = None, *, linker: Linker | None = None) -> Iterator[Paper]:
    """The papers of a record file, each once; failed records are passed over.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.
        linker: says what the names of records are that were not linked.

    Raises:
        InputError: it cannot be read.
        SchemaError: the records are not of `PaperExtraction`.
    """
    known = KnownPapers()
    for paper, row in read_with_papers([path], fault=_fault, left_out=left_out):
        extraction, metadata = row["extraction"], row.get("metadata")
        if isinstance(extraction, dict):
            _check_schema(extraction, schema_name(row), path)
            rest = metadata if isinstance(metadata, dict) else {}
            if known.is_new(paper.title, paper.abstract, rest, paper.id):
                yield Paper(
                    paper.id,
                    paper.title,
                    paper.abstract,
                    rest,
                    extraction,
                    confidences_in(row.get("grounding")),
                    _dicts(row.get("findings")) or [],
                    _dicts(row.get("entities")),
                    linker or linker_with(None),
                )


def rows_of(paper: Paper) -> Iterator[Row]:
    """One row a result."""
    shared: Row = {
        "paper": paper.title or paper.id,
        "task": next(iter(paper.extraction.get("tasks") or ()), None),
        "code_url": paper.extraction.get("code_url"),
        "paper_id": paper.id,
        **_facts(paper),
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


def _papers(paper: Paper) -> Iterator[Row]:
    found = paper.extraction
    names: Row = {kind: "; ".join(found.get(kind) or ()) for kind in ("tasks", "methods", "datasets", "metrics")}
    yield {
        "paper_id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        **names,
        "results": len(found.get("results") or ()),
        "code_url": found.get("code_url"),
        **_facts(paper),
    }


def _links(paper: Paper) -> Iterator[Row]:
    for link in paper.extraction.get("links") or ():
        yield {"paper_id": paper.id, "url": link.get("url"), "kind": link.get("kind")}


def _findings(paper: Paper) -> Iterator[Row]:
    for finding in paper.findings:
        cells = {name: finding.get(name) for name in ("path", "code", "severity", "message", "action")}
        texts: Row = {name: cell if isinstance(cell, str) else None for name, cell in cells.items()}
        yield {"paper_id": paper.id, **texts}


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
        }


TABLES: dict[str, Table] = {
    "results": Table(COLUMNS, rows_of),
    "papers": Table(
        {
            **dict.fromkeys(("paper_id", "title", "abstract", "tasks", "methods", "datasets", "metrics"), str),
            "results": float,
            "code_url": str,
            **_FACTS,
        },
        _papers,
    ),
    "links": Table(dict.fromkeys(("paper_id", "url", "kind"), str), _links),
    "findings": Table(dict.fromkeys(("paper_id", "path", "code", "severity", "message", "action"), str), _findings),
    "entities": Table(
        {
            **dict.fromkeys(("paper_id", "path", "name", "id", "label", "how"), str),
            "confidence": float,
            "candidates": str,
        },
        _entities,
    ),
}
"""The tables there are."""


def _facts(paper: Paper) -> Row:
    return {name: value or None for name, value in zip(FACTS, paper.facts, strict=True)}


def _dicts(value: Any) -> list[dict[str, Any]] | None:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else None


def _fault(row: dict[str, Any]) -> str | None:
    return fault_in_paper(row["extraction"], schema_name(row)) if "extraction" in row else "holds no extraction"


def _check_schema(extraction: dict[str, Any], name: str, path: str) -> None:
    if not is_paper(extraction, name):
        shown = f"of the schema {name}" if name else "of another schema"
        raise SchemaError(
            f"{path}: records {shown}; only those of PaperExtraction have results to make rows of "
            "(docs/recipes.md shows how to read any JSONL with pandas, DuckDB and others)"
        )
