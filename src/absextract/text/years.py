"""Which numbers are years or parts of a date: of a citation, an event, a period, a version of a dataset."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["is_date", "is_year"]

_YEAR = r"(?:19|20)\d\d"
_NAME_BEFORE = regex(r"\b[A-Z][\w-]*[)\]]?\s$")
_TIME_BEFORE = regex(
    r"\b(?:in|since|by|until|till|of|from|during|before|after|around|circa|ca\.|early|late|mid|between|through|years?"
    r"|spring|summer|autumn|winter|copyright|published|born|established|founded|dated|updated|revised|launched)[\s-]$|(?:[©\xa9]|\(c\))\s?$",
    re.IGNORECASE,
)
_MEASURED_BEFORE = regex(
    r"\b(?:elo|ratings?|scores?|points|perplexity|ppl|returns?|rewards?|fid|errors?|latency|throughput|speed|loss|mse|ms)"
    r"\s?(?:of\s|by\s|from\s|around\s|\(|\[)?$",
    re.IGNORECASE,
)
# "(Shen et al., 2020)", "Shen (2020)", "(Shen, 2019; Li and Shen, 2020)"
_AUTHORS_BEFORE = regex(r"\bet al\.?,?\s?[(\[]?$")
_NAME_OR_YEAR_BEFORE = regex(r"[A-Z][\w'’-]+(?:,\s|\s\()$|(?:19|20)\d\d[a-z]?[,;]\s$|\bon\s$")
_IN_BRACKETS = {"(": ")", "[": "]"}
# "PASCAL VOC 2007 and 2012", "between 2015 and 2018"
_GOES_ON = regex(
    rf"(?:\b[A-Z][\w-]*|\b(?:in|since|between|from|during|of|years?))\s{_YEAR}(?:,?\s(?:and|or|to|through|until)\s|\s?[-–&/]\s?)$"
    rf"|(?<![\d.]){_YEAR}\s(?:to|through|until)\s$"
)
_YEARS_BEHIND = regex(rf"(?:\s?[-–—]{{1,2}}\s?|\s(?:to|through|until)\s){_YEAR}(?!\d)")
_EVENT_BEHIND = regex(
    r"\s(?:(?!of\s|in\s|for\s|from\s|with\s|[a-z]+s\s)[\w-]+\s){0,3}?"
    r"(?:[Ee]dition|[Cc]hallenges?|[Cc]ompetition|[Ss]hared [Tt]ask|[Ee]lections?|[Ss]eason"
    r"|[Pp]andemic"
    r"|[Cc]ensus|[Cc]onference|[Ww]orkshop|[Vv]ersion|[Rr]elease|[Rr]eport|[Gg]uidelines?|[Ss]tandard|[Tt]est set"
    r"|[Tt]rack"
    r"|[Hh]eat|[Dd]rought|[Ff]loods?|[Ee]arthquake|[Ee]ruption|[Hh]urricane|[Ii]nfluenza|[Ee]pidemic|[Cc]risis|[Ww]ar|[Rr]eform|[Ll]aw"
    r"|[Aa]ct|[Ss]trike|[Hh]arvest|[Cc]rop|[Ww]ildfires?|[Tt]sunami|[Rr]eferendum|[Bb]udget"
    r"|[Ee]valuation|[Dd]ataset|[Bb]enchmark|[Mm]odel|[Oo]utbreak|[Ss]urvey|[Oo]lympics|[Cc]up)\b"
)
_ARTICLE_BEFORE = regex(r"\b(?:the|a|this)\s$", re.IGNORECASE)
# "the 2013 study", "Shen's well-known 2013 algorithm"; of many there would be a plural
_WORK_BEFORE = regex(r"(?:\b(?:[Tt]he|[Aa]|[Tt]his|[Tt]heir|[Hh]is|[Hh]er)|[A-Z][\w-]*['’]s?)\s(?:[a-z-]+\s)?$")
_WORK_BEHIND = regex(
    r"\s(?:(?!\w*s\s|of\s|in\s|for\s)[\w-]+\s)?(?:study|algorithm|paper|approach|method|article|theorem|conjecture|proposal|trial"
    r"|model|system|formula|book|review|result|proof|work|experiment|framework|technique|architecture)\b"
)
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_MONTH_BEFORE = regex(rf"\b{_MONTH},?\s(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s)?$")
_MONTH_BEHIND = regex(rf"\s{_MONTH}(?:,?\s{_YEAR}|(?=[\s,;.)]))")
_DATE = regex(rf"(?<![\d.]){_YEAR}([-/.])\d\d?\1\d\d?(?![\d.]\d)|(?<![\d.])\d\d?([-/.])\d\d?\2{_YEAR}(?!\d)")
_LONGEST_DATE = 10


def is_year(text: str, end: int, before: str) -> bool:
    """Whether four digits that can be a year are one: "WMT 2014", "in 2014", "(Shen et al., 2014)", "2014-2016".

    Args:
        text: what is read.
        end: where the digits end in it.
        before: what stands before them.
    """
    if _MEASURED_BEFORE.search(before):
        return False
    if _NAME_BEFORE.search(before) or _TIME_BEFORE.search(before) or _MONTH_BEFORE.search(before):
        return True
    if _AUTHORS_BEFORE.search(before) or _YEARS_BEHIND.match(text, end) or _GOES_ON.search(before):
        return True
    if _IN_BRACKETS.get(before[-1:], "") == text[end : end + 1] != "":
        return True
    if _ARTICLE_BEFORE.search(before) and _EVENT_BEHIND.match(text, end):
        return True
    if _WORK_BEFORE.search(before) and _WORK_BEHIND.match(text, end):
        return True
    return text[end : end + 1] in (")", ";", ",", "]") and _NAME_OR_YEAR_BEFORE.search(before) is not None


def is_date(text: str, start: int, end: int, before: str) -> bool:
    """Whether digits are part of a date: "2021-05-12", "12 May 2021", "May 12, 2021".

    Args:
        text: what is read.
        start: where the digits begin in it.
        end: where they end.
        before: what stands before them.
    """
    if end - start <= 2 and (_MONTH_BEFORE.search(before) or _MONTH_BEHIND.match(text, end)):
        return True
    floor = max(0, start - _LONGEST_DATE)
    found = _DATE.search(text, floor, end + _LONGEST_DATE)
    return found is not None and found.start() <= start and end <= found.end()
