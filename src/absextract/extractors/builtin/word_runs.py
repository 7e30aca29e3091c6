"""Candidates: every run of words in title and abstract that may name a task, method, dataset or measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from .phrases import OUTSIDE
from .tokens import Tokens
from .wordlists import words

__all__ = ["LONGEST", "Place", "key_of_words", "lengths_of_runs", "name_key", "places", "word_key"]

Place = tuple[int, int]
"""Half-open interval of tokens."""

_INNER = words("of in for and to with on")
_BLANKS = frozenset((" ", "  ", "\n"))
LONGEST = 5
"""So many words has a name at most."""
_NO_WORDS = re.compile(r"[^\w%.+]+")
_ARTICLES = ("the ", "a ", "an ", "our ")

# What a token can be to a run, as one character each, so that a slice of them tells how runs go on.
_STANDS, _JOINS, _NEITHER = "s", "j", "-"


def places(tokens: Tokens) -> Iterator[tuple[int, list[int]]]:
    """Where runs of up to five words begin that begin and end as names do, and where those that begin there end.

    A run holds at most one joining word.
    """
    for first, lengths in lengths_of_runs(tokens):
        yield first, [first + length for length in lengths]


def lengths_of_runs(tokens: Tokens) -> list[tuple[int, tuple[int, ...]]]:
    """The same as `places`, with the numbers of words in place of the ends."""
    kinds = list(map(_kind, tokens.words))
    behind = "".join([kind if gap in _BLANKS else _NEITHER for kind, gap in zip(kinds, tokens.gaps, strict=True)])
    return [
        (first, _lengths(behind[first + 1 : first + LONGEST])) for first, kind in enumerate(kinds) if kind == _STANDS
    ]


@cache  # there are 121
def _lengths(behind: str) -> tuple[int, ...]:
    """How many words the runs have that begin before some tokens, given by their kinds."""
    lengths = [1]
    joined = False
    for length, kind in enumerate(behind, start=2):
        if kind == _STANDS:
            lengths.append(length)
        elif joined or kind == _NEITHER:
            break
        else:
            joined = True
    return tuple(lengths)


@lru_cache(maxsize=20_000)
def _kind(word: str) -> str:
    if word not in OUTSIDE and word[0].isalnum():
        return _STANDS
    return _JOINS if word in _INNER else _NEITHER


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """What two surfaces of the same name share: no case, hyphens, article or plural ending."""
    return _key(_NO_WORDS.sub(" ", text.lower()))


@lru_cache(maxsize=20_000)
def word_key(word: str) -> str:
    """What a word in lower case gives to the key of a run."""
    return word if word.isalnum() else _NO_WORDS.sub(" ", word).strip(" ")


def key_of_words(keys: Iterable[str]) -> str:
    """The `name_key` of a run, from the keys of its words."""
    return _key(" ".join(keys))


def _key(key: str) -> str:
    key = key.strip(" .")
    if key.startswith(_ARTICLES):
        key = key.partition(" ")[2]
    return key.removesuffix("s")
