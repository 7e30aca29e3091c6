"""Numbers under which something was measured: values that were set, phrases that open a clause, bounds of estimates."""

from __future__ import annotations

import re

from ..patterns import regex
from .number_cues import classes_of
from .quantities import Quantity

__all__ = ["is_measured_under", "is_of_estimate"]

_NUMBER = r"[-−–+]?\d[\d.]*"
_LISTED = rf"(?:{_NUMBER}\s?(?:\\?%)?(?:,|,?\s(?:and|or|to)|/)\s?)*"
# "a learning rate of 0.01", "dropout 0.1", "the discount factor was 0.99", and not "by a margin of 0.2"
_PARAMETER_BEFORE = regex(
    r"(?<!by an )(?<!by a )\b(?:(?:learning|drop-?out|weight decay|decay|discount|interest|sampling|exploration"
    r"|mutation|crossover|missing(?:ness)?|packet[- ]loss|frame|annealing)\srates?"
    r"|(?:step|stride|window|patch|kernel|beam|grid)[- ](?:sizes?|widths?)|(?:weight\s)?decay|drop-?out|momentum"
    r"|temperature|margin|damping|stride|discount(?:\sfactor)?|lr|tolerance|clipping|top-p|guidance(?:\sscale)?"
    r"|regulari[sz]ation|(?<!error )(?<!detection )(?<!percolation )(?:thresholds?|cut-?offs?)"
    r"|(?:mixing|mutation|crossover|penalty|smoothing)(?=\s(?:coeff|probab|weight|factor|parameter))"
    r"|(?<=with a )weight(?=\sof))"
    r"(?:\s(?:values?|levels?|factors?|parameters?|coefficients?|weights?|strengths?|probabilit(?:y|ies)))?"
    rf"\s?(?:\(?[=:]|\(|\b(?:of|at|was|is|were|are))?\s?[~$]*{_LISTED}$",
    re.IGNORECASE,
)
_IN_SHARES = regex(r"\b(?:rates?|probabilit(?:y|ies))\b[^.,;]{0,30}$", re.IGNORECASE)
# "σ = 0.1" in brackets, "for α = 0.05"; Cronbach's α, the β of a regression and Spearman's ρ are found
_SYMBOL_BEFORE = regex(
    r"(?:(?:\b(?:with|for|at|when|using|where|under|if|set(?:ting)?)\s|\((?:[^()]{0,30}[,;]\s)?)"
    r"\$?(?:[σλγεϵδθ]|\\(?:sigma|lambda|gamma|(?:var)?epsilon|delta|theta)|Δt|dt)"
    r"|\b(?:for|at|when|using|set(?:ting)?)\s\$?(?:[αβητμ]|\\(?:alpha|beta|eta|tau|mu)|[pk]))"
    r"(?:_\{?\w{1,5}\}?)?\s?(?:[=<>≤≥]|\\[lg]eq?)\s?\$?$",
    re.IGNORECASE,
)
# "was set to 0.7", "fixed at 1%", and not "a new record was set at 93%"
_SET_BEFORE = regex(
    r"\b(?:set|fixed|capped|clamped|initiali[sz]ed|controlled)\s(?:at|to|as)\s(?:an?\s|the\s|about\s)?[~$]*$"
    r"|\b(?:[Ss]etting|[Ff]ixing|[Hh]olding)\s(?:the\s)?(?:[\w-]+\s){1,3}(?:to|at)\s[~$]*$"
)
_RECORD_BEFORE = regex(r"\b(?:records?|state[ -]of[ -]the[ -]art|marks?|bars?|standards?)\b[^.;]{0,30}$")
# "At a sensitivity of 85%, …", "Given a deadline of 100 ms, …", "At 85% relative humidity, …"
_OPENING = r"(?:^|[.;:]\s|,\s(?:and|but|while|whereas|even)\s)(?:[Ee]ven\s)?"
_OPENED_BEFORE = regex(
    rf"{_OPENING}(?:[Aa]t|[Uu]nder|[Gg]iven|[Aa]ssuming|[Uu]sing|[Ff]or)\s(?:an?\s"
    rf"|the\s)?(?P<of>[A-Za-z][\w\s/-]{{0,50}}?)"
    r"\s(?:of|=|at)\s(?:about\s|only\s)?[~$]*$"
)
_OPENED_AT_BEFORE = regex(rf"{_OPENING}(?:[Aa]t|[Uu]nder|[Gg]iven)\s(?:an?\s|the\s|about\s|only\s|nominal\s)*[~$]*$")
_OPENED_BEHIND = regex(r"\$?(?P<of>(?:[\s-][A-Za-z][\w/-]*+){0,5}?),\s")
# "for yields above and below 40%"
_EITHER_SIDE_BEFORE = regex(
    r"\b(?:above (?:and|or) below|below (?:and|or) above|over (?:and|or) under|under (?:and|or) over)\s[~$]*$"
)
_CLAUSE_BEHIND = regex(r"\$?[^.;]{0,80}?,\s|\$?\s(?:the|our|we|its?|their|[A-Z]\w+)\s")
_WORKING_POINT = frozenset(
    {"sensitivity", "specificity", "precision", "recall", "rate", "rates", "coverage", "time", "at", "of"}
)
_REACHED = frozenset("MGC")
_COST = regex(r"\b(?:speed|cost|price|expense|total|overhead|fraction|efficiency|yield)s?\b")
_GREY_LEVELS = "/255"
_OPENING_UNITS = frozenset({None, "%", "dB", "MHz", "GHz", "degrees"})
# "at the nominal 90% coverage", "at 95% specificity"
_NOMINAL_BEFORE = regex(r"\b(?:nominal|at(?:\s(?:an?|the))?)\s[~$]*$")
_NOMINAL_BEHIND = regex(r"\$?\s(?:coverage|specificity)\b")
# "as soon as its confidence passes 0.8", "84% at a specificity of 95%", "Raising the tax by 2 points lowers it"
_UNTIL_BEFORE = regex(
    r"\b(?:as soon as|once|until|unless|whenever|when|if|where)\s(?:[\w-]+\s){0,3}?"
    r"(?:confidence|doubt|uncertainty|entropy|scores?|probabilit(?:y|ies)|likelihood|similarity|overlap|consensus)\s"
    r"(?:exceeds?|pass(?:es)?|(?:falls?|drops?) below|(?:is|are) (?:above|below|over|under))\s(?:about\s)?[~$]*$"
)
_AT_POINT_BEFORE = regex(
    r"\d\s?\\?%?\)? at (?:an? |the )?(?:(?:fixed|given|same|high|low) )?(?:specificity|sensitivity|precision"
    r"|recall|false[ -]positive rate|FPR) of [~$]*$"
    r"|\bat (?:an?|the) (?:fixed|preset|prescribed|predefined|constant|matched) (?:[\w-]+ ){1,4}of [~$]*$"
)
_DOING_BEFORE = regex(
    r"(?:^|[.;:]\s)[A-Z][a-z]+ing\s[^.,;:\d]{0,60}\s(?:by|to|with|at)\s(?:an?\s|about\s|only\s)?[~$]*$"
)
_DOES_BEHIND = regex(
    r"(?:\s?%|\s[a-z]+)?\s(?:also\s|only\s|further\s)?(?:reduces|raises|lowers|increases|improves|cuts|brings"
    r"|restores|yields|gives|leads|makes|keeps|causes"
    r"|doubles|halves|drops|degrades|boosts|costs|changes|saves|shrinks|hurts|helps)\b"
)
# Bounds of an interval, and what a test says: "(95% CI 0.51 to 0.90)", "IQR 9.1–18.3", "F(2, 57) = 4.31", "t = 2.4"
_FURTHER_BOUND = rf"(?:{_NUMBER}\s?(?:\\?%|[A-Za-z/]{{1,8}})?\s?(?:[,;]|\bto\b|\band\b|[-–—/])\s?)?$"
_JOINING = r"(?:[:=,;(\[]|\b(?:of|from|was|is|were|between)\b)"
_BOUND_BEFORE = regex(
    r"(?:(?:(?:%[\s-]?|[(\[,;]\s?)C\.?I\.?s?|\bHP?DIs?|\bHPD|\bCrIs?|\bIQRs?|\d\s?\\?%\s(?:[a-z]+\s)?interval)\)?"
    r"(?=[\s:=,;(\[~$])"
    r"|(?:\b(?:confidence|credible|credibility|uncertainty|prediction|posterior)\s(?:intervals?|limits|bounds|regions?)"
    rf"|\d\s?\\?%\sintervals?|[Ii]nter-?quartile\sranges?)\)?\s?{_JOINING})"
    rf"(?:[\s~$]|{_JOINING}){{0,6}}{_FURTHER_BOUND}"
)
_TEST_BEFORE = regex(
    r"(?:\b[Ftz]\s?\(\d[\d., ]{0,12}\)|χ[2²]?\s?(?:\([^()]{0,20}\))?|\bdf|\bI[2²]|\([tFzU]|[,;]\s[tFzU])\s?[=<>≥≤]\s?$"
    r"|\b(?:[Cc]hi-squared?|χ[2²]|[Ff]-(?:statistic|value)s?|[Tt]-(?:statistic|value)s?)(?:\s(?:statistics?"
    r"|values?))?\s(?:of|was|is)\s?$"
)
# "0.21 (SE = 0.04)", "61.2 (SD 4.1)"
_SPREAD_BEFORE = regex(r"[(,;]\s?(?:SE|SEM|SDs?|s\.\s?[de]\.)\s?[=:]?\s?$")
_ESTIMATE = regex(
    rf"(?P<value>{_NUMBER})(?:\s?(?:\\?%"
    rf"|[A-Za-z/]{{1,10}}(?:\s\d{{1,6}})?)){{0,2}}\s?[(\[]\s?(?P<bounds>(?P<low>{_NUMBER})\s?(?:\\?%)?\s?(?:[,;]|\bto\b|[-–—])\s?(?P<high>{_NUMBER})\s?(?:\\?%)?)\s?[)\];,]"
)
_ESTIMATE_REACH, _LONGEST_BOUND, _CLOSE, _NEAR = 40, 16, 30, 80
# One of each is in all that the patterns of the same name find; looked for first, since few numbers are of the kind.
_OF_PARAMETERS = (
    "rate",
    "size",
    "width",
    "decay",
    "out",
    "omentum",
    "emperature",
    "argin",
    "amping",
    "tride",
    "iscount",
    "lr",
    "olerance",
    "lipping",
    "top-p",
    "uidance",
    "egulari",
    "hreshold",
    "off",
    "oeff",
    "robab",
    "eight",
    "factor",
)
_SETTING = ("set ", "xed ", "ped ", "zed ", "sed ", "led ", "etting ", "ixing ", "olding ")
_INTERVALS = ("CI", "C.I", "CrI", "nterval", "limits", "bounds", "region", "HDI", "HPD", "PDI", "IQR", "quartile")
_RELATIONS = ("=", "= ", "<", "< ", ">", "> ", "≤ ", "≤", "≥ ", "≥", "=$", "eq ", "<$", "< $", "= $")
_JOINED = ("of ", "= ", "at ", "=", "of ~", "of $", "only ", "about ")
_PASSED = (
    "exceed ",
    "exceeds ",
    "pass ",
    "passes ",
    "above ",
    "below ",
    "over ",
    "under ",
    "about ",
    "of ",
    "of ~",
    "of $",
)
_MOST_DIGITS = 12


