"""Worked examples for a model from a file: records, or gold."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import Any

from ..choices import FEW_EXAMPLES
from ..errors import InputError, UsageError
from ..extractors.llm.guidance import Example
from ..reading.sentences import clause_around, sentence_at, split_sentences
from ..records import is_reviewed
from ..sources.record_lines import read_with_papers
from ..text.stand_ins import is_no_abstract
from .gold import ROLES, Gold, GoldItem, GoldResult, fault_in_gold

__all__ = ["read_examples"]

_LISTS = ("tasks", "methods", "datasets", "metrics")


def read_examples(path: str | os.PathLike[str], count: int = FEW_EXAMPLES) -> list[Example]:
    """The first papers of a file with their extractions, to be shown to a model before each paper.

    A line is a record, as `absextract extract` or `review` writes it, or has `title`, `abstract` and `gold`. Of a file
    that a person has reviewed, only the papers reviewed to the end are taken. Of gold, an item is shown in the first of
    its wordings that stands in the text, and what is optional is left out.

    Args:
        path: JSON Lines; `-` is standard input.
        count: how many at most.

    Raises:
        InputError: the file cannot be read, or holds no example.
        UsageError: the count is less than 1.
    """
    if count < 1:
        raise UsageError(f"examples: count={count}, expected 1 or more")
    found: list[Example] = []
    reviewed: list[Example] = []
    is_review = False
    for row, example in _examples_in(os.fspath(path)):
        is_review = is_review or isinstance(row.get("review"), dict)
        if is_reviewed(row):
            reviewed.append(example)
        elif not is_review and len(found) < count:
            found.append(example)
        if len(reviewed) == count or (len(found) == count and row.get("gold") is not None):
            break
    if chosen := reviewed if is_review else found:
        return chosen
    wanted = "reviewed to the end" if is_review else "with an abstract and an extraction or gold"
    raise InputError(f"holds no paper {wanted}", path=os.fspath(path))


def _examples_in(path: str) -> Iterator[tuple[dict[str, Any], Example]]:
    """Each line that is an example, with what it says."""
    for paper, row in read_with_papers([path], fault=_fault):
        extraction = row.get("extraction")
        if row.get("gold") is not None:
            extraction = _as_answer(Gold.model_validate(row["gold"]), paper.title, paper.abstract)
        if isinstance(extraction, dict) and not is_no_abstract(paper.abstract):
            yield row, Example(paper.title, paper.abstract, extraction)


def _fault(row: dict[str, Any]) -> str | None:
    if row.get("gold") is not None:
        return fault_in_gold(row)
    if "extraction" not in row:
        return "holds neither an extraction nor gold"
    extraction: Any = row["extraction"]
    return None if extraction is None or isinstance(extraction, dict) else "extraction: is no object"


def _as_answer(gold: Gold, title: str, abstract: str) -> Mapping[str, Any]:
    """Gold in the form of a model's answer."""
    texts = (abstract, title)
    lists = {name: [_wording(item, texts) for item in getattr(gold, name) if not item.optional] for name in _LISTS}
    results = [_result(result, abstract) for result in gold.results if not result.optional]
    links = [{"url": link.url, "kind": link.kind} for link in gold.links if not link.optional]
    return {**lists, "results": results, "links": links, "code_url": gold.code_url}


def _result(result: GoldResult, abstract: str) -> dict[str, Any]:
    roles = {role: _first_in(getattr(result, role) or (), (abstract,)) for role in ROLES}
    return {"score": result.score, "kind": result.kind, **roles, "evidence": _evidence(result, abstract)}


def _evidence(result: GoldResult, abstract: str) -> str:
    """The clause around the score, which gold does not tell."""
    start = abstract.find(result.score)
    if start < 0:
        return ""
    sentence = sentence_at(split_sentences(abstract), start)
    low, high = clause_around(abstract, sentence, (start, start + len(result.score)))
    return abstract[low:high]


def _wording(item: GoldItem, texts: tuple[str, ...]) -> str:
    return _first_in(item.any_of, texts) or item.any_of[0]


def _first_in(wordings: Any, texts: tuple[str, ...]) -> str | None:
    """The first wording that stands in a text, the first at all where none does."""
    return next((each for each in wordings if any(each in text for text in texts)), next(iter(wordings), None))
