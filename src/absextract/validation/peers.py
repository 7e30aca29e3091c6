"""What the objects of one list say in the same field: the names that compete for their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import BaseModel

from ..schema.marked import Leaf, Slot, slots_of
from ..schema.marks import Mark, Mention, Number, Quote
from ..text.quantities import Quantity, parse_quantity
from ..text.reading_order import paired_in_order
from .source_text import SourceText, comparison_form
from .verdicts import Span

__all__ = ["NO_PEERS", "Peers", "peers_by_slot"]


@dataclass(frozen=True, slots=True)
class Peers:
    """What the objects of a list have in one field of names.

    Attributes:
        names: each once, by their comparison form.
        numbers: for the value of each number of the objects, whether it stands beside a name.
        quotes: the passages that the objects give as evidence.
        compared: what the names stand for is compared with something, so that other names come in between.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[Decimal, bool] = field(default_factory=dict)
    quotes: tuple[str, ...] = ()
    compared: bool = False
    _places: dict[Span, dict[Span, str]] = field(default_factory=dict, repr=False, compare=False)
    _pairs: dict[Span, dict[int, str]] = field(default_factory=dict, repr=False, compare=False)

    def places(self, within: Span, source: SourceText) -> dict[Span, str]:
        """Where in a passage which name stands, in order; of two that overlap the longer."""
        if within not in self._places:
            self._places[within] = self._find(within, source)
        return self._places[within]

    def _find(self, within: Span, source: SourceText) -> dict[Span, str]:
        places = {span: key for key, name in self.names.items() for span in source.names_in(within, name)}
        kept: dict[Span, str] = {}
        end = within.start
        for span in sorted(places, key=lambda s: (s.start, -s.end)):
            if span.start >= end:
                kept[span], end = places[span], span.end
        return kept

    def pairs(self, number: Span, source: SourceText) -> dict[int, str]:
        """The names that the sentence of a number gives by its order to each of its numbers, by where these begin."""
        sentence = source.sentence(number)
        if sentence not in self._pairs:
            names = [(span.start, name) for span, name in self.places(sentence, source).items()]
            measured = source.pairing(number).measured
            theirs = [quantity.start for quantity in measured if self._has(quantity)]
            nobodys = [q.start for q in measured if self._has(q) is None and not _is_count(q)]
            lists = not (self.compared or nobodys)
            self._pairs[sentence] = paired_in_order(names, [*theirs, *nobodys], lists=lists)
        return self._pairs[sentence]

    def _has(self, quantity: Quantity) -> bool | None:
        """Whether a number of the text is one that stands beside a name; None for a number that no object has."""
        known = [self.numbers[q.value] for q in (quantity, *quantity.parts) if q.value in self.numbers]
        return any(known) if known else None


def _is_count(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.value == quantity.value.to_integral_value()


NO_PEERS = Peers()
_MarkT = TypeVar("_MarkT", bound=Mark)


def peers_by_slot(values: Iterable[Any], root: BaseModel) -> dict[str, Peers]:
    """The peers of the fields of names in a list of objects, where there are two names or more.

    Args:
        values: the items of the list.
        root: the whole extraction, whose lists may name more (`Mention(among=…)`).
    """
    objects = [value for value in values if isinstance(value, BaseModel)]
    slots = slots_of(type(objects[0])) if objects else ()
    quotes = tuple(text for slot, _ in _leaves(slots, Quote) for text in _texts(objects, slot))
    compared = {mark.against for _, mark in _leaves(slots, Mention)}
    found = {}
    for slot, mark in _leaves(slots, Mention):
        listed = getattr(root, mark.among, None) if mark.among else None
        listed = [name for name in listed or () if isinstance(name, str)]
        names = {comparison_form(name): name for name in [*_texts(objects, slot), *listed]}
        if len(names) > 1:
            numbers = _numbers_beside(slot, objects, slots)
            found[slot.name] = Peers(names, numbers, quotes, compared=slot.name in compared)
    return found


def _leaves(slots: Iterable[Slot], kind: type[_MarkT]) -> Iterator[tuple[Slot, _MarkT]]:
    """The fields that carry a mark of a kind."""
    for slot in slots:
        if isinstance(slot.node, Leaf) and isinstance(slot.node.mark, kind):
            yield slot, slot.node.mark


def _texts(objects: Iterable[BaseModel], slot: Slot) -> list[str]:
    values = (getattr(item, slot.name, None) for item in objects)
    return [value for value in values if isinstance(value, str) and value]


def _numbers_beside(name: Slot, objects: Iterable[BaseModel], slots: Iterable[Slot]) -> dict[Decimal, bool]:
    """The values of the objects' numbers, and for each whether an object that has it fills a field."""
    numbers: dict[Decimal, bool] = {}
    for item in objects:
        for slot, _ in _leaves(slots, Number):
            if quantity := parse_quantity(str(getattr(item, slot.name, ""))):
                numbers[quantity.value] = numbers.get(quantity.value) or bool(getattr(item, name.name, None))
    return numbers
