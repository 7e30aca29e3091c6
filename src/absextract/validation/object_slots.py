"""The marked fields of objects of one class, and what the objects have in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel

from ..schema.marked import Items, Leaf, Slot, slots_of
from ..schema.marks import Mark, Mention, Number, Quote
from .budget import MOST_ITEMS
from .source_text import SourceText

__all__ = ["checking_order", "few_texts", "leaves", "named_by_role", "names_in", "texts_of"]

MarkT = TypeVar("MarkT", bound=Mark)
_FIRST: dict[type[Mark], int] = {Quote: 0, Number: 1}


@lru_cache(maxsize=256)
def checking_order(schema: type[BaseModel]) -> tuple[Slot, ...]:
    """The marked fields of a class as they are checked: a quote anchors its numbers, a number what stands beside it."""
    order = sorted(slots_of(schema), key=lambda s: _FIRST.get(type(s.node.mark), 2) if isinstance(s.node, Leaf) else 2)
    return tuple(order)


def leaves(slots: Iterable[Slot], kind: type[MarkT]) -> Iterator[tuple[Slot, MarkT]]:
    """The fields that carry a mark of a kind."""
    for slot in slots:
        if isinstance(slot.node, Leaf) and isinstance(slot.node.mark, kind):
            yield slot, slot.node.mark


def texts_of(objects: Iterable[BaseModel], slot: Slot, source: SourceText) -> list[str]:
    """What the objects have in a field, as far as the source may hold it."""
    return few_texts((getattr(item, slot.name, None) for item in objects), source)


def few_texts(values: Iterable[Any], source: SourceText) -> list[str]:
    """The different texts among the first values that the source may hold."""
    texts = (v for v in islice(values, MOST_ITEMS) if isinstance(v, str) and v and source.may_hold(v))
    return [text for text in dict.fromkeys(texts) if source.spend(len(text))]


def names_in(value: BaseModel, source: SourceText, *, rivals: bool) -> tuple[str, ...]:
    """The mentions directly in an object, or those that its number is compared with."""
    names = [getattr(value, field) for field in _naming(type(value), rivals)]
    return tuple(name for name in names if isinstance(name, str) and name and source.may_hold(name))


@lru_cache(maxsize=512)
def _naming(schema: type[BaseModel], rivals: bool) -> tuple[str, ...]:
    """The fields of a class that hold mentions, or those of what its number is compared with."""
    found = leaves(slots_of(schema), Mention)
    return tuple(slot.name for slot, mark in found if (mark.against is not None) is rivals)


def named_by_role(root: BaseModel, source: SourceText) -> dict[str, list[str]]:
    """The names that lists at the top of a schema hold, by `metrics`, `datasets` and `methods`."""
    named = {}
    for slot in slots_of(type(root)):
        if isinstance(slot.node, Items) and isinstance(slot.node.node, Leaf):
            mark = slot.node.node.mark
            if isinstance(mark, Mention) and mark.role:
                named[f"{mark.role}s"] = few_texts(getattr(root, slot.name) or (), source)
    return named
