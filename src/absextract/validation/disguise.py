"""Values that look like what the text says and are not it: invisible characters, full-width and other forms."""

from __future__ import annotations

import unicodedata
from collections import Counter

from ..patterns import regex
from ..schema.marks import Link, Mark
from ..text.scripts import ZERO_WIDTH
from ..text.urls import plain_url

__all__ = ["as_kept", "has_name", "in_disguise", "same_signs", "without_invisible"]

_INVISIBLE = regex(f"[{ZERO_WIDTH}]")
_BLANKS_AND_QUOTES = frozenset("\u00a0\u2009\u202f´")  # ordinary, though they have a plainer form
_NEVER_SEEN = frozenset(("Cc", "Cf", "Mn", "Me", "Zl", "Zp"))
_ARABIC_MARKS = "\u066b\u066c"  # of decimals and thousands
_JOINING = frozenset(" \t\n\r\u00a0\u2009\u202f-‐‑‒–—―−_~/,.:'’‘`´\"“”„«»")
_TWO_STOPS = regex(r"[/,.:]\s*[/,.:]")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_OPENING = frozenset(_CLOSING.values())


def without_invisible(value: str) -> str:
    """A value without zero-width characters, word joiners and soft hyphens."""
    return value if value.isascii() else _INVISIBLE.sub("", value)


def as_kept(mark: Mark, value: str, passage: str) -> str:
    """A value that a passage supports, as the extraction keeps it: not in disguise, and a URL so that it opens."""
    seen = passage if in_disguise(value, passage) else value
    return plain_url(seen) if isinstance(mark, Link) else seen


def in_disguise(value: str, passage: str) -> bool:
    """Whether a value differs from the passage that supports it in more than a reader can see, or in lone brackets.

    Case, blanks, hyphens, quotes and LaTeX can be seen, and letters without their accents.
    """
    if value == passage:
        return False
    if not _balances(value) and _balances(passage):
        return True
    is_plain = value.isascii() and value.isprintable()
    return not is_plain and any(map(_is_disguise, set(value) - set(passage)))


def _is_disguise(char: str) -> bool:
    if unicodedata.category(char) in _NEVER_SEEN:
        return True
    if char.isascii() or char in _BLANKS_AND_QUOTES or char in _JOINING:
        return False
    return char.isdecimal() or char in _ARABIC_MARKS or unicodedata.normalize("NFKC", char) != char


def has_name(value: str) -> bool:
    """Whether there is a letter or digit in a value, and its brackets balance."""
    return any(map(str.isalnum, value)) and _balances(value)


def same_signs(value: str, passage: str) -> bool:
    """Whether a phrase has no signs between its words but joining ones and those of the passage."""
    if _TWO_STOPS.search(value) and not _TWO_STOPS.search(passage):
        return False
    return _signs(value) <= _signs(passage)


def _signs(text: str) -> Counter[str]:
    brackets = (*_CLOSING, *_OPENING)
    return Counter(
        c for c in text if not (c.isalnum() or c in _JOINING or c in brackets or unicodedata.category(c) == "Mn")
    )


def _balances(text: str) -> bool:
    opened: list[str] = []
    for char in text:
        if char in _OPENING:
            opened.append(char)
        elif char in _CLOSING and (not opened or opened.pop() != _CLOSING[char]):
            return False
    return not opened
