"""Whose score it is: which results the paper's own approach attains."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .attribution.finding import key_of
from .attribution.rivals import is_compared, is_own, rival_odds
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
    methods = {key_of(name) for name in extraction.methods}
    owns = [_by_method(result, methods) for result in extraction.results]
    if None in owns:
        by_words = _by_words(extraction.results, owns, paper, grounding)
        owns = [by_words.get(i) if own is None else own for i, own in enumerate(owns)]
    results = [
        result if result.own is own else result.model_copy(update={"own": own})
        for result, own in zip(extraction.results, owns, strict=True)
    ]
    if all(told is result for told, result in zip(results, extraction.results, strict=True)):
        return extraction
    return extraction.model_copy(update={"results": results})


def _by_method(result: Result, methods: set[str]) -> bool | None:
    """By the method where it is the paper's, or nobody's ("the baseline"); None for all others."""
    if not result.method:
        return None
    if key_of(result.method) in methods:
        return True
    return False if _NOT_OURS.match(result.method) else None


def _by_words(
    results: Sequence[Result], owns: Sequence[bool | None], paper: Abstract, grounding: Iterable[Grounding]
) -> dict[int, bool | None]:
    """By the words around the score, for results of which the method does not tell."""
    scene = read_scene(*first_parts(paper.title, paper.abstract))
    places = {place.path: place for place in grounding}
    outcomes = {
        i: outcome
        for i, result in enumerate(results)
        if (outcome := _outcome(scene, result, places.get(f"/results/{i}/score")))
    }
    in_order = sorted(outcomes, key=lambda i: outcomes[i].start)
    wanted = [number for number, i in enumerate(in_order) if owns[i] is None]
    odds = rival_odds(scene, [outcomes[i] for i in in_order], wanted)
    rivals = {in_order[number]: rival for number, rival in zip(wanted, odds, strict=True)}
    return {i: False if is_compared(scene, outcomes[i]) else is_own(rival) for i, rival in rivals.items()}


def _outcome(scene: Scene, result: Result, place: Grounding | None) -> Outcome | None:
    quantity = parse_quantity(result.score or "")
    if place is None or quantity is None:
        return None
    start, end = scene.in_text(place.field, place.start, place.end)
    return Outcome(start, end, scene.number_at(start, end) or quantity, result.kind)
