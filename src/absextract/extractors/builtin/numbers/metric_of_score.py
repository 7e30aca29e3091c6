"""Which metric an outcome belongs to: the candidate of its sentence that learned weights rank highest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp

from ....text.pairing import pairing_at
from ..reading.passage import Mention, Passage
from ..reading.sentences import Span, sentence_at
from .metric_candidates import MetricCandidate, find_candidates_of, mentions_within, reach_of
from .metric_cues import OutcomePlace, PreviousMetric, cues_of_candidates, cues_of_none
from .model import NumberModel
from .scores import Score

__all__ = ["LikelyMetric", "RankedMetrics", "choose_metrics", "further_metrics", "is_elsewhere", "rank_metrics"]


@dataclass(frozen=True, slots=True)
class LikelyMetric:
    """The metric of an outcome, None where the text names none, and how likely that is right."""

    text: str | None
    probability: float


@dataclass(frozen=True, slots=True)
class RankedMetrics:
    """The candidates of one outcome with the cues of each; the cues of "none" stand last."""

    score: Score
    candidates: list[MetricCandidate]
    cues: list[list[str]]


_SURE = 0.8
"""Probability from which the metric of an outcome counts among the metrics of the paper."""

Choice = Callable[[RankedMetrics], str | None]


def choose_metrics(
    model: NumberModel,
    abstract: Passage,
    scores: Sequence[Score],
    known: list[Mention],
    possible: list[Mention],
) -> list[LikelyMetric]:
    """The metric of each outcome.

    Args:
        model: what is learned.
        abstract: the text.
        scores: its outcomes, in order.
        known: all metrics named in it.
        possible: what may be metrics too.
    """
    metrics: list[LikelyMetric] = []

    def choose(ranked: RankedMetrics) -> str | None:
        metrics.append(_most_likely(model, abstract, ranked))
        return metrics[-1].text

    rank_metrics(abstract, scores, known, possible, choose)
    return metrics


def further_metrics(named: list[str], of_scores: Sequence[LikelyMetric]) -> list[LikelyMetric]:
    """The metrics that scores surely belong to and that are not among those named, each once."""
    sure: list[LikelyMetric] = []
    for metric in of_scores:
        known = (*named, *(other.text or "" for other in sure))
        if metric.text and metric.probability >= _SURE and not any(_is_part(metric.text, name) for name in known):
            sure.append(metric)
    return sure


def _is_part(name: str, other: str) -> bool:
    name, other = name.lower(), other.lower()
    return name in other or other in name


def rank_metrics(
    abstract: Passage, scores: Sequence[Score], known: list[Mention], possible: list[Mention], choose: Choice
) -> None:
    """Puts the candidates of each outcome before `choose`; what that chooses is seen by the next of the sentence."""
    text = abstract.text
    for sentence, group in groupby(scores, key=lambda score: sentence_at(abstract.sentences, score.start)):
        of_sentence = list(group)
        inside = mentions_within(known, sentence)
        peers = [(score.start, score.end) for score in of_sentence]
        numbers = _numbers(abstract, sentence)
        previous = None
        for score in of_sentence:
            place = OutcomePlace(score, peers, numbers, inside, previous)
            candidates = find_candidates_of(text, sentence, (score.start, score.end), known, possible)
            reach = reach_of(text, sentence, (score.start, score.end))
            cues = [*cues_of_candidates(text, reach, place, candidates), cues_of_none(text, place)]
            previous = PreviousMetric(choose(RankedMetrics(score, candidates, cues)), score.end)


def _numbers(abstract: Passage, sentence: Span) -> list[Span]:
    start, end = sentence
    first, last = (bisect_left(abstract.quantities, place, key=lambda q: q.start) for place in (start, end))
    return [(q.start, q.end) for q in abstract.quantities[first:last] if not (q.in_name or q.spelled)]


def is_elsewhere(abstract: Passage, score: Score, name: str, *, rival: bool = False) -> bool:
    """Whether the text plainly gives a name to another number; a rival may have a number of its own."""
    nearest = abstract.nearest_place(name, score.start, score.end)
    return nearest is not None and pairing_at(abstract.text, score.start, score.end).excludes(nearest, rival=rival)


def _most_likely(model: NumberModel, abstract: Passage, ranked: RankedMetrics) -> LikelyMetric:
    """The strongest candidate that is not plainly of another number, or none."""
    strengths = [model.metric.score(cues) for cues in ranked.cues]
    strengths[-1] -= model.against_none
    names = [*(candidate.text for candidate in ranked.candidates), None]
    highest = max(strengths)
    shares = [exp(strength - highest) for strength in strengths]
    in_order = (names[i] for i in sorted(range(len(names)), key=lambda i: -strengths[i]))
    name = next(name for name in in_order if name is None or not is_elsewhere(abstract, ranked.score, name))
    alike = (share for share, other in zip(shares, names, strict=True) if _is_alike(name, other))
    return LikelyMetric(name, sum(alike) / sum(shares))


def _is_alike(name: str | None, other: str | None) -> bool:
    """Whether two answers are one, or one a part of the other: "error rate" is no rival of "word error rate"."""
    return name == other or (name is not None and other is not None and _is_part(name, other))
