"""Commas, points and blanks within numbers: which part decimals, which group digits, and which could do either."""

from __future__ import annotations

import re
from functools import lru_cache

from ..patterns import regex
from .language import groups_by_points, has_decimal_commas, is_foreign

__all__ = ["with_decimal_points"]

# Most texts have none of these
_QUOTE_WITHIN, _BLANK_WITHIN = regex(r"\d['’]\d{3}"), regex(r"\d \d{3}")
_MARK_IN_QUESTION = regex(r"\d(?:,\d|(?<!\b0)\.\d{3}(?!\d))")
_ANY_OF_THESE = regex(r"\d[,.'’ ]\d")
_MARKED = regex(r"(?<![\d.,\w])\d+(?:[.,]\d+)+(?![.,]?\d)")
_GROUPED_BY_POINTS = regex(r"[1-9]\d{0,2}(?:\.\d{3})+")
_IN_LAKHS = regex(r"[1-9]\d?(?:,\d\d)+,\d{3}")
_COUNTS_IN_LAKHS = regex(
    r"\b(?:Rs\b|INR\b|lakh|crore|rupee|taka\b|India|Pakistan|Bangladesh|Nepal|Sri Lanka)|₹", re.IGNORECASE
)
_PERCENT_BEHIND = regex(r"\s?(?:\\?%|percent|per cent)")
_GROUPED_BY_QUOTES = regex(r"(?<![\w.,'’])[1-9]\d{0,2}(?:['’]\d{3})+(?![\w'’])")
_GROUPED_BY_BLANKS = regex(
    r"(?<!\d )(?<!\d, )(?<![^nN] = )(?<![\w.,^{-])(?<![^nN]=)[1-9]\d{0,2}(?: \d{3}){1,2}(?:\.\d{1,9})?"
    r"(?![\w.^}-]?\d| \d|\s?\\?%)"
)
_COUNTED = regex(
    r"\s(?!(?:on|in|for|to|of|and|or|with|at|by|from|over|is|as)\s)(?:[a-z-]+\s)?(?:[a-z]{2,}(?<!s)s|people|men|women|children|data)\b"
)
_MEASURED = regex(
    r"\s(?:[kcmµμ]?m|km|[kmµμ]?g|[mµμ]?L|ha|t|kWh?|MWh?|k?Pa|[kMG]?Hz|rpm|kcal|k?J|IU|USD|euros?|dollars?)(?![A-Za-z])"
)
_ORDINAL_BEFORE = regex(
    r"\b(?:groups?|days?|weeks?|months?|years?|phases?|arms?|cohorts?|levels?|grades?|types?|stages?|class|cases?|trials?|study|studies"
    r"|visits?|cycles?|steps?|tables?|figures?|no\.?)\s$",
    re.IGNORECASE,
)
_SAMPLE_BEFORE = regex(r"\b[nN]\s?=\s?$")
_MONEY_BEFORE = regex(r"[$€£¥]\s?$")
_NAME_BEFORE = regex(r"\b[A-Z][\w-]*\s$")
_HALF_POWER = regex(r"×10\^\{\d\}(?=\d)|\.\d+\s?×\s?10\d(?!\d)")
"""As in "1億2000万", and in "1.2×105", which lost that its last digit is raised."""
_OPEN, _CLOSED = frozenset("[{"), frozenset("]}")
_Interval = tuple[int, int]


def with_decimal_points(text: str) -> tuple[str, list[_Interval]]:
    """The text with points before decimals, commas between groups of digits and none else; no character moves.

    Returns:
        The text, and the half-open intervals of numbers that can be read in two ways.
    """
    unsure = [(match.start() - 1, match.end() + 1) for match in _HALF_POWER.finditer(text)] if "×" in text else []
    if not _ANY_OF_THESE.search(text):
        return text, unsure
    if _QUOTE_WITHIN.search(text):
        text = _GROUPED_BY_QUOTES.sub(lambda found: re.sub("['’]", ",", found[0]), text)
    if _MARK_IN_QUESTION.search(text):
        commas = has_decimal_commas(text)
        text = _MARKED.sub(lambda found: _marked(found, unsure, commas=commas), text)
    if _BLANK_WITHIN.search(text):
        as_a_rule = any(_is_surely_grouped(found) for found in _GROUPED_BY_BLANKS.finditer(text))
        text = _GROUPED_BY_BLANKS.sub(lambda found: _grouped_by_blanks(found, unsure, as_a_rule=as_a_rule), text)
    return text, unsure


