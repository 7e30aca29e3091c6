"""Levels that another is held against: "compared to 41%", "52% vs. 47%", "beats X (41%)", that before "to 52%"."""

from __future__ import annotations

from ..patterns import regex
from .comparisons import comparison_before
from .number_cues import classes_of, sentence_before, tokens_of

__all__ = ["is_compared_with"]

# What stands between the word that compares and the number: "than the previous best accuracy of"
_BETWEEN = (
    r"(?:(?:the|an?|that|those|its|their|best|previous|prior|published|reported|state[ -]of[ -]the[ -]art|SOTA|original"
    r"|test|error|rate|accuracy|score|baseline(?:'s)?|of|about|around|only|just|merely|approximately|at|is)\s){0,5}"
)
_COMPARED = regex(
    rf"(?:\b(?:compared (?:to|with)|relative to|versus|vs\.?|on par with|(?:level|same) as|comparable (?:to|with)"
    rf"|opposed to|(?:up|down) from|instead of|than (?:the|that of|those of)|(?<=[\d%),] )against)\s|\bvs\.?){_BETWEEN}"
    r"[~$∼(]*$"
    r"|\b(?:previous(?:ly)?|prior|former|earlier)\s(?:best|records?|state[ -]of[ -]the[ -]art|SOTA|published|reported)"
    r"\b(?:\s(?!(?:with|by|to|from)\b)[\w@-]+){0,3}?\s(?:of|at|was)\s[~$∼(]*$"
)
_BEATEN = regex(
    r"\b(?:outperform(?:s|ed|ing)?|surpass(?:es|ed|ing)?|exceed(?:s|ed|ing)?|beat(?:s|ing))\s(?:both\s|all\s|even\s)?"
    r"(?:(?!(?:on|in|for|by|with|at|to|across|under|from|and|while)\s)[^\s,;()]+\s(?:\[[\d, ]+\]\s)?){1,9}"
    r"\((?:[\w@.-]+\s?[=:]?\s?){0,2}[~$∼]*$"
)
"""What is outdone, and the bracket with its level: "outperforming the best parser (F1 = 41.4%"."""
_FIRST_OF_TWO = regex(r"[^()]{0,25}?(?:\bv(?:s|ersus)\b|→|\bto\b)")
_FROM = regex(r"\bfrom\s(?:(?!\b(?:to|while|whereas|but)\b)(?:[^.,;()]|[.,](?=\d))){0,45}$")
_SPREAD = regex(r"\b(?:rang|vari|vary|span)\w*\b")
_TO = regex(r"(?:[^.,;()]|[.,](?=\d)){0,50}?\sto\s(?:(?:about|over|around|nearly|only|just)\s)?[~$∼]*\d")
_ARROW = regex(r"(?:\s?[A-Za-z@%\\-]{1,10})??\s?\$?(?:→|[-–]{1,2}>|\\?(?:long)?rightarrow|\\to\b)\s?\$?[~∼]?\d")
_REACH = 140


def is_compared_with(text: str, start: int, end: int) -> bool:
    """Whether the level at a half-open interval is what another is held against, so that it is none of what is new."""
    if _ARROW.match(text, end):
        return True
    before = sentence_before(text, start, _REACH)
    if _BEATEN.search(before) and not _FIRST_OF_TWO.match(text, end):
        return True
    if _COMPARED.search(before):
        return comparison_before(text, start) is None
    return _FROM.search(before) is not None and _TO.match(text, end) is not None and _tells_a_change(before)


def _tells_a_change(before: str) -> bool:
    """Whether something is raised or lowered: "scores ranging from 41% to 52%" are no old and new ones."""
    return not _SPREAD.search(before) and any("G" in classes_of(token) for token in tokens_of(before))
