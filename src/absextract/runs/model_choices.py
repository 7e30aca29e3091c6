"""What a language model chose for names that stay open, and what becomes of their entities."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from ..entities.linker import Linker
from ..records import Entity

__all__ = ["MOST_PASSAGES", "Ask", "Asked", "OpenName", "decided", "passage_around"]

OpenName = tuple[str, tuple[str, ...]]
"""A name, and the identifiers that it could stand for."""

MOST_PASSAGES = 3
"""Of a name that are shown to a model."""
_SURE, _AROUND = 0.9, 300


@dataclass(slots=True)
class Asked:
    """What a model said of names.

    Attributes:
        chosen: for each name that was answered the identifier, or None where it is none of the candidates.
        unanswered: names without a usable answer, which stay open.
        requests: what was sent; the rest came from the cache.
        trouble: the first thing that went wrong, in words.
    """

    chosen: dict[OpenName, str | None] = field(default_factory=dict)
    unanswered: int = 0
    requests: int = 0
    trouble: str = ""


Ask = Callable[[Mapping[OpenName, Iterable[str]]], Asked]
"""Asks about open names, by passages in which they stand."""


def decided(entities: Iterable[Entity], names: Mapping[str, str], asked: Asked, linker: Linker) -> tuple[Entity, ...]:
    """The entities of a record with what a model chose; what is none of its candidates is no entity any more.

    Args:
        entities: as the linker gave them.
        names: the names of the record by their paths.
        asked: the model's choices.
        linker: knows the labels.
    """
    kept = []
    for entity in entities:
        key = (names.get(entity.path, ""), entity.candidates)
        if entity.id is not None or key not in asked.chosen:
            kept.append(entity)
        elif (chosen := asked.chosen[key]) is not None:
            entry = linker.vocabulary.by_id.get(chosen)  # a version that nobody lists has none
            label = entry.label if entry else key[0]
            told = {"id": chosen, "label": label, "how": "model", "confidence": _SURE}
            kept.append(entity.model_copy(update=told))
    return tuple(kept)


def passage_around(name: str, text: str) -> str:
    """The part of a text around a name."""
    at = max(0, text.find(name))
    return " ".join(text[max(0, at - _AROUND) : at + len(name) + _AROUND].split())
