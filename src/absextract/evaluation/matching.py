"""When two values are the same: names, scores and URLs, leniently or exactly."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from ..patterns import regex
from ..text.urls import plain_url

__all__ = ["plain_name", "same_name", "same_score", "same_url"]

_ENOUGH_SHARED = 0.67  # token F1 of two names that still name one thing
_LONGEST_NAME = 2000  # beyond that, a name is no name whose words could be counted
_REMEMBERED = 2000  # each is held against many
_MARKUP = str.maketrans("", "", "\\${}")
_BETWEEN_WORDS = regex(r"[^\w%.+]+")
_ARTICLE = regex(r"^(?:the|a|an|our) ")

_SPELLED = {
    "half": "0.5", "halving": "0.5",
    "two": "2", "twice": "2", "double": "2", "doubling": "2",
    "three": "3", "triple": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9", "ten": "10",
}  # fmt: skip
_THOUSANDS = regex(r"(?<=\d),(?=\d{3})")
_WORD = regex(r"[a-z]+")
_NUMBER = regex(r"\d+(?:\.\d+)?|\.\d+")
_TIMES = regex(r"\d\s*(?:(?:x|times|-?fold)\b|×)")
_TIMES_AS_WORD = ("twice", "doubl", "tripl")


@lru_cache(_REMEMBERED)
def plain_name(text: str) -> str:
    """A name in lower case, without TeX's signs, punctuation and a leading article."""
    words = _BETWEEN_WORDS.sub(" ", text.lower().translate(_MARKUP)).strip(" .")
    return _ARTICLE.sub("", words).strip()


def same_name(one: str, other: str, *, exact: bool = False) -> bool:
    """Whether two names are equal when plain, or, if not `exact`, share enough words: token F1 of 0.67 or more."""
    a, b = plain_name(one), plain_name(other)
    if not (a and b):
        return False
    if a == b or exact:
        return a == b
    if max(len(a), len(b)) > _LONGEST_NAME:
        return False
    words, others = Counter(a.split()), Counter(b.split())
    shared = (words & others).total()
    return 2 * shared / (words.total() + others.total()) >= _ENOUGH_SHARED


def same_score(one: str, other: str, *, exact: bool = False) -> bool:
    """Whether two scores have the same numbers and unit; if not `exact`, "2" may stand for "2x"."""
    a, b = _amount(one), _amount(other)
    if not (a.numbers and b.numbers):
        return plain_name(one) == plain_name(other)
    if a.numbers != b.numbers:
        return False
    return a.unit == b.unit or (not exact and {a.unit, b.unit} == {"", "x"})


def same_url(one: str, other: str) -> bool:
    """Whether two URLs are equal but for scheme, `www.`, case, `.git` and what stands at the end of sentences."""
    return _plain_url(one) == _plain_url(other)


@dataclass(frozen=True, slots=True)
class _Amount:
    numbers: tuple[float, ...]  # both ends of a range
    unit: str  # "%", "x" or ""


@lru_cache(_REMEMBERED)
def _amount(score: str) -> _Amount:
    text = score.lower().replace("\\", "").replace("$", "").replace("{,}", ",").replace("−", "-")
    text = _WORD.sub(lambda word: _SPELLED.get(word[0], word[0]), _THOUSANDS.sub("", text))
    numbers = tuple(map(float, _NUMBER.findall(text)))
    if "%" in text or "percent" in text:
        return _Amount(numbers, "%")
    by_factor = _TIMES.search(text) or score.lower().startswith(_TIMES_AS_WORD)
    return _Amount(numbers, "x" if by_factor else "")


@lru_cache(_REMEMBERED)
def _plain_url(url: str) -> str:
    trimmed = plain_url(url).rstrip(".,;:)}]").rstrip("/")
    return re.sub(r"^https?://(?:www\.)?", "", trimmed).removesuffix(".git").lower()
