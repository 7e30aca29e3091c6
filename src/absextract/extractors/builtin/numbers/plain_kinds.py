"""Words beside a number that leave no doubt whether it is a level or a change."""

from __future__ import annotations

from ....patterns import regex
from ....schema.paper import ResultKind
from ....text.hedges import HEDGES
from ....text.quantities import Quantity
from ....text.tex_fonts import without_fonts
from .score_kinds import BAR_BEHIND, changes_behind, has_plus

__all__ = ["plain_kind"]

_NOUN = (
    r"(?:improvements?|increases?|decreases?|reductions?|gains?|boosts?|drops?|declines?|savings|speed-?ups?|extensions?"
    r"|enhancements?|degradations?|overheads?|compression)"
)
_HEDGED = rf"(?:(?:{HEDGES}|upto|an? average of)\s)*[~∼≈$]*"
_NUMBER = r"\d[\d.]*\s?\\?%?\$?"
_LISTED = rf"(?:,?\s(?:and\s)?[~∼≈$]*{_NUMBER})*"
_FURTHER = rf"(?:\$?(?:,|,?\s(?:and|or)|\s?/)\s?\$?{_NUMBER})*"
_NO_VERB = r"(?!\s(?:rates?|to|by|as|when|significantly|from)\b)"
"""Behind what is a noun: "a 70% drop", and not "if accuracy drops to"."""
_BEFORE = regex(
    rf"\b{_NOUN}(?:\s(?:in|on)\s(?:[\w@-]+\s){{1,5}}?)?\s?(?:of|by)\s{_HEDGED}$"
    # "by 15.4% MPJPE and 23.8% PA-MPJPE"
    rf"|\bby\s{_HEDGED}{_NUMBER}"
    r"\s(?:(?!(?:to|from|while|whereas|but|with)\b)[\w@-]+\s){1,4}and\s(?:by\s)?[~∼≈$]*$"
    # "by 64.1%, 46.5% and 16.6%"
    rf"|\bby\s{_HEDGED}{_NUMBER}{_LISTED},?\s(?:and\s)?[~∼≈$]*$"
    # "improvements (> 20% on NestBench)"
    rf"|\b{_NOUN}\s\(\s?(?:[>~∼≈]\s?)?{_HEDGED}$"
)
_WORD_OF_METRIC = (
    r"(?:absolute|relative|average|mean|overall|further|additional|accuracy|precision|recall|performance|perplexity"
    r"|error|scores?|rates?|length|latency|throughput|memory|runtime|cost|token|success|win|win-rate|F1-score"
    r"|(?!(?:SI-)?S[DN]Ri?\b)[A-Z][\w@-]*|top-\d)"
)
_BEHIND = regex(
    rf"{_FURTHER}\$?[\s-](?:{_WORD_OF_METRIC}\s){{0,3}}{_NOUN}\b{_NO_VERB}"
    # "10% throughput and 20% latency overheads"
    rf"|\$?\s(?:{_WORD_OF_METRIC}\s){{1,2}}and\s{_NUMBER}\s(?:{_WORD_OF_METRIC}\s){{1,2}}{_NOUN}\b{_NO_VERB}"
    r"|\\?%?\$?\s(?:extra|additional)\s[a-z]"
    rf"|\$?\sof\s(?:[a-z-]+\s){{0,2}}{_NOUN}\b"  # "33% of lifetime extension"
    r"|\$?(?:\s(?:[A-Z][\w@-]*|points?|percentage points?))?\s(?:behind|ahead of|short of|shy of)\s"
)
_REACHED = regex(
    r"\b(?:reach|attain|scor)(?:e?s|e?d|ing)?\s(?:(?:only|just|about|over|nearly|almost|up to)\s)*[~∼≈$]*$"
)
# "keeps it up in over 85% of the games"
_IN_SHARE_BEFORE = regex(rf"\bin\s(?:(?:{HEDGES}|at most)\s)?[~$]*$")
_OF_CASES_BEHIND = regex(rf"\$?\sof\s(?:(?:the|all|our|these)\s)?(?!{_NOUN}\b)[a-z-]+")
# "surpasses Tern by more than 100% in wind and 42% on NestBench", "gains of 3% on A, 4% on B"
_BY_ON_BEFORE = regex(
    rf"\b(?:by|(?:improvements?|increases?|decreases?|reductions?|gains?|drops?)\sof)\s{_HEDGED}"
    rf"{_NUMBER}{_LISTED}\s(?:[\w@-]+\s){{0,2}}(?:in|on|for|over|at)\s"
    r"(?:(?!\b(?:to|from|while|whereas|but|with|(?:achiev|reach|attain|obtain|scor)\w*)\b)(?:[^.;]|\.(?=\S))){1,100}"
    r"(?:,|\band)\s(?:by\s)?(?:(?:up to|over|about)\s)?[~$]*$"
)
_ON_BEHIND = regex(r"\\?%?\$?\s(?:[\w@-]+\s){0,2}?(?:in|on|for|over|at)\b")
_PREFERRED = regex(r"\b(?:prefer|favou?r)")
_SEEN_BEFORE, _SEEN_BEHIND = 130, 90
_SEEN_OF_LIST = 190


def plain_kind(text: str, quantity: Quantity) -> ResultKind | None:
    """The kind where the words beside a number leave no doubt: "a 2% accuracy gain", "the 99% mark"; else None."""
    if BAR_BEHIND.match(text, quantity.end):
        return "value"
    before = without_fonts(text[max(0, quantity.start - _SEEN_OF_LIST) : quantity.start])
    behind = without_fonts(text[quantity.end : quantity.end + _SEEN_BEHIND])
    nearby = before[-_SEEN_BEFORE:]
    if has_plus(text, quantity, nearby) or _BEFORE.search(nearby) or _BEHIND.match(behind):
        return "change"
    if quantity.unit == "%" and _IN_SHARE_BEFORE.search(nearby) and _OF_CASES_BEHIND.match(behind):
        return "value"
    if _ON_BEHIND.match(behind) and _BY_ON_BEFORE.search(before) and not _PREFERRED.search(before):
        return "change"
    reached = quantity.unit in (None, "%") and _REACHED.search(nearby) and not changes_behind(text, quantity)
    return "value" if reached else None
