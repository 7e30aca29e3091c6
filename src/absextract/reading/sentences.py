"""Cutting a text into sentences and a sentence into the clause around a number."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ..patterns import regex
from ..text.lost_marks import is_in_decimal

__all__ = ["Span", "clause_around", "sentence_at", "split_sentences"]

Span = tuple[int, int]
"""Half-open code-point interval in a text."""

# A class of characters in front lets the search skip most text.
_END = regex(r"[。！？]|[.!?\n](?:(?<=[.!?])['\"”’)\]]{0,2}\s{1,3}(?=[\"'“‘(\[$\\{`]{0,2}[A-Z0-9])|(?<=\n)\s?\n)")
_POINT = regex(r"\d\.\s\d")
_ABBREVIATION = regex(
    r"(?:\b(?:e\.g|i\.e|et al|al|cf|vs|resp|approx|Fig|Figs|Eq|Eqs|Sec|Tab|No|Dr|Prof|St|Mr|Ms|Inc|[A-Z]))$"
)
_CLAUSE_END = regex(
    r"[;:](?=\s)"
    r"|,(?=\s(?:and\s)?(?:while|whereas|which|where|with|demonstrating|highlighting|showing|indicating"
    r"|suggesting"
    r"|outperforming|surpassing|exceeding|achieving|reaching|improving|reducing|thus|thereby|making|yet"
    r"|compared|we|our|it|this|the proposed)\b)"
)
_LONGEST_CLAUSE = 400
_LONGEST_SENTENCE = 1500


def split_sentences(text: str) -> list[Span]:
    """Intervals of the sentences; abbreviations ("et al.", "e.g."), numbers and URLs do not end one."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATION.search(text, max(start, match.start() - 8), match.start()):
            continue
        if _POINT.fullmatch(text, match.start() - 1, match.end() + 1) and is_in_decimal(text, match.start() + 1):
            continue
        spans += _pieces(text, start, match.end())
        start = match.end()
    spans += _pieces(text, start, len(text))
    return [_stripped(text, span) for span in spans if text[span[0] : span[1]].strip()]


def _pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """A sentence, in pieces where it is too long to be one: what is done for each of its numbers looks at all of it."""
    while end - start > _LONGEST_SENTENCE:
        blank = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
        cut = blank if blank >= 0 else start + _LONGEST_SENTENCE
        yield start, cut
        start = cut
    yield start, end


def sentence_at(sentences: list[Span], offset: int) -> Span:
    """The sentence that holds an offset, else the nearest one before it; the empty one of an empty text."""
    if not sentences:
        return (0, 0)
    return sentences[max(0, bisect_right(sentences, (offset, float("inf"))) - 1)]


def clause_around(text: str, sentence: Span, inner: Span) -> Span:
    """The shortest clause of a sentence that holds an interval, at most some 400 characters long."""
    low = max(sentence[0], inner[0] - _LONGEST_CLAUSE // 2)
    high = min(sentence[1], inner[1] + _LONGEST_CLAUSE // 2)
    start, end = _at_words(text, (low, high), sentence, inner)
    for match in _CLAUSE_END.finditer(text, start, end):
        if match.end() <= inner[0]:
            start = match.end()
        elif match.start() >= inner[1]:
            end = match.start()
            break
    return _stripped(text, (start, end))


def _at_words(text: str, window: Span, sentence: Span, inner: Span) -> Span:
    """The window without the words that its edges cut through."""
    start, end = window
    if start > sentence[0]:
        blank = text.find(" ", start, inner[0])
        start = blank + 1 if blank >= 0 else inner[0]
    if end < sentence[1]:
        blank = text.rfind(" ", inner[1], end)
        end = blank if blank >= 0 else inner[1]
    return start, end


def _stripped(text: str, span: Span) -> Span:
    """The interval without blanks around it and the stop behind it."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] == "."):
        end -= 1
    return start, end
