"""Words right beside a number that tell whether it is a level or a change."""

from __future__ import annotations

import re
from typing import NamedTuple

from ....patterns import regex
from ....schema.paper import ResultKind
from ....text.change_words import CHANGE
from ....text.hedges import HEDGES
from ....text.quantities import Quantity
from ....text.tex_fonts import read_before, read_behind
from .score_kinds import BAR_BEHIND, TO_LEVEL, changes_behind, has_plus

__all__ = ["plain_kind"]

_CHANGES = r"(?:improvements|increases|decreases|reductions|gains|boosts|drops|declines|overheads|savings|speed-?ups)"
_NOUN = (
    r"(?:improvements?|differences?|reductions?|gains?|savings?|margins?|speed-?ups?|degradations?|enhancements?"
    r"|overheads?)"
)
"""Of change, and no verb."""
_HEDGED = rf"(?:(?:{HEDGES}|upto|an? average of)\s)*[~∼≈$]*"
_NUMBER = (
    r"\d[\d.]*(?:\s?\\?%)?(?:\s?[-–]{1,2}\s?\d[\d.]*\s?\\?%)?\$?"
    r"(?:\s?\$?(?:±|\\pm)\$?\s?[\d.]+(?:\s?\\?%)?\$?)?"
)
_STEP = r"(?:,?\s(?:and\s)?|,?\s?/\s?)[~∼≈$]*"
_LISTED = rf"(?:{_STEP}{_NUMBER})*"
_PERCENTS = r"(?:\$?(?:,|,?\s(?:and|or)|\s?/)\s?[~∼≈$]*\d[\d.]*\s?\\?%)*"
_NO_VERB = r"(?!\s(?:rates?|to|by|as|when|significantly|from)\b)"
"""Tells "a 70% drop" from "if accuracy drops to"."""
_BY = r"(?<!solved )(?<!ranked )(?<!preferred )(?<!answered )(?<!rated )(?<!used )(?<!shared )\bby"
_OF_METRIC = (
    r"(?:absolute|relative|average|mean|overall|further|additional|accuracy|precision|recall|performance|perplexity"
    r"|error|scores?|rates?|length|latency|throughput|memory|runtime|cost|token|success|win|win-rate|F1-score"
    r"|(?!(?:SI-)?S[DN]Ri?\b)[A-Z][\w@-]*|top-\d)"
)
_COMPARED = (
    r"(?:higher|lower|better|worse|fewer|less|more|faster|slower|smaller|cheaper|larger|greater|shorter|longer|tighter)"
)
_QUALITY = (
    r"(?:accuracy|performance|quality|precision|recall|F1|AU\w*|scores?|gains?|profit|reward|throughput|speed|success)"
)
_COST = r"(?:time|costs?|compute|FLOPs|memory|latency|energy|power|calls|tokens|budget|GPU[\s-]hours|runtime|storage)"
_OF_COST = (
    r"(?:training|inference|compute|computational|computing|GPU|memory|API|energy|decoding|wall-clock|inference-time)"
)


class _Rule(NamedTuple):
    """A kind that numbers have which stand between some words.

    Attributes:
        kind: what they are.
        before, behind: the words; None for any.
        units: the first letters of their units, an empty one for those without; None for any.
        unless: words before them with which they are not.
    """

    kind: ResultKind
    before: re.Pattern[str] | None = None
    behind: re.Pattern[str] | None = None
    units: tuple[str, ...] | None = None
    unless: re.Pattern[str] | None = None

    def holds(self, before: str, behind: str, unit: str | None) -> bool:
        """Whether a number of a unit stands between these words."""
        if self.units is not None and (unit or "")[:1] not in self.units:
            return False
        if self.behind is not None and self.behind.match(behind) is None:
            return False
        if self.before is not None and self.before.search(before) is None:
            return False
        return self.unless is None or self.unless.search(before) is None


