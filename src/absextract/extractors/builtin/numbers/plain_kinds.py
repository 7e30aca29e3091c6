"""Words right beside a number that tell whether it is a level or a change."""

from __future__ import annotations

from ....patterns import regex
from ....schema.paper import ResultKind
from ....text.change_words import CHANGE
from ....text.hedges import HEDGES
from ....text.quantities import Quantity
from ....text.tex_fonts import read_before, read_behind
from .score_kinds import BAR_BEHIND, TO_LEVEL, changes_behind, has_plus

__all__ = ["plain_kind"]

_CHANGES = r"(?:improvements|increases|decreases|reductions|gains|boosts|drops|declines|overheads|savings|speed-?ups)"
_NOUN = r"(?:improvements?|reductions?|gains?|savings?|margins?|speed-?ups?|degradations?|enhancements?|overheads?)"
"""Of change, and no verb."""
_HEDGED = rf"(?:(?:{HEDGES}|upto|an? average of)\s)*[~∼≈$]*"
_NUMBER = r"\d[\d.]*(?:\s?\\?%)?\$?(?:\s?\$?(?:±|\\pm)\$?\s?[\d.]+(?:\s?\\?%)?\$?)?"
_STEP = r"(?:,?\s(?:and\s)?|,?\s?/\s?)[~∼≈$]*"
_LISTED = rf"(?:{_STEP}{_NUMBER})*"
_PERCENTS = r"(?:\$?(?:,|,?\s(?:and|or)|\s?/)\s?\$?\d[\d.]*\s?\\?%)*"
_NO_VERB = r"(?!\s(?:rates?|to|by|as|when|significantly|from)\b)"
"""Tells "a 70% drop" from "if accuracy drops to"."""
_BY = r"(?<!solved )(?<!ranked )(?<!preferred )(?<!answered )(?<!rated )(?<!used )(?<!shared )\bby"
_SIGNS = r"(?:[>~∼≈$]|\\(?:approx|simeq|sim|geq?|gtrsim)\b\s?)*"
_BEFORE = regex(
    rf"\b{CHANGE}(?:\s(?:in|on)\s(?:[\w@-]+\s){{1,5}}?)?\s?(?:of|by)\s{_HEDGED}$"
    rf"|\b(?:gaps?|differences?|advantages?|leads?)\s(?:of|by)\s{_HEDGED}$"
    # "by margins more than 13%", "savings up to 40%"
    rf"|\b{_NOUN}\s(?:(?:{HEDGES}|as large as)\s){{1,2}}[~∼≈$]*$"
    # "the reduction of noise ranges from", "gains in accuracy, ranging from"
    rf"|\b{_NOUN}\b(?:(?!\bfrom\s\d)(?:[^.;]|\.(?=\S))){{0,90}}?\b(?:rang|vary|vari|span)\w*\s(?:from|between)\s[~∼≈$]*$"
    # "reduce variance (≈25%)"
    rf"|\b(?:improv|reduc|increas|decreas|lower|cut|boost)(?:e?s?|ing|e?d)\s(?:[\w@-]+\s){{1,4}}\({_SIGNS}$"
    # "by 15.4% MPJPE and 23.8% PA-MPJPE"
    rf"|{_BY}\s{_HEDGED}{_NUMBER}"
    r"\s(?:(?!(?:to|from|while|whereas|but|with)\b)[\w@-]+\s){1,4}and\s(?:by\s)?[~∼≈$]*$"
    # "by 64.1%, 46.5% and 16.6%"
    rf"|{_BY}\s{_HEDGED}{_NUMBER}{_LISTED}{_STEP}$"
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
    rf"|{_PERCENTS}\$?\s(?:higher|lower|better|worse|fewer|less|more|faster|slower)\sthan\b"
    rf"|\$?\sof\s(?:[a-z-]+\s){{0,2}}{CHANGE}\b"  # "33% of lifetime extension"
    r"|\$?\s(?:[A-Z][\w@-]*\s)?(?:percentage )?points?\s(?:behind|ahead of|short of|shy of)\s"
)
# "retains 99.2% of the accuracy"
_KEPT_BEFORE = regex(rf"\b(?:retain|preserv|recover|maintain|keep)\w*\s(?:(?:{HEDGES})\s)*[~∼≈$]*$")
_OF_QUALITY_BEHIND = regex(
    r"\$?\sof\s(?:[\w'’-]+\s){0,4}?(?:accuracy|performance|quality|precision|recall|F1|scores?|gains?|throughput|success)\b"
)
# "averages 94% of fully supervised AUROC", "43% of Tern's profit"
_OF_WHOLE_BEHIND = regex(
    r"\$?\sof\s(?:(?:the|its|their|an?)\s)?(?:(?:[\w-]+\s)?[A-Z][\w-]*['’]s?\s(?!users?\b|members?\b|cases?\b|errors?\b)[a-z]"
    r"|(?:fully[\s-](?:supervised|trained|fine-?tuned)|full[\s-](?:model|precision|data|fine-?tuning)|supervised|oracle|dense|uncompressed"
    r"|original|unpruned|teacher(?:['’]s)?|upper[\s-]bound)\s(?:[\w-]+['’]?s?\s){0,3}?(?:accuracy|performance|quality|AU\w*|F1|scores?|profit|reward"
    r"|throughput|speed)\b)"
)
# "using only 20% of the calls", "less than 15% training time"
_SPENT_BEFORE = regex(
    r"\b(?:only|just|merely|mere|less than|under|as (?:little|few|low) as|about|around|roughly|approximately|nearly|at"
    r"|with|tak(?:es?|ing)|requir(?:es?|ing)|need(?:s|ing)?|consum(?:es?|ing)|(?:us|utili[sz])(?:es?|ing)|cost(?:s|ing)?)\s?[~∼≈$<]*(?:\\sim\s?)?$"
)
_SPENT_BEHIND = regex(
    r"\$?\s(?:of\s(?:(?:the|its|their|an?|our)\s)?(?:[\w@'’-]+\s){0,3}?)?(?:(?:training|inference|compute|computational|computing|GPU|memory|API|energy"
    r"|decoding|wall-clock|inference-time)\s){0,2}(?:time|costs?|compute|FLOPs|memory|latency|energy|power|calls|tokens|budget|GPU[\s-]hours|runtime|storage)\b"
)
# "falls to 49.5% and 7.9%"
_TO_LIST = regex(
    rf"\b(?:fall|drop|declin|decreas|ris|increas|improv|grow|climb|shrink)(?:e?s?|ing|e?d)\sto\s{_HEDGED}{_NUMBER}{_LISTED}{_STEP}$"
)
_IS = regex(
    r"(?<!improvement)(?<!reduction)(?<!gain)(?<!increase)(?<!decrease)(?<!drop)(?<![Dd]elta)(?<!Δ)\s?=\s?[~∼≈$]*$"
)
_ACRONYM_OF = regex(rf"\b(?:an?|the)\s(?:[\w-]+\s){{0,2}}?[A-Z][A-Z\d@-]+\sof\s{_HEDGED}$")
_RATIO_OF = regex(rf"\b[Cc]ompression (?:ratios?|rates?|factors?)\s(?:of|is|at|reach\w*)\s{_HEDGED}$")
_SIGNED_BEHIND = regex(r"\\?%?\$?(?:\)|\s[\w@-]+)")
_SIGNED_BEFORE = regex(r"[(,]\s?\$?$")
# "a small speedup (6%)"
_ALONE_BEFORE = regex(rf"\b{CHANGE}\s\(\$?$")
_ALONE_BEHIND = regex(r"\\?%?\$?\)")
_REACHED = regex(
    r"\b(?:reach|attain|scor)(?:e?s|e?d|ing)?\s(?:(?:only|just|about|over|nearly|almost|up to)\s)*[~∼≈$]*$"
)
# "keeps it up in over 85% of the games"
_IN_SHARE_BEFORE = regex(rf"\bin\s(?:(?:{HEDGES}|at most)\s)?[~$]*$")
_OF_CASES_BEHIND = regex(rf"\$?\sof\s(?:(?:the|all|our|these)\s)?(?!{CHANGE}\b)[a-z-]+")
# "surpasses Tern by more than 100% in wind and 42% on NestBench", "gains of 3% on A, 4% on B"
_BY_ON_BEFORE = regex(
    rf"\b(?:by|{CHANGE}\sof|{_NOUN})\s{_HEDGED}{_NUMBER}{_LISTED}\s(?:[\w@-]+\s){{0,2}}(?:in|on|for|over|at)\s"
    r"(?:(?!\b(?:to|from|while|whereas|but|with|has|have|is|are|was|were|(?:achiev|reach|attain|obtain|scor)\w*)\b)"
    r"(?:[^.;]|\.(?=\S))){1,160}"
    r"(?:,|\band)\s(?:by\s)?(?:(?:up to|over|about)\s)?[~$]*$"
)
_ON_BEHIND = regex(r"\\?%?\$?\s(?:[\w@-]+\s){0,2}?(?:in|on|for|over|at)\b")
_PREFERRED = regex(r"\b(?:prefer|favou?r)")
_SEEN_BEFORE, _SEEN_BEHIND = 130, 90
_SEEN_OF_LIST = 240


