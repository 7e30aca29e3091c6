"""Numbers that a text mentions and does not claim: quoted, denied, of others, supposed, or a share of what was used."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from ..patterns import regex
from .conditions import is_measured_under, is_of_estimate
from .data_shares import is_condition, is_share
from .demands import is_demanded
from .introductions import end_of_introduction
from .machines import MACHINE_UNITS, is_of_machine
from .make_up import is_of_make_up
from .quantities import Quantity
from .quotations import is_quoted

__all__ = ["Disowned", "disowned"]

Disowned = Literal[
    "quoted",
    "denied",
    "cited",
    "supposed",
    "share",
    "condition",
    "size",
    "base",
    "introduction",
    "demanded",
    "data",
    "bound",
]

_SEEN_BEFORE, _SEEN_BEHIND = 150, 100
_CLOSE = 50
# What may stand between the words that disown a number and the number; never what takes it back
_ON = (
    r"(?:(?!\b(?:but|while|whereas|although|though|yet|instead|however|than|then|unless|until|without|we|our|ours|this"
    r"|these|over|above|beyond)\b)(?:[^.,;:()\d]|\.(?=\S)|(?<=[A-Za-z-])\d(?:\.?\d)*+"
    r"|(?<![A-Za-z-])\d(?:\.?\d)*+(?:(?=-)|\\?%?(?:,\s(?=[~$<]?\d)|(?:,? and|,? or| to)\s))))"
)
_REACHING = (
    r"(?:reach|attain|achiev|reproduc|replicat|confirm|verif|match|obtain|observ|find|found|support|substantiat"
    r"|validat|deliver|yield|show|report|score|get\b|come\b)\w*"
)
_DENIED = regex(
    r"\b(?:no (?:[a-z]+ )?(?:evidence|sign|indication|proof|support|hint)s?\b"
    r"|(?:absence|lack) of\b"
    rf"|(?:(?:does|do|did|could|can|would|will|has|have|had|was|were|are|is)(?: ?n[o'’]t| never)|cannot|can['’]t|never)"
    rf" (?!only\b|just\b|merely\b|to\b)(?:(?!only\b|just\b|merely\b)[a-z]+ ){{0,2}}?{_REACHING}"
    rf"|(?:fail|failed|fails|failing|failure|unable|impossible) to {_REACHING}"
    rf"|(?:without (?:ever )?|none of (?:the|these|them)\b[^.,;]{{0,40}}? |(?:nobody|no one) (?:could "
    rf"|can )?){_REACHING}"
    r"|(?:fall|fell|falling)s? short of|nothing (?:near|close to|like)|far from"
    r"|no (?:[a-z-]+ )?(?:gain|improvement|speed-?up|increase|reduction|boost|advantage|drop)s? (?:of|by)"
    rf")\b{_ON}{{0,90}}$"
    r"|\b(?:no|not (?:an?|the|any)) [~$]*$",
    re.IGNORECASE,
)
# One of each is in all that denies, cites or supposes; looked for first, since few numbers are disowned.
_DENYING = (
    "no ", "No ", "not ", "n't", "n’t", "ever ", "annot", "nable", "ail", "short of", "far from", "ithout", "ack of",
    "bsence", "obody", "one of", "othing", "mpossible",
)  # fmt: skip
_CITING = (
    "et al",
    "report",
    "claim",
    "cit",
    "publish",
    "announc",
    "assert",
    "document",
    "estimat",
    "suggest",
    "ccording",
    "expect",
    "warn",
    "predict",
    "said to",
    "believed to",
    "thought to",
    "known to",
    "rumo",
    "dvertised to",
    "found",
    "finds",
)
_SUPPOSING = (
    "would", " if ", "If ", "ppos", "ssum", "magin", "Were ", "hypothetical", "fictiti", "notional", "made-up", "hop",
    "plan", "wish", "striv",
)  # fmt: skip
_DENYING_BEHIND = ("not ", "n't", "n’t", "ever ", "annot", "vanish", "disappear")
_CLAIMED_BEFORE = regex(
    r"\b(?:the|claimed|reported|published|alleged|advertised|promised|expected|an?)"
    r"(?: (?:claimed|reported|published|alleged|advertised|promised|expected))? [~$]*$",
    re.IGNORECASE,
)
_DENIED_BEHIND = regex(
    rf"(?! of\b)(?:(?!\b(?:and|but|which|that|while)\b)[^.;,\d]){{0,60}}?\b(?:(?:could|can|did|does|was|were"
    rf"|is)(?: ?n[o'’]t| never)"
    rf"|cannot)(?: be)? (?:[a-z]+ )?(?:hold|{_REACHING})"
    r"|(?! of\b)(?:(?!\b(?:and|but|which|that|while)\b)[^.;,\d]){0,40}?\b(?:vanish|disappear)\w*"
)
_REPORTING = r"(?:report|claim|cit|publish|announc|assert|document|estimat|suggest)(?:e?s|ed|ing)?"
_CITATION = r"(?:\([^()]{0,60}\)|\[[^\[\]]{0,20}\])"
_CITED = regex(
    rf"\bet al\.?,?(?: ?{_CITATION})? (?:(?:have|had|has|also|even|first|recently|originally) )?"
    rf"(?:{_REPORTING}|found|finds?|show(?:s|ed)?|achiev(?:e|es|ed)|obtain(?:s|ed)?|reach(?:es|ed)?)\b{_ON}{{0,90}}$"
    r"|\b(?:prior|previous|earlier|past|related|other|original|preceding|recent)"
    rf" (?:works?|stud(?:y|ies)|papers?|research(?:ers)?|authors?|literature|reports?|surveys?"
    rf"|articles?)(?: {_CITATION})?"
    rf" (?:(?:have|had|has|also|even) )?{_REPORTING}\b{_ON}{{0,90}}$"
    rf"|\bthe (?:literature|authors|original (?:paper|authors|work)) (?:have |had |has )?{_REPORTING}\b{_ON}{{0,90}}$"
    # "Analysts expect that", "a survey by Reed found", "was claimed to reach"
    rf"|(?:^|[.;:,] )(?:many |most |some )?(?:(?:analysts|economists|forecasts|polls|surveys|estimates) {_REPORTING}"
    rf"|(?:analysts|economists|experts) (?:expect|estimate|predict|warn))\b{_ON}{{0,90}}$"
    rf"|\ba (?:(?:recent|industry|government) ){{1,2}}(?:report|survey|study|poll|census|audit)"
    rf" (?:has )?(?:{_REPORTING}|found|finds)\b{_ON}{{0,90}}$"
    rf"|\ba (?:report|survey|study|poll|census|audit) (?:by|from) (?-i:[A-Z])[\w.-]*(?: [A-Z][\w.-]*){{0,3}}"
    rf" (?:has )?(?:{_REPORTING}|found|finds)\b{_ON}{{0,90}}$"
    rf"|\b(?:was|were|is|are|been) (?:\w+ly )?(?:reported|claimed|said|believed|thought|known|advertised|rumou?red) to"
    rf" (?:{_REACHING}|exceed|outperform|improve|reduce|cut|surpass|drop|fall|rise)\b{_ON}{{0,60}}$"
    rf"|\baccording to (?!our\b|this\b|the (?:results|experiments)\b)[^.,;]{{0,60}}, {_ON}{{0,90}}$",
    re.IGNORECASE,
)
_CITED_BEHIND = regex(
    rf"[^.;,()\d]{{0,30}}? (?:{_REPORTING}|achieved|obtained|reached|found) (?:(?:earlier|before|previously) )?"
    r"(?:(?:in|by) (?:the )?(?:prior|previous|earlier|past|literature|original|other authors|others\b"
    r"|[A-Z][\w-]+ (?:et al|and [A-Z]))"
    r"|elsewhere)"
    r"|[^.;()\d]{0,60}?, (?:according to (?!our\b|this\b)|(?:as )?(?:prior|previous|earlier|other"
    r"|another) (?:work|stud(?:y|ies)) (?:has |have )?"
    r"(?:found|reported|show(?:ed|n|s)?)\b|as (?:shown|reported|found|estimated) by (?:others|prior|previous"
    r"|earlier)\b)"
    r"|\s?\((?:see |cf\. |e\.g\.,? )?[A-Z][\w'’-]+(?: et al\.?| (?:and|&|\\&) [A-Z][\w'’-]+)?,? (?:19|20)\d\d[a-z]?\)"
)
_IF = r"(?:[Ii]f|[Ss]uppos(?:e|ing)|[Aa]ssum(?:e|ing)|[Ii]magin(?:e|ing)|Were)"
_SUPPOSED = regex(
    r"\bwould (?:(?:then|still|ideally|even|only|in principle|at best|have|need to|have to) )*"
    rf"(?:be|been|reach(?:ed)?|attain(?:ed)?|achieved?|score[d]?|obtain(?:ed)?|get|got|mean|require"
    rf"|need)\b{_ON}{{0,60}}$"
    rf"|\b{_IF}\b(?:(?!\b(?:and|we|find|whether)\b){_ON}){{0,90}}$"
    r"|\b(?:hypothetical|imaginary|imagined|fictitious|fictional|notional|made-up|supposed"
    r"|assumed) (?:[\w-]+ ){0,3}[~$]*$"
    rf"|\b(?:hop|plan|wish|striv)(?:s|e|es|n?ed|n?ing)? to {_REACHING}\b{_ON}{{0,60}}$"
)
# "at an SNR of -5 dB", "for IoU > 0.5", "p = 0.01"
_CONDITION_BEFORE = regex(
    r"\b(?:[Aa]t (?:an? |the )?(?:[\w-]+ )?(?:SNRs?|signal-to-noise ratios?|FPR|FAR|false[ -]positive rates?"
    r"|false alarm rates?"
    r"|thresholds?|noise levels?) ?(?:of|=|levels? of|below)"
    r"|(?:IoU|thresholds?|overlap|\b[pP](?:[ -][Vv]alues?)?) ?\$? ?(?:[<>≥≤]"
    r"|\\[lg]eq?)|\b(?:[Ss]ignificance|[pP][ -][Vv]alue) (?:levels?|thresholds?|cut-?offs?)(?: of| at| was| is)?"
    r"|\b[pP](?:[ -][Vv]alues?)? ?\$? ?(?:=|of)|\b[Mm]ask(?:ing)? (?:ratios?|rates?) (?:of|=)) ?[~$]*$"
)
_AGE_BEFORE = regex(r"\b(?:[Aa]ged?|[Aa]ges)\b[^.;,()\d]{0,40} ?[~$]*$")
_SIZE_BEHIND = regex(
    r"(?:(?:,|,? and|,? or|/| to|-|–) ?\d[\d.]*[KMB])*,?[ -](?:[a-z-]+ ){0,2}?(?:param(?:eter)?s?|weights|tokens"
    r"|samples|images"
    r"|pairs|examples|words|sentences|FLOPs)\b(?! per\b)"
)
# "with a 35x smaller teacher", and not "yields a 35x smaller model"
_RELATIVE_SIZE_BEFORE = regex(
    r"\b(?:of|with|from|using|than|against|on|over|for)\s(?:an?|the|its|their|our)\s(?:up to\s|about\s)?[~$]*$",
    re.IGNORECASE,
)
_RELATIVE_SIZE_BEHIND = regex(
    r"\$?[\s-](?:times\s)?(?:smaller|larger|bigger)\s(?:[a-z-]+\s){0,2}?"
    r"(?:models?|networks?|L?LMs?|backbones?|teachers?|students?|encoders?|ones?|versions?|variants?|[A-Z][\w-]*)\b"
)
_SIZE_BEFORE = regex(r"\b(?:[Ss]izes? of|param(?:eter)?s? \(|parameter counts? of|model sizes? \() ?[~$]*$")
_SPLIT_BEHIND = regex(
    r"\s(?:(?:labell?(?:ed)?|data|training|supervised)\s)?(?:splits?|partitions?|protocols?|label(?:s|led|ed)?)\b"
)
"""As in "under the 1/16 split"."""
_RATIO_BEHIND = regex(
    r"\s?[/:]\s?\d{1,2}(?:\s?[/:]\s?\d{1,2})?\s(?:(?:[\w-]+\s){0,3}?(?:splits?|splitting|partition)"
    r"|into\s(?:the\s)?train)\b"
)
_RATIO_BEFORE = regex(r"\d{1,2}\s?[/:]\s?$")
_OF_RATIO_BEHIND = regex(r"(?:\s?[/:]\s?\d{1,2})?\s(?:[\w-]+\s){0,3}?(?:splits?|splitting|partition)\b")
"""As in "an 80/20 split"."""
# "tight up to a factor of 2", "a competitive ratio of 1.58", "the risk is bounded by 1/8"
_BOUND_BEFORE = regex(
    r"\b(?:(?:tight|optimal|sharp|best possible)(?: (?:only|up|to|within))* an? (?:constant )?factor of"
    r"|competitive ratios? (?:of|is|at most)"
    r"|integrality gaps? (?:of|is)|(?:is|are|be) (?:upper |lower )?bounded (?:above |below |from above "
    r"|from below )?by)"
    r" (?:at (?:most|least) |about )?[~$]*$",
    re.IGNORECASE,
)
_BASE_BEHIND = regex(
    r"\)?\s?(?:\^\s?\{?\s?(?:\\,)?[A-Za-z(\\](?!irc)|\*\*\s?[A-Za-z(]|<(?:\w{1,8}:)?sup>\s?[A-Za-z]|[ⁿᵏᵐᵗˣ])"
)


@lru_cache(maxsize=256)  # coverage asks for every number, and once more where one is claimed
def disowned(text: str, quantity: Quantity) -> Disowned | None:
    """Why a number of the text is plainly no outcome of the work; None where nothing says so."""
    start, end = quantity.start, quantity.end
    if is_quoted(text, start, end):
        return "quoted"
    if start < end_of_introduction(text):
        return "introduction"
    before, behind = text[max(0, start - _SEEN_BEFORE) : start], text[end : end + _SEEN_BEHIND]
    return (
        _by_others_or_none(before, behind)
        or _as_condition(text, quantity, before, behind)
        or _as_given(quantity, before, behind)
        or _of_what_was_used(text, quantity, before, behind)
    )


def _by_others_or_none(before: str, behind: str) -> Disowned | None:
    if _is_denied(before, behind):
        return "denied"
    if (_has_one(_CITING, before) and _CITED.search(before)) or _CITED_BEHIND.match(behind):
        return "cited"
    return "supposed" if _has_one(_SUPPOSING, before) and _SUPPOSED.search(before) else None


def _as_condition(text: str, quantity: Quantity, before: str, behind: str) -> Disowned | None:
    near = before[-_CLOSE:]
    if _CONDITION_BEFORE.search(near):
        return "condition"
    if quantity.unit in ("years", "months", None) and _AGE_BEFORE.search(near):
        return "condition"
    under = is_measured_under(quantity, before, behind) or is_of_estimate(text, quantity, before)
    return "condition" if under else None


def _as_given(quantity: Quantity, before: str, behind: str) -> Disowned | None:
    """Demands, what data are like, bounds that are proved."""
    if is_demanded(quantity, before, behind):
        return "demanded"
    if is_of_make_up(quantity.unit, before, behind):
        return "data"
    bare = quantity.unit is None or quantity.unit[0] == "/"
    return "bound" if bare and _BOUND_BEFORE.search(before[-2 * _CLOSE :]) else None


def _has_one(parts: tuple[str, ...], passage: str) -> bool:
    for part in parts:  # noqa: SIM110  # a generator would take longer than the search
        if part in passage:
            return True
    return False


def _is_denied(before: str, behind: str) -> bool:
    if _has_one(_DENYING, before) and _DENIED.search(before):
        return True
    if not _has_one(_DENYING_BEHIND, behind):
        return False
    return _DENIED_BEHIND.match(behind) is not None and _CLAIMED_BEFORE.search(before) is not None


def _of_what_was_used(text: str, quantity: Quantity, before: str, behind: str) -> Disowned | None:
    """Shares of data, clock rates, sizes of models, bases of a power."""
    if quantity.unit == "%":
        return "condition" if is_condition(before, behind) else "share" if is_share(before, behind) else None
    if quantity.unit in MACHINE_UNITS:
        return "condition" if is_of_machine(quantity.unit, before, behind) else None
    if quantity.unit is None:
        if text[quantity.end - 1] in "KMB" and (_SIZE_BEHIND.match(behind) or _SIZE_BEFORE.search(before)):
            return "size"
        if _RATIO_BEHIND.match(behind) or (_RATIO_BEFORE.search(before) and _OF_RATIO_BEHIND.match(behind)):
            return "share"
        return "base" if _BASE_BEHIND.match(behind) else None
    if quantity.unit == "x":
        return "size" if _RELATIVE_SIZE_BEHIND.match(behind) and _RELATIVE_SIZE_BEFORE.search(before) else None
    return "share" if quantity.unit[0] == "/" and _SPLIT_BEHIND.match(behind) else None
