"""Whether a name belongs to the number beside which an extraction puts it."""

from __future__ import annotations

from ..text.pairing import Pairing
from .source_text import SourceText
from .verdicts import Problem, Span

__all__ = ["check_binding"]


def check_binding(number: Span, mention: Span, source: SourceText) -> Problem | None:
    """Says if the text plainly gives the number to another name than the one mentioned."""
    if number.field != mention.field:
        return None
    pairing = Pairing(source.text(number.field), (number.start, number.end))
    if not pairing.excludes((mention.start, mention.end)):
        return None
    name = source.slice(mention)
    return Problem("binding_conflict", f"the text gives another number to {name}, and this one to another name")
