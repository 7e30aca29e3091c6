"""Whether the text tells a number as a level that was reached or as a change against something."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from ..patterns import regex
from .change_words import CHANGE
from .hedges import HEDGES
from .tex_fonts import read_before, read_behind

__all__ = ["kind_told"]

_HEDGE = (
    rf"(?:\s(?:{HEDGES}|an? (?:average|margin|factor)(?: of| close to)|an?|on average|an impressive"
    r"|a (?:remarkable|notable|substantial|significant|considerable|large|huge|mere)))*"
    r"[\s~$(]*(?:\\sim\s?)?[+-]?$"
)
_METRIC = r"(?:accurac(?:y|ies)|F1|precision|recall|AU(?:RO)?C|mAP|BLEU|(?:win|winning|success|error|pass) rates?)"

_BY = regex(
    rf"(?<![Dd]ivided )(?<!preferred )(?<!solved )(?<!answered )(?<!chosen )(?<!followed )(?<!multiplied )\bby{_HEDGE}"
)
_OF_CHANGE = regex(rf"\b{CHANGE}(?:\sin\s[\w\s-]{{1,30}})?\sof{_HEDGE}")
# "the average drop in accuracy is only 0.2%"
_CHANGE_IS = regex(
    r"\b(?:the|an?)\s(?:(?:average|mean|maximum|minimum|largest|smallest|relative|absolute|overall)\s){0,2}"
    r"(?:improvement|increase|decrease|reduction|gain|drop|decline|degradation)"
    rf"(?:(?:\s(?:of|in)(?:\s(?!(?:the|an?|our|its|their|whose|is|and|or|all|to|from|that)\b)[\w@-]+){{1,6}}?)?\s(?:is|was)"
    rf"|\sreach(?:es|ed|ing)){_HEDGE}"
)
_CHANGE_BEHIND = regex(
    rf"[\s$]*(?:(?:\(?(?:absolute|relative|average|mean|performance|accuracy|additional|further)\)?\s){{0,3}}{CHANGE}"
    r"|(?:times\s|percent\s|(?:percentage )?points?\s)?(?:better|worse|faster|slower|smaller|larger|cheaper|fewer|"
    r"higher|lower)|(?:percentage )?points?\s(?:above|below|over|more|less))\b"
)
_LEVEL_BEFORE = regex(
    rf"\b(?:(?:achiev|attain|reach|obtain|scor)\w*|{_METRIC}(?:\sscore)?\s(?:of|is|was|at|reach\w*)"
    rf"|(?<!ranging )(?<!ranges )(?<!ranged )(?<!range )(?<!varying )(?<!spanning )from){_HEDGE}",
    re.IGNORECASE,
)
_BEHIND_METRIC = regex(rf"(?:\sscore)?\)?(?:\s(?:of|is|was|at)|\s?[:=]){_HEDGE}")
_LEVEL_BEHIND = regex(rf"[\s$]*(?:(?:average|mean|top-\d)\s)?{_METRIC}\b")
# With any of these a metric behind a number makes it no level: "3.2 F1 points over", "loses 2% recall"
_DIFFERENCE_BEFORE = regex(
    r"\b(?:los|cost|trad|gap|differ|drop|gain|gave|improv|outperform|surpass|exceed|increas|decreas|reduc|boost|lower|"
    r"beat|within|by)(?:[^.;]|\.\d)*$",
    re.IGNORECASE,
)
_DIFFERENCE_BEHIND = regex(
    rf"(?:[^.;,()]|\.\d)*\b(?:{CHANGE}|points?|than|over|above|below|more|less|higher|lower|better)\b"
)
_SEEN_BEFORE, _SEEN_BEHIND = 120, 50


def kind_told(
    text: str, start: int, end: int, unit: str | None, metrics: Iterable[str] = ()
) -> Literal["change", "value"] | None:
    """The kind of number that plain words on either side say it is; None where there are none.

    Args:
        text: what the number stands in.
        start: where it begins.
        end: where it ends, with its unit.
        unit: its unit.
        metrics: what may be measured; "METRIC of NUMBER" tells a level.
    """
    before, behind = read_before(text, start, _SEEN_BEFORE), read_behind(text, end, _SEEN_BEHIND)
    if (
        text[start] == "+"
        or _CHANGE_BEHIND.match(behind)
        or any(r.search(before) for r in (_BY, _OF_CHANGE, _CHANGE_IS))
    ):
        return "change"
    if unit in ("x", "points"):
        return None
    if (link := _BEHIND_METRIC.search(before)) and any(before.endswith(metric, 0, link.start()) for metric in metrics):
        return "value"
    if _DIFFERENCE_BEHIND.match(behind):
        return None
    if _LEVEL_BEFORE.search(before):
        return "value"
    return "value" if _LEVEL_BEHIND.match(behind) and not _DIFFERENCE_BEFORE.search(before) else None
