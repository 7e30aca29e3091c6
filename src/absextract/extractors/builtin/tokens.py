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

_TOKEN = re.compile(r"[^\W_](?:[\w@'’+^-]|[./](?=\w))*|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and signs of a passage, each list as long as the others."""

    text: str
    in_title: bool
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

    def before(self, index: int) -> str:
        """The word before one, as features call it."""
        if not index:
            return EDGE
        return self.words[index - 1] if self.sentences[index - 1] == self.sentences[index] else START

    def at(self, index: int) -> str:
        """The word at an index that may lie behind the last."""
        return self.words[index] if index < len(self.words) else EDGE


def read_tokens(passage: Passage, *, in_title: bool) -> Tokens:
    """The tokens of a title or an abstract in order."""
    starts, ends, words, shapes, sentences = [], [], [], [], []
    stops = [start for start, _ in passage.sentences[1:]]
    current = 0
    for match in _TOKEN.finditer(passage.text):
        start, word = match.start(), match[0]
        while current < len(stops) and start >= stops[current]:
            current += 1
        starts.append(start)
        ends.append(match.end())
        words.append(word.lower())
        shapes.append(shape_of(word))
        sentences.append(current)
    first = [bisect_left(sentences, number) for number in range(current + 2)]
    return Tokens(passage.text, in_title, starts, ends, words, shapes, sentences, list(pairwise(first)))


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
