"""How likely each value is right: names as the learned model says, all else by what kind of thing it was told from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...schema.paper import PaperExtraction, Result

__all__ = ["confidences_of", "of_result"]

# Shares of right values of each class among answered papers; small classes are taken for worse than they look.
_SCORES = {"%": 0.93, "x": 0.85, None: 0.93}
"""Scores by their unit; None for a bare number."""
_OTHER_SCORE = 0.75
_METRIC_BESIDE = 0.8
"""The measure of a result, where its clause names it."""
_METRIC_ELSEWHERE = 0.6
_LINK = 0.99
_CODE_URL = 0.97
"""Where its link is one to code."""
_CODE_URL_GUESSED = 0.8
"""Where it is the only repository, whatever that is said to hold."""
_DECIMALS = 2


def confidences_of(extraction: PaperExtraction, names: Mapping[str, Sequence[float | None]]) -> dict[str, float]:
    """For the JSON Pointer of a value how likely it is right; values of which that is not known are left out.

    Datasets, methods and baselines of results are such, and quotes.

    Args:
        extraction: what was found.
        names: for `tasks`, `methods`, `datasets` and `metrics` how likely each name is right, in their order.
    """
    known: dict[str, float | None] = {}
    for field, sure in names.items():
        known |= {f"/{field}/{number}": each for number, each in enumerate(sure)}
    for number, result in enumerate(extraction.results):
        known |= {f"/results/{number}/{key}": each for key, each in of_result(result)}
    known |= {f"/links/{number}/url": _LINK for number in range(len(extraction.links))}
    if extraction.code_url is not None:
        known["/code_url"] = _of_code_url(extraction)
    return {place: round(sure, _DECIMALS) for place, sure in known.items() if sure is not None}


def of_result(result: Result, probability: float | None = None) -> Iterator[tuple[str, float]]:
    """How likely the score and the measure of a result are right.

    Args:
        result: as found.
        probability: that its score is an outcome, where that is learned; else it goes by the unit.
    """
    yield "score", _SCORES.get(result.unit, _OTHER_SCORE) if probability is None else probability
    if result.metric is not None:
        yield "metric", _METRIC_BESIDE if result.metric in result.evidence else _METRIC_ELSEWHERE


def _of_code_url(extraction: PaperExtraction) -> float:
    said = any(link.url == extraction.code_url and link.kind == "code" for link in extraction.links)
    return _CODE_URL if said else _CODE_URL_GUESSED
