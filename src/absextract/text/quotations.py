"""Passages in quotation marks: straight, curly, guillemets, LaTeX."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from ..patterns import regex

__all__ = ["is_quoted"]

_LONGEST = 400
# Opening marks stand before a word and not behind one, so that an apostrophe or a sign of inches opens nothing; neither
# does that of a year ("'15"). A class of characters in front lets the search skip most text.
_OPENING = regex(
    r"[\"'‘`“„«](?<![\w)\]'’`\"”].)(?:(?<=[“„«])|`?(?=[\w(\[$\\~<>+-])(?!(?<=['‘])\d\d(?![\d.%])))", re.DOTALL
)
_CLOSING = {
    '"': regex(r"(?<!\s)(?:[\"”]|''|’’)(?!\w)"),
    "'": regex(r"(?<!\s)['’](?!\w)"),
}
_CLOSING |= dict.fromkeys("“„«", regex(r"[”“»\"]|''|’’")) | dict.fromkeys("‘`", _CLOSING["'"])
_CLOSING["``"] = _CLOSING["“"]


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether an interval stands in quotation marks."""
    quotations = _quotations(text)
    at = bisect_left(quotations, (start,)) - 1
    return at >= 0 and end <= quotations[at][1]


@lru_cache(maxsize=16)  # asked for each number of a text
def _quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open intervals of what is quoted, the marks included; of nested ones the outermost."""
    found: list[tuple[int, int]] = []
    position = 0
    while opening := _OPENING.search(text, position):
        closing = _CLOSING[opening.group()].search(text, opening.end(), opening.end() + _LONGEST)
        position = closing.end() if closing else opening.end()
        if closing:
            found.append((opening.start(), closing.end()))
    return tuple(found)
