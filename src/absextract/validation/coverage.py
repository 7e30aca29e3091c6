"""What the source holds and the extraction lacks: measured numbers and URLs that nothing claims."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from pydantic import BaseModel

from ..records import Finding, TextField
from ..schema.marked import marks_of
from ..schema.marks import Link, Mark, Number
from ..text.quantities import Quantity
from ..text.urls import canonical_url
from .source_text import SourceText
from .verdicts import Span

__all__ = ["find_unclaimed"]

_OUTCOME = re.compile(
    r"\b(?:achiev|attain|reach|obtain|outperform|improv|increas|decreas|reduc|surpass|exceed|boost|gain|"
    r"accurac|f1|bleu|rouge|score|precision|recall|auc|error|speed|faster|slower|fewer|rate)",
    re.IGNORECASE,
)
_NO_OUTCOME = re.compile(r"^\s?(?:of the (?:data|parameters|training|labels)|sparsity|confidence)", re.IGNORECASE)
_MOST_WARNINGS = 100
_MEASURING = frozenset({"%", "points", "x"})


def find_unclaimed(
    schema: type[BaseModel], source: SourceText, claims: Sequence[tuple[Mark, Span]]
) -> Iterator[Finding]:
    """Warnings for what a complete list should have claimed; nothing for schemas that promise none."""
    marks = list(marks_of(schema))
    if any(isinstance(mark, Number) and mark.complete for mark in marks):
        claimed = _Claimed(span for mark, span in claims if isinstance(mark, Number))
        unclaimed = (
            _warning("number_unclaimed", "no result claims this measured number", source, span)
            for span, quantity in source.quantities
            if _looks_like_outcome(quantity, span, source) and not claimed.overlaps(span)
        )
        yield from islice(unclaimed, _MOST_WARNINGS)
    if any(isinstance(mark, Link) and mark.complete for mark in marks):
        named = {canonical_url(source.slice(span)) for mark, span in claims if isinstance(mark, Link)}
        for span, found in source.urls:
            if canonical_url(found.url) not in named:
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


def _looks_like_outcome(quantity: Quantity, span: Span, source: SourceText) -> bool:
    if quantity.in_name or quantity.spelled or span.field == "title":
        return False
    fraction = quantity.value != quantity.value.to_integral_value()
    if quantity.unit not in _MEASURING and not (fraction and quantity.unit is None):
        return False
    text = source.text(span.field)
    before, after = text[max(0, span.start - 90) : span.start], text[span.end : span.end + 40]
    clause = re.split(r"[.;]\s", before)[-1] + " " + re.split(r"[.;,]\s", after)[0]
    return bool(_OUTCOME.search(clause)) and not _NO_OUTCOME.search(after)


def _warning(code: str, message: str, source: SourceText, span: Span) -> Finding:
    return Finding(
        path="",
        code=code,
        severity="warning",
        message=f"{message} ({span.field} {span.start}-{span.end})",
        value=source.slice(span),
        action="kept",
    )