def _marked(found: re.Match[str], unsure: list[_Interval], *, commas: bool) -> str:
    """A number with points or commas as it is read, given whether decimals have commas."""
    number, text = found.group(), found.string
    if "," not in number and not commas:
        return number
    in_brackets = text[found.start() - 1 : found.start()] in _OPEN or text[found.end() : found.end() + 1] in _CLOSED
    if _IN_LAKHS.fullmatch(number):
        if in_brackets or (_may_be_list(number) and not _counts_in_lakhs(text)):
            unsure.append(found.span())
        return number
    if in_brackets:
        return number
    whole, _, decimals = number.partition(",")
    if commas and _GROUPED_BY_POINTS.fullmatch(whole):
        if decimals.isdigit():
            return f"{whole.replace('.', ',')}.{decimals}"
        if whole.count(".") == 1 and not groups_by_points(text):
            unsure.append(found.span())
            return number
        return whole.replace(".", ",")
    if "." not in number and "," not in decimals:
        return _with_one_comma(found, whole, decimals, unsure, commas=commas)
    return _with_points_first(found, whole, decimals, unsure)


def _with_points_first(found: re.Match[str], whole: str, decimals: str, unsure: list[_Interval]) -> str:
    """A number whose comma stands behind points as it is read: "1.234,5" is plain in whatever language."""
    if not _GROUPED_BY_POINTS.fullmatch(whole) or not decimals.isdigit():
        return found.group()
    if len(decimals) == len("000"):
        unsure.append(found.span())
        return found.group()
    return f"{whole.replace('.', ',')}.{decimals}"


def _may_be_list(number: str) -> bool:
    """Whether what is grouped in lakhs may as well be several numbers: "5,10,100", and not "5,00,000"."""
    return ",0" not in number and all(int(part) % 5 == 0 or part == "1" for part in number.split(","))


@lru_cache(maxsize=4)
def _counts_in_lakhs(text: str) -> bool:
    return _COUNTS_IN_LAKHS.search(text) is not None


def _with_one_comma(found: re.Match[str], whole: str, decimals: str, unsure: list[_Interval], *, commas: bool) -> str:
    """A number of two parts with a comma between them as it is read."""
    number, text = found.group(), found.string
    if len(decimals) == 3 and len(whole) <= 3 and (commas or whole == "0"):
        unsure.append(found.span())
        return f"0.{decimals}" if whole == "0" else number
    if commas and len(decimals) != 3:
        return f"{whole}.{decimals}"
    if whole == "0" and text[found.start() - 1 : found.start()] != "(":
        unsure.append(found.span())
        return f"0.{decimals}"
    if len(decimals) < 3:
        if _PERCENT_BEHIND.match(text, found.end()):
            return f"{whole}.{decimals}"
        unsure.append(found.span())  # half a decimal each, or two numbers
    return number


def _grouped_by_blanks(found: re.Match[str], unsure: list[_Interval], *, as_a_rule: bool) -> str:
    """A number with a blank before each three digits, where it is plainly one; "128 128" may have lost a cross."""
    if not _is_surely_grouped(found) and not (as_a_rule and _may_be_grouped(found)):
        unsure.append(found.span())
        return found.group()
    return found.group().replace(" ", ",")


def _is_surely_grouped(found: re.Match[str]) -> bool:
    """Whether digits with blanks are one number: a round one, or one of things that are counted."""
    number, text = found.group(), found.string
    if number.partition(".")[0].endswith(" 000"):
        return True
    counted = (
        _COUNTED.match(text, found.end())
        or _MEASURED.match(text, found.end())
        or _SAMPLE_BEFORE.search(text, max(0, found.start() - 4), found.start())
        or _MONEY_BEFORE.search(text, max(0, found.start() - 2), found.start())
    )
    return bool(counted or is_foreign(text)) and _may_be_grouped(found)


def _may_be_grouped(found: re.Match[str]) -> bool:
    """Whether nothing speaks against one number: no sizes ("128 128"), no name before it."""
    sizes = all(int(group) % 8 == 0 for group in found.group().partition(".")[0].split(" "))
    begin = max(0, found.start() - 24)
    named = _NAME_BEFORE.search(found.string, begin, found.start()) or _ORDINAL_BEFORE.search(
        found.string, begin, found.start()
    )
    return not sizes and named is None
