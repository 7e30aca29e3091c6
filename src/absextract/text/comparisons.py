r"""What stands around a number and turns it into a bound: `>`, "over", "less than", `\leq`, "about", "or more"."""

from __future__ import annotations

from typing import Literal

from ..patterns import regex

__all__ = ["Bound", "Comparison", "bound_of", "comparison_before"]

Comparison = Literal["<", ">"]
Bound = Literal["<", ">", "~"]

_BELOW = (
    r"<|&lt;|≤|⩽|\\(?:le|leq|lt|leqslant)\b"
    r"|\b(?i:(?:less|fewer|lower|smaller) than|(?:no|not) (?:more|greater|higher) than|below|under|within"
    r"|at most|up to|as (?:much|high|many) as)"
)
_ABOVE = (
    r"(?<![-=])>|&gt;|≥|⩾|\\(?:ge|geq|gt|geqslant)\b"
    r"|\b(?i:(?:more|higher|greater|larger) than|(?:no|not) (?:less|fewer|lower) than|above|over|beyond"
    r"|at least|exceed(?:s|ed|ing)?|as (?:little|low|few) as)"
)
_NEARLY = r"\b(?i:nearly|almost)"
# A `~` behind a word is TeX's blank: "of~91.2%"
_ABOUT = (
    r"(?<![^\s$({\[])~|[∼≈≃～]|\\(?:sim|approx|simeq)\b"
    r"|\b(?i:about|around|roughly|approximately|approx\.?|circa|close to)"
)
_AT_NUMBER = r"[\s$({\\~]*(?:(?:an?|the)\s)?(?:(?:average|factor|margin|mean|total) of\s(?:an?\s)?)?[$({\\]*$"
_BOUND = regex(rf"(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE})|(?P<nearly>{_NEARLY})|(?P<about>{_ABOUT})){_AT_NUMBER}")
_WORDS = r"(?:(?!(?:and|at|by|in|is|of|or|to|with)\s)\w+\s){0,2}"
# "2.1 points over 81.4%", "a 3% improvement over 90%", `<b>90%`: the word compares two scores, the sign is a tag's
_NO_BOUND = regex(
    rf"\d\s?(?:\\?%|percent|points?|pp|x|×|times)\s{_WORDS}$"
    rf"|\d\S*\s{_WORDS}(?:improvement|gain|increase|boost|speed-?up|lead|advantage)s?\s$"
    r"|<[^<>]{1,20}$"
)
# "Brings the rate up to 19.3%": it goes there; not so "raises it by up to 5%"
_UP_TO = regex(r"(?i:up to)\b")
_ON_THE_WAY = regex(
    r"\b(?:from|(?:br(?:ing|ought)|climb|dr(?:iv|ov)|go(?:es|ing)|grow|jump|lift|mov|push|rais|ris|rose|scal|went)"
    r"\w*)\s(?:[^\s.;:]+\s){0,8}$"
)
_BY = regex(r"\b(?:by|of)\s$")
_BEHIND = regex(
    r"(?P<above>\+(?=[\s,;:.)$]|$)|\sor (?:more|higher|better|above|greater)\b)|\sor (?:less|lower|fewer|below)\b"
)
_REACH, _FURTHER_REACH = 48, 100


def comparison_before(text: str, at: int) -> Comparison | None:
    """The bound that the number at a position is said to be, or None where it is the number itself.

    "Nearly" says that it is not reached.
    """
    bound = _BOUND.search(text, max(0, at - _REACH), at)
    if bound is None or bound["about"]:
        return None
    return ">" if bound["above"] else "<"


def bound_of(text: str, start: int, end: int) -> Bound | None:
    """How the text hedges the number that stands in an interval: from below, from above, on both sides, or not.

    A comparison with another score ("2 points over 81%") is no hedge.
    """
    bound = _BOUND.search(text, max(0, start - _REACH), start)
    if bound and (bound["about"] or bound["nearly"]):
        return "~"
    if bound and not _is_no_bound(text, bound.start()):
        return ">" if bound["above"] else "<"
    behind = _BEHIND.match(text, end)
    return (">" if behind["above"] else "<") if behind else None


def _is_no_bound(text: str, at: int) -> bool:
    """Whether the word at a position compares with another score, or says where one goes."""
    before = max(0, at - _FURTHER_REACH)
    if _NO_BOUND.search(text, before, at):
        return True
    goes = _UP_TO.match(text, at) and not _BY.search(text, before, at)
    return bool(goes and _ON_THE_WAY.search(text, before, at))
