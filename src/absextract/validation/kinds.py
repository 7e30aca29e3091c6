"""Whether the text tells a number as a level that was reached or as a change against something."""

from __future__ import annotations

import re
from typing import Literal

from .source_text import SourceText
from .verdicts import Span

__all__ = ["kind_told"]

_HEDGE = (
    r"(?:\s(?:up to|as (?:much|high|low) as|over|about|around|roughly|approximately|nearly|almost|merely|only|"
    r"more than|at least|at most|less than|an? (?:average|margin|factor) of|an?|on average))*"
    r"[\s~$(]*(?:\\sim\s?)?[+-]?$"
)
_CHANGE = (
    r"(?:improvements?|increases?|decreases?|reductions?|gains?|boosts?|drops?|declines?|rises?|speed-?ups?|savings?|"
    r"degradation|margins?)"
)
_CHANGE_BEFORE = re.compile(rf"\b(?:by|{_CHANGE}(?:\sin\s[\w\s-]{{1,30}})?\sof){_HEDGE}")
_CHANGE_BEHIND = re.compile(
    rf"[\s$]*(?:(?:(?:absolute|relative|average|mean|performance|accuracy|additional|further)\s){{0,3}}{_CHANGE}"
    r"|(?:times\s|percent\s|points\s)?(?:better|worse|faster|slower|smaller|larger|cheaper|fewer|higher|lower))\b"
)
_MEASURE = r"(?:accurac(?:y|ies)|F1|precision|recall|AU(?:RO)?C|mAP|BLEU|(?:win|winning|success|error|pass) rates?)"
_LEVEL_BEFORE = re.compile(
    rf"\b(?:(?:achiev|attain|reach|obtain|scor)\w*|{_MEASURE}(?:\sscore)?\s(?:of|is|was|at|reach\w*)|from){_HEDGE}",
    re.IGNORECASE,
)
_LEVEL_BEHIND = re.compile(rf"[\s$]*(?:(?:average|mean|top-\d)\s)?{_MEASURE}\b(?!\s(?:points?\b|than))")
_CHANGE_AHEAD = re.compile(rf"[^.;,()]*\b{_CHANGE}\b")
_SEEN_BEFORE, _SEEN_BEHIND = 120, 50


def kind_told(number: Span, source: SourceText) -> Literal["change", "value"] | None:
    """The kind of number that plain words on either side say it is; None where there are none."""
    text = source.text(number.field)
    quantity = source.pairing(number).quantity
    end = max(number.end, quantity.end) if quantity else number.end
    before, behind = text[max(0, number.start - _SEEN_BEFORE) : number.start], text[end : end + _SEEN_BEHIND]
    if _CHANGE_BEFORE.search(before) or _CHANGE_BEHIND.match(behind) or text[number.start] == "+":
        return "change"
    if before.endswith("within ") or _CHANGE_AHEAD.match(behind) or (quantity and quantity.unit in ("x", "points")):
        return None
    return "value" if _LEVEL_BEFORE.search(before) or _LEVEL_BEHIND.match(behind) else None
