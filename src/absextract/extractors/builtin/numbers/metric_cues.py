"""What is seen of an outcome and a candidate for its metric, as short strings that learned weights are kept for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter

from ....text.number_cues import classes_of, kind_of_unit, placed_tokens_of, stem, tokens_of
from ..reading.name_shapes import is_foreign_model, is_shaped
from ..reading.passage import Mention
from ..reading.sentences import Span
from ..reading.wordlists import words
from .metric_candidates import ELSEWHERE, KNOWN, PHRASE, MetricCandidate
from .scores import Score

__all__ = ["OutcomePlace", "PreviousMetric", "cues_of_candidates", "cues_of_none"]

_FUNCTION_WORDS = words(
    """
    of by to from in on for with at is was and or than the a an as over under per between reaches reach reaching
    achieves achieve obtains vs versus up while but whereas which
    """
)
_BESIDE = _FUNCTION_WORDS | words(
    "only just about around nearly up over roughly approximately average relative absolute ( $ ~ % } : ="
)
_CLAUSE = re.compile(r"[;:]|, (?:and|while|but|whereas|which|where|with)\b|\b(?:while|whereas|but)\b")
_LIST_JOINT = re.compile(r"\$?(?: \([^()]{1,40}\))?(?:,? and |, | ?/ ?| to | or )[$~+]*")
_METRIC_HEAD = "M"
_FAR = 6
_WORDS_BESIDE = 5


@dataclass(frozen=True, slots=True)
class PreviousMetric:
    """What was chosen for the outcome before in the sentence; `text` is None where that names no metric."""

    text: str | None
    end: int


@dataclass(frozen=True)
class OutcomePlace:
    """An outcome among the others of its sentence.

    Attributes:
        score: the outcome.
        peers: where the outcomes of the sentence stand, in order.
        numbers: where all numbers of the sentence stand.
        known: the known metrics of the sentence, in order.
        previous: what was chosen for the one before, None for the first.
    """

    score: Score
    peers: Sequence[Span]
    numbers: Sequence[Span]
    known: Sequence[Mention]
    previous: PreviousMetric | None

    def list_around(self, text: str) -> tuple[int, int]:
        """The first and the last of the peers that form one list with the outcome: "3.1, 4.2 and 5.0"."""
        first = last = self.place
        while first and _LIST_JOINT.fullmatch(text, self.peers[first - 1][1], self.peers[first][0]):
            first -= 1
        while last + 1 < len(self.peers) and _LIST_JOINT.fullmatch(text, self.peers[last][1], self.peers[last + 1][0]):
            last += 1
        return first, last

    @cached_property
    def place(self) -> int:
        """Which of the peers it is."""
        return self.peers.index((self.score.start, self.score.end))

    @cached_property
    def distances(self) -> list[int]:
        """How far each of the known metrics is, the nearest first."""
        return sorted(map(self.distance_to, self.known))

    def distance_to(self, metric: Mention) -> int:
        """Characters between the outcome and a metric."""
        return max(metric.start - self.score.end, self.score.start - metric.end)

    def numbers_between(self, low: int, high: int) -> int:
        """How many numbers lie in an interval."""
        first = bisect_left(self.numbers, low, key=itemgetter(0))
        return max(0, bisect_right(self.numbers, high, key=itemgetter(1)) - first)

    def known_between(self, low: int, high: int) -> int:
        """How many known metrics lie in an interval."""
        first = bisect_left(self.known, low, key=attrgetter("start"))
        return max(0, bisect_right(self.known, high, key=attrgetter("end")) - first)


class Tokens:
    """The tokens of the part of a sentence that is looked at, found by their place."""

    def __init__(self, text: str, reach: Span) -> None:
        self._text = text
        self._tokens, self._starts = placed_tokens_of(text, *reach)

    def between(self, start: int, end: int) -> list[str]:
        """Those that begin in an interval."""
        return self._tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def beside(self, candidate: MetricCandidate) -> tuple[str, str]:
        """The one before a candidate and the one behind it, `^` and `$` at the edges."""
        first, behind = bisect_left(self._starts, candidate.start), bisect_left(self._starts, candidate.end)
        return self._tokens[first - 1] if first else "^", self._tokens[behind] if behind < len(self._tokens) else "$"


def cues_of_candidates(
    text: str, reach: Span, outcome: OutcomePlace, candidates: list[MetricCandidate]
) -> list[list[str]]:
    """The cues of each candidate.

    Args:
        text: the abstract.
        reach: the part of the sentence that is looked at.
        outcome: whose metric is asked for.
        candidates: what may be it.
    """
    first, last = outcome.list_around(text)
    span = outcome.peers[first][0], outcome.peers[last][1]
    in_order = _paired_in_order(text, outcome.known, outcome.place - first, last - first + 1)
    tokens = Tokens(text, reach)
    all_cues = [
        _elsewhere(outcome, candidate)
        if ELSEWHERE in candidate.sources
        else _of_candidate(text, tokens, outcome, candidate, span, in_order)
        for candidate in candidates
    ]
    _add_neighbours(tokens, candidates, all_cues, span)
    return all_cues


def cues_of_none(text: str, outcome: OutcomePlace) -> list[str]:
    """The cues for "the text names no metric"."""
    score, known = outcome.score, len(outcome.known)
    cues = ["none", f"none|{score.kind}", f"none|{kind_of_unit(score.quantity)}", f"none|known={min(2, known)}"]
    before = tokens_of(text[max(0, score.start - 60) : score.start])[:-3:-1]
    behind = tokens_of(text[score.end : score.end + 50])[:2]
    cues += [f"none|b{i}={stem(token)}" for i, token in enumerate(before)]
    cues += [f"none|a{i}={stem(token)}" for i, token in enumerate(behind)]
    if outcome.previous:
        cues.append(f"none|previous={outcome.previous.text is None}")
    return cues


def _elsewhere(outcome: OutcomePlace, candidate: MetricCandidate) -> list[str]:
    cues = [f"out={candidate.sources[1]}", f"out={candidate.sources[1]}|known={min(1, len(outcome.known))}"]
    cues += [f"out|{kind_of_unit(outcome.score.quantity)}", f"out|{outcome.score.kind}"]
    if outcome.previous and outcome.previous.text == candidate.text:
        cues.append("out|as before")
    return cues


def _of_candidate(
    text: str,
    tokens: Tokens,
    outcome: OutcomePlace,
    candidate: MetricCandidate,
    span: Span,
    in_order: dict[int, bool],
) -> list[str]:
    score = outcome.score
    unit, shape = kind_of_unit(score.quantity), _shape(candidate)
    side, start, end = _gap(candidate, span, score)
    gap = tokens.between(start, end)
    distance = len(gap)
    joint = [t if not t[0].isalpha() or t in _FUNCTION_WORDS else _letter(t) for t in gap[:_FAR]]
    near = (joint[-1] if side == "B" else joint[0]) if joint else ""
    cues = [f"side={side}", f"d={side}{_bucket(distance)}", f"near={side}{near}"]
    if distance <= _FAR:
        cues.append(f"gap={side}{' '.join(joint)}")
    if side == "B":
        cues.append(f"far={joint[0] if joint else ''}")
    cues += _of_words(candidate, score.kind, unit, shape)
    for source in candidate.sources:
        cues += (f"from={source}", f"from={source}{side}", f"from={source}|{score.kind}")
        cues.append(f"from={source}|{side}{min(distance, _FAR)}")
    cues += (f"{shape}|{side}|{unit}", f"{shape}|near={side}{near}", f"{shape}|{score.kind}{side}")
    if _CLAUSE.search(text, start, end):
        cues += (f"clause{side}", f"clause{side}|{shape}")
    cues += [f"{sign}{side}" for sign in ",()" if sign in gap]
    cues += _between(outcome, candidate, side, shape)
    if candidate.is_known:
        cues += _among_known(outcome, candidate, side)
    else:
        cues.append(f"knowns={min(len(outcome.known), 2)}|{shape}")
    if candidate.start in in_order:
        cues += (f"in order={in_order[candidate.start]}", f"in order={in_order[candidate.start]}{side}")
    left, right = tokens.beside(candidate)
    cues += (f"left={stem(left)}", f"right={stem(right)}", *[f"left is {letter}" for letter in classes_of(left)])
    if outcome.previous and outcome.previous.text == candidate.text:
        cues += ("as before", f"as before|{_joint_with(text, outcome.previous, score)}")
    return cues


def _gap(candidate: MetricCandidate, span: Span, score: Score) -> tuple[str, int, int]:
    """On which side a candidate stands, and what stands between; the list of the outcome counts as one number."""
    if candidate.end <= score.start:
        return "B", candidate.end, span[0] if candidate.end <= span[0] else score.start
    return "A", span[1] if span[1] <= candidate.start else score.end, candidate.start


def _of_words(candidate: MetricCandidate, kind: str, unit: str, shape: str) -> list[str]:
    parts = candidate.text.lower().split()
    head = parts[-1]
    cues = [f"head={head[:9]}", f"first={parts[0][:9]}", f"words={len(parts)}", f"whole={candidate.whole}", shape]
    cues += (f"{unit}|head={stem(head)}", f"{kind}|head={stem(head)}")
    cues += [f"head is {letter}" for letter in classes_of(head)]
    if is_foreign_model(candidate.text):
        cues.append("model")
    return cues


def _between(outcome: OutcomePlace, candidate: MetricCandidate, side: str, shape: str) -> list[str]:
    """How many numbers and how many known metrics stand between."""
    score = outcome.score
    low, high = (candidate.end, score.start) if side == "B" else (score.end, candidate.start)
    numbers, metrics = outcome.numbers_between(low, high), outcome.known_between(low, high)
    return [
        f"numbers={min(numbers, 3)}{side}",
        f"numbers={min(numbers, 2)}{side}|{shape}",
        f"metrics={min(metrics, 2)}{side}|{shape}",
    ]


def _among_known(outcome: OutcomePlace, candidate: MetricCandidate, side: str) -> list[str]:
    """Which of the known metrics of the sentence it is, by nearness and in order."""
    known = outcome.known
    own = bisect_right(known, candidate.start, key=attrgetter("end"))  # the first that ends behind its start
    if own == len(known) or known[own].start >= candidate.end:
        return []
    rank = min(bisect_left(outcome.distances, outcome.distance_to(known[own])), 3)
    cues = [f"nearest={rank}", f"nearest={rank}{side}"]
    if len(known) == 1:
        cues += ["only known", f"only known{side}"]
    if len(outcome.peers) == len(known) > 1:
        cues.append("in turn" if own == outcome.place else "out of turn")
    return cues


def _paired_in_order(text: str, known: Sequence[Mention], place: int, size: int) -> dict[int, bool]:
    """For each metric of a list as long as that of the outcomes, by its start, whether it is the one to be paired."""
    if size < 2:
        return {}
    runs: list[list[Mention]] = []
    for mention in known:
        if runs and _LIST_JOINT.fullmatch(text, runs[-1][-1].end, mention.start):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    return {mention.start: i == place for run in runs if len(run) == size for i, mention in enumerate(run)}


def _joint_with(text: str, previous: PreviousMetric, score: Score) -> str:
    tokens = tokens_of(text[previous.end : score.start])
    if len(tokens) >= _FAR:
        return "far"
    return " ".join(t if not t[0].isalpha() or t in _FUNCTION_WORDS else "w" for t in tokens[:_WORDS_BESIDE])


def _add_neighbours(tokens: Tokens, candidates: list[MetricCandidate], all_cues: list[list[str]], span: Span) -> None:
    """Adds to the cues whether only joining words stand between, else whether that is so for another candidate."""
    inside = [(c, cues) for c, cues in zip(candidates, all_cues, strict=True) if ELSEWHERE not in c.sources]
    ends = sorted({c.end for c, _ in inside if PHRASE in c.sources or c.is_known})
    sides = [_joined(tokens, candidate, span) for candidate, _ in inside]
    some = {side for side, joined in sides if joined}
    for (candidate, cues), (side, joined) in zip(inside, sides, strict=True):
        if not side:
            continue
        known = KNOWN if candidate.is_known else ""
        low, high = (candidate.end, span[0]) if side == "B" else (span[1] - 1, candidate.start - 1)
        between = bisect_right(ends, high) - bisect_right(ends, low)
        cues.append(f"phrases={min(between, 4)}{side}|{known}")
        if joined:
            cues += (f"joined{side}", f"joined{side}|{known}")
            cues += [f"joined{side}|left is {letter}" for letter in classes_of(tokens.beside(candidate)[0])]
        else:
            cues.append(f"apart|{'B' in some}|{'A' in some}|{known}{side}")


def _joined(tokens: Tokens, candidate: MetricCandidate, span: Span) -> tuple[str, bool]:
    """On which side of the list a candidate stands, and whether only joining words stand between; no side inside."""
    if candidate.end <= span[0]:
        side, gap = "B", tokens.between(candidate.end, span[0])
    elif span[1] <= candidate.start:
        side, gap = "A", tokens.between(span[1], candidate.start)
    else:
        return "", False
    return side, len(gap) <= _WORDS_BESIDE and all(map(_is_joining, gap))


@lru_cache(maxsize=20_000)
def _is_joining(token: str) -> bool:
    return token in _BESIDE or not set("CG").isdisjoint(classes_of(token))


def _shape(candidate: MetricCandidate) -> str:
    """Known, a metric by its head, a name by its letters, or other words."""
    if candidate.is_known:
        return "K"
    head = candidate.text.split()[-1].lower()
    if _METRIC_HEAD in classes_of(head):
        return "M"
    return "S" if candidate.text.isupper() or "@" in candidate.text or is_shaped(candidate.text) else "o"


def _letter(token: str) -> str:
    classes = classes_of(token)
    return "G" if "G" in classes else "C" if "C" in classes else "w"


def _bucket(distance: int) -> int:
    return next((most for most in (0, 1, 2, 3, 4, 6, 8, 13, 20) if distance <= most), 99)
