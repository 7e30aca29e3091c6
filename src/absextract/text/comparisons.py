r"""What stands in front of a number and turns it into a bound: `>`, "over", "less than", `\leq`."""

from __future__ import annotations

import re
from typing import Literal

__all__ = ["Comparison", "comparison_before"]

Comparison = Literal["<", ">"]

_BELOW = r"<|≤|\\leq?\b|(?:[Ll]ess|[Ff]ewer|[Ll]ower) than|[Bb]elow|[Uu]nder|[Aa]t most|[Uu]p to|[Nn]early|[Aa]lmost"
_ABOVE = r">|≥|\\geq?\b|(?:[Mm]ore|[Hh]igher|[Gg]reater) than|[Aa]bove|[Oo]ver|[Aa]t least|[Ee]xceed(?:s|ing)"
_BOUND = re.compile(rf"(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))\$?\s?\$?(?:an?\s)?$")
_LONGEST = 16


def comparison_before(text: str, at: int) -> Comparison | None:
    """The bound that the number at a position is said to be, or None where it is the number itself."""
    bound = _BOUND.search(text, max(0, at - _LONGEST), at)
    if bound is None:
        return None
    return "<" if bound["below"] else ">"
