"""What the source holds and the extraction lacks: measured numbers and URLs that nothing claims."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pydantic import BaseModel

from ..records import Finding, TextField
from ..schema.marked import marks_of
from ..schema.marks import Link, Mark, Number
from ..text.outcome_numbers import read_outcomes
from ..text.urls import canonical_url
from .source_text import SourceText
from .verdicts import Span

__all__ = ["find_unclaimed"]

_MOST_WARNINGS = 100
_SURE = 0.5
"""Log odds of an outcome from which one is missed: fewer false warnings for a few more that stay away."""


def find_unclaimed(
    schema: type[BaseModel], source: SourceText, claims: Sequence[tuple[Mark, Span]]
) -> Iterator[Finding]:
    """Warnings for what a complete list should have claimed; nothing for schemas that promise none."""
    marks = list(marks_of(schema))
    if any(isinstance(mark, Number) and mark.complete for mark in marks):
        claimed = _Claimed(span for mark, span in claims if isinstance(mark, Number))
        unclaimed = (
            _warning("number_unclaimed", "no result claims this measured number", source, span)
            for span in _likely_outcomes(source)
            if not claimed.overlaps(span)
        )
        yield from islice(unclaimed, _MOST_WARNINGS)
    if any(isinstance(mark, Link) and mark.complete for mark in marks):
        named = {canonical_url(source.slice(span)) for mark, span in claims if isinstance(mark, Link)}
        unnamed = (span for span, found in source.urls if canonical_url(found.url) not in named)
        for span in islice(unnamed, _MOST_WARNINGS):
            yield _warning("url_unclaimed", "no link claims this URL", source, span)


class _Claimed:
    """Spans that are claimed, found quickly."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=_place)
        self._longest = max((span.end - span.start for span in self._spans), default=0)

    def overlaps(self, span: Span) -> bool:
        first = bisect_left(self._spans, (span.field, span.start - self._longest), key=_place)
        last = bisect_left(self._spans, (span.field, span.end), key=_place)
        return any(span.overlaps(claimed) for claimed in self._spans[first:last])


def _place(span: Span) -> tuple[TextField, int]:
    return span.field, span.start


def _likely_outcomes(source: SourceText) -> Iterator[Span]:
    """Where numbers stand that are in all likelihood measured in the work; a title reports none."""
    text = source.text("abstract")
    for reading in read_outcomes(text):
        if reading.score > _SURE:
            yield Span("abstract", reading.quantity.start, reading.quantity.end)


def _warning(code: str, message: str, source: SourceText, span: Span) -> Finding:
    return Finding(
        path="",
        code=code,
        severity="warning",
        message=f"{message} ({span.field} {span.start}-{span.end})",
        value=source.slice(span),
        action="kept",
    )
