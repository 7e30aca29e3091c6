"""Linking records: each name of a dataset or metric gets the identifier of what it is."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from pydantic import BaseModel

from ..records import Entity, schema_name
from ..schema.paper import is_paper
from .cues import PaperText
from .linker import Linked, Linker
from .own_vocabulary import NO_RULES, read_own_vocabulary
from .paper_facts import facts_of

__all__ = ["entities_of", "link", "linker_with", "names_to_link"]

RecordT = TypeVar("RecordT", bound=BaseModel)


def link(record: RecordT, *, vocabulary: str | os.PathLike[str] | None = None) -> RecordT:
    """The record with `entities`: for each name of a dataset or metric what it is in the vocabulary.

    What was linked before is linked anew; the names themselves stay as they are. A record without an extraction, or of
    another schema than `PaperExtraction`, comes back as it is.

    Args:
        record: a `Record`, or a `SavedRecord` read from a file.
        vocabulary: a table of your own (docs/linking.md), which takes precedence.

    Raises:
        InputError: the table cannot be read.
    """
    row = record.model_dump(by_alias=True, mode="json", warnings="none", exclude={"grounding", "findings"})
    entities = entities_of(row, linker_with(vocabulary))
    return record if entities is None else record.model_copy(update={"entities": entities})


def linker_with(vocabulary: str | os.PathLike[str] | None) -> Linker:
    """The linker with a user's table, or without one.

    Raises:
        InputError: the table cannot be read.
    """
    return _shipped() if vocabulary is None else Linker(read_own_vocabulary(vocabulary))


@lru_cache(maxsize=1)
def _shipped() -> Linker:
    return Linker(NO_RULES)


def entities_of(row: Mapping[str, Any], linker: Linker) -> tuple[Entity, ...] | None:
    """What the names of a record as JSON are; None where it holds no extraction of a paper."""
    extraction = row.get("extraction")
    if not isinstance(extraction, dict) or not is_paper(extraction, schema_name(row)):
        return None
    text = PaperText(_text(row.get("title")), _text(row.get("abstract")))
    arxiv = facts_of(row.get("metadata"), row.get("id")).arxiv_id
    known: dict[tuple[bool, str], list[Linked]] = {}
    found = []
    for path, name, is_metric in names_to_link(extraction):
        if (links := known.get((is_metric, name))) is None:
            one = linker.metric(name) if is_metric else None
            links = known[is_metric, name] = ([one] if one else []) if is_metric else linker.dataset(name, text, arxiv)
        found += [_entity(path, each) for each in links]
    return tuple(found)


def names_to_link(extraction: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """The names of datasets and metrics with their paths, and whether it is a metric."""
    for field, single, is_metric in (("datasets", "dataset", False), ("metrics", "metric", True)):
        for number, name in enumerate(_list(extraction.get(field))):
            if isinstance(name, str) and name.strip():
                yield f"/{field}/{number}", name, is_metric
        for number, result in enumerate(_list(extraction.get("results"))):
            name = result.get(single) if isinstance(result, dict) else None
            if isinstance(name, str) and name.strip():
                yield f"/results/{number}/{single}", name, is_metric


def _entity(path: str, linked: Linked) -> Entity:
    return Entity.model_construct(
        path=path,
        id=linked.id,
        label=linked.label,
        how=linked.how,
        confidence=linked.confidence,
        candidates=linked.candidates,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
