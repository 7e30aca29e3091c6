"""What is seen of a word whatever stands around it, worked out once for all texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeVar

from ..patterns import regex
from .phrases import OUTSIDE
from .wordlists import words

__all__ = ["FACTS", "MOST_KEPT", "NEITHER", "STANDS", "Remembered", "WordFacts", "name_key", "run_key"]

_T = TypeVar("_T")
MOST_KEPT = 30_000
"""Words whose facts are kept at once."""
_LONGEST_KEPT = 40
_INNER = words("of in for and to with on")
_NO_WORDS = regex(r"[^\w%.+]+")
_ARTICLES = ("the ", "a ", "an ", "our ")

STANDS, JOINS, NEITHER = "s", "j", "-"
"""What a word can be to a run: a part of it, what joins its parts, or what ends it."""


class Remembered(dict[str, _T]):
    """The values that a function gives for texts, each worked out once; when they are too many, all are forgotten."""

    def __init__(self, function: Callable[[str], _T]) -> None:
        self._function = function

    def __missing__(self, text: str) -> _T:
        if len(text) > _LONGEST_KEPT:
            return self._function(text)
        if len(self) >= MOST_KEPT:
            self.clear()
        value = self[text] = self._function(text)
        return value


class WordFacts(NamedTuple):
    """A word or sign.

    Attributes:
        lower: in lower case.
        shape: its letters by kind: `aa`, `a-a`, `Aa`, `AA`, `A9`, `AaA`, `aA`, `9`; a sign is its own shape.
        part: `STANDS`, `JOINS` or `NEITHER`.
        key: what it gives to the key of a run.
    """

    lower: str
    shape: str
    part: str
    key: str


def _facts_of(word: str) -> WordFacts:
    """The facts of a word as written."""
    lower = word.lower()
    return WordFacts(lower, _shape(word), _part(lower), lower if lower.isalnum() else _spaced(lower).strip(" "))


def name_key(text: str) -> str:
    """What two surfaces of the same name share: no case, hyphens, article or plural ending."""
    return run_key([_spaced(text.lower())])


def run_key(keys: list[str]) -> str:
    """The `name_key` of a run, from the keys of its words."""
    key = " ".join(keys).strip(" .")
    if key.startswith(_ARTICLES):
        key = key.partition(" ")[2]
    return key.removesuffix("s")


def _spaced(text: str) -> str:
    return _NO_WORDS.sub(" ", text)


def _shape(word: str) -> str:
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


def _part(lower: str) -> str:
    if lower not in OUTSIDE and lower[0].isalnum():
        return STANDS
    return JOINS if lower in _INNER else NEITHER


FACTS = Remembered(_facts_of)
"""The facts of each word as written."""
