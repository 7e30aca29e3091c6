"""Names, phrases and quotes: exact, then in comparison form, then fuzzy where that cannot lie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from ..patterns import regex
from ..records import TextField
from .disguise import has_name, same_signs
from .source_text import FIELDS, MOST_PLACES, SourceText, Words
from .verdicts import Problem, Span, Support

__all__ = ["check_mention", "check_quote", "nearest"]

_TURN = frozenset({"of", "for", "in"})
_STUCK = (
    "", "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "that", "the", "this",
    "to", "we", "with",
)  # fmt: skip
"""Function words that a lost blank may glue to a phrase; or none."""
_RUN = regex(r"\w+")
_GAP = regex(r"[\s\-–]+")
# What may follow a noun phrase; after anything else it may go on ("a paradigm for continual learning")
_PHRASE_END = regex(
    r"\W*$|\s?[^\w\s\-–]|\s(?:a|an|and|are|as|at|based|but|by|can|for|from|has|have|in|into|is|of|on|or|that|the|through|"
    r"to|under|using|via|was|we|were|when|where|which|while|with|without)\b"
)
_MAX_PHRASE = 12
_LONGEST_PHRASE = 200
_EACH_PLACE = 8
_LOOSE_SEARCH = 2000
"""A search for the words of a phrase takes as long as comparing so many characters."""


def check_mention(value: str, source: SourceText, anchor: Span | None) -> Support | Problem:
    """Looks for a name or noun phrase; of several places the one nearest to the anchor."""
    found = _literal(value, source, anchor) if any(map(str.isalnum, value)) else None
    if found is None and len(value) <= _LONGEST_PHRASE:
        span = nearest(source.once("phrase", value, lambda: _phrases(value, source)), anchor)
        found = Support(span, "fuzzy") if span else None
    if found and found.match != "exact" and not has_name(value):
        found = None
    return found or Problem("mention_not_in_source", "neither title nor abstract mentions it")


def check_quote(value: str, source: SourceText, anchor: Span | None) -> Support | Problem:
    """Looks for a clause copied from the text; a paraphrase is no quote."""
    return _literal(value, source, anchor) or Problem(
        "evidence_not_in_source", "the text has no such passage; a quote is copied word for word"
    )


def nearest(spans: Iterable[Span], anchor: Span | None) -> Span | None:
    """The span closest to the anchor, else the first in the abstract, else the first in the title."""
    if anchor is None:
        return next(iter(spans), None)  # they come in this order
    found = islice(spans, MOST_PLACES)
    return min(found, key=lambda s: (anchor.distance(s), FIELDS.index(s.field), s.start), default=None)


def _literal(value: str, source: SourceText, anchor: Span | None) -> Support | None:
    if not value.strip():
        return None
    exact = source.exact(value, anchor) if anchor else source.once("exact", value, lambda: source.exact(value))
    if span := nearest(exact, anchor):
        if source.in_longer_name(span):
            alone = (place for place in islice(source.exact(value), MOST_PLACES) if not source.in_longer_name(place))
            span = nearest(alone, anchor) or span
        return Support(span, "exact")
    if span := nearest(source.once("similar", value, lambda: source.similar(value)), anchor):
        return Support(span, "exact" if source.slice(span) == value else "normalized")
    return None


def _phrases(value: str, source: SourceText) -> Iterator[Span]:
    """Where the words of a phrase stand, in other forms or glued to others."""
    if source.spend(_LOOSE_SEARCH):
        inflected = list(islice(_inflected(value, source), MOST_PLACES))
        yield from inflected or _glued(value, source)


def _inflected(value: str, source: SourceText) -> Iterator[Span]:
    """A phrase in another number or tense, or turned round ("classification of images").

    The words themselves must be the same; nothing else is reordered, since "A beats B" is not "B beats A".
    """
    wanted = Words(value).stems
    one_name = len(wanted) == 1 and not (value.islower() or re.fullmatch(r"[A-Z]{2,}s?", value))
    if one_name or not 0 < len(wanted) <= _MAX_PHRASE:
        return
    places = (Span(f, *at) for f in FIELDS for at in _places(source, f, wanted))
    phrases = (place for place in places if _is_one_phrase(source.text(place.field), place.start, place.end))
    yield from (phrase for phrase in phrases if same_signs(value, source.slice(phrase)))


def _places(source: SourceText, field: TextField, wanted: list[str]) -> Iterator[tuple[int, int]]:
    """Where the words stand one behind the other, or turned round: "pruning models", "classification of images"."""
    text, words, size = source.text(field), source.words(field), len(wanted)
    if any(stem not in words.places for stem in wanted):
        return
    if not source.spend(_EACH_PLACE * sum(len(words.places[stem]) for stem in wanted)):
        return
    for i in words.places[wanted[0]]:
        if words.stems[i : i + size] == wanted:
            yield words.span(i, size)
    for cut in range(1, size):
        turned = [*wanted[cut:], *wanted[:cut]]
        for i in words.places[turned[0]]:
            middle = i + size - cut
            window = words.stems[i : i + size + 1]
            if window[: size - cut] + window[size - cut + 1 :] == turned and words.stems[middle] in _TURN:
                span = words.span(i, size + 1)
                if _PHRASE_END.match(text, span[1]):
                    yield span
            elif size == 2 and window[:2] == turned:
                yield words.span(i, 2)


def _is_one_phrase(text: str, start: int, end: int) -> bool:
    """Whether no sentence ends in it and no "++" or "#" belongs to it."""
    return not re.search(r"[.!?;:]\s", text[start:end]) and text[end : end + 1] not in ("+", "#")


def _glued(value: str, source: SourceText) -> Iterator[Span]:
    """A phrase whose blank at one end was lost ("a transformer layerfor the extra features").

    Only phrases of several words, and only where what sticks to them is a function word, so that no name
    is cut out of another.
    """
    words = _GAP.split(value.strip())
    if len(words) < 2 or not all(word.isalpha() for word in words):  # else "GPT 3" would stand in "GPT 3.5"
        return
    for field in FIELDS:
        runs = source.judged(("runs", field), lambda: _Runs(source.text(field)))  # noqa: B023  # it is called at once
        for start, end in runs.around([word.lower() for word in words], source):
            span = Span(field, start, end)
            if same_signs(value, source.slice(span)):
                yield span


class _Runs:
    """The runs of letters and digits of a text, read once for all phrases."""

    def __init__(self, text: str) -> None:
        self._text = text
        found = list(_RUN.finditer(text))
        self._spans = [run.span() for run in found]
        self._lower = [run.group().lower() for run in found]
        self._places: dict[str, list[int]] = {}
        for place, run in enumerate(self._lower):
            self._places.setdefault(run, []).append(place)

    def around(self, words: list[str], source: SourceText) -> Iterator[tuple[int, int]]:
        """Where words stand one behind the other, the first or last of them with a function word glued to it."""
        first, *middle, last = words
        begun = [(i, len(stuck)) for stuck in _STUCK for i in self._places.get(stuck + first, ())]
        if not source.spend(len(begun)):
            return
        for i, before in sorted(begun):
            end = i + len(words) - 1
            if end >= len(self._lower) or self._lower[i + 1 : end] != middle or not self._lower[end].startswith(last):
                continue
            behind = len(self._lower[end]) - len(last)
            if self._lower[end][len(last) :] in _STUCK and all(map(self._is_gap, range(i, end))):
                yield self._spans[i][0] + before, self._spans[end][1] - behind

    def _is_gap(self, i: int) -> bool:
        return _GAP.fullmatch(self._text, self._spans[i][1], self._spans[i + 1][0]) is not None
