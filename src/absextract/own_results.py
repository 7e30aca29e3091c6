"""Whose score it is: which results the paper's own approach attains."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .attribution.finding import key_of
from .attribution.rivals import is_own, rival_odds
from .attribution.scene import Scene, read_scene
from .attribution.stage import Outcome
from .patterns import regex
from .records import Abstract, Grounding
from .schema.paper import PaperExtraction, Result
from .text.longest import first_parts
from .text.quantities import parse_quantity

__all__ = ["with_own"]

_NOT_OURS = regex(
    r"(?:the\s|an?\s)?(?:(?:strong(?:est)?|best|simple|supervised)\s)?"
    r"(?:baselines?|standard|conventional|previous|prior|existing|vanilla|traditional|earlier)\b",
    re.IGNORECASE,
)


def with_own(extraction: PaperExtraction, paper: Abstract, grounding: Iterable[Grounding]) -> PaperExtraction:
    """The extraction with `own` of each result told anew, whatever stood there; null where it is not known.

    Args:
        extraction: what was found.
        paper: its title and abstract.
        grounding: where each score stands.
    """
    if not extraction.results:
        return extraction
    scene = read_scene(*first_parts(paper.title, paper.abstract))
    places = {place.path: place for place in grounding}
    outcomes = {
        i: outcome
        for i, result in enumerate(extraction.results)
        if (outcome := _outcome(scene, result, places.get(f"/results/{i}/score")))
    }
    in_order = sorted(outcomes, key=lambda i: outcomes[i].start)
    rival = dict(zip(in_order, rival_odds(scene, [outcomes[i] for i in in_order]), strict=True))
    methods = {key_of(name) for name in extraction.methods}
    results = [_told(result, methods, rival.get(i, 0.0)) for i, result in enumerate(extraction.results)]
    if all(told is result for told, result in zip(results, extraction.results, strict=True)):
        return extraction
    return extraction.model_copy(update={"results": results})


def _outcome(scene: Scene, result: Result, place: Grounding | None) -> Outcome | None:
    quantity = parse_quantity(result.score or "")
    if place is None or quantity is None:
        return None
    start, end = scene.in_text(place.field, place.start, place.end)
    return Outcome(start, end, scene.number_at(start, end) or quantity, result.kind)


def _told(result: Result, methods: set[str], rival: float) -> Result:
    """By the method where it is the paper's, or nobody's ("the baseline"); else by the words around the score."""
    own: bool | None = is_own(rival)
    if result.method and key_of(result.method) in methods:
        own = True
    elif result.method and _NOT_OURS.match(result.method):
        own = False
    return result if result.own is own else result.model_copy(update={"own": own})
