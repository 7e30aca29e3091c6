"""What the objects of one list say in the same field: the names that compete for their numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Any

from pydantic import BaseModel

from ..patterns import regex
from ..records import TextField
from ..schema.marked import Slot, slots_of
from ..schema.marks import Mention, Number, Quote
from ..text.hedges import HEDGES
from ..text.quantities import Quantity, parse_quantity
from ..text.reading_order import in_lists, in_turns, once_more
from .mentions import check_quote
from .object_slots import few_texts, leaves, texts_of
from .source_text import FIELDS, SourceText, comparison_form
from .verdicts import Span, Support, as_text

__all__ = ["Peers", "peers_by_slot"]

_STROKE = regex(r"(?:[^/,;()]{1,24}\s/\s|[\d.\\%]{1,8}/)[~$+-]{0,2}")
_HUNG_BEHIND = regex(
    r"\s?(?:(?!(?:and|or|with|versus|than|vs|while|to|from|by)\b)[\w@+-]+\s){0,2}?(?:(?:on|for|in)\s(?:the\s)?)?"
)
_HUNG_BEFORE = regex(rf"\s(?:score\s)?of\s(?:(?:an?|{HEDGES})\s)?")
_FAR = 40


class Peers:
    """The names that the objects of a list have in one field, and where the text has them.

    Args:
        names: those of the objects, and those that a list at the top of the schema adds.
        numbers: for the value of each number of the objects, whether it stands beside a name.
        quotes: the passages that the objects give as evidence.
        source: the text.
        compared: what the names stand for is compared with something, so that other names come in between.
    """

    def __init__(
        self,
        names: Iterable[str],
        numbers: Mapping[Decimal, bool],
        quotes: Iterable[str],
        source: SourceText,
        *,
        compared: bool,
    ) -> None:
        self._names = {comparison_form(name): name for name in names}
        self._numbers = numbers
        self._quotes = dict.fromkeys(quotes)
        self._source = source
        self.compared = compared
        self._pairs: dict[Span, dict[int, str]] = {}

    def key(self, name: str) -> str:
        """By which `places` and `pairs` know a name: the full form for an acronym that the text puts in brackets."""
        form = comparison_form(name)
        return self._full_forms.get(form, form)

    def places(self, within: Span) -> dict[Span, str]:
        """Where in a passage the names stand, in order, and the key of each; of two that overlap the longer."""
        found = self._found[within.field]
        first, last = (bisect_left(found, at, key=lambda place: place[0].start) for at in (within.start, within.end))
        return {span: self._full_forms.get(form, form) for span, form in found[first:last] if span.end <= within.end}

    def quoted_apart(self, name: Span, quote: Span) -> bool:
        """Whether a place of a name lies in the evidence of another object, and that apart from its own."""
        return any(other.holds(name) and not other.overlaps(quote) for other in self._quoted)

    def pairs(self, number: Span) -> dict[int, str]:
        """The names that the sentence of a number gives by its order to each of its numbers, by where these begin."""
        sentence = self._source.sentence(number)
        if sentence not in self._pairs:
            self._pairs[sentence] = self._read(sentence, self._source.pairing(number).measured)
        return self._pairs[sentence]

    def _read(self, sentence: Span, measured: list[Quantity]) -> dict[int, str]:
        places = self.places(sentence)
        if not places:
            return {}
        numbers = [q for q in measured if not any(span.start <= q.start < span.end for span in places)]
        theirs = [quantity for quantity in numbers if self._has(quantity)]
        nobodys = [quantity for quantity in numbers if self._has(quantity) is None and not _is_count(quantity)]
        names = [(span.start, name) for span, name in places.items()]
        starts = sorted(quantity.start for quantity in (*theirs, *nobodys))
        certain = not (self.compared or nobodys)
        if certain and (pairs := self._by_strokes(sentence, names, starts)):
            return pairs
        if certain and (pairs := in_lists(names, starts) or once_more(names, starts, in_lists)):
            return pairs
        hung = self._hung(places, theirs)
        pairs = in_turns(names, starts)
        if not pairs and certain and hung.keys() >= {at for at in starts if at < names[-1][0]}:
            pairs = once_more(names, starts, in_turns)
        return {} if any(pairs.get(at, name) != name for at, name in hung.items()) else pairs

    def _by_strokes(self, sentence: Span, names: list[tuple[int, str]], starts: list[int]) -> dict[int, str]:
        """Gives one name to both numbers of a pair with a stroke: "on A and B 85.1% F1 / 87.2% EM, 82 / 84"."""
        text = self._source.text(sentence.field)
        groups: list[list[int]] = []
        for at in starts:
            if groups and _STROKE.fullmatch(text, groups[-1][-1], at):
                groups[-1].append(at)
            else:
                groups.append([at])
        if len({len(group) for group in groups}) != 1 or len(groups[0]) < 2:
            return {}
        pairs = in_lists(names, [group[0] for group in groups])
        return {at: pairs[group[0]] for group in groups for at in group} if pairs else {}

    def _hung(self, places: dict[Span, str], numbers: list[Quantity]) -> dict[int, str]:
        """The names that plainly belong to numbers, as in "51.3 AP on COCO" and "an accuracy of 80.1"."""
        found = {}
        for quantity in numbers:
            for span, name in places.items():
                text = self._source.text(span.field)
                behind = quantity.end <= span.start <= quantity.end + _FAR
                before = span.end <= quantity.start <= span.end + _FAR
                if (behind and _HUNG_BEHIND.fullmatch(text, quantity.end, span.start)) or (
                    before and _HUNG_BEFORE.fullmatch(text, span.end, quantity.start)
                ):
                    found[quantity.start] = name
                    break
        return found

    def _has(self, quantity: Quantity) -> bool | None:
        """Whether a number of the text is one that stands beside a name; None for a number that no object has."""
        known = [self._numbers[q.value] for q in (quantity, *quantity.parts) if q.value in self._numbers]
        return any(known) if known else None

    @cached_property
    def _found(self) -> dict[TextField, list[tuple[Span, str]]]:
        """By field, every place of every name in order; of two that overlap the longer."""
        found: dict[TextField, list[tuple[Span, str]]] = {field: [] for field in FIELDS}
        places = [(span, form) for form, name in self._names.items() for span in self._source.everywhere(name)]
        for span, form in sorted(places, key=lambda place: (place[0].start, -place[0].end)):
            kept = found[span.field]
            if not kept or kept[-1][0].end <= span.start:
                kept.append((span, form))
        return found

    @cached_property
    def _full_forms(self) -> dict[str, str]:
        """What the text puts in brackets behind a name is the same: "word error rate (WER)"."""
        forms: dict[str, str] = {}
        for field, places in self._found.items():
            text = self._source.text(field)
            for (span, full), (bracketed, form) in pairwise(places):
                if text[span.end : bracketed.start].strip() == "(" and text[bracketed.end : bracketed.end + 1] == ")":
                    forms[form] = forms.get(full, full)
        return forms

    @cached_property
    def _quoted(self) -> list[Span]:
        verdicts = (check_quote(quote, self._source, None) for quote in self._quotes)
        return list(dict.fromkeys(verdict.span for verdict in verdicts if isinstance(verdict, Support)))


def _is_count(quantity: Quantity) -> bool:
    return quantity.unit is None and quantity.value == quantity.value.to_integral_value()


def peers_by_slot(values: Iterable[Any], root: BaseModel, source: SourceText) -> dict[str, Peers]:
    """The peers of the fields of names in a list of objects, where there are two names or more.

    Args:
        values: the items of the list.
        root: the whole extraction, whose lists may name more (`Mention(among=…)`).
        source: the text.
    """
    objects = [value for value in values if isinstance(value, BaseModel)]
    slots = slots_of(type(objects[0])) if objects else ()
    quotes = [text for slot, _ in leaves(slots, Quote) for text in texts_of(objects, slot, source)]
    compared = {mark.against for _, mark in leaves(slots, Mention)}
    found, numbers_of = {}, [(item, list(_numbers_of(item, slots))) for item in objects]
    for slot, mark in leaves(slots, Mention):
        listed = getattr(root, mark.among, None) if mark.among else None
        names = dict.fromkeys([*texts_of(objects, slot, source), *few_texts(listed or (), source)])
        if len(names) > 1:
            numbers = _numbers_beside(slot, numbers_of)
            found[slot.name] = Peers(names, numbers, quotes, source, compared=slot.name in compared)
    return found


def _numbers_of(item: BaseModel, slots: Iterable[Slot]) -> Iterator[Decimal]:
    """The values of an object's numbers."""
    for slot, _ in leaves(slots, Number):
        if quantity := parse_quantity(as_text(getattr(item, slot.name, ""))):
            yield quantity.value


def _numbers_beside(name: Slot, objects: Iterable[tuple[BaseModel, list[Decimal]]]) -> dict[Decimal, bool]:
    """The values of the objects' numbers, and for each whether an object that has it fills a field."""
    numbers: dict[Decimal, bool] = {}
    for item, values in objects:
        for value in values:
            numbers[value] = numbers.get(value) or bool(getattr(item, name.name, None))
    return numbers
