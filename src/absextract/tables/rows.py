"""The rows of a table: one for each result of each paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..errors import SchemaError
from ..records import confidences_in, schema_name
from ..schema.paper import is_paper
from ..schema.saved_paper import computed_of, fault_in_paper
from ..sources.record_lines import read_with_papers

__all__ = ["COLUMNS", "Paper", "Row", "read_papers", "rows_of"]

COLUMNS: dict[str, type[str] | type[float] | type[bool]] = {
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
}
"""The columns; `task` is the paper's first, `upper` the other end of a range, `confidence` the score's."""

Row = dict[str, str | float | bool | None]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper and what was extracted from it."""

    id: str
    title: str
    abstract: str
    metadata: dict[str, Any]
    extraction: dict[str, Any]
    confidence: dict[str, float] = field(default_factory=dict)


def read_papers(path: str, left_out: list[str] | None = None) -> Iterator[Paper]:
    """The papers of a record file; failed records are passed over.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.

    Raises:
        InputError: it cannot be read.
        SchemaError: the records are not of `PaperExtraction`.
    """
    for paper, row in read_with_papers([path], fault=_fault, left_out=left_out):
        extraction, metadata = row["extraction"], row.get("metadata")
        if isinstance(extraction, dict):
            _check_schema(extraction, schema_name(row), path)
            rest = metadata if isinstance(metadata, dict) else {}
            yield Paper(paper.id, paper.title, paper.abstract, rest, extraction, confidences_in(row.get("grounding")))


def rows_of(paper: Paper) -> Iterator[Row]:
    """One row a result."""
    tasks = paper.extraction.get("tasks") or [None]
    shared: Row = {
        "paper": paper.title or paper.id,
        "task": tasks[0],
        "code_url": paper.extraction.get("code_url"),
        "paper_id": paper.id,
    }
    for number, result in enumerate(paper.extraction.get("results") or ()):
        sure = {"confidence": paper.confidence.get(f"/results/{number}/score")}
        cells = {**result, **computed_of(result), **shared, **sure}
        yield {column: cells.get(column) for column in COLUMNS}


def _fault(row: dict[str, Any]) -> str | None:
    return fault_in_paper(row["extraction"], schema_name(row)) if "extraction" in row else "holds no extraction"


def _check_schema(extraction: dict[str, Any], name: str, path: str) -> None:
    if not is_paper(extraction, name):
        shown = f"of the schema {name}" if name else "of another schema"
        raise SchemaError(
            f"{path}: records {shown}; only those of PaperExtraction have results to make rows of "
            "(docs/recipes.md shows how to read any JSONL with pandas, DuckDB and others)"
        )