def is_measured_under(quantity: Quantity, before: str, behind: str) -> bool:
    """Whether a number was set or given, and not found: "a learning rate of 0.01", "at a sensitivity of 85%, …".

    Args:
        quantity: the number.
        before: what stands before it.
        behind: what stands behind it.
    """
    if quantity.unit == _GREY_LEVELS:
        return True
    near = before[-_NEAR:]
    if quantity.unit in (None, "%") and _is_of_parameter(near, bare=quantity.unit is None):
        return True
    if any(word in near for word in _SETTING) and _SET_BEFORE.search(near) and not _RECORD_BEFORE.search(near):
        return True
    if near.endswith(_PASSED) and any(
        passed.search(near) for passed in (_UNTIL_BEFORE, _AT_POINT_BEFORE, _EITHER_SIDE_BEFORE)
    ):
        return True
    if "ing " in near and _DOES_BEHIND.match(behind) and _DOING_BEFORE.search(near):
        return True
    if _NOMINAL_BEHIND.match(behind) and _NOMINAL_BEFORE.search(near):
        return True
    return quantity.unit in _OPENING_UNITS and _opens_clause(before, behind)


def _is_of_parameter(before: str, *, bare: bool) -> bool:
    """Whether a parameter stands before a number: "a dropout of 0.1", "σ = 0.1"; shares are those of rates alone."""
    if any(word in before for word in _OF_PARAMETERS) and _PARAMETER_BEFORE.search(before):
        return bare or _IN_SHARES.search(before) is not None
    return bare and before.endswith(_RELATIONS) and _SYMBOL_BEFORE.search(before) is not None


