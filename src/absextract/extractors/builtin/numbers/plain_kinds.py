"""Words right beside a number that tell whether it is a level or a change."""

from __future__ import annotations

from ....patterns import regex
from ....schema.paper import ResultKind
from ....text.change_words import CHANGE
from ....text.hedges import HEDGES
from ....text.quantities import Quantity
from ....text.tex_fonts import read_before, read_behind
from .score_kinds import BAR_BEHIND, changes_behind, has_plus

__all__ = ["plain_kind"]

_CHANGES = r"(?:improvements|increases|decreases|reductions|gains|boosts|drops|declines|overheads|savings|speed-?ups)"
_HEDGED = rf"(?:(?:{HEDGES}|upto|an? average of)\s)*[~∼≈$]*"
_NUMBER = r"\d[\d.]*(?:\s?\\?%)?\$?"
_LISTED = rf"(?:,?\s(?:and\s)?[~∼≈$]*{_NUMBER})*"
_PERCENTS = r"(?:\$?(?:,|,?\s(?:and|or)|\s?/)\s?\$?\d[\d.]*\s?\\?%)*"
_NO_VERB = r"(?!\s(?:rates?|to|by|as|when|significantly|from)\b)"
"""Tells "a 70% drop" from "if accuracy drops to"."""
_BY = r"(?<!solved )(?<!ranked )(?<!preferred )(?<!answered )(?<!rated )(?<!used )(?<!shared )\bby"
_BEFORE = regex(
    rf"\b{CHANGE}(?:\s(?:in|on)\s(?:[\w@-]+\s){{1,5}}?)?\s?(?:of|by)\s{_HEDGED}$"
    # "by 15.4% MPJPE and 23.8% PA-MPJPE"
    rf"|{_BY}\s{_HEDGED}{_NUMBER}"
    r"\s(?:(?!(?:to|from|while|whereas|but|with)\b)[\w@-]+\s){1,4}and\s(?:by\s)?[~∼≈$]*$"
    # "by 64.1%, 46.5% and 16.6%"
    rf"|{_BY}\s{_HEDGED}{_NUMBER}{_LISTED},?\s(?:and\s)?[~∼≈$]*$"
    # "improvements (> 20% on NestBench)"
    rf"|\b{CHANGE}\s\(\s?(?:[>~∼≈]\s?|(?:{HEDGES})\s)[~∼≈$]*$"
)
_OF_METRIC = (
    r"(?:absolute|relative|average|mean|overall|further|additional|accuracy|precision|recall|performance|perplexity"
    r"|error|scores?|rates?|length|latency|throughput|memory|runtime|cost|token|success|win|win-rate|F1-score"
    r"|(?!(?:SI-)?S[DN]Ri?\b)[A-Z][\w@-]*|top-\d)"
)
_BEHIND = regex(
    rf"{_PERCENTS}\$?[\s-](?:{_OF_METRIC}\s){{0,3}}(?:{CHANGE}|compression)\b{_NO_VERB}"
    # "10% throughput and 20% latency overheads"
    rf"|\$?\s(?:{_OF_METRIC}\s){{1,2}}and\s{_NUMBER}\s(?:{_OF_METRIC}\s){{1,2}}{_CHANGES}\b{_NO_VERB}"
    r"|\\?%?\$?\s(?:extra|additional)\s[a-z]"
    rf"|\$?\sof\s(?:[a-z-]+\s){{0,2}}{CHANGE}\b"  # "33% of lifetime extension"
    r"|\$?\s(?:[A-Z][\w@-]*\s)?(?:percentage )?points?\s(?:behind|ahead of|short of|shy of)\s"
)
# "retains 99.2% of the accuracy"
_KEPT_BEFORE = regex(rf"\b(?:retain|preserv|recover|maintain|keep)\w*\s(?:(?:{HEDGES})\s)*[~∼≈$]*$")
_OF_QUALITY_BEHIND = regex(
    r"\$?\sof\s(?:[\w'’-]+\s){0,4}?(?:accuracy|performance|quality|precision|recall|F1|scores?|gains?|throughput|success)\b"
)
_REACHED = regex(
    r"\b(?:reach|attain|scor)(?:e?s|e?d|ing)?\s(?:(?:only|just|about|over|nearly|almost|up to)\s)*[~∼≈$]*$"
)
# "keeps it up in over 85% of the games"
_IN_SHARE_BEFORE = regex(rf"\bin\s(?:(?:{HEDGES}|at most)\s)?[~$]*$")
_OF_CASES_BEHIND = regex(rf"\$?\sof\s(?:(?:the|all|our|these)\s)?(?!{CHANGE}\b)[a-z-]+")
# "surpasses Tern by more than 100% in wind and 42% on NestBench", "gains of 3% on A, 4% on B"
_BY_ON_BEFORE = regex(
    rf"\b(?:by|{CHANGE}\sof)\s{_HEDGED}{_NUMBER}{_LISTED}\s(?:[\w@-]+\s){{0,2}}(?:in|on|for|over|at)\s"
    r"(?:(?!\b(?:to|from|while|whereas|but|with|has|have|is|are|was|were|(?:achiev|reach|attain|obtain|scor)\w*)\b)"
    r"(?:[^.;]|\.(?=\S))){1,100}"
    r"(?:,|\band)\s(?:by\s)?(?:(?:up to|over|about)\s)?[~$]*$"
)
_ON_BEHIND = regex(r"\\?%?\$?\s(?:[\w@-]+\s){0,2}?(?:in|on|for|over|at)\b")
_PREFERRED = regex(r"\b(?:prefer|favou?r)")
_SEEN_BEFORE, _SEEN_BEHIND = 130, 90
_SEEN_OF_LIST = 190


def plain_kind(text: str, quantity: Quantity) -> ResultKind | None:
    """The kind that the words right beside a number tell: "a 2% accuracy gain", "the 99% mark"; else None."""
    if BAR_BEHIND.match(text, quantity.end):
        return "value"
    before = read_before(text, quantity.start, _SEEN_OF_LIST)
    behind = read_behind(text, quantity.end, _SEEN_BEHIND)
    nearby = before[-_SEEN_BEFORE:]
    if has_plus(text, quantity, nearby) or _BEFORE.search(nearby):
        return "change"
    if _KEPT_BEFORE.search(nearby) and _OF_QUALITY_BEHIND.match(behind):
        return "change"
    is_share = quantity.unit == "%" and _IN_SHARE_BEFORE.search(nearby) and _OF_CASES_BEHIND.match(behind)
    if _BEHIND.match(behind) and not is_share:
        return "change"
    if is_share:
        return "value"
    if _ON_BEHIND.match(behind) and _BY_ON_BEFORE.search(before) and not _PREFERRED.search(before):
        return "change"
    reached = quantity.unit in (None, "%") and _REACHED.search(nearby) and not changes_behind(text, quantity)
    return "value" if reached else None
