"""Fills a `PaperExtraction` from title and abstract."""

from __future__ import annotations

import re

from ...schema.paper import PaperExtraction
from .datasets import find_datasets, title_datasets
from .learned_model import load_model
from .learned_names import choose_names
from .links import find_code_url, find_links
from .methods import find_methods
from .metrics import find_metrics
from .passage import Mention, Passage, unique_texts
from .results import find_results
from .tasks import find_tasks

__all__ = ["fill_paper", "find_by_patterns"]

_LONGEST_ABSTRACT = 20_000
"""Characters read; what is longer is no abstract and would take its time for nothing."""


def fill_paper(title: str, abstract: str) -> PaperExtraction:
    """What a paper reports, as far as patterns and learned weights can tell.

    Every string of the answer stands in `title` or `abstract` as it is. Never raises; the same text gives the
    same answer.
    """
    head, body = Passage(_shortened(title)), Passage(_shortened(abstract))
    by_patterns = find_by_patterns(head, body)
    chosen = choose_names(load_model(), head, body, by_patterns)
    tasks, methods, datasets, metrics = ([name.text for name in names] for names in chosen.values())
    links = find_links(body)
    return PaperExtraction(
        tasks=tasks,
        methods=methods,
        datasets=datasets,
        metrics=metrics,
        results=find_results(
            body,
            _with_mentions(find_metrics(body), body, metrics),
            _with_mentions([], body, datasets),
            methods,
        ),
        links=links,
        code_url=find_code_url(links),
    )


def find_by_patterns(title: Passage, abstract: Passage) -> dict[str, list[str]]:
    """The names of each learned field that cue words and shapes alone point at."""
    methods = find_methods(title, abstract)
    datasets = title_datasets(title) + find_datasets(abstract, methods)
    return {
        "tasks": find_tasks(title, abstract),
        "methods": methods,
        "datasets": unique_texts(datasets),
        "metrics": unique_texts(find_metrics(abstract)),
    }


def _with_mentions(known: list[Mention], passage: Passage, names: list[str]) -> list[Mention]:
    """The mentions and every place of the names that none of them touches, in order."""
    mentions = list(known)
    for name in names:
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", passage.text):
            if not any(mention.start < match.end() and match.start() < mention.end for mention in mentions):
                mentions.append(passage.mention(*match.span()))
    return sorted(mentions)


def _shortened(text: str) -> str:
    """The text up to the last blank before the limit."""
    if len(text) <= _LONGEST_ABSTRACT:
        return text
    return text[:_LONGEST_ABSTRACT].rpartition(" ")[0]
