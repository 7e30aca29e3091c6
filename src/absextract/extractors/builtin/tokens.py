"""The words of a text with what is seen of each at once: place, lower-case form, shape, sentence."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from .passage import Passage

__all__ = ["EDGE", "START", "Tokens", "read_tokens", "shape_of"]

EDGE = "#"
"""Stands for the word before the first and behind the last."""
START = "<S>"
"""Stands for the word before the first of a sentence."""

_TOKEN = re.compile(r"[^\W_][\w@'’+^-]*(?:[./](?=\w)[\w@'’+^-]*)*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs of a passage, each list as long as the others."""

    text: str
    in_title: bool
    starts: tuple[int, ...]
    ends: tuple[int, ...]
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
    matches = list(_TOKEN.finditer(passage.text))
    raw = [match[0] for match in matches]
    words = [word.lower() for word in raw]
    starts, ends = zip(*[match.span() for match in matches], strict=True) if matches else ((), ())
    firsts = [bisect_left(starts, start) for start, _ in passage.sentences[1:]]
    bounds = list(pairwise([0, *firsts, len(raw)]))
    before = [EDGE, *words[:-1]]
    further = [START, *before[:-1]]
    for first in firsts:
        before[first : first + 1] = further[first : first + 1] = [START]
        further[first + 1 : first + 2] = [START]
    return Tokens(
        text=passage.text,
        in_title=in_title,
        starts=starts,
        ends=ends,
        words=words,
        shapes=[shape_of(word) for word in raw],
        sentences=[number for number, (first, end) in enumerate(bounds) for _ in range(first, end)],
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
