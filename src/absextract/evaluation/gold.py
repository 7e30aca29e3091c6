"""What is true of papers, and what runs say of them: reading both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from ..errors import InputError
from ..records import Abstract
from ..schema.paper import PaperExtraction, is_paper
from ..sources.record_lines import read_with_papers
from .matching import plain_name

__all__ = ["Gold", "GoldItem", "GoldLink", "GoldPaper", "GoldResult", "read_gold", "read_run"]

_NAMES = ("tasks", "methods", "datasets", "metrics")
_PARTS = ("metric", "dataset", "method", "baseline")


class GoldItem(BaseModel):
    """Something to be found."""

    any_of: list[str] = Field(min_length=1)
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

    tasks: list[GoldItem] = []
    methods: list[GoldItem] = []
    datasets: list[GoldItem] = []
    metrics: list[GoldItem] = []
    results: list[GoldResult] = []
    links: list[GoldLink] = []
    code_url: str | None = None


@dataclass(frozen=True, slots=True)
class GoldPaper:
    """A paper and what is true of it."""

    id: str
    title: str
    key: str
    gold: Gold


def read_gold(path: str) -> list[GoldPaper]:
    """The papers of a gold file: lines with `gold`, or plain records, whose `extraction` counts as true.

    Raises:
        InputError: it cannot be read, or a line holds neither.
    """
    papers = []
    for paper, row in read_with_papers([path]):
        number, gold = paper.source.index + 1, row.get("gold")
        if gold is None and "extraction" not in row:
            raise InputError(f"record {number}: holds neither gold nor an extraction", path=path)
        if gold is None and (gold := row["extraction"]) is None:
            continue  # a failed record says nothing of its paper
        given = gold if "gold" in row else _as_gold(gold)
        try:
            papers.append(GoldPaper(paper.id, paper.title, _key(paper), Gold.model_validate(given)))
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "gold"
            raise InputError(f"record {number}: {place}: {first['msg']}", path=path) from None
    if not papers:
        raise InputError("holds no gold", path=path)
    return papers


def read_run(path: str) -> dict[str, Mapping[str, Any]]:
    """The extractions of a record file by the key of their paper; nothing for a failed record.

    Raises:
        InputError: it cannot be read, or holds no extractions of papers.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for paper, row in read_with_papers([path]):
        extraction = row.get("extraction")
        found[_key(paper)] = extraction if isinstance(extraction, dict) else {}
    if not any(map(is_paper, found.values())):
        fields = ", ".join(PaperExtraction.model_fields)
        raise InputError(f"holds no extraction with one of the fields {fields}", path=path)
    return found


def _key(paper: Abstract) -> str:
    """What joins gold and records: the plain title; without one, the abstract."""
    return plain_name(paper.title) or paper.abstract


def _as_gold(extraction: Any) -> Any:
    """An extraction as gold that accepts its own wordings alone."""
    if not isinstance(extraction, dict):
        return extraction
    gold = {name: [{"any_of": [text]} for text in extraction.get(name) or ()] for name in _NAMES}
    results = [
        {**result, **{part: [result[part]] if result.get(part) else None for part in _PARTS}}
        for result in extraction.get("results") or ()
    ]
    return {**extraction, **gold, "results": results, "links": extraction.get("links") or []}
