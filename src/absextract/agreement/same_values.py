"""When values of several answers are the same: names folded, numbers by value, objects by what and where they are."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from ..patterns import regex
from ..records import Grounding
from ..text.urls import plain_url

__all__ = ["folded", "overlap", "same_phrase"]

_BETWEEN = regex(r"[^\w%.+]+")
_MARKUP = str.maketrans("", "", "\\${}")
_ARTICLE = regex(r"^(?:the|a|an|our) ")
_NUMBER = regex(r"[+-]?\d[\d,]*(?:\.\d+)?%?")
_ENOUGH_SHARED = 0.67  # of the words of two phrases (token F1)


def folded(value: Any) -> str:
    """A text that equal values have in common."""
    if isinstance(value, bool) or value is None:
        return json.dumps(value)
    if isinstance(value, int | float):
        return f"{value:g}"
    if not isinstance(value, str):
        return json.dumps(value, sort_keys=True, ensure_ascii=False).casefold()
    if "://" in value:
        return plain_url(value).rstrip("/").removesuffix(".git").casefold()
    bare = value.casefold().translate(_MARKUP).replace("−", "-").strip()
    if _NUMBER.fullmatch(bare):
        number, percent = bare.rstrip("%").replace(",", ""), "%" if bare.endswith("%") else ""
        return f"{float(number):g}{percent}"
    return _ARTICLE.sub("", _BETWEEN.sub(" ", bare).strip(" .")).strip() or bare


def same_phrase(one: str, other: str) -> bool:
    """Whether two folded texts name one thing in other words: enough words shared, and no number or version apart."""
    if one == other:
        return True
    words, others = Counter(one.split()), Counter(other.split())
    shared = (words & others).total()
    apart = (words - others) + (others - words)
    if shared < 2 or any(any(sign.isdigit() for sign in word) for word in apart):  # one word is no phrase
        return False
    return 2 * shared / (words.total() + others.total()) >= _ENOUGH_SHARED


def overlap(one: Grounding, other: Grounding) -> bool:
    """Whether two values are supported by the same characters."""
    return one.field == other.field and one.start < other.end and other.start < one.end
