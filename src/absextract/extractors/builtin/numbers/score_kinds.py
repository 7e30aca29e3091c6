"""The kind of a score: a level that was reached, or a change against something."""

from __future__ import annotations

from ....patterns import regex
from ....schema.paper import ResultKind
from ....text.number_cues import sentence_before
from ....text.quantities import Quantity
from ....text.tex_fonts import read_before, read_behind, without_fonts

__all__ = ["BAR_BEHIND", "GROWTH", "TO_LEVEL", "changes_behind", "has_plus", "kind_by_patterns", "stands_in_from_to"]

GROWTH = (
    r"(?:improve(?:ment|s|d)?|improving|increas(?:e|es|ed|ing)|gains?|boosts?|boosting|reduc(?:tions?|es?|ed|ing)"
    r"|drops?|declines?|decreas(?:e|es|ed|ing)|speed-?ups?|accelerations?|rises?|savings?|degradation|margins?"
    r"|advantage|difference|leads?|jump|uplift|enhancement)"
)
"""Regular expression of the nouns and verbs of growing and shrinking."""

_CHANGE_BEHIND = regex(
    # "13% and 35% MAP improvements", "3.2/2.7 higher"
    r"(?:\$?(?:,|,?\s(?:and|or)|\s?/)\s?\$?\d[\d.]*\s?\\?%|/\d[\d.]*)*"
    r"[\s-]*(?:(?!(?:with|on|in|and|at|while|for|to|over|of|using|by|after|before|during|without|(?:SI-)?S[DN]Ri?)\b)(?:\w[\w@.-]*(?<!\.)|(?:rel|abs|avg)\.)\s){0,3}?"
    rf"(?:{GROWTH}|better|worse|higher|lower|fewer|less|more|faster|slower|smaller|larger|cheaper|shorter|longer"
    r"|greater|relative|absolute|above|below|overhead|loss(?:es)?\s(?:of|in))\b"
)
_SHARE_BEFORE = regex(r"\b(?:retain|preserv|recover|maintain|keep)\w*\s[^.;]{0,40}$")
_SHARE_BEHIND = regex(r"\sof\s")
_GROWS = regex(
    r"\b(?:gain|improv|reduc|increas|boost|drop|los|sav|cut)(?:e?s|e?d|ing|t)"
    r"\s(?:(?:up to|over|about|nearly|only|just|an?)\s)*[~$]*$"
)
TO_LEVEL = regex(
    r"\b(?:ris(?:es?|ing)|rose|improv\w+|increas\w+|drop\w*|falls?|falling|fell|decreas\w+|reduc\w+|declin\w+|boost\w*"
    r"|rais\w+|lower(?:s|ed|ing)?|cut(?:s|ting)?|lift(?:s|ed|ing)?|bring(?:s|ing)?|brought|push(?:es|ed|ing)?|shrinks?"
    r"|shrank|grows?|grew)(?:\s(?!(?:by|up|compared|relative|leads?|due|thanks|owing|close)\b)[\w@-]+){0,5}"
    r"\s(?:down\s|up\s)?(?<!\bup\s)to\s(?:(?:only|just|over|about|an? (?:average|mean) of)\s)*[~$]*(?:\\sim\s?)?$"
)
_CHANGE_BEFORE = regex(
    rf"(?:\bby(?:\s(?:an?|the))?|\b{GROWTH}(?:\s(?:in|on|over)\s[\w\s-]{{1,40}}?)?\s(?:of|from|by|up to|as high as|to)"
    r"|\bwithin|\bmargins? (?:of|\()|\bby factors?(?: of)?|\bof (?:a )?factor(?: of)?"
    r"|\b(?:improving|reduc(?:es|ed|ing)|increasing|decreas(?:es|ed|ing)|lower(?:s|ed|ing)|cut(?:s|ting)"
    r"|boosting)\b[^.;]{0,60}\("
    r"|\b(?:outperform|surpass|exceed|improv|reduc|increas|decreas|boost|drop|cut|lower|rais)\w*[^.;]{0,70}"
    r"\b(?:by|to a|of|over|up to|an?))"
    r"(?:\s(?:up to|over|about|around|roughly|approximately|nearly|almost|more than|at least"
    r"|upto|an? (?:average|additional|factor) of|an|average|on average|as much as|margins? of|between|only"
    r"|a margin of))*"
    r"[\s~∼≈$(]*\+?\s?$"
)
_LEVEL_BEFORE = regex(
    r"\b(?:accurac(?:y|ies)|scores?|rates?|precision|recall|F1|BLEU|AUC|[Pp]ass@\d+|level|correlation|coefficient"
    r"|performance|errors?|loss)\s(?:of|is|was|at|to|reache[sd]|as (?:high|low) as)"
    r"(?:\s(?:up to|over|about|only|nearly|almost|more than|at least|approximately))?[\s~∼≈$]*$"
    rf"|\b(?:reach|achiev|attain|obtain)\w*\san?\s(?:(?!{GROWTH}\b)[\w@-]+\s){{1,4}}of\s[~∼≈$]*$"
    r"|\b(?:best|state-of-the-art|SOTA|record|baseline)\s(?:[\w@-]+\s){0,3}(?:of|at)\s[~∼≈$]*$"
)
BAR_BEHIND = regex(
    r"\s(?:(?!(?:compared|to|over|on|in|of|than|with)\b)[\w@-]+\s){0,2}?(?:thresholds?|benchmark|mark|barrier|milestone)\b"
)
"""As in "crossing the 70% mIoU threshold"."""
_FROM = regex(r"\bfrom\s(?:(?!\b(?:to|while|whereas|but)\b)(?:[^.,;]|[.,](?=\d))){0,45}$")
# "from 35.5% to 44.5% on GSM8K and 27.6% to 36.2% on MathQA", and not "… while cutting costs 20% to 30%"
_GOES_ON = regex(
    r"\bfrom\s[~$]*\d(?:[\d.,]*\d)?[^.,;\d]{0,12}\sto\s[~$]*\d"
    r"(?:(?!\b(?:while|whereas|but|by|cut|reduc|lower|decreas|improv|increas|rais|boost|gain|sav))(?:[^.]|\.(?=\S)))*$"
)
_ARROW = regex(r"\s?\$?(?:→|-{1,2}>|\\?(?:long)?rightarrow|\\to|to)\s?\$?")
_RANGE_BEFORE = regex(
    r"\b(?:rang(?:e[sd]?|ing)|var(?:y|ies|ied|ying)|span(?:s|ned|ning)?)\s(?:in\s[\w-]+\s)?from\s[^,;]*$"
    rf"|\b(?:by|between|range of|{GROWTH} of)"
    r"\s(?:(?:an average of|about|around|roughly|approximately|some|nearly|almost|only|at least|up to|over)\s)*[~$]*$"
)
_GAINS_FROM = regex(
    r"(?<!accuracy )(?<!F1 )(?<!recall )(?<!precision )(?<!score )(?<!rate )\b(?:gains|improvements|reductions|savings"
    r"|speed-?ups)\sfrom\s[~$]*$"
)
"""Before a range of gains ("gains from 2% to 5%"), and not in "accuracy improvements from 61% to 74%"."""
# "raises pass@1 on HumanEval (32.6% to 45.9%)", and not "raises speed (20% to 30%)" or "… on all tasks (20% to 30%)"
_RAISES_LEVEL = regex(
    r"\b(?:(?:improv|increas|boost|rais|lift|enhanc|gain|ris|jump|climb|chang|doubl)(?:e?s?|e?d|ing|e?ments?)"
    r"|rose|grows?|grew)\b"
    r"(?:(?!(?<![\w-])(?:by|all|across|over|consistently|speed|efficiency|throughput|latency|bandwidth|convergence"
    r"|times?|costs?"
    r"|memory|reduc\w*|decreas\w*|lower(?:s|ed|ing)?|cut(?:s|ting)?|shrink\w*|sav(?:es?|ed|ing))(?![\w-]))"
    r"(?:[^.;]|\.(?=\S))){0,200}[\s,]\($"
    r"|\b(?:state[ -]of[ -]the[ -]art|SOTA|records?)\b(?:[^.;]|\.(?=\S)){0,120}[\s,]\($"
    # "improves over Tern on NestBench (61% to 74%)"
    r"|\b(?:improv|increas|boost|rais|lift|enhanc)\w*\b"
    r"(?:(?!(?<![\w-])(?:speed|efficiency|throughput|latency|bandwidth|times?|costs?|memory|reduc\w*|lower\w*)(?![\w-]))"
    r"(?:[^.;]|\.(?=\S))){0,200}\s[A-Z][\w-]*[A-Z\d][\w-]*(?:\s\d[\d.]*)?\s\($"
)
_LEAST_LEVEL = 20  # what is less may as well be a range of gains
_LIST_BETWEEN = regex(r"[^.;:]*(?:,|and|/)[^,.;:]*")
_LONGEST_LIST_STEP = 60
_LONGEST_LIST = 300
_SEEN_BEFORE = 110
_SEEN_BEHIND = 50


