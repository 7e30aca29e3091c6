"""Fractions, mixed numbers, dozens and round numbers: "two thirds", "1 1/2", "½", "half a dozen", "a hundred"."""

from __future__ import annotations

import re
from decimal import Decimal

from ..patterns import regex
from .quantities import Quantity

__all__ = ["WORDED", "worded_number"]

WORDED = regex(
    r"(?:(?P<whole>\d{1,3})\s?)?(?P<vulgar>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])"
    r"|(?<![\w.,/-])(?P<mixed>\d{1,3})[\s-](?P<over>[1-9]\d?)/(?P<under>[2-9]|1[0-6])(?![\d/.])"
    r"|(?<![\w-])(?P<dozens>an?|the|half\sa|one|two|three|four|five|six|several|\d{1,3})\s(?P<dozen>dozens?)\b"
    r"|(?<![\w-])(?P<wholes>an?|one|two|three|four|five|six|seven|eight|nine|\d{1,3})[\s-]and[\s-]an?[\s-](?P<added>half|quarter)\b"
    r"|(?<![\w-])an?\s(?P<round>hundred|thousand|million|billion)\b(?!\s(?:and|times))"
    r"|(?<![\w-])(?P<many>an?|one|two|three|four|five|six|seven|eight|nine)[\s-]"
    r"(?P<part>half|thirds?|quarters?|fourths?|fifths?|sixths?|sevenths?|eighths?|ninths?|tenths?)\b"
    r"|(?<![\w-])(?P<half>half)(?=\s(?:of|the|an?)\b)",
    re.IGNORECASE,
)
"""What `worded_number` reads."""
_NUMBERS = {
    word: i for i, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
}
_NUMBERS |= {"a": 1, "an": 1, "the": 1}
_ROUND = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
    "ninth": 9, "tenth": 10}  # fmt: skip
_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8)}  # fmt: skip


def worded_number(match: re.Match[str]) -> Quantity:
    """The number that a match of `WORDED` stands for."""
    start, end = match.span()
    if match["dozen"]:
        many = match["dozens"].lower()
        times = int(many) if many.isdigit() else _NUMBERS.get(many, 0)
        return Quantity(start, end, Decimal(12 * times if times else 6), spelled=True, in_name=many == "several")
    if match["round"]:
        return Quantity(start, end, Decimal(_ROUND[match["round"].lower()]), spelled=True)
    if match["added"]:
        wholes = match["wholes"].lower()
        value = Decimal(int(wholes) if wholes.isdigit() else _NUMBERS[wholes])
        return Quantity(
            start, end, value + Decimal("0.5" if match["added"].lower() == "half" else "0.25"), spelled=True
        )
    if match["mixed"]:
        over, under = int(match["over"]), int(match["under"])
        over += under * int(match["mixed"])
    elif match["vulgar"]:
        over, under = _VULGAR[match["vulgar"]]
        over += under * int(match["whole"] or 0)
    else:
        part = (match["part"] or "half").lower()
        over, under = _NUMBERS[(match["many"] or "a").lower()], _PARTS[part if part == "half" else part.rstrip("s")]
    return Quantity(start, end, Decimal(over), unit=f"/{under}", spelled=True)
