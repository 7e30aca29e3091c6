"""The outcomes of one text among the names and phrases that may belong to them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import fsum
from operator import attrgetter, itemgetter
from typing import Literal

from ..patterns import regex
from ..text.number_cues import kind_of_unit
from ..text.quantities import Quantity
from ..text.values import value_class
from .finding import COMPARED, CONDITION, HEADED, NAME, NUMBERED, PART, PHRASE, Mention
from .name_facts import NameFacts
from .rules import rules_of
from .scene import Scene, squeezed

__all__ = ["ROLES", "TYPES", "Outcome", "Role", "Stage", "type_of"]

Role = Literal["metric", "dataset", "method", "baseline", "setting"]
ROLES: tuple[Role, ...] = ("metric", "dataset", "method", "baseline", "setting")
TYPES = ("metric", "dataset", "method", "own", "setting")
"""What a mention may be by itself; `own` is what the paper puts forward."""
_ODDS = itemgetter(*TYPES)
NOT_AT_ALL = -9.0
"""Log odds of what was not looked at."""

_JOINT = regex(
    r"\$?(?: ?\([^()]{1,40}\))?(?:,? (?:and|or|to|vs\.?|versus|&) |, (?:and )?| ?/ ?| ?; ?)"
    r"(?:about |over |around )?[$~+(]*"
)
_NAME_JOINT = regex(
    r"(?: ?\([^()]{1,30}\))?(?:'s)?(?: [a-z-]{1,30}){0,3}(?:,? (?:and|or|&) |, (?:and )?| ?/ ?)"
    r"(?:the |on |for |in |of )?(?:[a-z-]{1,30} )?"
)
_COUNTED = regex(
    r"\$?\s(?:of|in)\s(?:(?:the|all|our|these|its|their)\s)?(?:[a-z][a-z-]*\s){0,2}?(?![a-z]*ss\b)[a-z][a-z-]*s\b"
)
"""What is behind a share of some things: "solves 43% of the harder questions"."""
_LONGEST_JOINT = 60
_LIKELY = 0.0
_LEAST_HERE, _LEAST_THERE, _LEAST_RIVAL = -5.5, -2.5, -5.5
_MOST_CANDIDATES = 12
_MOST_PEERS, _FEW_CANDIDATES = 24, 4
"""A sentence with more outcomes is none; of its names, only the few likeliest are worth the time."""
_MOST_BESIDE = 60
"""Names looked at before and behind an outcome in its sentence; the fullest sentences have 71."""
_LONGEST_KNOWN_GAP = 4
_REACH = 700
"""Characters from an outcome in which the names of its sentence are looked at; hardly a sentence is longer."""


@value_class
class Outcome:
    """An outcome: its half-open interval in the scene's text, its number, and whether it is a change or a level."""

    start: int
    end: int
    quantity: Quantity
    kind: Literal["value", "change"]


def type_of(role: Role) -> str:
    """Of which type the names of a role are: a baseline is a method."""
    return "method" if role == "baseline" else role


