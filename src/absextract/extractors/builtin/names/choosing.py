"""Tasks, methods, datasets and metrics of a paper, as the learned model chooses them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ....reading.name_shapes import is_acronym_of, is_count_or_machine
from ....reading.passage import Passage
from ....reading.titles import read_title
from ....reading.word_facts import name_key
from .candidates import Candidate, strongest_candidates
from .model import FieldRanker, LearnedModel
from .ranking import FIELDS, PaperFacts, rows_of

__all__ = ["TOLD_BY_PATTERNS", "ChosenNames", "LearnedName", "choose_field", "choose_names", "ranked_candidates"]

TOLD_BY_PATTERNS = ("datasets", "metrics")
"""Fields of which patterns leave out much but tell little that is wrong."""
_TOLD = 1.0
"""Probability of what patterns found in them."""
_SAME = 0.67
"""Names that share this much of their words are one; the F1 of both ways."""


@dataclass(frozen=True, slots=True)
class LearnedName:
    """A name as written, its key, how likely it is right, and whether patterns told it."""

    text: str
    key: str
    probability: float
    told: bool = False


@dataclass(frozen=True, slots=True)
class ChosenNames:
    """The names of each field, most certain first.

    `confidence` holds for each field how likely each of its names is right, as measured; None where it was not.
    """

    tasks: list[str]
    methods: list[str]
    datasets: list[str]
    metrics: list[str]
    confidence: Mapping[str, list[float | None]]


def choose_names(
    model: LearnedModel, title: Passage, abstract: Passage, by_patterns: Mapping[str, list[str]]
) -> ChosenNames:
    """The names of each field.

    Args:
        model: what is learned.
        title: the paper's.
        abstract: the paper's.
        by_patterns: what patterns found, field by field; the model weighs it with all else.
    """
    ranked, rows = ranked_candidates(model, title, abstract, by_patterns)
    chosen = {}
    for name, ranker, candidates, numbers in zip(FIELDS, model.rankers, ranked, rows, strict=True):
        probabilities = [ranker.probability(row) for row in numbers]
        chosen[name] = choose_field(name, candidates, probabilities, ranker, by_patterns.get(name, []))
    once = _without_doubles(chosen)
    texts = {field: [name.text for name in names] for field, names in once.items()}
    confidence = {
        field: [ranker.told if name.told else ranker.confidence(name.probability) for name in once[field]]
        for field, ranker in zip(FIELDS, model.rankers, strict=True)
    }
    return ChosenNames(**texts, confidence=confidence)


def ranked_candidates(
    model: LearnedModel, title: Passage, abstract: Passage, by_patterns: Mapping[str, list[str]]
) -> tuple[list[list[Candidate]], list[list[list[float]]]]:
    """For each field its strongest candidates, and the row of numbers for each of them."""
    ranked = strongest_candidates(model.scorer, title.tokens, abstract.tokens)
    return ranked, rows_of(ranked, PaperFacts.of(title.text, read_title(title.text), by_patterns))


def choose_field(
    field: str, candidates: list[Candidate], probabilities: list[float], ranker: FieldRanker, by_patterns: list[str]
) -> list[LearnedName]:
    """The names of one field, from its ranked candidates and what patterns found."""
    if field == "datasets":
        probabilities = [
            0.0 if is_count_or_machine(candidate.text) else probability
            for candidate, probability in zip(candidates, probabilities, strict=True)
        ]
    chosen = _most_likely(candidates, probabilities, ranker)
    return _with_patterns(chosen, by_patterns) if field in TOLD_BY_PATTERNS else chosen


def _most_likely(candidates: list[Candidate], probabilities: list[float], ranker: FieldRanker) -> list[LearnedName]:
    """The most likely candidates that are not the same as a more likely one."""
    chosen: list[LearnedName] = []
    for i in sorted(range(len(candidates)), key=lambda i: -probabilities[i]):
        if len(chosen) == ranker.most or probabilities[i] < (ranker.further if chosen else ranker.first):
            break
        text, key = candidates[i].text, candidates[i].key
        if not any(_is_same(key, other.key) or _stands_for(text, other.text) for other in chosen):
            chosen.append(LearnedName(text, key, probabilities[i]))
    return chosen


def _with_patterns(chosen: list[LearnedName], by_patterns: list[str]) -> list[LearnedName]:
    """What patterns found, and what the model chose besides."""
    told = [LearnedName(text, name_key(text), _TOLD, told=True) for text in by_patterns]
    keys = {name.key for name in told}
    return told + [name for name in chosen if not any(_is_same(name.key, key) for key in keys)]


def _is_same(key: str, other: str) -> bool:
    if key in other or other in key:
        return True
    words, others = key.split(), other.split()
    if 2 * len(set(words) & set(others)) >= _SAME * (len(set(words)) + len(set(others))):
        return True
    return _run_together(words, others) or _run_together(others, words)


def _run_together(words: list[str], others: list[str]) -> bool:
    """Whether the end of one is the beginning of the other: "Bridge V2" and "V2 corpus", cut out of one phrase."""
    most = min(len(words), len(others))
    return any(words[-size:] == others[:size] for size in range(2 if most > 2 else 1, most))


def _stands_for(name: str, other: str) -> bool:
    """Whether one is the acronym of the other: "GWS" and "Gentle Wind Steering"."""
    short, full = sorted((name, other), key=len)
    return " " not in short and is_acronym_of(short, full)


def _without_doubles(chosen: dict[str, list[LearnedName]]) -> dict[str, list[LearnedName]]:
    """Each name only in the field that it is likeliest of."""
    best: dict[str, tuple[float, str]] = {}
    for field, names in chosen.items():
        for name in names:
            best[name.key] = max(best.get(name.key, (0.0, "")), (name.probability, field))
    return {field: [name for name in names if best[name.key][1] == field] for field, names in chosen.items()}
