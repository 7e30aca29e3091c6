"""Whether values are right as often as their confidence says: reliability, and expected calibration error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .bindings import role_is_right
from .gold import ROLES, Gold, GoldPaper
from .matching import same_name, same_score, same_url

__all__ = ["calibration", "judged_values"]

_BINS = 10
_NAMES = ("tasks", "methods", "datasets", "metrics")

Judged = tuple[float, bool]
"""The confidence of a value, and whether it is right."""


def judged_values(
    papers: Iterable[GoldPaper],
    run: Mapping[str, Mapping[str, Any]],
    confidences: Mapping[str, Mapping[str, float]],
) -> Iterator[Judged]:
    """The values of a run that have a confidence and of which the gold tells whether they are right.

    A value is right that the gold accepts, an optional one too. A part of a result is judged where its score is in the
    gold.

    Args:
        papers: the gold.
        run: the extractions by the key of their paper.
        confidences: for the key of a paper, the confidence of its values by their JSON Pointer.
    """
    for paper in papers:
        found = run.get(paper.key, {})
        for place, confidence in confidences.get(paper.key, {}).items():
            right = _is_right(place.split("/")[1:], found, paper)
            if right is not None:
                yield confidence, right


def calibration(judged: Iterable[Judged]) -> dict[str, Any] | None:
    """A row for each tenth of confidence, and the expected calibration error; None where no value has a confidence.

    The error is the mean distance of a bin's share of right values from its mean confidence, weighed with its values
    (ten bins of equal width; Guo et al. 2017, On Calibration of Modern Neural Networks).
    """
    bins: dict[int, list[Judged]] = {}
    for confidence, right in judged:
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, right))
    if not bins:
        return None
    rows = [_row(number, values) for number, values in sorted(bins.items())]
    total = sum(row["values"] for row in rows)
    error = sum(row["values"] * abs(row["confidence"] - row["right"]) for row in rows) / total
    return {"values": total, "error": error, "bins": rows}


def _row(number: int, values: list[Judged]) -> dict[str, Any]:
    return {
        "from": number / _BINS,
        "to": (number + 1) / _BINS,
        "values": len(values),
        "confidence": sum(confidence for confidence, _ in values) / len(values),
        "right": sum(right for _, right in values) / len(values),
    }


def _is_right(place: list[str], found: Mapping[str, Any], paper: GoldPaper) -> bool | None:
    """Whether the value at a place is right; None where the gold does not tell, or there is none."""
    try:
        match place:
            case ["results", number, part]:
                return _result_is_right(found["results"][int(number)], part, paper.gold)
            case _ if paper.results_alone:
                return None
            case [name, number] if name in _NAMES:
                value = found[name][int(number)]
                return any(same_name(wording, value) for item in getattr(paper.gold, name) for wording in item.any_of)
            case ["links", number, "url"]:
                url = found["links"][int(number)]["url"]
                return any(same_url(link.url, url) for link in paper.gold.links)
            case ["code_url"]:
                return bool(paper.gold.code_url) and same_url(paper.gold.code_url or "", found["code_url"])
    except (LookupError, TypeError, ValueError, AttributeError):  # a confidence of what is not there
        return None
    return None


def _result_is_right(result: Mapping[str, Any], part: str, gold: Gold) -> bool | None:
    same = [wanted for wanted in gold.results if same_score(wanted.score, str(result["score"]))]
    if part == "score":
        return bool(same)
    if part not in ROLES or not same:
        return None
    judged = [right for wanted in same if (right := role_is_right(wanted, part, result.get(part))) is not None]
    return any(judged) if judged else None
