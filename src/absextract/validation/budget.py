"""How much of an answer is looked at: one that is too large to be an answer must not hold up the others."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from pydantic import BaseModel

from ..records import Finding, TextField
from ..schema.marked import slots_of
from ..schema.marks import Mark, Number
from ..schema.pointers import step
from ..text.longest import LONGEST_READ
from .source_text import SourceText

__all__ = [
    "MOST_ITEMS",
    "NOT_COMPARED",
    "Room",
    "few_findings",
    "looked_at_in_part",
    "with_bounded_lists",
]

ItemT = TypeVar("ItemT")
_CONTAINER = (dict, list)
NOT_COMPARED = "not_compared"
_TOO_MANY = "too_many_items"
MOST_ITEMS = 500
"""Items of one list."""
MOST_IN_ALL = 5_000
"""Items of all lists."""
_MOST_FINDINGS = 1_000
_MOST_MARKED = 7_600
"""Marked values that are checked, a number as four; 500 results and as many of all else have 7,501."""
_OF_NUMBER = 4
_MOST_VALUES = 50_000
"""Values of an answer that are read, marked or not."""


@dataclass(slots=True)
class Room:
    """What of an answer may still be looked at.

    Attributes:
        items: of lists.
        values: those that are marked. An item that is begun is ended, so that it may come to less than none.
    """

    items: int = MOST_IN_ALL
    values: int = _MOST_MARKED

    def take(self, mark: Mark) -> None:
        """Takes the room of one value."""
        self.values -= _OF_NUMBER if isinstance(mark, Number) else 1

    def looked_at(self, values: Collection[ItemT], path: str, findings: list[Finding]) -> Iterator[ItemT]:
        """The items of a list, as long as there is room; tells of what is left out."""
        for number, value in enumerate(values):
            if number == MOST_ITEMS or self.items <= 0 or self.values <= 0:
                findings.append(_left_out_items(path, len(values), number))
                return
            self.items -= 1
            yield value

    def first(self, values: Iterable[ItemT]) -> list[ItemT]:
        """The items of a list for which there is room as far as the marked values of the first one tell."""
        items = iter(values)
        first = list(islice(items, 1))
        marked = len(slots_of(type(first[0]))) if first and isinstance(first[0], BaseModel) else 0
        return first + list(islice(items, min(MOST_ITEMS - 1, self.values // max(1, marked))))


def with_bounded_lists(data: Any) -> tuple[Any, list[Finding]]:
    """JSON values without the items that are too many, and one finding for each list that loses some.

    Raises:
        RecursionError: they are nested too deeply.
    """
    bounds = _Bounds()
    return bounds.cut(data, ""), bounds.findings


class _Bounds:
    def __init__(self) -> None:
        self.room = Room(values=_MOST_VALUES)
        self.findings: list[Finding] = []

    def cut(self, node: Any, path: str) -> Any:
        if not isinstance(node, _CONTAINER):
            return node
        self.room.values -= min(len(node), MOST_ITEMS)
        if isinstance(node, dict):
            inner = [(key, value) for key, value in node.items() if isinstance(value, _CONTAINER)]
            changed = {k: new for k, old in inner if (new := self.cut(old, step(path, k))) is not old}
            return node | changed if changed else node
        looked_at = enumerate(self.room.looked_at(node, path, self.findings))
        kept = [self.cut(item, step(path, i)) if isinstance(item, _CONTAINER) else item for i, item in looked_at]
        same = len(kept) == len(node) and all(a is b for a, b in zip(kept, node, strict=True))
        return node if same else kept


def _left_out_items(path: str, there: int, kept: int) -> Finding:
    """What is said of a list that is too long."""
    return Finding(
        path=path,
        code=_TOO_MANY,
        severity="warning",
        message=f"of {there} items the first {kept} are kept",
        value=there,
        action="dropped",
    )


def looked_at_in_part(source: SourceText, title: str, abstract: str) -> Iterator[Finding]:
    """What is said of a text that is too long to be read whole, and of an answer that holds more than is compared."""
    texts: dict[TextField, str] = {"title": title, "abstract": abstract}
    for name, text in texts.items():
        if len(text) > (most := LONGEST_READ[name]):
            yield Finding.read_in_part(name, len(text), most, "the validator")
    if source.is_spent:
        yield Finding(
            path="",
            code=NOT_COMPARED,
            severity="warning",
            message="the answer holds more than is compared with one text; it was checked in part",
            action="kept",
        )


def few_findings(findings: Iterable[Finding]) -> list[Finding]:
    """The first findings, and one that says how many more there are."""
    everything = list(findings)
    more = len(everything) - _MOST_FINDINGS
    if more <= 0:
        return everything
    everything.sort(key=lambda finding: finding.code != _TOO_MANY)  # so that none of these is left out
    told = Finding(
        path="",
        code="too_many_findings",
        severity="warning",
        message=f"{more} more findings are left out",
        value=more,
        action="kept",
    )
    return [*everything[:_MOST_FINDINGS], told]
