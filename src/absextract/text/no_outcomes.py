"""Numbers that are plainly no outcomes by what stands right beside them: versions, list marks, tolerances, criteria."""

from __future__ import annotations

from ..patterns import regex
from .quantities import Quantity

__all__ = ["is_plainly_none"]

_NONE_BEFORE = regex(
    r"\\text(?:super|sub)script\{$"  # "R\textsuperscript{2}"
    r"|(?<![\d%}])(?<![\d%}]\s)(?<![\d%}]\$)\s?\$?\s?(?:±|\\pm|\+/-)\s?\$?\s?$"  # "within ±5 pp"
    r"|@\.?\d[\d.]*[:-]$"  # "mAP@.50:.95"
    r"|\bthreshold (?:of )?\($"
    r"|[A-Z][A-Za-z]*~$"  # "Kestrel~4.5", where TeX keeps name and version together
)
_SAMPLED_AT = regex(r"\b(?:[Aa]t|[Rr]ate of|[Ff]requency of) (?:an? )?$")
_LIST_MARK = regex(r"(?<!\w)\($")
_USING_PARTS = regex(r"\b(?:using|with|from|on|in)(?: only| just)? $")
_PARTS_BEHIND = regex(r" (?:features|variables|inputs|channels|layers|parameters|predictors|sensors|markers)\b")
_SIGNIFICANCE_BEHIND = regex(r"\+? (?:statistical |credible )?(?:significance|confidence)\b")
_UNDER_BAR = regex(r"\b(?:below|under) the $")
_BAR_BEHIND = regex(r" (?:[\w-]+ ){0,2}?(?:threshold|limit|tolerance)s?\b")
_LARGER_BEHIND = regex(
    r"\$?[\s-](?:larger|bigger|heavier)[\s-](?:[\w-]+[\s-]){0,2}?(?:models?|LLMs?|VLMs?|networks?|counterparts?|baselines?"
    r"|ones|teachers?|systems?|rivals?|competitors?)\b"
)
_MATCHED_BEFORE = regex(
    r"\b(?:outperform|surpass|exceed|beat|match|rival|compet|compar|par with|over|than|against|as well as)"
    r"(?:(?![.;]\s).){0,60}$"
)
_NAME_BEFORE = regex(r"(?<![\w-])[A-Z][\w-]* $")
_VERSION = regex(r"\d{1,2}(?:\.\d)?")
_NAME_GOES_ON = regex(r" [A-Z][a-z]+\b")
_SEEN = 90


def is_plainly_none(text: str, quantity: Quantity) -> bool:
    """Whether a number is part of a name, marks an item of a list, or says what was asked for, not what came out."""
    start, end, unit = quantity.start, quantity.end, quantity.unit
    before = text[max(0, start - _SEEN) : start]
    if unit == "kHz" and _SAMPLED_AT.search(before):
        return True
    if _NONE_BEFORE.search(before):
        return True
    if unit == "%" and _SIGNIFICANCE_BEHIND.match(text, end):
        return True
    if _UNDER_BAR.search(before) and _BAR_BEHIND.match(text, end):
        return True
    if unit == "x" and _LARGER_BEHIND.match(text, end) and _MATCHED_BEFORE.search(before):
        return True
    if unit is not None and unit.startswith("/"):
        return _USING_PARTS.search(before) is not None and _PARTS_BEHIND.match(text, end) is not None
    return unit is None and (_marks_item(text, quantity, before) or _is_version(text, quantity, before))


def _marks_item(text: str, quantity: Quantity, before: str) -> bool:
    """As in "(1) it reads, (2) it writes"."""
    if quantity.value < 2 or not _LIST_MARK.search(before) or not text.startswith(") ", quantity.end):
        return False
    return text.find("(1) ", 0, quantity.start) >= 0


def _is_version(text: str, quantity: Quantity, before: str) -> bool:
    """As in "Kestrel 1.5 Pro beats Kestrel 1.5": the name goes on, and stands there again with the number."""
    name = _NAME_BEFORE.search(before)
    if name is None or not _VERSION.fullmatch(text, quantity.start, quantity.end):
        return False
    named = name[0] + text[quantity.start : quantity.end]
    first = text.find(named)
    second = text.find(named, first + len(named))
    places = (first, second, quantity.start - len(name[0]))
    return second >= 0 and any(_NAME_GOES_ON.match(text, place + len(named)) for place in places)
