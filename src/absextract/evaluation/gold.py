"""What is true of papers, and what runs say of them: reading both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from ..errors import InputError
from ..records import Abstract
from ..schema.faults import first_fault
from ..schema.paper import PaperExtraction, is_paper
from ..sources.record_lines import read_with_papers
from .matching import plain_name

__all__ = ["Gold", "GoldItem", "GoldLink", "GoldPaper", "GoldResult", "read_gold", "read_run"]

_NAMES = ("tasks", "methods", "datasets", "metrics")
_LISTS = (*_NAMES, "results", "links")
_MOST_WORDINGS = 100
_MOST_ITEMS = 500  # each is held against each
_PARTS = ("metric", "dataset", "method", "baseline")


class GoldItem(BaseModel):
    """Something to be found."""

    any_of: list[str] = Field(min_length=1, max_length=_MOST_WORDINGS)
    """The wordings that are accepted."""
    optional: bool = False
    """Neither a miss if absent nor an error if found."""


class GoldResult(BaseModel):
    """A measured number to be found."""

    score: str
    kind: str
    metric: list[str] | None = None
    optional: bool = False


class GoldLink(BaseModel):
    """A URL to be found."""

    url: str
    kind: str
    optional: bool = False


class Gold(BaseModel):
    """What is true of one paper."""

    tasks: list[GoldItem] = Field([], max_length=_MOST_ITEMS)
    methods: list[GoldItem] = Field([], max_length=_MOST_ITEMS)
    datasets: list[GoldItem] = Field([], max_length=_MOST_ITEMS)
    metrics: list[GoldItem] = Field([], max_length=_MOST_ITEMS)
    results: list[GoldResult] = Field([], max_length=_MOST_ITEMS)
    links: list[GoldLink] = Field([], max_length=_MOST_ITEMS)
    code_url: str | None = None


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """A paper and what is true of it."""

    id: str
    title: str
    key: str
    gold: Gold


def read_gold(path: str, left_out: list[str] | None = None) -> list[GoldPaper]:
    """The papers of a gold file: lines with `gold`, or plain records, whose `extraction` counts as true.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that hold neither; without it, the first ends the reading.

    Raises:
        InputError: it cannot be read, or a line holds neither.
    """
    papers = []
    for paper, row in read_with_papers([path], fault=_fault_in_gold, left_out=left_out):
        if (given := _given(row)) is not None:  # a failed record says nothing of its paper
            papers.append(GoldPaper(paper.id, paper.title, _key(paper), Gold.model_validate(given)))
    if not papers:
        raise InputError("holds no gold", path=path)
    return papers


def read_run(path: str, left_out: list[str] | None = None) -> dict[str, Mapping[str, Any]]:
    """The extractions of a record file by the key of their paper; nothing for a failed record.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.

    Raises:
        InputError: it cannot be read, or holds no extractions of papers.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for paper, row in read_with_papers([path], fault=_fault_in_run, left_out=left_out):
        extraction = row.get("extraction")
        found[_key(paper)] = extraction if isinstance(extraction, dict) else {}
    if not any(map(is_paper, found.values())):
        fields = ", ".join(PaperExtraction.model_fields)
        raise InputError(f"holds no extraction with one of the fields {fields}", path=path)
    return found


def _given(row: dict[str, Any]) -> Any:
    """What a line says is true; None where it is a failed record."""
    return row["gold"] if row.get("gold") is not None else _as_gold(row.get("extraction"))


def _fault_in_gold(row: dict[str, Any]) -> str | None:
    if row.get("gold") is None and "extraction" not in row:
        return "holds neither gold nor an extraction"
    if row.get("gold") is None and (fault := _fault_in_run(row)):
        return fault
    try:
        if (given := _given(row)) is not None:
            Gold.model_validate(given)
    except ValidationError as error:
        return first_fault(error)
    return None


def _fault_in_run(row: dict[str, Any]) -> str | None:
    extraction: Any = row.get("extraction")
    if extraction is None:
        return None
    if not isinstance(extraction, dict):
        return "extraction: is no object"
    for name in _LISTS:
        items = extraction.get(name)
        if items is not None and not isinstance(items, list):
            return f"extraction.{name}: is no list"
        if items and len(items) > _MOST_ITEMS:
            return f"extraction.{name}: more than {_MOST_ITEMS} items"
    return None


def _key(paper: Abstract) -> str:
    """What joins gold and records: the plain title; without one, the abstract."""
    return plain_name(paper.title) or paper.abstract


def _as_gold(extraction: Any) -> Any:
    """An extraction as gold that accepts its own wordings alone."""
    if not isinstance(extraction, dict):
        return extraction
    gold = {name: [{"any_of": [text]} for text in extraction.get(name) or ()] for name in _NAMES}
    results = [_as_gold_result(result) for result in extraction.get("results") or ()]
    return {**extraction, **gold, "results": results, "links": extraction.get("links") or []}


def _as_gold_result(result: Any) -> Any:
    if not isinstance(result, dict):
        return result
    return {**result, **{part: [result[part]] if result.get(part) else None for part in _PARTS}}
