"""Fills a `PaperExtraction` from title and abstract."""

from __future__ import annotations

from ...schema.paper import PaperExtraction
from .datasets import find_datasets, title_datasets
from .links import find_code_url, find_links
from .methods import find_methods
from .metrics import find_metrics
from .passage import Passage, unique_texts
from .results import find_results
from .tasks import find_tasks

__all__ = ["fill_paper"]

_LONGEST_ABSTRACT = 20_000
"""Characters read; what is longer is no abstract and would take its time for nothing."""


def fill_paper(title: str, abstract: str) -> PaperExtraction:
    """What a paper reports, as far as patterns and cue words can tell.

    Every string of the answer stands in `title` or `abstract` as it is. Never raises; the same text gives the
    same answer.
    """
    head, body = Passage(_shortened(title)), Passage(_shortened(abstract))
    methods = find_methods(head, body)
    datasets = find_datasets(body, methods)
    named = unique_texts(title_datasets(head) + datasets)
    methods = [name for name in methods if name not in named]
    metrics = find_metrics(body)
    links = find_links(body)
    return PaperExtraction(
        tasks=find_tasks(head, body),
        methods=methods,
        datasets=named,
        metrics=unique_texts(metrics),
        results=find_results(body, metrics, datasets, methods),
        links=links,
        code_url=find_code_url(links),
    )


def _shortened(text: str) -> str:
    """The text up to the last blank before the limit."""
    if len(text) <= _LONGEST_ABSTRACT:
        return text
    return text[:_LONGEST_ABSTRACT].rpartition(" ")[0]
