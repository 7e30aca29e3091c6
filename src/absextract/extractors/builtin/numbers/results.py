"""Results: the scores of an abstract with the metric, dataset, method and baseline that stand beside them."""

from __future__ import annotations

import re
from itertools import groupby

from ....schema.paper import Result
from ....text.pairing import pairing_at
from ..reading.passage import Mention, Passage
from ..reading.sentences import Span, clause_around, sentence_at
from .metric_of_score import LikelyMetric, is_elsewhere
from .scores import Score

__all__ = ["find_results"]

_OURS = re.compile(
    r"\b(?:[Oo]ur|[Tt]he proposed|[Tt]his) (?:[\w-]+ ){0,2}?(?:method|approach|model|framework|algorithm"
    r"|system|technique|agent|strategy|architecture|pipeline)s?\b"
)
_ON_BEHIND = re.compile(r"[^,;.()\d]{0,40}\b(?:on|for|in)(?: the)? ")
_ON_BEFORE = re.compile(r"(?: \w+)? (?:from|by|to|of|with|at)(?: (?:an?|up|to|about|over|average|of))* ?[$~]*")
_TO = re.compile(r"\$?\sto\s\$?")
_BASELINE = re.compile(
    r"\b(?:over|than|against|compared (?:to|with)|relative to|versus|vs\.?|outperform(?:s|ed|ing)?"
    r"|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?)"
    r" (?:the |an? |both |all )?((?:(?!an?\b|by\b|on\b|in\b|with\b|while\b|and\b|across\b|for\b|at\b|to\b"
    r"|using\b|when\b|up\b|which\b|under\b|from\b|\d+(?:\.\d+)?(?![\w.]))[\w’'+/-]+ ?){1,7})"
)
_VERSION = re.compile(r"(?<=\w)(?:\.\d[\w-]*)+")

Measured = tuple[Score, LikelyMetric]
"""An outcome and what it is measured in."""


def find_results(
    abstract: Passage, measured: list[Measured], datasets: list[Mention], methods: list[str]
) -> list[Result]:
    """One result for each outcome of the abstract, in order.

    Args:
        abstract: the text read.
        measured: the outcomes, each with what it is measured in.
        datasets: all mentions of datasets.
        methods: names of what the paper puts forward.
    """
    text = abstract.text
    results: list[Result] = []
    for sentence, group in groupby(measured, key=lambda pair: sentence_at(abstract.sentences, pair[0].start)):
        runs = _runs(text, list(group))
        by_run = _datasets_of([run[0][0] for run in runs], _inside(datasets, sentence), text)
        for run, dataset in zip(runs, by_run, strict=True):
            of_run = _unless_elsewhere(abstract, run[0][0], dataset)
            results += [_result(abstract, sentence, score, metric.text, of_run, methods) for score, metric in run]
    return results


def _runs(text: str, measured: list[Measured]) -> list[list[Measured]]:
    """The scores, with the ends of "from 35.5% to 44.5%" together: one dataset, before and after."""
    runs: list[list[Measured]] = []
    for score, metric in measured:
        if runs and _TO.fullmatch(text, runs[-1][-1][0].end, score.start):
            runs[-1].append((score, metric))
        else:
            runs.append([(score, metric)])
    return runs


def _result(
    abstract: Passage, sentence: Span, score: Score, metric: str | None, dataset: str | None, methods: list[str]
) -> Result:
    text = abstract.text
    start, end = clause_around(text, sentence, (score.start, score.end))
    return Result(
        score=text[score.start : score.end],
        kind=score.kind,
        metric=metric,
        dataset=dataset,
        method=_unless_elsewhere(abstract, score, _method(text, sentence, score, methods)),
        baseline=_unless_elsewhere(abstract, score, _baseline(text, (start, end), score), rival=True),
        evidence=text[start:end],
    )


def _inside(mentions: list[Mention], sentence: Span) -> list[Mention]:
    return [mention for mention in mentions if sentence[0] <= mention.start and mention.end <= sentence[1]]


def _datasets_of(scores: list[Score], datasets: list[Mention], text: str) -> list[str | None]:
    """For each score its dataset: one by one where there are as many of both, else the one it is "on"."""
    if len(scores) == len(datasets):
        return [dataset.text for dataset in datasets]
    if len(datasets) == 1:
        return [datasets[0].text] * len(scores)
    return [_dataset_of(score, datasets, text) for score in scores]


def _dataset_of(score: Score, datasets: list[Mention], text: str) -> str | None:
    listed = pairing_at(text, score.start, score.end).partners()
    in_list = (d.text for d in datasets if any(start <= d.start and d.end <= end for start, end in listed))
    return next(in_list, None) or next((d.text for d in datasets if _is_on(text, score, d)), None)


def _unless_elsewhere(abstract: Passage, score: Score, name: str | None, *, rival: bool = False) -> str | None:
    """The name, unless the text plainly gives it to another number."""
    return None if name is None or is_elsewhere(abstract, score, name, rival=rival) else name


def _is_on(text: str, score: Score, dataset: Mention) -> bool:
    """As in "81.2% accuracy on X" or "on X by 3.9%"."""
    if dataset.start >= score.end:
        return _ON_BEHIND.fullmatch(text, score.end, dataset.start) is not None
    return _ON_BEFORE.fullmatch(text, dataset.end, score.start) is not None


def _method(text: str, sentence: Span, score: Score, methods: list[str]) -> str | None:
    """The paper's own method, if the sentence names it or speaks of it in front of the score."""
    start = max(sentence[0], score.start - 300)
    named = next((name for name in methods if text.find(name, start, score.start) >= 0), None)
    ours = _OURS.search(text, start, score.start)
    return named or (ours[0] if ours else None)


def _baseline(text: str, clause: Span, score: Score) -> str | None:
    matches = _BASELINE.finditer(text, *clause)
    best = min(matches, key=lambda m: max(m.start() - score.end, score.start - m.end()), default=None)
    if best is None:
        return None
    version = _VERSION.match(text, best.end(1))  # "Qwen2.5" is not cut at its point
    return text[best.start(1) : version.end() if version else best.end(1)].strip()
