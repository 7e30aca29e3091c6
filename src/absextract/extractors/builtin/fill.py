"""Fills a `PaperExtraction` from title and abstract."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ...schema.paper import PaperExtraction
from ...text.outcome_numbers import read_outcomes
from .confidences import confidences_of
from .links import find_code_url, find_links
from .names.choosing import choose_names
from .names.datasets import find_datasets, title_datasets
from .names.methods import find_methods
from .names.metrics import find_metrics
from .names.model import load_model
from .numbers.metric_of_score import choose_metrics, further_metrics
from .numbers.model import load_number_model
from .numbers.results import find_results
from .numbers.scores import find_scores
from .reading.passage import Mention, Passage, unique_texts

__all__ = ["Filled", "fill_paper", "fill_with_confidence", "find_by_patterns", "with_mentions"]

_LONGEST_ABSTRACT, _LONGEST_TITLE = 20_000, 2_000
"""Characters read; what is longer is no abstract or title and would take its time for nothing."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper reports, and for the JSON Pointer of a value how likely it is right, as far as that is known."""

    extraction: PaperExtraction
    confidence: dict[str, float]


def fill_paper(title: str, abstract: str) -> PaperExtraction:
    """What a paper reports, as far as patterns and learned weights can tell.

    Every string of the answer stands in `title` or `abstract` as it is. Never raises; the same text gives the
    same answer.
    """
    return fill_with_confidence(title, abstract).extraction


def fill_with_confidence(title: str, abstract: str) -> Filled:
    """The same as `fill_paper`, and how sure it is."""
    head, body = _passage(title, _LONGEST_TITLE, in_title=True), _passage(abstract, _LONGEST_ABSTRACT)
    mentions = find_metrics(body)
    chosen = choose_names(load_model(), head, body, find_by_patterns(head, body, mentions))
    metrics = with_mentions(mentions, body, chosen.metrics)
    numbers = load_number_model()
    scores = find_scores(numbers, body, read_outcomes(body.text), metrics)
    possible = with_mentions([], body, chosen.possible_metrics)
    metrics_of_scores = choose_metrics(numbers, body, scores, metrics, possible)
    measured = list(zip(scores, metrics_of_scores, strict=True))
    besides = further_metrics(chosen.metrics, metrics_of_scores)
    links = find_links(body)
    extraction = PaperExtraction(
        tasks=chosen.tasks,
        methods=chosen.methods,
        datasets=chosen.datasets,
        metrics=chosen.metrics + [metric.text for metric in besides if metric.text],
        results=find_results(body, measured, with_mentions([], body, chosen.datasets), chosen.methods),
        links=links,
        code_url=find_code_url(links),
    )
    return Filled(extraction, confidences_of(extraction, chosen.confidence, measured, besides, numbers))


def find_by_patterns(title: Passage, abstract: Passage, mentions: list[Mention]) -> dict[str, list[str]]:
    """The methods, datasets and metrics that cue words and shapes alone point at; tasks have no such signs.

    Args:
        title: the paper's.
        abstract: the paper's.
        mentions: what `find_metrics` finds in the abstract.
    """
    methods = find_methods(title, abstract)
    metrics = unique_texts(mentions)
    datasets = unique_texts(title_datasets(title) + find_datasets(abstract, methods))
    return {
        "methods": methods,
        "datasets": [name for name in datasets if not any(name in metric.split() for metric in metrics)],
        "metrics": metrics,
    }


def with_mentions(known: list[Mention], passage: Passage, names: list[str]) -> list[Mention]:
    """The mentions and every place of the names that none of them touches, in order."""
    mentions = sorted(known)
    for name in sorted(names, key=len, reverse=True):
        for start, end in passage.places_of(name):
            at = bisect_right(mentions, start, key=lambda mention: mention.end)  # the first that ends behind the start
            if at == len(mentions) or end <= mentions[at].start:
                mentions.insert(at, passage.mention(start, end))
    return mentions


def _passage(text: str, most: int, *, in_title: bool = False) -> Passage:
    """The text, up to the last blank before so many characters."""
    shortened = text if len(text) <= most else text[:most].rpartition(" ")[0]
    return Passage(shortened, in_title=in_title)
