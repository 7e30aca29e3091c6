"""Which name a number belongs to, where the text says so: lists read in order, and "93% on A, 79% on B"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from ..patterns import regex
from .hedges import HEDGES
from .quantities import Quantity, read_quantities

__all__ = ["Interval", "Pairing", "Sentence", "pairing_at"]

Interval = tuple[int, int]

_SENTENCE_END = regex(r"[.!?]\s+(?=[A-Z(\\])|[。！？]")
_BETWEEN = regex(r"\s?(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|/|\s?&\s)\s?")
_LAST_BETWEEN = regex(r",?\s(?:and|or|&)\s")
_COMMA = regex(r",\s")
_BEHIND = regex(
    r"\s(?:[A-Za-z][\w-]*\s){0,2}?(?P<by>on|for|in|over|against|versus|vs\.?|compared (?:to|with))\s(?:the\s)?"
)
_AGAINST = regex(r"\s(?:[a-z][\w-]*\s){0,2}?(?:over|against|versus|vs\.?|compared (?:to|with))\s(?:the\s)?")
_BEFORE = regex(
    rf"(?:(?:\s(?:of|by|is|at|reaches|=)|:)\s(?:(?:an?|average|{HEDGES})\s)*|\s\()"
    r"(?:\$|~|\\sim)*$"
)
_PHRASE_END = regex(r"[,;.()]\s|\sand\s|$")
_REACH = 400
_CLOSE = 45
_LONGEST_SENTENCE = 2400
_PIECE = 1200
"""What is longer is no sentence: it is read in pieces of so many characters."""


@dataclass(frozen=True)
class Pairing:
    """The sentence around one number, read for what the number belongs to.

    Attributes:
        text: the whole text.
        number: half-open code-point interval of the number in it.
        around: its sentence, which is read once for all of its numbers.
    """

    text: str
    number: Interval
    around: Sentence

    def excludes(self, name: Interval, *, rival: bool = False) -> bool:
        """Whether the text plainly gives a name of this sentence to another number, and this number to another name.

        Args:
            name: half-open code-point interval of the name.
            rival: the name is what the number is compared with, so that it may have a number of its own.
        """
        start, end = self.sentence
        if not (start <= name[0] and name[1] <= end):
            return False
        return self._listed_elsewhere(name) or self._attached_elsewhere(name, rival=rival)

    def partners(self) -> list[Interval]:
        """Where its name stands, for a number of a list that is read in order; the outer items may hold more."""
        return [items[self._place] for items in self._lists_in_order]

    def attached(self) -> Interval | None:
        """What an "on …", "for …" or "over …" directly behind a number that stands alone speaks of."""
        behind = self._behind if len(self.run) < 2 else None
        return None if behind and self._is_shared(behind) else behind

    def _is_shared(self, phrase: Interval) -> bool:
        """Whether a phrase behind the number is one for several: "61.4 mIoU / 64.2 mAP on A and B, respectively"."""
        beside = self.around.beside((max(0, self.number[0] - _CLOSE), self.number[0]))
        before = any(quantity.end <= self.number[0] <= quantity.end + _CLOSE for quantity in beside)
        end = phrase[1] + _CLOSE
        return before and self.text.find("respectively", phrase[0], min(end, self.sentence[1])) >= 0

    @cached_property
    def before(self) -> tuple[int, int, str] | None:
        """What an "… of", "… by" or "… (" in front of the number speaks of, and that word."""
        return self.around.phrase_before(self.number)

    def _listed_elsewhere(self, name: Interval) -> bool:
        """As in "93.7 and 28.4 on A and B, respectively": the name has another place in its list."""
        places = {
            i
            for items in self._lists_in_order
            for i, item in enumerate(items)
            if _fills(item, name, first=i == 0, last=i == len(items) - 1)
        }
        return bool(places) and self._place not in places

    def _attached_elsewhere(self, name: Interval, *, rival: bool) -> bool:
        """As in "93% on A, 79% on B": the name hangs on another number, and another name on this one."""
        around = self.around
        if rival:
            own = around.phrase_behind(self.number, _AGAINST)
            return own is not None and self._is_of_another(around.compared_at.get(name[0], ()))
        behind, before = self._behind, self.before
        if behind and not behind[0] <= name[0] < behind[1]:
            return self._is_of_another(around.behind_at.get((name[0], self._word_behind), ()))
        if before and not before[0] <= name[0] < before[1] and self._alike(name, before):
            return self._is_of_another(around.before_at.get((name[1], before[2]), ()))
        return False

    def _is_of_another(self, numbers: Sequence[Interval]) -> bool:
        return any(not _overlap(number, self.number) for number in numbers)

    @property
    def sentence(self) -> Interval:
        """Half-open code-point interval of the sentence around the number."""
        return self.around.span

    @property
    def measured(self) -> list[Quantity]:
        """The measured numbers of the sentence."""
        return self.around.measured

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number as it was read; None where it was not read as a measured one."""
        return next((q for q in self.around.beside(self.number) if _overlap((q.start, q.end), self.number)), None)

    @cached_property
    def run(self) -> list[Interval]:
        """The list of numbers that the number stands in."""
        quantity = self.quantity
        return self.around.run_at[quantity.start] if quantity else []

    @property
    def _place(self) -> int:
        return next(i for i, number in enumerate(self.run) if _overlap(number, self.number))

    @cached_property
    def _behind(self) -> Interval | None:
        return self.around.phrase_behind(self.number)

    @cached_property
    def _word_behind(self) -> str | None:
        return self.around.word_behind(self.number)

    @cached_property
    def _lists_in_order(self) -> list[list[Interval]]:
        """Lists of as many names as there are numbers: hanging on them, or said to go with them respectively."""
        run = self.run
        if len(run) < 2:
            return []
        lists = self.around.lists(len(run))
        following = [items for items in lists if self.around.follows(run[-1], items[0])]
        return following or [items for items in lists if self._respectively(run[-1][1], items[-1][0])]

    def _respectively(self, *behind: int) -> bool:
        """Whether "respectively" stands close behind one of the places."""
        return any(self.text.find("respectively", at, min(at + _CLOSE, self.sentence[1])) >= 0 for at in behind)

    def _alike(self, name: Interval, phrase: tuple[int, int, str]) -> bool:
        """Whether both end in a name or both in a common noun: "accuracy" is no rival of "GPT-4o"."""
        own, other = self.text[name[0] : name[1]].split()[-1:], self.text[phrase[0] : phrase[1]].split()[-1:]
        return bool(own and other) and own[0].islower() == other[0].islower()


