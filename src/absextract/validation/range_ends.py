"""Ends of ranges: "40 to 50 µm" is neither 40 nor 50; "rose from 40 to 50 µm" is both."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..patterns import regex
from ..text.measures import Measure
from ..text.number_cues import sentence_before
from ..text.quantities import Quantity
from .source_text import SourceText
from .verdicts import Problem, Span

__all__ = ["RANGE_END", "end_of_range"]

RANGE_END = "range_end"
_SPREAD = regex(
    r"\b(?:rang|between|vari|vary|span|interval|from as)[a-z]*\b.{0,40}$|\b(?:CI|confidence)\b.{0,20}$", re.IGNORECASE
)
_CHANGES = regex(
    r"\b(?:improv|increas|decreas|reduc|rais|ris|rose|drop|fall|fell|lower|cut|grow|grew|declin|degrad|lift|boost|gain"
    r"|chang|go(?:es|ing)?\b|went|mov|jump|climb|push|bring|brought|accelerat|shrink|shrank|enhanc|elevat|advanc|rescal|up\b|down\b"
    r"|shorten|narrow|widen|shift|heat|cool|warm|slow|speed|expand|scal|convert|switch|extend|advance|driv|drov|tripl"
    r"|doubl|halv|swing|swung|sink|sank|plung|surg|soar|deteriorat|worsen|transition|upgrad|ramp|tak|took|turn|progress)",
    re.IGNORECASE,
)
_SEEN = 240
_MOST_NEAR = 20  # numbers before the end of a passage that may reach into it


def end_of_range(span: Span, source: SourceText) -> Problem | None:
    """What is told of a number that is one end of a range and not plainly where a change begins or leads to."""
    whole = _range_around(span, source)
    if whole is None:
        return None
    text = source.text(span.field)
    before = sentence_before(text, whole.start, _SEEN)
    if _falls(whole) or (_CHANGES.search(before) and not _SPREAD.search(before)):
        return None
    return Problem(RANGE_END, f"it is one end of {text[whole.start : whole.end]}")


def _falls(whole: Quantity | Measure) -> bool:
    """Whether the second end is the smaller one, as in no range."""
    first = whole if isinstance(whole, Quantity) else whole.meanings[0]
    return first.upper is not None and first.upper < first.value


def _range_around(span: Span, source: SourceText) -> Quantity | Measure | None:
    """The range of which a passage is an end that can be read on its own."""
    numbers = source.quantities
    end = bisect_left(numbers, (span.field, span.end), key=lambda each: (each[0].field, each[0].start))
    for place, quantity in reversed(numbers[max(0, end - _MOST_NEAR) : end]):
        if not place.overlaps(span):
            break
        if quantity.parts:
            return quantity if _is_one_end(quantity.parts, span) else None
    measures = source.measures(span.field).inline if source.was_measured(span.field) else ()
    end = bisect_left(measures, span.end, key=lambda measure: measure.start)
    near = measures[max(0, end - _MOST_NEAR) : end]
    return next((m for m in near if m.meanings[0].upper is not None and _is_one_end(m.ends, span)), None)


def _is_one_end(ends: Sequence[Quantity] | Sequence[Measure], span: Span) -> bool:
    return sum(end.start < span.end and span.start < end.end for end in ends) == 1
