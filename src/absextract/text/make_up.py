"""Numbers that say what data are like: "the test set has 51% female speakers", "a dialogue has 9.3 turns"."""

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


def is_of_make_up(unit: str | None, before: str, behind: str) -> bool:
    """Whether a number tells a share of the data that is named, or how many of something each of them has on average.

    Args:
        unit: of the number.
        before: what stands before it.
        behind: what stands behind it.
    """
    if unit != "%" and (unit is not None or not _COUNTED_BEHIND.match(behind)):
        return False
    sentence = _SENTENCE_END.split(before)[-1]
    if not _OF_DATA_BEFORE.search(sentence):
        return False
    return not _FOUND.search(sentence) and not _JUDGED_BEHIND.match(behind)
