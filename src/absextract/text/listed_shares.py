"""How often each kind of thing occurs, told in a list: "most were surveys (27%), trials (15%) and letters (12%)"."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["listed_shares"]

_OCCURRENCE = regex(
    r"\b(?:(?:most|more|less|least) (?:\w+ly )?(?:prevalent|common|frequent|popular|represented|used|studied|reported)"
    r"|predominant(?:ly)?|majority|mainly|mostly|followed by|prevalence|distribution)\b",
    re.IGNORECASE,
)
_SHARE = r"[a-z][\w’'/-]*\s?\((?:n\s?=\s?\d{1,6},\s?)?\d{1,2}(?:\.\d{1,2})?\\?%\)"
_LIST = regex(rf"{_SHARE}(?:(?:,\s?and|,|;|\sand)\s(?:[a-z][\w’'/-]*\s){{0,4}}{_SHARE}){{2,20}}")
_LONGEST_BEFORE = 200
_STOP = regex(r"[.!?]\s")


def listed_shares(text: str) -> list[tuple[int, int]]:
    """Where such lists stand: three or more shares in brackets behind plain words, in a sentence about occurrence."""
    found = []
    for match in _LIST.finditer(text) if "%)" in text else ():
        before = _STOP.split(text[max(0, match.start() - _LONGEST_BEFORE) : match.start()])[-1]
        if _OCCURRENCE.search(before) or _OCCURRENCE.search(match[0]):
            found.append(match.span())
    return found
