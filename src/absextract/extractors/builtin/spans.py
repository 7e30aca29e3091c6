"""Candidates: every run of words in title and abstract that may name a task, method, dataset or measure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .phrases import OUTSIDE
from .tokens import Tokens
from .wordlists import words

__all__ = ["Place", "name_key", "places"]

Place = tuple[int, int]
"""Half-open interval of tokens."""

_INNER = words("of in for and to with on")
_LONGEST = 5
_BLANKS = ("", " ", "  ", "\n")
_NO_WORDS = re.compile(r"[^\w%.+]+")
_ARTICLE = re.compile(r"^(?:the|an?|our) ")


def places(tokens: Tokens) -> Iterator[Place]:
    """All intervals of up to five words that begin and end as names do, with at most one joining word inside."""
    text, starts, ends, read = tokens.text, tokens.starts, tokens.ends, tokens.words
    can_stand = [word[0].isalnum() and word not in OUTSIDE for word in read]
    for first, stands in enumerate(can_stand):
        if not stands:
            continue
        joined = False
        yield first, first + 1
        for last in range(first + 1, min(len(read), first + _LONGEST)):
            if text[ends[last - 1] : starts[last]] not in _BLANKS or ends[last - 1] == starts[last]:
                break
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
