"""Results: the scores of an abstract with what belongs to each, as the attribution of the text has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

from ....attribution.engine import Attribution, Likely, attribute
from ....attribution.scene import Scene, read_scene
from ....attribution.stage import Outcome, Role
from ....reading.passage import Passage
from ....reading.sentences import clause_around, sentence_at
from ....schema.paper import Result
from .chosen_parts import choose_parts
from .metric_names import metric_name
from .scores import Score
from .short_names import short_name
from .sure_parts import least_sure

__all__ = ["FoundResult", "find_results", "further_metrics"]

_SURE_METRIC = 0.8
"""Probability from which the metric of an outcome counts among the metrics of the paper."""


@dataclass(frozen=True, slots=True)
class FoundResult:
    """A result, the score it was made from, and for each of its parts how likely that is right, and must be."""

    result: Result
    score: Score
    confidence: Mapping[Role, float]
    least: Mapping[Role, float]


def find_results(
    title: str, abstract: Passage, scores: Sequence[Score], known: Mapping[str, Iterable[str]]
) -> list[FoundResult]:
    """One result for each outcome of the abstract, in order.

    Args:
        title: the paper's.
        abstract: the text read.
        scores: its outcomes, in order.
        known: `methods`, `datasets` and `metrics` that are named in it.
    """
    scene = read_scene(title, abstract.text)
    outcomes = [
        Outcome(*scene.in_text("abstract", score.start, score.end), scene.moved(score.quantity), score.kind)
        for score in scores
    ]
    attributed = attribute(scene, outcomes, known)
    parts = choose_parts(scene, scores, attributed)
    return [_found(scene, abstract, *each) for each in zip(scores, parts, attributed, strict=True)]


def further_metrics(named: Sequence[str], found: Iterable[FoundResult]) -> list[tuple[str, float]]:
    """The metrics that results surely have and that are not among those named, each once, with their confidence."""
    further: dict[str, float] = {}
    for each in found:
        metric, sure = each.result.metric, each.confidence.get("metric", 0.0)
        if metric and sure >= _SURE_METRIC and not any(_is_part(metric, name) for name in (*named, *further)):
            further[metric] = sure
    return list(further.items())


def _found(
    scene: Scene, abstract: Passage, score: Score, parts: Mapping[Role, Likely], attributed: Attribution
) -> FoundResult:
    start, end = clause_around(abstract.text, sentence_at(abstract.sentences, score.start), (score.start, score.end))
    named: dict[str, Any] = {role: short_name(role, likely.mention.text) for role, likely in parts.items()}
    if "metric" in parts:
        named["metric"] = metric_name(scene.text, parts["metric"].mention)
    result = Result(
        score=abstract.text[score.start : score.end],
        kind=score.kind,
        evidence=abstract.text[start:end],
        **named,
    )
    sure = {role: likely.probability for role, likely in parts.items()}
    names = {role: min(1.0, fsum(each.probability for each in ranked)) for role, ranked in attributed.ranked.items()}
    return FoundResult(result, score, sure, least_sure(sure, names))


def _is_part(name: str, other: str) -> bool:
    name, other = name.lower(), other.lower()
    return name in other or other in name
