"""Numbers that are demanded or promised, and not reached: "must answer within 300 ms", "aims at 95% coverage"."""

from __future__ import annotations

import re

from ..patterns import regex
from .quantities import Quantity

__all__ = ["is_demanded"]

_ON = r"(?:(?!\b(?:but|while|whereas|although|though|yet|we|our|ours|it|its|this|however|and)\b)[^.,;:()])"
_DOING = (
    r"(?:respond|answer|react|reply|reach|exceed|attain|achieve|refuse|block|finish|complete|stay|remain|keep|guarantee"
    r"|meet|satisfy|fit|run)"
)
_RULES = (
    r"(?:rules?|laws?|regulat(?:ions?|ors?)|guidelines?|standards?|specifications?|mandates?|directives?|authorities)"
)
_LEVELS = r"(?:coverage|confidence|accuracy|precision|recall|latency|error|rate|level|risk|ratio)"
# "must be 0.3 eV" tells what was inferred, "should detect 40%" what is foreseen: neither is asked for
_DEMANDED = regex(
    rf"\b(?:(?:must|shall|ought to|needs? to|has to|have to)\s(?:(?:not|never|always|therefore|hence"
    rf"|also)\s){{0,2}}{_DOING}"
    rf"|should\s(?:not\sexceed|never\sexceed|stay|remain)"
    rf"|(?:promis|aim|intend|requir|oblig|suppos)\w*\sto\s(?:\w+ly\s)?{_DOING}|(?:seeks?|sought|strives?)\sto\s{_DOING}"
    rf"|{_RULES}\s(?:\w+ly\s)?(?:demand|require|mandate|stipulate|prescribe|allow|permit|tolerate|call for|ask for)s?"
    rf"|an?\s(?:ideal|perfect)\s(?:[a-z-]+\s){{1,3}}(?:would|should|must|will))\b{_ON}{{0,60}}$"
    r"|\b(?:aim(?:s|ed|ing)?\s(?:at|for)|target(?:s|ing|ed)?)\s(?:(?:about|at\sleast|at\smost)\s)?[~$<]*$"
    rf"|\b(?:target(?:ed)?|desired|nominal|prescribed)\s(?:[a-z-]+\s)?{_LEVELS}s?\sof\s[~$<]*$"
    r"|\b(?:deadlines?|targets?|goals?|quotas?|latency budgets?|time limits?)\sof\s(?:(?:at\smost|at\sleast"
    r"|under|only)\s)?[~$<]*$",
    re.IGNORECASE,
)
_DEMANDED_BEHIND = regex(
    r"\$?[\s-](?:deadline|requirement|target|goal|mandate|quota)s?(?=[.,;)]|\s(?:of|for|set|in|on|is)\b)"
)
# One of each is in all that the pattern finds; looked for first, since few numbers are of the kind.
_CUES = (
    "must", "hall", "ought to", "need", "has to", "have to", "hould", "romis", "aim", "Aim", "ntend", "equire", "blig",
    "uppos", "seek", "strive", "emand", "andate", "tipulate", "rescribe", "allow", "ermit", "olerate", "call for",
    "ask for", "deal ", "perfect", "arget", "esired", "ominal", "eadline", "goal", "uota", "udget", "limit",
)  # fmt: skip
_RATIOS = frozenset({"x", "points"})


def is_demanded(quantity: Quantity, before: str, behind: str) -> bool:
    """Whether a number is what something has to reach, or is meant to.

    Args:
        quantity: the number; a ratio is what comes out ("must run 3x faster").
        before: what stands before it.
        behind: what stands behind it.
    """
    if quantity.unit in _RATIOS or quantity.spelled:
        return False
    if _DEMANDED_BEHIND.match(behind):
        return True
    return any(cue in before for cue in _CUES) and _DEMANDED.search(before) is not None
