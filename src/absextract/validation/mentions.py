"""Names, phrases and quotes: exact, then in comparison form, then fuzzy where that cannot lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from .source_text import FIELDS, SourceText
from .verdicts import Problem, Span, Support

__all__ = ["check_mention", "check_quote", "nearest"]

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_TURN = frozenset({"of", "for", "in"})
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
    """A phrase in another number or tense, or turned round ("classification of images").

    The words themselves must be the same; nothing else is reordered, since "A beats B" is not "B beats A".
    """
    words = [_stem(match.group()) for match in islice(_WORD.finditer(value), _MAX_PHRASE + 1)]
    one_name = len(words) == 1 and not (value.islower() or re.fullmatch(r"[A-Z]{2,}s?", value))
    if one_name or not 0 < len(words) <= _MAX_PHRASE:
        return None
    spans = (Span(f, *place) for f in FIELDS for place in _places(source.text(f), words))
    span = nearest(spans, anchor)
    return Support(span, "fuzzy") if span else None


def _places(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand one behind the other, or turned round about an "of", "for" or "in"."""
    tokens = [(match.start(), match.end(), _stem(match.group())) for match in _WORD.finditer(text)]
    stems = [stem for _, _, stem in tokens]
    size = len(words)
    turns = [[*words[cut:], *words[:cut]] for cut in range(1, size)]
    for i, stem in enumerate(stems):
        if stem == words[0] and stems[i : i + size] == words:
            yield from _within_sentence(text, tokens[i][0], tokens[i + size - 1][1])
        elif size == 2 and stems[i : i + 2] == [words[1], words[0]] and text[tokens[i][0] : tokens[i + 1][1]].islower():
            yield from _within_sentence(text, tokens[i][0], tokens[i + 1][1])
        elif stem in words[1:]:
            window = stems[i : i + size + 1]
            for cut, turned in enumerate(turns, start=1):
                at = size - cut
                if window[at : at + 1] and window[at] in _TURN and window[:at] + window[at + 1 :] == turned:
                    yield from _within_sentence(text, tokens[i][0], tokens[i + size][1])


def _within_sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if not re.search(r"[.!?;:]\s|[+#]$", text[start:end]) and text[end : end + 1] not in ("+", "#"):
        yield start, end


def _stem(word: str) -> str:
    """The word without plural and verb endings, in lower case; a name or version stays whole."""
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return word[:-1].lower()
    lower = word.lower()
    if not lower.isalpha() or (word.isupper() and len(word) > 1):
        return lower
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
