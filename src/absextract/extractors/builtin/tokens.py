"""The words of a text with what is seen of each at once: place, lower-case form, shape, sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise

from .passage import Passage

__all__ = ["EDGE", "START", "Tokens", "read_tokens", "shape_of"]

EDGE = "#"
"""Stands for the word before the first and behind the last."""
START = "<S>"
"""Stands for the word before the first of a sentence."""

# What `\w` holds of ASCII is named besides: ranges are looked up faster.
_TOKEN = re.compile(r"((?<!_)[^\W_][A-Za-z0-9\w@'’+^-]*+(?:[./](?=\w)[A-Za-z0-9\w@'’+^-]*+)*|[^\w\s])")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs of a passage, each list as long as the others."""

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
    """Of words as `shape_of` tells, signs as they are."""
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


def read_tokens(passage: Passage, *, in_title: bool) -> Tokens:
    """The tokens of a title or an abstract in order."""
    parts = _TOKEN.split(passage.text)  # by turns what stands between tokens, and a token
    raw, places = parts[1::2], list(accumulate(map(len, parts)))
    words = list(map(str.lower, raw))
    starts = places[:-1:2]
    firsts = [bisect_left(starts, start) for start, _ in passage.sentences[1:]]
    bounds = list(pairwise([0, *firsts, len(raw)]))
    before = [EDGE, *words[:-1]]
    further = [START, *before[:-1]]
    for first, end in bounds[1:]:
        if first < end:
            before[first] = further[first] = START
            further[first + 1 : first + 2] = [START]
    sentences: list[int] = []
    for number, (first, end) in enumerate(bounds):
        sentences += [number] * (end - first)
    return Tokens(
        text=passage.text,
        in_title=in_title,
        raw=raw,
        gaps=parts[:-1:2],
        starts=starts,
        ends=places[1::2],
        words=words,
        shapes=list(map(shape_of, raw)),
        sentences=sentences,
        bounds=bounds,
        before=before,
        behind=[*words[1:], EDGE],
        further_before=further,
        further_behind=[*words[2:], EDGE, EDGE],
    )


@lru_cache(maxsize=20_000)
def shape_of(word: str) -> str:
    """The letters of a word by kind: `aa`, `a-a`, `Aa`, `AA`, `A9`, `AaA`, `aA`, `9`; a sign is its own shape."""
    if word.islower():
        return "a-a" if "-" in word else "aa"
    if not word[0].isalnum():
        return word
    capitals = sum(map(str.isupper, word))
    digits = any(map(str.isdigit, word))
    if not capitals:
        return "9"
    if word.isupper():
        return "A9" if digits else "AA"
    if capitals == 1:
        if word[0].isupper():
            return "Aa9" if digits else "A-a" if "-" in word else "Aa"
        return "aA"
    if "-" in word and all(part[:1].isupper() and part[1:].islower() for part in word.split("-")):
        return "A-A"
    return "AaA9" if digits else "AaA"