def plain_kind(text: str, quantity: Quantity) -> ResultKind | None:
    """The kind that the words right beside a number tell: "a 2% accuracy gain", "the 99% mark"; else None."""
    if BAR_BEHIND.match(text, quantity.end):
        return "value"
    before = read_before(text, quantity.start, _SEEN_OF_LIST)
    behind = read_behind(text, quantity.end, _SEEN_BEHIND)
    nearby = before[-_SEEN_BEFORE:]
    if quantity.unit == "x" and _RATIO_OF.search(nearby):
        return "value"
    if has_plus(text, quantity, nearby) or _BEFORE.search(nearby):
        return "change"
    if quantity.unit == "%" and _ALONE_BEFORE.search(nearby) and _ALONE_BEHIND.match(behind):
        return "change"
    if quantity.unit in (None, "%") and _ACRONYM_OF.search(nearby):
        return "value"
    if _is_lowered(text, quantity, nearby, behind) or (_is_share(quantity) and _is_part_of(nearby, behind)):
        return "change"
    of_cases = quantity.unit == "%" and _IN_SHARE_BEFORE.search(nearby) and _OF_CASES_BEHIND.match(behind)
    if _BEHIND.match(behind) and not of_cases:
        return "change"
    if of_cases or _TO_LIST.search(nearby) or TO_LEVEL.search(nearby):
        return "value"
    if _ON_BEHIND.match(behind) and _BY_ON_BEFORE.search(before) and not _PREFERRED.search(before):
        return "change"
    is_level = (quantity.unit in (None, "%") and _REACHED.search(nearby)) or _IS.search(nearby)
    return "value" if is_level and not changes_behind(text, quantity) else None


def _is_lowered(text: str, quantity: Quantity, before: str, behind: str) -> bool:
    """As in "(-30% FID, -37% KID)"."""
    is_signed = quantity.unit in ("%", "points") and text[quantity.start] in "-−–"
    return is_signed and _SIGNED_BEFORE.search(before) is not None and _SIGNED_BEHIND.match(behind) is not None


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit is not None and quantity.unit.startswith(("%", "/"))


def _is_part_of(before: str, behind: str) -> bool:
    """Whether it is the part that is kept, or spent, of what something else has."""
    if _OF_WHOLE_BEHIND.match(behind) or (_KEPT_BEFORE.search(before) and _OF_QUALITY_BEHIND.match(behind)):
        return True
    return _SPENT_BEFORE.search(before) is not None and _SPENT_BEHIND.match(behind) is not None
