"""Whether a name belongs to the number beside which an extraction puts it."""

from __future__ import annotations

from ..text.pairing import Pairing
from .source_text import SourceText
from .verdicts import Problem, Span

__all__ = ["belongs", "check_binding"]


def belongs(number: Span, name: Span, source: SourceText, *, rival: bool = False) -> bool:
    """Whether the text leaves room for a name to go with a number: false where it plainly says otherwise."""
    if number.field != name.field:
        return True
    pairing = Pairing(source.text(number.field), (number.start, number.end))
    return not pairing.excludes((name.start, name.end), rival=rival)


def check_binding(number: Span, name: Span, source: SourceText, *, rival: bool) -> Problem | None:
    """Says if the text gives the number to another name than the one mentioned."""
    if belongs(number, name, source, rival=rival):
        return None
    mentioned = source.slice(name)
    return Problem("binding_conflict", f"the text gives another number to {mentioned}, and this one to another name")
