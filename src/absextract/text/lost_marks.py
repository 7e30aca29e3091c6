"""Numbers that lost a mark on the way: "93 .2%", "10(6) cells"; and the letters of money, "$3.1m", "€2bn"."""

from __future__ import annotations

import re

__all__ = ["LOST_MARKS", "LOST_MARKS_HINT", "marked"]

_MONEY = re.compile(r"[$€£¥]\s?\d{1,3}(?:[,.]?\d{1,9}){0,4}\s?$")
_SCALES = {"m": "M", "mn": "M", "bn": "B", "b": "B", "tn": "T"}
LOST_MARKS = re.compile(
    r"(?<=\d)(?P<money>\s?(?:mn?|bn?|tn))(?![A-Za-z0-9/^²³-])"
    r"|(?<![.,]10)(?<=\b10)(?P<raised>\([-−–]?\d{1,2}\))(?=\s?/\s?[A-Za-zµ]|\s[a-z]|[a-z])"
    r"|(?<![.,\d]\d)(?<=\d)(?P<blank>\s)(?=\.\d{1,4}(?![\d.]))"
    r"|(?<![.,\d]\d\d)(?<=\d\d)(?P<wide_blank>\s)(?=\.\d{1,4}(?![\d.]))"
)
"""What `marked` replaces."""
LOST_MARKS_HINT = re.compile(r"1(?=0\()|\d(?=\s?(?:[mb]|tn)n?(?![A-Za-z0-9]))|\d(?=\s\.\d)")
"""Where this is not, `LOST_MARKS` is not."""


def marked(match: re.Match[str]) -> str:
    """What a match of `LOST_MARKS` is read as."""
    written = match.group()
    match match.lastgroup:
        case "money":
            is_money = _MONEY.search(match.string, max(0, match.start() - 24), match.start())
            return _SCALES[written.strip()] if is_money else written
        case "raised":
            return f"^{{{written[1:-1].replace('−', '-').replace('–', '-')}}}"
    return ""
