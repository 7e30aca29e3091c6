"""What the source holds and the extraction lacks: measured numbers and URLs that nothing claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from ..records import Finding
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
_MEASURING = frozenset({"%", "points", "x"})


def find_unclaimed(
    schema: type[BaseModel], source: SourceText, claims: Sequence[tuple[Mark, Span]]
) -> Iterator[Finding]:
    """Warnings for what a complete list should have claimed; nothing for schemas that promise none."""
    marks = list(marks_of(schema))
    if any(isinstance(mark, Number) and mark.complete for mark in marks):
        claimed = [span for mark, span in claims if isinstance(mark, Number)]
        for span, quantity in source.quantities:
            if _looks_like_outcome(quantity, span, source) and not any(span.overlaps(c) for c in claimed):
                yield _warning("number_unclaimed", "no result claims this measured number", source, span)
    if any(isinstance(mark, Link) and mark.complete for mark in marks):
        named = {canonical_url(source.slice(span)) for mark, span in claims if isinstance(mark, Link)}
        for span, found in source.urls:
            if canonical_url(found.url) not in named:
                yield _warning("url_unclaimed", "no link claims this URL", source, span)


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