def kind_by_patterns(text: str, quantity: Quantity, previous_end: int, previous_kind: ResultKind | None) -> ResultKind:
    """Whether a number of the text is a level or a change.

    Args:
        text: the abstract.
        quantity: the number.
        previous_end: where the score before it ends.
        previous_kind: the kind of that score, None for the first; a number that goes on with a list shares it.
    """
    before = read_before(text, quantity.start, _SEEN_BEFORE)
    if quantity.unit == "x":
        return "change"
    if (
        _LEVEL_BEFORE.search(before)
        or BAR_BEHIND.match(text, quantity.end)
        or TO_LEVEL.search(before)
        or stands_in_from_to(text, quantity)
    ):
        return "value"
    if has_plus(text, quantity, before) or quantity.unit == "points" or _CHANGE_BEFORE.search(before):
        return "change"
    if _GROWS.search(before) or (_SHARE_BEFORE.search(before) and _SHARE_BEHIND.match(text, quantity.end)):
        return "change"
    if changes_behind(text, quantity):
        return "change"
    if previous_kind and quantity.start - previous_end < _LONGEST_LIST_STEP:
        between = text[previous_end : quantity.start]
        leaves_brackets = between.count(")") > between.count("(")  # "47.0% (+ 1.1%) and 64.7% (+ 1.6%)"
        if _LIST_BETWEEN.fullmatch(between) and "achiev" not in between and not leaves_brackets:
            return previous_kind
    return "value"


