"""Numbers that say what data are like: "the test set has 51% female speakers", "it contains 3 times more clips"."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["is_of_make_up"]

_DATA = (
    r"(?:data(?:sets?|bases?)?|corpus|corpora|benchmark|collection|(?:test|training|development|validation"
    r"|held-out) set"
    r"|dialogues?|conversations?|documents?|questions?|notes|recordings|transcripts|clips|videos?|sentences"
    r"|utterances|articles"
    r"|abstracts|posts|tweets|scenes?)"
)
_HOLDS = r"(?:has|have|had|holds?|contain(?:s|ed)?|comprise[sd]?|include[sd]?|consist(?:s|ed)? of|mentions?|averages?)"
_JUDGED = (
    r"(?:errors?|mistakes?|mis\w+|nois\w+|duplicat\w+|contaminat\w+|incorrect\w*|wrong\w*|leak\w*|flaw\w*"
    r"|bias\w*|invalid|hallucinat\w+"
    r"|harmful|toxic|unsafe|accura\w+|precision|recall|fewer|less|more|higher|lower|rates?|scores?|success"
    r"|coverage|agree\w*|overlap"
    r"|similar\w*|accept\w*|approv\w*|quality|solv\w+|reach\w*|achiev\w*|attain\w*|best|models?|agents?|we|our)"
)
_OF_DATA_BEFORE = regex(
    rf"\b{_DATA}\s(?:(?:each|also|typically|on average)\s)?{_HOLDS}\s(?:\d[\d.]*\s[a-z]+s\sand\s(?:{_HOLDS}\s)?)?"
    rf"(?:(?!{_JUDGED}\b)[\w,-]+\s){{0,3}}[~$]*$",
    re.IGNORECASE,
)
_JUDGED_BEHIND = regex(rf"\$?\s(?:of\s)?(?:[\w-]+\s){{0,3}}?{_JUDGED}\b", re.IGNORECASE)
_FOUND = regex(
    r"\b(?:finds?|found|show(?:s|ed|n)?|reveal\w*|observ\w+|discover\w*|estimat\w+|generat\w+)\b", re.IGNORECASE
)
_COUNTED_BEHIND = regex(r"\s(?!times\b|points\b|percent|seconds\b|fold\b)(?:[a-z-]+\s)?[a-z]{2,}s\b")
_SENTENCE_END = regex(r"[.!?]\s")
_CONTAINS = r"(?:contain|compris|consist|includ)\w*"
_MORE_BEFORE = regex(rf"\b{_CONTAINS}\s(?:of\s)?(?:about\s|over\s|nearly\s|almost\s)?[~$]*$", re.IGNORECASE)
_MORE_BEHIND = regex(
    r"\$?\s(?:times\s)?(?:more|as many)\s(?:[a-z-]+\s){0,2}?(?:data|points|samples|examples|images|videos|clips"
    r"|sentences|tokens|words|documents|pairs|questions|annotations|labels|classes|categories|languages|hours|entries"
    r"|records|instances|molecules|scenes|tasks|papers)\b"
)
# "contains 30 times more clips than A, and 4 times more than B"
_MORE_ONCE_MORE = regex(rf"\b{_CONTAINS}\s[^.;]{{0,30}}?(?:x|times|×)\s(?:more|as many)\s[^.;]{{0,80}}?\band\s[~$]*$")
_THAN_BEHIND = regex(r"\$?\s(?:times\s)?(?:more|as many)\s(?:than|as)\b")


def is_of_make_up(unit: str | None, before: str, behind: str) -> bool:
    """Whether a number tells a share of the data that is named, or how many of something each of them has on average.

    Args:
        unit: of the number.
        before: what stands before it.
        behind: what stands behind it.
    """
    if unit == "x":
        return _is_more_data(before, behind)
    if unit != "%" and (unit is not None or not _COUNTED_BEHIND.match(behind)):
        return False
    sentence = _SENTENCE_END.split(before)[-1]
    if not _OF_DATA_BEFORE.search(sentence):
        return False
    return not _FOUND.search(sentence) and not _JUDGED_BEHIND.match(behind)


def _is_more_data(before: str, behind: str) -> bool:
    if _MORE_BEHIND.match(behind):
        return _MORE_BEFORE.search(before) is not None
    return _THAN_BEHIND.match(behind) is not None and _MORE_ONCE_MORE.search(before) is not None
