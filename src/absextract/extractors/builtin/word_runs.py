"""Candidates: every run of words in title and abstract that may name a task, method, dataset or measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .phrases import OUTSIDE
from .tokens import Tokens
from .wordlists import words

__all__ = ["LONGEST", "Place", "name_key", "places"]

Place = tuple[int, int]
"""Half-open interval of tokens."""

_INNER = words("of in for and to with on")
LONGEST = 5
"""So many words has a name at most."""
_NO_WORDS = re.compile(r"[^\w%.+]+")
_ARTICLE = re.compile(r"^(?:the|an?|our) ")


def places(tokens: Tokens) -> Iterator[Place]:
    """All intervals of up to five words that begin and end as names do, with at most one joining word inside."""
    text, starts, ends, read = tokens.text, tokens.starts, tokens.ends, tokens.words
    can_stand = [word not in OUTSIDE and word[0].isalnum() for word in read]
    number = len(read)
    for first, stands in enumerate(can_stand):
        if not stands:
            continue
        joined = False
        yield first, first + 1
        stop = ends[first]
        for last in range(first + 1, min(number, first + LONGEST)):
            start = starts[last]
            if start == stop or (start > stop + 1 and text[stop:start] != "  ") or text[stop] not in " \n":
                break
            stop = ends[last]
            if can_stand[last]:
                yield first, last + 1
            elif joined or read[last] not in _INNER:
                break
            else:
                joined = True


def name_key(text: str) -> str:
    """What two surfaces of the same name share: no case, hyphens, article or plural ending."""
    key = _NO_WORDS.sub(" ", text.lower()).strip(" .")
    return _ARTICLE.sub("", key).removesuffix("s")