_LEVEL_UNITS = ("", "%")
_SHARES = ("%", "/")
_RULES = (
    _Rule("value", behind=BAR_BEHIND),
    _Rule(
        "value",
        regex(rf"\b[Cc]ompression (?:ratios?|rates?|factors?)\s(?:of|is|at|reach\w*)\s{_HEDGED}$"),
        units=("x",),
    ),
    _Rule(
        "change",
        regex(
            rf"\b{CHANGE}(?:\s(?:in|on)\s(?:[\w@-]+\s){{1,5}}?)?\s?(?:of|by)\s{_HEDGED}$"
            rf"|\b{_NOUN}\sof\s(?:(?!(?:the|our|an?|its|their|this|to)\b)[\w@-]+\s){{1,4}}of\s{_HEDGED}"
            rf"(?:{_NUMBER}{_LISTED}{_STEP})?$"
            r"|\(up\s(?:by\s)?[~∼≈$]*$"
            r"|(?<!optimality )(?<!duality )(?<!MIP )\b(?:gaps?|differences?|advantages?|leads?)\s(?:of|by)\s"
            rf"{_HEDGED}$"
            # "by margins more than 13%", "savings up to 40%"
            rf"|\b{_NOUN}\s(?:(?:{HEDGES}|as large as)\s){{1,2}}[~∼≈$]*$"
            # "the reduction of noise ranges from", "gains in accuracy, ranging from"
            rf"|\b{_NOUN}\b(?:(?!\bfrom\s\d|accurac|scores?\b|F1)[^.;,]){{0,60}}?,?\s(?:rang|vary|vari|span)\w*\s(?:from|between)"
            r"\s[~∼≈$]*$"
            # "reduce variance (≈25%)"
            rf"|\b(?:improv|reduc|increas|decreas|lower|cut|boost)(?:e?s?|ing|e?d)\s(?:[\w@-]+\s){{1,4}}"
            r"\(\$?(?:[~∼≈]|\\(?:approx|simeq|sim)\b\s?)[$]*$"
            # "by 15.4% MPJPE and 23.8% PA-MPJPE"
            rf"|{_BY}\s{_HEDGED}{_NUMBER}"
            r"\s(?:(?!(?:to|from|while|whereas|but|with)\b)[\w@-]+\s){1,4}and\s(?:by\s)?[~∼≈$]*$"
            # "by 64.1%, 46.5% and 16.6%"
            rf"|{_BY}\s{_HEDGED}{_NUMBER}{_LISTED}{_STEP}$"
            # "improvements (> 20% on NestBench)"
            rf"|\b{CHANGE}\s\(\s?(?:[>~∼≈]\s?|(?:{HEDGES})\s)[~∼≈$]*$"
        ),
    ),
    # "over 80% less time than Tern, and over 90% compared to Crow"
    _Rule(
        "change",
        regex(
            rf"\d%?\$?\s(?:[\w@-]+\s){{0,3}}?(?:{CHANGE}|{_COMPARED})\b[^.;]{{0,80}}"
            rf"\b(?:over|compared (?:to|with)|relative to|than)\s[^.;]{{1,60}}\band\s{_HEDGED}$"
        ),
        regex(r"\\?%?\$?\s(?:over|compared (?:to|with)|relative to|than)\s"),
    ),
    # "a small speedup (6%)"
    _Rule("change", regex(rf"\b{CHANGE}\s\(\$?$"), regex(r"\\?%?\$?\)"), units=("%",)),
    _Rule(
        "value",
        regex(rf"\b(?:an?|the)\s(?:[\w-]+\s){{0,2}}?[A-Z][A-Z\d@-]+\sof\s{_HEDGED}$"),
        units=_LEVEL_UNITS,
    ),
    # "averages 94% of fully supervised AUROC", "43% of Tern's profit"
    _Rule(
        "change",
        behind=regex(
            r"\$?\sof\s(?:(?:the|its|their|an?)\s)?(?:(?:[\w-]+\s)?[A-Z][\w-]*['’]s?\s(?:[\w-]+\s){0,2}?"
            rf"{_QUALITY}\b"
            r"|(?:fully[\s-](?:supervised|trained|fine-?tuned)|full[\s-](?:model|precision|data|fine-?tuning)|supervised"
            r"|oracle|dense|uncompressed|original|unpruned|teacher(?:['’]s)?|upper[\s-]bound|optimal|ideal|peak"
            rf"|theoretical)\s(?:[\w-]+['’]?s?\s){{0,3}}?{_QUALITY}\b)"
        ),
        units=_SHARES,
    ),
    # "retains 99.2% of the accuracy"
    _Rule(
        "change",
        regex(rf"\b(?:retain|preserv|recover|maintain|keep)\w*\s(?:(?:{HEDGES})\s)*[~∼≈$]*$"),
        regex(rf"\$?\sof\s(?:[\w'’-]+\s){{0,4}}?{_QUALITY}\b"),
        units=_SHARES,
    ),
    # "using only 20% of the calls", "less than 15% training time"
    _Rule(
        "change",
        regex(
            r"\b(?:tak(?:es?|ing)|requir(?:es?|ing)|need(?:s|ing)?|consum(?:es?|ing)|(?:us|utili[sz])(?:es?|ing)"
            r"|cost(?:s|ing)?|enjoying|with|at)(?:\s(?:only|just|merely|a mere|less than|under|about|around|roughly"
            r"|approximately|nearly|as (?:little|few|low) as))*\s[~∼≈$<]*(?:\\sim\s?)?$"
        ),
        regex(
            rf"\$?\s(?:of\s(?:(?:the|its|their|an?|our)\s)?(?:[\w@'’-]+\s){{0,3}}?)?(?:{_OF_COST}\s){{0,2}}{_COST}\b"
            r"(?!\s(?:utili[sz]ation|efficiency|accuracy|error|bandwidth|prediction|correct|budget))"
        ),
        units=_SHARES,
    ),
    # "keeps it up in over 85% of the games"
    _Rule(
        "value",
        regex(rf"\bin\s(?:(?:{HEDGES}|at most)\s)?[~$]*$"),
        regex(rf"\$?\sof\s(?:(?:the|all|our|these)\s)?(?!{CHANGE}\b)[a-z-]+"),
        units=("%",),
    ),
    _Rule(
        "change",
        behind=regex(
            rf"{_PERCENTS}\$?[\s-](?:{_OF_METRIC}\s){{0,3}}(?:{CHANGE}|compression)\b{_NO_VERB}"
            # "10% throughput and 20% latency overheads"
            rf"|\$?\s(?:{_OF_METRIC}\s){{1,2}}and\s{_NUMBER}\s(?:{_OF_METRIC}\s){{1,2}}{_CHANGES}\b{_NO_VERB}"
            r"|\\?%?\$?\s(?:extra|additional)\s[a-z]"
            rf"|\$?(?:,|,?\sand)\s\$?\d[\d.]*\s?(?:x|×|times|-fold)\s{_COMPARED}\b"
            rf"|{_PERCENTS}\$?\s{_COMPARED}\sthan\b"
            rf"|\$?\sof\s(?:[a-z-]+\s){{0,2}}{CHANGE}\b"  # "33% of lifetime extension"
            r"|\$?\s(?:[A-Z][\w@-]*\s)?(?:percentage )?points?\s(?:behind|ahead of|short of|shy of)\s"
        ),
    ),
    # "falls to 49.5% and 7.9%"
    _Rule(
        "value",
        regex(
            r"\b(?:fall|drop|declin|decreas|ris|increas|improv|grow|climb|shrink)(?:e?s?|ing|e?d)\sto\s"
            rf"{_HEDGED}{_NUMBER}{_LISTED}{_STEP}$"
        ),
        units=_LEVEL_UNITS,
    ),
    _Rule("value", TO_LEVEL, units=_LEVEL_UNITS),
    # "and a 97.6% repair success rate"
    _Rule(
        "value",
        regex(rf"(?:\b(?:an?|the)|\b(?:yields?|achiev|attain|obtain|reach|giv)\w*)\s{_HEDGED}$"),
        regex(
            rf"\$?\s(?:(?!(?:{_COMPARED}|greater|relative|absolute|improved?|increased?|reduced|additional|further|in|on"
            rf"|of|and|drop|gain|{CHANGE})\b)[\w@-]+\s){{0,4}}?(?:accuracy|(?:success|pass|win|completion|detection"
            r"|recall) rate|precision|recall|F1(?:[- ]score)?|AU(?:RO)?C|mAP|mIoU|coverage|agreement|error)\b"
            rf"(?!\s(?:rate\s)?(?:{CHANGE}|points?|advantages?|leads?|edge|cuts?|differences?|gap)\b)"
        ),
        units=("%",),
    ),
    # "surpasses Tern by more than 100% in wind and 42% on NestBench", "gains of 3% on A, 4% on B"
    _Rule(
        "change",
        regex(
            rf"\b(?:by|{CHANGE}\sof|{_NOUN})\s{_HEDGED}{_NUMBER}{_LISTED}\s(?:[\w@-]+\s){{0,2}}(?:in|on|for|over|at)\s"
            r"(?:(?!\b(?:to|from|while|whereas|but|with|has|have|is|are|was|were|(?:achiev|reach|attain|obtain|scor)\w*)\b)"
            r"(?:[^.;]|\.(?=\S))){1,160}"
            r"(?:,|\band)\s(?:by\s)?(?:(?:up to|over|about)\s)?[~$]*$"
        ),
        regex(r"\\?%?\$?\s(?:[\w@-]+\s){0,2}?(?:in|on|for|over|at)\b"),
        unless=regex(r"\b(?:prefer|favou?r)"),
    ),
)
# Where no word of growing or shrinking stands behind it
_LEVELS = (
    _Rule(
        "value",
        regex(r"\b(?:reach|attain|scor)(?:e?s|e?d|ing)?\s(?:(?:only|just|about|over|nearly|almost|up to)\s)*[~∼≈$]*$"),
        units=_LEVEL_UNITS,
    ),
    _Rule(
        "value",
        regex(
            r"(?<!improvement)(?<!reduction)(?<!gain)(?<!gains)(?<!increase)(?<!decrease)(?<!drop)(?<![Dd]elta)(?<![Dd]elta\$)"
            r"(?<!Δ)\s?=\s?[~∼≈$]*$"
        ),
        units=_LEVEL_UNITS,
    ),
)
_SIGNED_BEFORE, _SIGNED_BEHIND = regex(r"[(,]\s?\$?$"), regex(r"\\?%?\$?(?:\)|\s[\w@-]+)")
_SEEN_BEFORE, _SEEN_BEHIND = 240, 90


def plain_kind(text: str, quantity: Quantity) -> ResultKind | None:
    """The kind that the words right beside a number tell: "a 2% accuracy gain", "the 99% mark"; else None."""
    before = read_before(text, quantity.start, _SEEN_BEFORE)
    behind = read_behind(text, quantity.end, _SEEN_BEHIND)
    if has_plus(text, quantity, before) or _is_lowered(text, quantity, before, behind):
        return "change"
    told = next((rule.kind for rule in _RULES if rule.holds(before, behind, quantity.unit)), None)
    if told is None and not changes_behind(text, quantity):
        return next((rule.kind for rule in _LEVELS if rule.holds(before, behind, quantity.unit)), None)
    return told


def _is_lowered(text: str, quantity: Quantity, before: str, behind: str) -> bool:
    """As in "(-30% FID, -37% KID)"."""
    is_signed = quantity.unit in ("%", "points") and text[quantity.start] in "-−–"
    return is_signed and _SIGNED_BEFORE.search(before) is not None and _SIGNED_BEHIND.match(behind) is not None