def has_plus(text: str, quantity: Quantity, before: str) -> bool:
    """Whether a plus stands before a number."""
    return text[quantity.start] == "+" or before.endswith(("+", "+ "))


def changes_behind(text: str, quantity: Quantity) -> bool:
    """As in "40% fewer errors"."""
    return _CHANGE_BEHIND.match(read_behind(text, quantity.end, _SEEN_BEHIND)) is not None


def stands_in_from_to(text: str, quantity: Quantity) -> bool:
    """Whether two numbers read as one are the ends of "from 35.5% to 44.5%", each a level of its own.

    So are those with an arrow between them, those that go on with such a list, those that fall, as no range does,
    and those of 20 and more in brackets behind what is raised. What is "ranging from" one to the other, or goes on
    as "25% to 40% fewer", is one score.
    """
    if not quantity.parts:
        return False
    first, second = quantity.parts
    if _ARROW.fullmatch(text, first.end, second.start) and text[first.end : second.start] != " to ":
        return True
    before = without_fonts(sentence_before(text, quantity.start, _LONGEST_LIST))
    if _RANGE_BEFORE.search(before) or changes_behind(text, quantity):
        return False
    if _GAINS_FROM.search(before):
        return False
    if quantity.upper is not None and quantity.value > quantity.upper:
        return True
    if _FROM.search(before) or _GOES_ON.search(before):
        return True
    return quantity.value >= _LEAST_LEVEL and _RAISES_LEVEL.search(before) is not None
