"""Candidates: every run of words in title and abstract that may name a task, method, dataset or measure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from .phrases import OUTSIDE
from .tokens import Tokens
from .wordlists import words

__all__ = ["LONGEST", "Place", "name_key", "places"]

Place = tuple[int, int]
"""Half-open interval of tokens."""

_INNER = words("of in for and to with on")
_BLANKS = frozenset((" ", "  ", "\n"))
LONGEST = 5
"""So many words has a name at most."""
_NO_WORDS = re.compile(r"[^\w%.+]+")
_ARTICLE = re.compile(r"^(?:the|an?|our) ")


def places(tokens: Tokens) -> Iterator[tuple[int, list[int]]]:
    """Where runs of up to five words begin that begin and end as names do, and where those that begin there end.

    A run holds at most one joining word.
    """
    stands = list(map(_can_stand, tokens.words))
    goes_on = [gap in _BLANKS for gap in tokens.gaps]
    for first, word_stands in enumerate(stands):
        if not word_stands:
            continue
        ends = [first + 1]
        joined = False
        for last in range(first + 1, min(len(stands), first + LONGEST)):
            if not goes_on[last]:
                break
            if stands[last]:
                ends.append(last + 1)
            elif joined or tokens.words[last] not in _INNER:
                break
            else:
                joined = True
        yield first, ends


@lru_cache(maxsize=20_000)
def _can_stand(word: str) -> bool:
    return word not in OUTSIDE and word[0].isalnum()


@lru_cache(maxsize=20_000)
def name_key(text: str) -> str:
    """What two surfaces of the same name share: no case, hyphens, article or plural ending."""
    key = _NO_WORDS.sub(" ", text.lower()).strip(" .")
    return _ARTICLE.sub("", key).removesuffix("s")
