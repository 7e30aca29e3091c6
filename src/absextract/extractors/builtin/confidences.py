"""How likely each value is right: names, outcomes and what belongs to them as the learned models say, links by kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...schema.paper import PaperExtraction
from .numbers.model import NumberModel
from .numbers.results import FoundResult
from .weights.odds import confidence_of

__all__ = ["confidences_of", "least_of"]

# Shares of right ones in 120 papers whose errors nobody has looked at.
_LINK = 0.99
_CODE_URL = 0.96
"""Where its link is one to code; there are too few others to measure."""
_DECIMALS = 2
_SUREST = 0.99
"""Nothing that is learned is certain, whatever it is rounded to."""


def confidences_of(
    extraction: PaperExtraction,
    names: Mapping[str, Sequence[float | None]],
    results: Sequence[FoundResult],
    besides: Sequence[tuple[str, float]],
    model: NumberModel,
) -> dict[str, float]:
    """For the JSON Pointer of a value how likely it is right; quotes, of which that is not known, are left out.

    Args:
        extraction: what was found.
        names: for `tasks`, `methods`, `datasets` and `metrics` how likely each name is right, in their order.
        results: those of the extraction.
        besides: what stands among the metrics behind those named, since outcomes are measured in it, with its
            confidence.
        model: what the probabilities of outcomes are worth.
    """
    known: dict[str, float | None] = {}
    for field, sure in names.items():
        known |= {f"/{field}/{number}": each for number, each in enumerate(sure)}
    for number, (_, sure_metric) in enumerate(besides, start=len(names["metrics"])):
        known[f"/metrics/{number}"] = sure_metric
    for number, found in enumerate(results):
        known[f"/results/{number}/score"] = confidence_of(found.score.probability, model.outcome_calibration)
        known |= {f"/results/{number}/{role}": sure for role, sure in found.confidence.items()}
    known |= {f"/links/{number}/url": _LINK for number in range(len(extraction.links))}
    if extraction.code_url is not None:
        known["/code_url"] = _of_code_url(extraction)
    return {place: min(round(sure, _DECIMALS), _SUREST) for place, sure in known.items() if sure is not None}


def least_of(results: Sequence[FoundResult]) -> dict[str, float]:
    """For the JSON Pointer of each part of a result how sure it must be to be given by default."""
    return {
        f"/results/{number}/{role}": round(least, _DECIMALS)
        for number, found in enumerate(results)
        for role, least in found.least.items()
    }


def _of_code_url(extraction: PaperExtraction) -> float | None:
    said = any(link.url == extraction.code_url and link.kind == "code" for link in extraction.links)
    return _CODE_URL if said else None
