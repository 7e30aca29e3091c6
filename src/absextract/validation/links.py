"""Links: the same resource must stand in the text, whatever scheme, `www.` or trailing slash it wears."""

from __future__ import annotations

from ..text.urls import canonical_url
from .mentions import nearest
from .source_text import SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_link"]


def check_link(value: str, source: SourceText, anchor: Span | None) -> Support | Problem:
    """Looks for a URL among those of the text; another host or path, longer or shorter, is another one."""
    wanted = canonical_url(value)
    span = nearest((span for span, found in source.urls if canonical_url(found.url) == wanted), anchor)
    if span is None:
        return Problem("url_not_in_source", _not_found(source))
    return Support(span, "exact" if source.slice(span) == value else "normalized")


def _not_found(source: SourceText) -> str:
    if not source.urls:
        return "the text holds no URL"
    return "not a URL of the text, which has " + ", ".join(found.url for _, found in source.urls[:5])