@lru_cache(maxsize=256)  # extractor and validator hold many names against the same number
def pairing_at(text: str, start: int, end: int) -> Pairing:
    """The sentence around the number at a half-open code-point interval."""
    return Pairing(text, (start, end), _sentence(text, *_sentence_around(text, start)))


@dataclass(frozen=True)
class Sentence:
    """One sentence, with what its numbers have around them; each is looked at once.

    Attributes:
        text: the whole text.
        span: half-open code-point interval of the sentence in it.
    """

    text: str
    span: Interval
    _lists_of: dict[int, list[list[Interval]]] = field(default_factory=dict, compare=False)

    @cached_property
    def measured(self) -> list[Quantity]:
        """The measured numbers, in order."""
        quantities = read_quantities(self.text)
        first, last = (bisect_left(quantities, place, key=lambda q: q.start) for place in self.span)
        return [q for q in quantities[first:last] if not q.in_name]

    @cached_property
    def _numbers(self) -> list[Interval]:
        return [(q.start, q.end) for q in self.measured]

    def beside(self, number: Interval) -> list[Quantity]:
        """The measured numbers that begin in a place, and the one before it."""
        first, last = (bisect_left(self._numbers, (place,)) for place in number)
        return self.measured[max(0, first - 1) : last]

    @cached_property
    def run_at(self) -> dict[int, list[Interval]]:
        """For each number, by where it begins, the list of numbers that it stands in."""
        runs: dict[int, list[Interval]] = {}
        run: list[Interval] = []
        for number in self._numbers:
            if not (run and _BETWEEN.fullmatch(self.text, run[-1][1], number[0])):
                run = []
            run.append(number)
            runs[number[0]] = run
        return runs

    @cached_property
    def behind_at(self) -> dict[tuple[int, str | None], list[Interval]]:
        """Numbers by where the phrase behind them begins, and the word that attaches it."""
        places: dict[tuple[int, str | None], list[Interval]] = {}
        for number in self._numbers:
            if phrase := self.phrase_behind(number):
                places.setdefault((phrase[0], self.word_behind(number)), []).append(number)
        return places

    @cached_property
    def compared_at(self) -> dict[int, list[Interval]]:
        """Numbers by where that begins which they are compared with."""
        places: dict[int, list[Interval]] = {}
        for number in self._numbers:
            if phrase := self.phrase_behind(number, _AGAINST):
                places.setdefault(phrase[0], []).append(number)
        return places

    @cached_property
    def before_at(self) -> dict[tuple[int, str], list[Interval]]:
        """Numbers by where the phrase before them ends, and the word that attaches it."""
        places: dict[tuple[int, str], list[Interval]] = {}
        for number in self._numbers:
            if phrase := self.phrase_before(number):
                places.setdefault(phrase[1:], []).append(number)
        return places

    def lists(self, size: int) -> list[list[Interval]]:
        """Lists of so many items, `A, B and C`; the first may begin too early, the last end too late."""
        if size not in self._lists_of:
            self._lists_of[size] = list(self._read_lists(size))
        return self._lists_of[size]

    def _read_lists(self, size: int) -> Iterator[list[Interval]]:
        (start, end), commas = self.span, self._commas
        for last in _LAST_BETWEEN.finditer(self.text, start, end):
            behind = bisect_right(commas, last.start(), key=lambda comma: comma[1])  # those that end before it
            cuts = [*commas[max(0, behind - size + 2) : behind], last.span()]
            if len(cuts) == size - 1 and cuts[0][0] >= last.start() - _REACH:
                starts, ends = [start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end]
                if not self._number_in(ends[0], starts[-1] + 1):
                    yield list(zip(starts, ends, strict=True))

    @cached_property
    def _commas(self) -> list[Interval]:
        return [comma.span() for comma in _COMMA.finditer(self.text, *self.span)]

    def _number_in(self, start: int, end: int) -> bool:
        """Whether a measured number begins in an interval."""
        at = bisect_left(self._numbers, (start,))
        return at < len(self._numbers) and self._numbers[at][0] < end

    def follows(self, number: Interval, item: Interval) -> bool:
        """Whether a list whose first item reaches to `item[1]` hangs directly on the number."""
        attached = _BEHIND.match(self.text, number[1])
        if attached is None or attached.end() >= item[1]:
            return False
        return not self._number_in(attached.end(), item[1])

    def phrase_before(self, number: Interval) -> tuple[int, int, str] | None:
        """What an "… of", "… by" or "… (" in front of a number speaks of, and that word."""
        before = bisect_right(self._numbers, number[0], key=lambda other: other[1])
        floor = self._numbers[before - 1][1] if before else self.span[0]
        attached = _BEFORE.search(self.text, floor, number[0])
        return (floor, attached.start(), attached.group().split()[0]) if attached else None

    def phrase_behind(self, number: Interval, attached_by: re.Pattern[str] = _BEHIND) -> Interval | None:
        """What an "on …" or "over …" behind a number speaks of."""
        attached = attached_by.match(self.text, number[1], self.span[1])
        if attached is None:
            return None
        end = _PHRASE_END.search(self.text, attached.end(), self.span[1])
        return attached.end(), end.start() if end else self.span[1]

    def word_behind(self, number: Interval) -> str | None:
        """The word that attaches the phrase behind a number: what stands "on" it is no rival of what it is "for"."""
        attached = _BEHIND.match(self.text, number[1], self.span[1])
        return attached["by"].split()[0] if attached else None


@lru_cache(maxsize=64)
def _sentence(text: str, start: int, end: int) -> Sentence:
    return Sentence(text, (start, end))


@lru_cache(maxsize=16)
def _breaks(text: str) -> list[Interval]:
    """Where sentences end and the next begin."""
    return [match.span() for match in _SENTENCE_END.finditer(text)]


def _sentence_around(text: str, at: int) -> Interval:
    """The sentence around a place, or the piece of what is too long to be one."""
    breaks = _breaks(text)
    first = bisect_left(breaks, at, key=lambda found: found[1])
    last = bisect_left(breaks, at, key=lambda found: found[0])
    start = breaks[first - 1][1] if first else 0
    end = breaks[last][0] if last < len(breaks) else len(text)
    if end - start <= _LONGEST_SENTENCE:
        return start, end
    start += (at - start) // _PIECE * _PIECE
    return start, min(end, start + _PIECE)


def _overlap(a: Interval, b: Interval) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _fills(item: Interval, name: Interval, *, first: bool, last: bool) -> bool:
    """Whether a name is what an item of a list names; only the outer items may hold more."""
    start, end = item
    if not (start <= name[0] and name[1] <= end):
        return False
    return (first or name[0] - start <= 4) and (last or end - name[1] <= 1)
