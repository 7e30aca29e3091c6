"""Which name a number belongs to, where the text says so: lists read in order, and "93% on A, 79% on B"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from .hedges import HEDGES
from .quantities import Quantity, read_quantities

__all__ = ["Interval", "Pairing", "pairing_at"]

Interval = tuple[int, int]

_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-Z(\\])")
_BETWEEN = re.compile(r"\s?(?:,\s(?:and\s|or\s)?|\sand\s|\sor\s|/|\s?&\s)\s?")
_LAST_BETWEEN = re.compile(r",?\s(?:and|or|&)\s")
_COMMA = re.compile(r",\s")
_BEHIND = re.compile(
    r"\s(?:[A-Za-z][\w-]*\s){0,2}?(?P<by>on|for|in|over|against|versus|vs\.?|compared (?:to|with))\s(?:the\s)?"
)
_AGAINST = re.compile(r"\s(?:[a-z][\w-]*\s){0,2}?(?:over|against|versus|vs\.?|compared (?:to|with))\s(?:the\s)?")
_BEFORE = re.compile(
    rf"(?:(?:\s(?:of|by|is|at|reaches|=)|:)\s(?:(?:an?|average|{HEDGES})\s)*|\s\()"
    r"(?:\$|~|\\sim)*$"
)
_PHRASE_END = re.compile(r"[,;.()]\s|\sand\s|$")
_REACH = 400
_CLOSE = 45


@dataclass(frozen=True)
class Pairing:
    """The sentence around one number, read for what the number belongs to.

    Attributes:
        text: the whole text.
        number: half-open code-point interval of the number in it.
    """

    text: str
    number: Interval

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
        run = self.run
        if len(run) < 2:
            return []
        place = next(i for i, number in enumerate(run) if _overlap(number, self.number))
        return [items[place] for items in self._lists_in_order()]

    def attached(self) -> Interval | None:
        """What an "on …", "for …" or "over …" directly behind a number that stands alone speaks of."""
        return self._phrase_behind(self.number) if len(self.run) < 2 else None

    def _listed_elsewhere(self, name: Interval) -> bool:
        """As in "93.7 and 28.4 on A and B, respectively": the name has another place in its list."""
        places = {
            i
            for items in self._lists_in_order()
            for i, item in enumerate(items)
            if _fills(item, name, first=i == 0, last=i == len(items) - 1)
        }
        return bool(places) and next(i for i, n in enumerate(self.run) if _overlap(n, self.number)) not in places

    def _attached_elsewhere(self, name: Interval, *, rival: bool) -> bool:
        """As in "93% on A, 79% on B": the name hangs on another number, and another name on this one."""
        others = [number for number in self._numbers if not _overlap(number, self.number)]
        if rival:
            rivals = (self._phrase_behind(number, _AGAINST) for number in others)
            own = self._phrase_behind(self.number, _AGAINST)
            return own is not None and any(phrase and phrase[0] == name[0] for phrase in rivals)
        behind, before = self._phrase_behind(self.number), self._phrase_before(self.number)
        if behind and not behind[0] <= name[0] < behind[1]:
            word = self._word_behind(self.number)
            phrases_behind = ((self._phrase_behind(n), self._word_behind(n)) for n in others)
            return any(phrase and phrase[0] == name[0] and by == word for phrase, by in phrases_behind)
        if before and not before[0] <= name[0] < before[1] and self._alike(name, before):
            phrases = map(self._phrase_before, others)
            return any(phrase and phrase[1:] == (name[1], before[2]) for phrase in phrases)
        return False

    @cached_property
    def sentence(self) -> Interval:
        """Half-open code-point interval of the sentence around the number."""
        at = self.number[0]
        floor = max(0, at - 3 * _REACH)
        start = max((match.end() for match in _SENTENCE_END.finditer(self.text, floor, at)), default=floor)
        end = _SENTENCE_END.search(self.text, at, at + 3 * _REACH)
        return start, end.start() if end else min(at + 3 * _REACH, len(self.text))

    @cached_property
    def measured(self) -> list[Quantity]:
        """The measured numbers of the sentence."""
        quantities = read_quantities(self.text)
        first, last = (bisect_left(quantities, place, key=lambda q: q.start) for place in self.sentence)
        return [q for q in quantities[first:last] if not q.in_name]

    @cached_property
    def quantity(self) -> Quantity | None:
        """The number as it was read; None where it was not read as a measured one."""
        return next((q for q in self.measured if _overlap((q.start, q.end), self.number)), None)

    @cached_property
    def _numbers(self) -> list[Interval]:
        return [(q.start, q.end) for q in self.measured]

    @cached_property
    def run(self) -> list[Interval]:
        """The list of numbers that the number stands in."""
        runs: list[list[Interval]] = []
        for number in self._numbers:
            if runs and _BETWEEN.fullmatch(self.text, runs[-1][-1][1], number[0]):
                runs[-1].append(number)
            else:
                runs.append([number])
        return next((run for run in runs if any(_overlap(n, self.number) for n in run)), [])

    def _lists_in_order(self) -> list[list[Interval]]:
        """Lists of as many names as there are numbers: hanging on them, or said to go with them respectively."""
        run = self.run
        if len(run) < 2:
            return []
        lists = list(self._lists(len(run)))
        following = [items for items in lists if self._follows(run[-1], items[0])]
        return following or [items for items in lists if self._respectively(run[-1][1], items[-1][0])]

    def _lists(self, size: int) -> Iterator[list[Interval]]:
        """Lists of so many items, `A, B and C`; the first may begin too early, the last end too late."""
        start, end = self.sentence
        for last in _LAST_BETWEEN.finditer(self.text, start, end):
            commas = _COMMA.finditer(self.text, max(start, last.start() - _REACH), last.start())
            cuts = [*(comma.span() for comma in commas), last.span()][-(size - 1) :]
            if len(cuts) == size - 1:
                starts, ends = [start, *(cut[1] for cut in cuts)], [*(cut[0] for cut in cuts), end]
                if not any(ends[0] <= number[0] <= starts[-1] for number in self._numbers):
                    yield list(zip(starts, ends, strict=True))

    def _follows(self, number: Interval, item: Interval) -> bool:
        """Whether a list whose first item reaches to `item[1]` hangs directly on the number."""
        attached = _BEHIND.match(self.text, number[1])
        if attached is None or attached.end() >= item[1]:
            return False
        return not any(attached.end() <= other[0] < item[1] for other in self._numbers)

    def _respectively(self, *behind: int) -> bool:
        """Whether "respectively" stands close behind one of the places."""
        return any(self.text.find("respectively", at, min(at + _CLOSE, self.sentence[1])) >= 0 for at in behind)

    def _phrase_before(self, number: Interval) -> tuple[int, int, str] | None:
        """What an "… of", "… by" or "… (" in front of a number speaks of, and that word."""
        floor = max([self.sentence[0], *(other[1] for other in self._numbers if other[1] <= number[0])])
        attached = _BEFORE.search(self.text, floor, number[0])
        return (floor, attached.start(), attached.group().split()[0]) if attached else None

    def _phrase_behind(self, number: Interval, attached_by: re.Pattern[str] = _BEHIND) -> Interval | None:
        """What an "on …" or "over …" behind a number speaks of."""
        attached = attached_by.match(self.text, number[1], self.sentence[1])
        if attached is None:
            return None
        end = _PHRASE_END.search(self.text, attached.end(), self.sentence[1])
        return attached.end(), end.start() if end else self.sentence[1]

    def _word_behind(self, number: Interval) -> str | None:
        """The word that attaches the phrase behind a number: what stands "on" it is no rival of what it is "for"."""
        attached = _BEHIND.match(self.text, number[1], self.sentence[1])
        return attached["by"].split()[0] if attached else None

    def _alike(self, name: Interval, phrase: tuple[int, int, str]) -> bool:
        """Whether both end in a name or both in a common noun: "accuracy" is no rival of "GPT-4o"."""
        own, other = self.text[name[0] : name[1]].split()[-1:], self.text[phrase[0] : phrase[1]].split()[-1:]
        return bool(own and other) and own[0].islower() == other[0].islower()


@lru_cache(maxsize=256)  # extractor and validator hold many names against the same number
def pairing_at(text: str, start: int, end: int) -> Pairing:
    """The sentence around the number at a half-open code-point interval."""
    return Pairing(text, (start, end))


def _overlap(a: Interval, b: Interval) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _fills(item: Interval, name: Interval, *, first: bool, last: bool) -> bool:
    """Whether a name is what an item of a list names; only the outer items may hold more."""
    start, end = item
    if not (start <= name[0] and name[1] <= end):
        return False
    return (first or name[0] - start <= 4) and (last or end - name[1] <= 1)