def _opens_clause(before: str, behind: str) -> bool:
    """Whether a number stands in a phrase before the clause that says what came out: "At 85% humidity, it …"."""
    opened = _OPENED_BEFORE.search(before[-_NEAR:]) if before.endswith(_JOINED) else None
    if opened is not None:
        return _is_given(opened["of"]) and _CLAUSE_BEHIND.match(behind) is not None
    named = _OPENED_BEHIND.match(behind)
    if named is None or not _OPENED_AT_BEFORE.search(before[-_CLOSE:]):
        return False
    return _is_given(named["of"])


def _is_given(phrase: str) -> bool:
    """Whether a phrase names what is given, and nothing that is reached or compared."""
    if _COST.search(phrase):
        return False
    words = phrase.lower().replace("-", " ").replace("relative", "").split()
    return all(word in _WORKING_POINT or _REACHED.isdisjoint(classes_of(word)) for word in words)


def is_of_estimate(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a number says how sure another one is: a bound of its interval, or what a test gave.

    Args:
        text: what is read.
        quantity: the number.
        before: what stands before it.
    """
    near = before[-_NEAR:]
    if any(word in near for word in _INTERVALS) and _BOUND_BEFORE.search(near):
        return True
    bracket = max(near.rfind("("), near.rfind("["))
    if bracket >= 0 and _SPREAD_BEFORE.search(near, bracket):
        return True
    if quantity.unit is None or "I" in near[-_LONGEST_BOUND:]:
        tested = near.endswith((*_RELATIONS, *_JOINED, "was ", "is ")) and _TEST_BEFORE.search(near)
        if tested and (quantity.unit is None or "I" in tested[0]):
            return True
    return bracket >= max(0, len(near) - _LONGEST_BOUND) and _is_around_estimate(text, quantity)


def _is_around_estimate(text: str, quantity: Quantity) -> bool:
    """Whether a number bounds the one before its bracket: "3.2 (2.8; 3.7)"."""
    begin = max(0, quantity.start - _ESTIMATE_REACH)
    for found in _ESTIMATE.finditer(text, begin, quantity.end + _LONGEST_BOUND):
        start, end = found.span("bounds")
        if start <= quantity.start and quantity.end <= end:
            value, low, high = (_plain(found[name]) for name in ("value", "low", "high"))
            return low <= value <= high and low < high
    return False


def _plain(digits: str) -> float:
    """The value of digits with a sign, without regard to what follows a second point."""
    whole, point, rest = digits[:_MOST_DIGITS].lstrip("+-−–").partition(".")
    sign = -1 if digits[0] in "-−–" else 1
    return sign * float(f"{whole or 0}{point}{rest.partition('.')[0]}")
