"""Links: the same resource must stand in the text, whatever scheme, `www.` or trailing slash it wears."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..text.urls import canonical_url
from .mentions import nearest
from .source_text import SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_link"]

_CODE_WORD = re.compile(
    r"\b(?:codes?|codebase|implementations?|source|scripts?|software|library|toolkit|toolbox|package)\b", re.IGNORECASE
)
_CODE_HOST = re.compile(r"(?:github|gitlab|bitbucket|codeberg)\.(?:com|org)/|anonymous\.4open\.science/")
_SENTENCE_END = re.compile(r"[.!?]\s")
_REACH = 200


def check_link(value: str, source: SourceText, anchor: Span | None, *, code: bool = False) -> Support | Problem:
    """Looks for a URL among those of the text; another host or path, longer or shorter, is another one.

    Args:
        value: the URL.
        source: the text to search.
        anchor: of several places the one nearest to it is taken.
        code: whether it is said to lead to code, so that a text that has the code elsewhere does not support it.
    """
    wanted = canonical_url(value)
    places = [span for span, found in source.urls if canonical_url(found.url) == wanted]
    span = nearest(places, anchor)
    if span is None:
        return Problem("url_not_in_source", _not_found(source))
    if code and len(source.urls) > len(places) and not _CODE_HOST.match(wanted):
        said = {place: bool(_CODE_WORD.search(words)) for place, words in _introduced(source)}
        elsewhere = [source.slice(place) for place, is_code in said.items() if is_code and place not in places]
        if elsewhere and not any(said[place] for place in places):
            return Problem("binding_conflict", f"the text says that the code is at {elsewhere[0]}")
    return Support(span, "exact" if source.slice(span) == value else "normalized")


def _introduced(source: SourceText) -> Iterator[tuple[Span, str]]:
    """Each URL with what its sentence says before it, and behind the URL before; "A and B" are introduced together."""
    previous, words = None, ""
    for span, _ in source.urls:
        start = previous.end if previous and previous.field == span.field else 0
        before = source.text(span.field)[max(start, span.start - _REACH) : span.start]
        if not (previous and before.strip(" ,;&") in ("", "and", "or")):
            words = _SENTENCE_END.split(before)[-1]
        yield span, words
        previous = span


def _not_found(source: SourceText) -> str:
    if not source.urls:
        return "the text holds no URL"
    return "not a URL of the text, which has " + ", ".join(found.url for _, found in source.urls[:5])
