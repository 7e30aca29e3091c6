"""Names, phrases and quotes: exact, then in comparison form, then fuzzy where that cannot lie."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import islice

from .source_text import FIELDS, SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_mention", "check_quote", "nearest"]

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_PLAIN = re.compile(r"[A-Za-z]?[a-z]+(?:-[A-Za-z]?[a-z]+)*")
_FUNCTION_WORD = "a|an|and|as|at|by|for|from|in|is|of|on|or|our|that|the|this|to|we|with"
_MAX_OCCURRENCES = 200
_MAX_PHRASE = 12


def check_mention(value: str, source: SourceText, anchor: Span | None) -> Support | Problem:
    """Looks for a name or noun phrase; of several places the one nearest to the anchor."""
    return (
        _literal(value, source, anchor)
        or _inflected(value, source, anchor)
        or _glued(value, source, anchor)
        or Problem("mention_not_in_source", "neither title nor abstract mentions it")
    )


def check_quote(value: str, source: SourceText, anchor: Span | None) -> Support | Problem:
    """Looks for a clause copied from the text; a paraphrase is no quote."""
    return _literal(value, source, anchor) or Problem(
        "evidence_not_in_source", "the text has no such passage; a quote is copied word for word"
    )


def nearest(spans: Iterable[Span], anchor: Span | None) -> Span | None:
    """The span closest to the anchor, else the first in the abstract, else the first in the title."""
    found = list(islice(spans, _MAX_OCCURRENCES))
    if anchor is None:
        return min(found, key=lambda s: (FIELDS.index(s.field), s.start), default=None)
    return min(found, key=lambda s: (anchor.distance(s), FIELDS.index(s.field), s.start), default=None)


def _literal(value: str, source: SourceText, anchor: Span | None) -> Support | None:
    if not value.strip():
        return None
    if span := nearest(source.exact(value), anchor):
        return Support(span, "exact")
    if span := nearest(source.similar(value), anchor):
        return Support(span, "exact" if source.slice(span) == value else "normalized")
    return None


def _inflected(value: str, source: SourceText, anchor: Span | None) -> Support | None:
    """A reordered or inflected phrase; names, acronyms and versions must be the same to the letter."""
    words = [match.group() for match in islice(_WORD.finditer(value), _MAX_PHRASE + 1)]
    if not 0 < len(words) <= _MAX_PHRASE or (len(words) == 1 and not _PLAIN.fullmatch(words[0])):
        return None
    wanted = Counter(map(_stem, words))
    spans = (
        Span(field, start, end) for field in FIELDS for start, end in _windows(source.text(field), wanted, len(words))
    )
    span = nearest(spans, anchor)
    return Support(span, "fuzzy") if span else None


def _windows(text: str, wanted: Counter[str], size: int) -> Iterable[tuple[int, int]]:
    """Runs of `size` words of the text that are the wanted words in any order."""
    tokens = [(match.start(), match.end(), _stem(match.group())) for match in _WORD.finditer(text)]
    window: Counter[str] = Counter()
    for i, (_, end, stem) in enumerate(tokens):
        window[stem] += 1
        if i >= size:
            out = tokens[i - size][2]
            window[out] -= 1
            if not window[out]:
                del window[out]
        if i >= size - 1 and window == wanted:
            start = tokens[i - size + 1][0]
            if not re.search(r"[.!?;:]\s", text[start:end]):
                yield start, end


def _stem(word: str) -> str:
    """The word without plural and verb endings; what is not plain lower-case English stays whole."""
    if not _PLAIN.fullmatch(word):
        return word[:-1] if re.fullmatch(r"[A-Z]{2,}s", word) else word
    lower = word.lower()
    for ending in ("ations", "ation", "ings", "ing", "ies", "ed", "es", "s", "e", "y"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 4:
            return lower[: -len(ending)]
    return lower


def _glued(value: str, source: SourceText, anchor: Span | None) -> Support | None:
    """A phrase whose blank at one end was lost ("a transformer layerfor the extra features").

    Only phrases of several words, and only where what sticks to them is a function word, so that no name
    is cut out of another.
    """
    if " " not in value.strip():
        return None
    stuck = re.compile(rf"(?<!\w)(?:{_FUNCTION_WORD})?({re.escape(value)})(?:{_FUNCTION_WORD})?(?!\w)")
    spans = (Span(f, *m.span(1)) for f in FIELDS for m in stuck.finditer(source.text(f)))
    span = nearest(spans, anchor)
    return Support(span, "fuzzy") if span else None
