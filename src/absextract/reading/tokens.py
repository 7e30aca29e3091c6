"""The words of a text with what is seen of each at once: place, lower-case form, shape, sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..patterns import regex
from ..text.scripts import UNSPACED
from .sentences import Span
from .word_facts import FACTS

__all__ = ["EDGE", "START", "Tokens", "read_tokens"]

EDGE = "#"
"""Stands for the word before the first and behind the last."""
START = "<S>"
"""Stands for the word before the first of a sentence."""

# What `\w` holds of ASCII is named besides: ranges are looked up faster.
_TOKEN = regex(r"((?<!_)[^\W_][A-Za-z0-9\w@'’+^-]*+(?:\.(?=\w)[A-Za-z0-9\w@'’+^-]*+)*|[^\w\s])")
# Where letters of scripts without blanks stand, they part the words between them.
_HAS_UNSPACED = regex(f"[{UNSPACED}]")
_SPACED = rf"(?:(?![{UNSPACED}])[\w@'’+^-])*+"
_UNSPACED_TOKEN = regex(
    rf"([{UNSPACED}]++|(?<!_)(?![{UNSPACED}])[^\W_]{_SPACED}(?:\.(?=\w)(?![{UNSPACED}]){_SPACED})*|[^\w\s])"
)


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs of a passage; each list but `bounds` is as long as the others."""

    text: str
    in_title: bool
    raw: list[str]
    """As written."""
    gaps: list[str]
    """What stands between each and the one before it."""
    starts: list[int]
    ends: list[int]
    words: list[str]
    """In lower case."""
    shapes: list[str]
    parts: list[str]
    """What each is to a run."""
    keys: list[str]
    """What each gives to the key of a run."""
    sentences: list[int]
    """The number of the sentence, from 0."""
    bounds: list[tuple[int, int]]
    """Of each sentence, the half-open interval of its tokens."""

    before: list[str]
    """For each the word before it, `EDGE` or `START` where none is."""
    behind: list[str]
    """For each the word behind it, also that of the next sentence, `EDGE` behind the last."""
    further_before: list[str]
    further_behind: list[str]


def read_tokens(text: str, sentences: list[Span], *, in_title: bool) -> Tokens:
    """The tokens of a title or an abstract in order, given its sentences."""
    token = _TOKEN if text.isascii() or not _HAS_UNSPACED.search(text) else _UNSPACED_TOKEN
    parts = token.split(text)  # by turns what stands between tokens, and a token
    raw, places = parts[1::2], list(accumulate(map(len, parts)))
    words, shapes, kinds, keys = map(list, zip(*map(FACTS.__getitem__, raw), strict=True)) if raw else ([], [], [], [])
    starts = places[:-1:2]
    firsts = [bisect_left(starts, start) for start, _ in sentences[1:]]
    bounds = list(pairwise([0, *firsts, len(raw)]))
    before = [EDGE, *words[:-1]]
    further = [START, *before[:-1]]
    for first, end in bounds[1:]:
        if first < end:
            before[first] = further[first] = START
            further[first + 1 : first + 2] = [START]
    numbers: list[int] = []
    for number, (first, end) in enumerate(bounds):
        numbers += [number] * (end - first)
    return Tokens(
        text=text,
        in_title=in_title,
        raw=raw,
        gaps=parts[:-1:2],
        starts=starts,
        ends=places[1::2],
        words=words,
        shapes=shapes,
        parts=kinds,
        keys=keys,
        sentences=numbers,
        bounds=bounds,
        before=before,
        behind=[*words[1:], EDGE],
        further_before=further,
        further_behind=[*words[2:], EDGE, EDGE],
    )
