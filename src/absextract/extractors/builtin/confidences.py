"""How likely each value is right: names, outcomes and metrics as the learned models say, links by their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...schema.paper import PaperExtraction
from .numbers.metric_of_score import LikelyMetric
from .numbers.model import NumberModel
from .numbers.results import Measured
from .weights.odds import confidence_of

__all__ = ["confidences_of"]

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
    measured: Sequence[Measured],
    besides: Sequence[LikelyMetric],
    model: NumberModel,
) -> dict[str, float]:
    """For the JSON Pointer of a value how likely it is right; values of which that is not known are left out.

    Datasets, methods and baselines of results are such, and quotes.

    Args:
        extraction: what was found.
        names: for `tasks`, `methods`, `datasets` and `metrics` how likely each name is right, in their order.
        measured: for each result the outcome and the metric that it was made from.
        besides: what stands among the metrics behind those named, since outcomes are measured in it.
        model: what their probabilities are worth.
    """
    known: dict[str, float | None] = {}
    for field, sure in names.items():
        known |= {f"/{field}/{number}": each for number, each in enumerate(sure)}
    for number, metric in enumerate(besides, start=len(names["metrics"])):
        known[f"/metrics/{number}"] = confidence_of(metric.probability, model.metric_calibration)
    for number, (score, metric) in enumerate(measured):
        known[f"/results/{number}/score"] = confidence_of(score.probability, model.outcome_calibration)
        if metric.text is not None:
            known[f"/results/{number}/metric"] = confidence_of(metric.probability, model.metric_calibration)
    known |= {f"/links/{number}/url": _LINK for number in range(len(extraction.links))}
    if extraction.code_url is not None:
        known["/code_url"] = _of_code_url(extraction)
    return {place: min(round(sure, _DECIMALS), _SUREST) for place, sure in known.items() if sure is not None}


def _of_code_url(extraction: PaperExtraction) -> float | None:
    said = any(link.url == extraction.code_url and link.kind == "code" for link in extraction.links)
    return _CODE_URL if said else None
