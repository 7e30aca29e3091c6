"""What is true of papers, and what runs say of them: reading both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from ..errors import InputError
from ..records import Abstract, confidences_in, is_reviewed
from ..schema.faults import first_fault
from ..schema.paper import PaperExtraction, is_paper
from ..sources.record_lines import read_with_papers
from .matching import plain_name

__all__ = ["ROLES", "Gold", "GoldItem", "GoldLink", "GoldPaper", "GoldResult", "fault_in_gold", "read_gold", "read_run"]

ROLES = ("metric", "dataset", "method", "baseline", "setting")
"""What belongs to a number."""

_NAMES = ("tasks", "methods", "datasets", "metrics")
_LISTS = (*_NAMES, "results", "links")
_MOST_WORDINGS = 100
_MOST_ITEMS = 500  # each is held against each
_Wordings = Annotated[list[str], Field(max_length=_MOST_WORDINGS)]


class GoldItem(BaseModel):
    """Something to be found."""

    any_of: list[str] = Field(min_length=1, max_length=_MOST_WORDINGS)
    """The wordings that are accepted."""
    optional: bool = False
    """Neither a miss if absent nor an error if found."""


class GoldResult(BaseModel):
    """A measured number to be found, and what belongs to it: wordings, or nothing; a role left out is not judged."""

    score: str
    kind: str
    metric: _Wordings | None = None
    dataset: _Wordings | None = None
    method: _Wordings | None = None
    baseline: _Wordings | None = None
    setting: _Wordings | None = None
    dataset_named: bool = True
    """Whether the dataset has a name; one that is only described may be left out."""
    owner: Literal["own", "other"] | None = None
    """Whether the paper's own approach attains it."""
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
    results_alone: bool = False
    """Whether nothing is told but its results."""


def read_gold(path: str, left_out: list[str] | None = None, notes: list[str] | None = None) -> list[GoldPaper]:
    """The papers of a gold file.

    A line has `gold`; or is a plain record, whose `extraction` counts as true; or has `results` alone. Where a person
    has reviewed records of the file, those reviewed to the end are gold and the others are not.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that hold none of these; without it, the first ends the reading.
        notes: takes what else is to tell.

    Raises:
        InputError: it cannot be read, or a line holds none of these.
    """
    papers: list[GoldPaper] = []
    reviewed: list[GoldPaper] = []
    has_reviews = False
    for paper, row in read_with_papers([path], fault=fault_in_gold, left_out=left_out):
        has_reviews = has_reviews or isinstance(row.get("review"), dict)
        if (given := _given(row)) is not None:  # a failed record says nothing of its paper
            gold = Gold.model_validate(given)
            papers.append(GoldPaper(paper.id, paper.title, _key(paper), gold, _has_results_alone(row)))
            reviewed += papers[-1:] if is_reviewed(row) else []
    if not (reviewed if has_reviews else papers):
        raise InputError("holds no paper that was reviewed to the end" if has_reviews else "holds no gold", path=path)
    if not has_reviews:
        return papers
    if notes is not None and len(reviewed) < len(papers):
        notes.append(f"{path}: gold are the {len(reviewed):,} of {len(papers):,} papers that were reviewed to the end")
    return reviewed


def read_run(
    path: str, left_out: list[str] | None = None, confidences: dict[str, dict[str, float]] | None = None
) -> dict[str, Mapping[str, Any]]:
    """The extractions of a record file by the key of their paper; nothing for a failed record.

    Args:
        path: the file.
        left_out: takes what is to tell of lines that are no records; without it, the first ends the reading.
        confidences: takes, for the key of each paper, the confidence of its values by their JSON Pointer.

    Raises:
        InputError: it cannot be read, or holds no extractions of papers.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for paper, row in read_with_papers([path], fault=_fault_in_run, left_out=left_out):
        extraction = row.get("extraction")
        found[_key(paper)] = extraction if isinstance(extraction, dict) else {}
        if confidences is not None and (sure := confidences_in(row.get("grounding", []))):
            confidences[_key(paper)] = sure
    if not any(map(is_paper, found.values())):
        fields = ", ".join(PaperExtraction.model_fields)
        raise InputError(f"holds no extraction with one of the fields {fields}", path=path)
    return found


def _given(row: dict[str, Any]) -> Any:
    """What a line says is true; None where it is a failed record."""
    if _has_results_alone(row):
        return {"results": row["results"]}
    return row["gold"] if row.get("gold") is not None else _as_gold(row.get("extraction"))


def _has_results_alone(row: dict[str, Any]) -> bool:
    return row.get("gold") is None and "extraction" not in row and "results" in row


def fault_in_gold(row: dict[str, Any]) -> str | None:
    """What is wrong with a line of a gold file, if anything is."""
    if row.get("gold") is None and "extraction" not in row and "results" not in row:
        return "holds neither gold nor an extraction nor results"
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
    roles = {role: [result[role]] if result[role] else None for role in ROLES if role in result}
    own = result.get("own")
    return {**result, **roles, "owner": own if own is None else "own" if own else "other"}
