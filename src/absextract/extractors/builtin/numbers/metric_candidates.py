"""What may be the metric of an outcome: known metrics, and the noun phrases of its sentence."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter

from ..reading.name_shapes import is_generic
from ..reading.passage import Mention
from ..reading.phrases import is_modifier
from ..reading.sentences import Span

__all__ = [
    "ELSEWHERE",
    "KNOWN",
    "PHRASE",
    "POSSIBLE",
    "MetricCandidate",
    "find_candidates_of",
    "mentions_within",
    "reach_of",
]

KNOWN, POSSIBLE, PHRASE, CUT, OF_PHRASE, PER_PHRASE, ELSEWHERE = (
    "known",
    "possible",
    "phrase",
    "cut",
    "of",
    "per",
    "out",
)
"""Where a candidate comes from."""
_WORD = re.compile(r"(?<!\w)[^\W\d_][\w@'’+/^-]*(?:\.\d[\w-]*)*")
_VERB = re.compile(
    r"(?:(?:fall|drop|declin|decreas|increas|improv|ris|differ|go|attain|reach|achiev|obtain|yield|exceed|surpass"
    r"|outperform|degrad|deteriorat|shrink|grow|jump|climb|stay|remain|tak|mov|rang|equal|amount|appear|cut|lift|rais"
    r"|keep|bring|cost|run|need|show|solv|win|beat|spend|get|gain|sav|lower|reduc|boost|chang|clos|halv|doubl|vari"
    r"|plateau)(?:e?s|e?d)|grew|went|rose|fell|took|gave|got|won|came|stood|out|once|away|only|up|down|e|i|g|alone|mere"
    r"|as)"
)
_NO_FUNCTION_WORD = r"(?!(?:by|to|from|in|on|is|was|are|and|or|with|for|at|of|than|over|rises|falls|drops|reaches)\b)"
_RATE_OF = re.compile(
    r"\b(?:(?!the |an? )[\w-]+ )?(?:rate|share|proportion|probability|likelihood|frequency|number|fraction|percentage"
    rf"|cost|amount|error)s? of (?:the )?(?:{_NO_FUNCTION_WORD}[a-z-]+ ){{0,2}}?{_NO_FUNCTION_WORD}[a-z-]++(?!\w)"
    rf"(?! {_NO_FUNCTION_WORD}[a-z-]+ (?:by|to|from|is|was|of)\b)"
)
_PER = re.compile(r"\b[a-z]+ per [a-z]+\b")
_LONGEST_PHRASE = 4
_SEEN_BEFORE, _SEEN_BEHIND = 120, 70


@dataclass(slots=True)
class MetricCandidate:
    """A text that may name the metric of an outcome.

    Attributes:
        start, end: its half-open interval.
        text: what stands there.
        sources: the ways in which it was found.
        whole: it was found as it stands, and is no part of a longer phrase.
    """

    start: int
    end: int
    text: str
    sources: list[str]
    whole: bool

    @property
    def is_known(self) -> bool:
        """Whether it is a well-known metric, or one that the paper is known to use."""
        return KNOWN in self.sources


def find_candidates_of(
    text: str, sentence: Span, number: Span, known: list[Mention], possible: list[Mention]
) -> list[MetricCandidate]:
    """The candidates for one outcome, in the order of the text; those of other sentences last.

    Args:
        text: the abstract.
        sentence: that of the number.
        number: where the outcome stands.
        known: all metrics named in the abstract.
        possible: what may be metrics too.
    """
    reach = reach_of(text, sentence, number)
    inside = mentions_within(known, reach)
    found = _Candidates(text, number, inside, [match.span() for match in _RATE_OF.finditer(text, *reach)])
    for mentions, source in ((inside, KNOWN), (mentions_within(possible, reach), POSSIBLE)):
        for mention in mentions:
            found.add(mention.start, mention.end, source)
    for words in _noun_phrases(text, reach):
        found.add_phrase(words)
    for start, end in found.of_phrases:
        found.add(start, end, OF_PHRASE)
    for match in _PER.finditer(text, *reach):
        found.add(*match.span(), PER_PHRASE)
    return found.in_order() + _elsewhere(sentence, known)


class _Candidates:
    """The candidates of one outcome, each once.

    Args:
        text: the abstract.
        number: where the outcome stands.
        known: the known metrics beside it, which are taken whole.
        of_phrases: where a "rate of …" stands, which is taken whole too.
    """

    def __init__(self, text: str, number: Span, known: Sequence[Mention], of_phrases: list[Span]) -> None:
        self._text = text
        self._number = number
        self._known = known
        self.of_phrases = of_phrases
        self._found: dict[Span, MetricCandidate] = {}

    def add(self, start: int, end: int, source: str, *, whole: bool = True) -> None:
        """Takes in what stands in an interval, unless it can be no metric or is a part of one."""
        if (start < self._number[1] and self._number[0] < end) or is_generic(self._text[start:end]):
            return
        if self._is_cut(start, end, source):
            return
        new = MetricCandidate(start, end, self._text[start:end], [], whole)
        candidate = self._found.setdefault((start, end), new)
        if source not in candidate.sources:
            candidate.sources.append(source)

    def add_phrase(self, words: list[Span]) -> None:
        """Takes in a noun phrase and its parts."""
        end = words[-1][1]
        longest = words[-_LONGEST_PHRASE:]
        self.add(longest[0][0], end, PHRASE, whole=longest == words)
        if len(words) > 1:
            self.add(words[-1][0], end, PHRASE, whole=False)
            self.add(words[-3:][0][0], words[-2][1], CUT, whole=False)
        if len(words) > 2:
            self.add(words[-2][0], end, PHRASE, whole=False)

    def in_order(self) -> list[MetricCandidate]:
        """All of them, in the order of the text."""
        return [self._found[place] for place in sorted(self._found)]

    def _is_cut(self, start: int, end: int, source: str) -> bool:
        if source != KNOWN and any(
            m.start <= start and end <= m.end and m.end - m.start > end - start for m in self._known
        ):
            return True
        if source != PHRASE or not self._text.startswith(" of ", end):
            return False
        return any(first <= start and end <= last for first, last in self.of_phrases)


def reach_of(text: str, sentence: Span, number: Span) -> Span:
    """The part of the sentence that is looked at, without words cut through."""
    start, end = number[0] - _SEEN_BEFORE, number[1] + _SEEN_BEHIND
    start = text.rfind(" ", sentence[0], start) + 1 if start > sentence[0] else sentence[0]
    end = text.find(" ", end, sentence[1]) if end < sentence[1] else sentence[1]
    return max(start, sentence[0]), end if end >= 0 else sentence[1]


def mentions_within(mentions: Sequence[Mention], span: Span) -> Sequence[Mention]:
    """The mentions of an ordered list that lie in an interval."""
    first = bisect_left(mentions, span[0], key=attrgetter("start"))
    return mentions[first : bisect_right(mentions, span[1], key=attrgetter("end"))]


def _noun_phrases(text: str, reach: Span) -> list[list[Span]]:
    """Runs of words that can belong to one phrase, each by the intervals of its words."""
    phrases: list[list[Span]] = [[]]
    for match in _WORD.finditer(text, *reach):
        word, current = match[0], phrases[-1]
        if current and text[current[-1][1] : match.start()] != " ":
            phrases.append([])
        if _can_belong(word):
            phrases[-1].append(match.span())
        else:
            phrases.append([match.span()] if word.endswith("ing") and len(word) > 6 else [])
    return [phrase for phrase in phrases if phrase]


def _can_belong(word: str) -> bool:
    if _VERB.fullmatch(word):
        return False
    if is_modifier(word) or (len(word) == 1 and not word.isascii()):
        return True
    return word[0].isupper() and ("@" in word or "^" in word)  # "R1@0.5", "R^2"


def _elsewhere(sentence: Span, known: list[Mention]) -> list[MetricCandidate]:
    """The known metrics named last before the sentence, first of all, and next behind it."""
    before = bisect_right(known, sentence[0], key=attrgetter("end"))
    behind = bisect_left(known, sentence[1], key=attrgetter("start"))
    several = any(mention.text != known[0].text for mention in islice(known, before))
    places = [
        ("last", known[max(0, before - 1) : before]),
        ("first", known[:1] if several else []),
        ("next", known[behind : behind + 1]),
    ]
    return [
        MetricCandidate(mention.start, mention.end, mention.text, [ELSEWHERE, where], whole=True)
        for where, mentions in places
        for mention in mentions
    ]