class Stage:
    """What the cues of an outcome and a mention are read from.

    Args:
        scene: the text.
        mentions: all of it, in order, with their odds.
        facts: of their names.
        outcomes: in order.

    Attributes:
        likely: by type, the mentions that are likely of it, in order; of those that overlap the likeliest.
        keys: by type, the names of these.
        own_odds: by name, the log odds that it is what the paper puts forward.
        paper: the likeliest of these names, None where none is likely.
        rival: for each outcome the log odds that it is that of a rival; 0 until it is known.
        rules: for each outcome what plain rules read.
        units: for each outcome the kind of its unit.
        counted: for each outcome whether it is the share of some things.
    """

    def __init__(
        self, scene: Scene, mentions: Sequence[Mention], facts: NameFacts, outcomes: Sequence[Outcome]
    ) -> None:
        self.scene, self.mentions, self.facts, self.outcomes = scene, mentions, facts, outcomes
        self.rival = [0.0] * len(outcomes)
        self.rules = [rules_of(scene, outcome.start, outcome.end) for outcome in outcomes]
        self.starts = [outcome.start for outcome in outcomes]
        self.units = [kind_of_unit(outcome.quantity) for outcome in outcomes]
        self.counted = [
            outcome.kind == "value" and unit == "%" and _COUNTED.match(scene.text, outcome.end) is not None
            for outcome, unit in zip(outcomes, self.units, strict=True)
        ]
        self.sentences = [scene.sentence_of(outcome.start) for outcome in outcomes]
        self._mentions_in: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._mentions_in.setdefault(mention.sentence, []).append(mention)
        self.likely = {type_: _leading(mentions, type_) for type_ in TYPES}
        self.likely_starts = {type_: [m.start for m in found] for type_, found in self.likely.items()}
        self.keys = {type_: {m.key for m in found} for type_, found in self.likely.items()}
        self._likely_in: dict[tuple[str, int], list[Mention]] = {}
        for type_, found in self.likely.items():
            for mention in found:
                self._likely_in.setdefault((type_, mention.sentence), []).append(mention)
        self._starts_in = {here: [m.start for m in found] for here, found in self._mentions_in.items()}
        self._lists: dict[tuple[str, int], list[tuple[int, int]]] = {}
        self._fitting: dict[Role, dict[str, list[Mention]]] = {}
        self._runs = self._read_runs()
        self._read_own()
        self._names_here: dict[tuple[str, int], int] = {}
        self._nearest: dict[tuple[str, int], str | None] = {}
        self._us = [self._read_us(i) for i in range(len(outcomes))]
        self._gaps = ["first", *map(self._gap_before, range(1, len(outcomes)))]

    def _read_runs(self) -> list[tuple[int, int]]:
        text, runs, first = self.scene.text, [(0, 0)] * len(self.outcomes), 0
        for i, outcome in enumerate(self.outcomes):
            gap = text[self.outcomes[i - 1].end : outcome.start] if i else ""
            if len(gap) > _LONGEST_JOINT or not _JOINT.fullmatch(gap):
                first = i
            for j in range(first, i + 1):
                runs[j] = (first, i)
        return runs

    def _read_own(self) -> None:
        self.own_odds: dict[str, float] = {}
        for mention in self.mentions:
            if not mention.is_ours:
                thing = self.facts.thing(mention.key)
                self.own_odds[thing] = max(self.own_odds.get(thing, -99.0), mention.odds.get("own", NOT_AT_ALL))
        ranked = sorted(self.own_odds, key=lambda key: -self.own_odds[key])
        self.paper = ranked[0] if ranked and self.own_odds[ranked[0]] > 0 else None
        self._own_rank = {key: rank for rank, key in enumerate(ranked[:3])}
        best = {key for key in ranked[:2] if self.own_odds[key] > 0}
        self.names_own = {m.sentence for m in self.mentions if self.facts.thing(m.key) in best}

    def _gap_before(self, i: int) -> str:
        """What joins an outcome with the one before it."""
        if self.sentences[i - 1] != self.sentences[i]:
            return "sentence"
        gap = squeezed(self.scene.gap(self.outcomes[i - 1].end, self.outcomes[i].start))
        return " ".join(gap) if len(gap) <= _LONGEST_KNOWN_GAP else "far"

    def joint(self, i: int) -> str:
        """How an outcome goes on from the one before it: `first`, `sentence`, `far`, or the words between."""
        return self._gaps[i]

    def run(self, i: int) -> tuple[int, int]:
        """The first and the last outcome of the list that an outcome stands in: "3.1, 4.2 and 5.0"."""
        return self._runs[i]

    def peers(self, i: int) -> range:
        """The outcomes of the sentence of an outcome."""
        start, end = self.scene.sentences[self.sentences[i]]
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def likely_beside(self, type_: str, i: int) -> Sequence[Mention]:
        """The likely mentions of a type in the sentence of an outcome."""
        return self._likely_in.get((type_, self.sentences[i]), ())

    def thing(self, mention: Mention) -> str:
        """What a mention speaks of, by its key; "our model" speaks of what the paper puts forward."""
        return self.paper if self.paper and mention.is_ours else self.facts.thing(mention.key)

    @cached_property
    def odds_of_names(self) -> dict[str, list[float]]:
        """For each name what its mentions say together: the mean odds by type, the highest, and how many there are."""
        by_name: dict[str, list[tuple[float, ...]]] = {}
        for mention in self.mentions:
            by_name.setdefault(self.facts.thing(mention.key), []).append(_ODDS(mention.odds))
        return {name: _together(odds) for name, odds in by_name.items()}

    def own_rank(self, mention: Mention) -> int:
        """Which of the names likeliest to be the paper's own it is, from 0; 3 for all others."""
        return self._own_rank.get(self.thing(mention), 3)

    def whole(self, mention: Mention, type_: str) -> Mention:
        """The longest mention, likely of a type, that only adds words before it, or a number behind: "AP 50"."""
        longest = mention
        for other in self._mentions_in.get(mention.sentence, ()):
            before = other.end == mention.end and other.start < longest.start and other.sources & {NAME, PHRASE}
            behind = other.start == longest.start and other.end > longest.end and NUMBERED in other.sources
            if (before or behind) and other.odds[type_] > _LIKELY:
                longest = other
        return longest

    def names_here(self, type_: str, i: int) -> int:
        """How many names of a type stand in the sentence of an outcome."""
        place = type_, self.sentences[i]
        if place not in self._names_here:
            self._names_here[place] = len({m.key for m in self._likely_in.get(place, ())})
        return self._names_here[place]

    def nearest_before(self, type_: str, i: int) -> str | None:
        """The name of a type that stands last in the abstract before the sentence of an outcome."""
        place, first = (type_, self.sentences[i]), self.scene.first_of_abstract
        if place not in self._nearest:
            before = (m.key for m in reversed(self.likely[type_]) if first <= m.sentence < self.sentences[i])
            self._nearest[place] = next(before, None)
        return self._nearest[place]

    def speaks_of_us(self, i: int) -> str:
        """Whether what stands before an outcome in its sentence says "we", or speaks of the paper's own otherwise."""
        return self._us[i]

    def _read_us(self, i: int) -> str:
        first, last = self.scene.tokens_in(self.scene.sentences[self.sentences[i]][0], self.starts[i])
        said = self.scene.words[first:last]
        if "we" in said or "our" in said:
            return "we"
        return "it" if "it" in said[:3] or "proposed" in said or "method" in said else ""

    def candidates(self, role: Role, i: int) -> list[Mention]:
        """The mentions that may be the role of an outcome: those of its sentence, and one of each other name."""
        outcome, here = self.outcomes[i], self.sentences[i]
        near, starts = self._mentions_in.get(here, ()), self._starts_in.get(here, ())
        first, at, last = (bisect_left(starts, place) for place in _around(outcome))
        first, last = max(first, at - _MOST_BESIDE), min(last, at + _MOST_BESIDE)
        beside = [
            m for m in near[first:last] if not m.overlaps(outcome.start, outcome.end) and _fits(role, m, here=True)
        ]
        keys = {m.key for m in beside}
        elsewhere = [
            m for key, found in self._by_name(role).items() if key not in keys and (m := _outside(found, here))
        ]
        found = beside + sorted(elsewhere, key=lambda m: m.start)
        type_ = type_of(role)
        most = _MOST_CANDIDATES if len(self.peers(i)) <= _MOST_PEERS else _FEW_CANDIDATES
        kept = set(sorted(found, key=lambda m: -m.odds.get(type_, NOT_AT_ALL))[:most])
        return [mention for mention in found if mention in kept]

    def _by_name(self, role: Role) -> dict[str, list[Mention]]:
        """The mentions that may be a role of an outcome of another sentence, by their names."""
        if role not in self._fitting:
            by_name: dict[str, list[Mention]] = {}
            for mention in self.mentions:
                if _fits(role, mention, here=False):
                    by_name.setdefault(mention.key, []).append(mention)
            self._fitting[role] = by_name
        return self._fitting[role]

    def touched_beside(self, type_: str, i: int, mention: Mention) -> int | None:
        """The number of the first likely mention of the outcome's sentence that shares a character with a mention."""
        likely = self.likely_beside(type_, i)
        at = bisect_right(likely, mention.start, key=attrgetter("end"))
        return at if at < len(likely) and likely[at].start < mention.end else None

    def list_beside(self, type_: str, i: int, own: int) -> tuple[int, int]:
        """How many likely mentions of the outcome's sentence form one list with one of them, and its place in that."""
        place = type_, self.sentences[i]
        if place not in self._lists:
            self._lists[place] = list(self._read_lists(self._likely_in[place]))
        return self._lists[place][own]

    def _read_lists(self, likely: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        first = 0
        for behind in range(1, len(likely) + 1):
            if behind == len(likely) or not self._are_joined(likely[behind - 1], likely[behind]):
                yield from ((behind - first, place) for place in range(behind - first))
                first = behind

    def _are_joined(self, one: Mention, other: Mention) -> bool:
        gap = self.scene.text[one.end : other.start]
        return len(gap) < _LONGEST_JOINT and one.key != other.key and _NAME_JOINT.fullmatch(gap) is not None


def _together(odds: Sequence[tuple[float, ...]]) -> list[float]:
    by_type = list(zip(*odds, strict=True))
    return [*(fsum(each) / len(odds) for each in by_type), *map(max, by_type), float(len(odds))]


def _leading(mentions: Sequence[Mention], type_: str) -> list[Mention]:
    kept: list[Mention] = []
    likely = (m for m in mentions if m.odds.get(type_, NOT_AT_ALL) > _LIKELY)
    for mention in sorted(likely, key=lambda m: -m.odds[type_]):
        at = bisect_left(kept, mention.start, key=attrgetter("start"))
        if not any(mention.overlaps(other.start, other.end) for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, mention)
    return kept


def _around(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.start - _REACH, outcome.start, outcome.end + _REACH


def _outside(mentions: Sequence[Mention], here: int) -> Mention | None:
    """Of one name's mentions the last before a sentence, else the first behind it."""
    before = bisect_left(mentions, here, key=attrgetter("sentence"))
    if before:
        return mentions[before - 1]
    behind = bisect_right(mentions, here, key=attrgetter("sentence"))
    return mentions[behind] if behind < len(mentions) else None


def _fits(role: Role, mention: Mention, *, here: bool) -> bool:
    sources = mention.sources
    if role == "baseline":
        is_name = not sources.isdisjoint((NAME, PART, HEADED, COMPARED, "known methods"))
        return here and is_name and (COMPARED in sources or mention.odds.get("method", 0.0) > _LEAST_RIVAL)
    if role == "setting":
        return here and (CONDITION in sources or mention.odds.get("setting", NOT_AT_ALL) > _LIKELY)
    return mention.odds.get(role, 0.0) > (_LEAST_HERE if here else _LEAST_THERE)
