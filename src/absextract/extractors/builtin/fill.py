"""Fills a `PaperExtraction` from title and abstract."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from ...reading.passage import Mention, Passage, unique_texts
from ...records import TextField
from ...schema.paper import PaperExtraction
from ...text.outcome_numbers import read_outcomes
from .confidences import confidences_of, least_of
from .links import find_code_url, find_links
from .names.choosing import ChosenNames, choose_names
from .names.datasets import find_datasets, title_datasets
from .names.methods import find_methods
from .names.metrics import find_metrics
from .names.model import load_model
from .numbers.model import load_number_model
from .numbers.results import find_results, further_metrics
from .numbers.scores import find_scores

__all__ = [
    "MOST_READ",
    "Filled",
    "fill_paper",
    "fill_with_confidence",
    "find_by_patterns",
    "known_names",
    "with_mentions",
]

MOST_READ: dict[TextField, int] = {"title": 2_000, "abstract": 20_000}
"""Characters read; what is longer is no abstract or title and would take its time for nothing."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper reports.

    Attributes:
        extraction: all that was found.
        confidence: for the JSON Pointer of a value how likely it is right, as far as that is known.
        least: for that of a part of a result how sure it must be to be given by default.
    """

    extraction: PaperExtraction
    confidence: dict[str, float]
    least: dict[str, float]


def fill_paper(title: str, abstract: str) -> PaperExtraction:
    """What a paper reports, as far as patterns and learned weights can tell.

    Every string of the answer stands in `title` or `abstract` as it is, a URL so that it can be opened. Never raises;
    the same text gives the same answer.
    """
    return fill_with_confidence(title, abstract).extraction


def fill_with_confidence(title: str, abstract: str) -> Filled:
    """The same as `fill_paper`, and how sure it is."""
    head, body = _passages(title, abstract)
    mentions = find_metrics(body)
    chosen = choose_names(load_model(), head, body, find_by_patterns(head, body, mentions))
    numbers = load_number_model()
    scores = find_scores(numbers, body, read_outcomes(body.text), with_mentions(mentions, body, chosen.metrics))
    results = find_results(head.text, body, scores, _known(chosen, mentions))
    besides = further_metrics(chosen.metrics, results)
    links = find_links(head, body)
    extraction = PaperExtraction(
        tasks=chosen.tasks,
        methods=chosen.methods,
        datasets=chosen.datasets,
        metrics=chosen.metrics + [metric for metric, _ in besides],
        results=[found.result for found in results],
        links=links,
        code_url=find_code_url(links),
    )
    confidence = confidences_of(extraction, chosen.confidence, results, besides, numbers)
    return Filled(extraction, confidence, least_of(results))


def known_names(title: str, abstract: str) -> dict[str, list[str]]:
    """By field, the methods, datasets and metrics that the attribution of a text takes for known."""
    head, body = _passages(title, abstract)
    mentions = find_metrics(body)
    return _known(choose_names(load_model(), head, body, find_by_patterns(head, body, mentions)), mentions)


def _known(chosen: ChosenNames, metrics: list[Mention]) -> dict[str, list[str]]:
    named = dict.fromkeys([*chosen.metrics, *(mention.text for mention in metrics)])
    return {"methods": chosen.methods, "datasets": chosen.datasets, "metrics": list(named)}


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


def _passages(title: str, abstract: str) -> tuple[Passage, Passage]:
    return _passage(title, MOST_READ["title"], in_title=True), _passage(abstract, MOST_READ["abstract"])


def _passage(text: str, most: int, *, in_title: bool = False) -> Passage:
    """The text, up to the last blank before so many characters."""
    shortened = text if len(text) <= most else text[:most].rpartition(" ")[0]
    return Passage(shortened, in_title=in_title)
