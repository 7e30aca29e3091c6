"""Numbers that another is held against: "compared to 41%", "52% vs. 47%", the first of "from 41% to 52%"."""

from __future__ import annotations

from ..patterns import regex

__all__ = ["is_compared_with"]

# "more than 41%" is no comparison but a bound
_COMPARED = regex(
    r"(?:\b(?:compared (?:to|with)|relative to|versus|vs\.?|against|on par with|(?:level|same) as"
    r"|comparable (?:to|with)|opposed to|(?:up|down) from|instead of"
    r"|(?<!more )(?<!less )(?<!fewer )(?<!greater )(?<!higher )(?<!lower )(?<!larger )(?<!better )(?<!further )than)\s"
    r"|\bvs\.?)"
    r"(?:(?:the|an?|that|those|its|their|best|previous|prior|published|reported|state[ -]of[ -]the[ -]art|SOTA|original"
    r"|test|error|rate|accuracy|score|baseline(?:'s)?|of|about|around|only|just|merely|approximately|with|at|is)\s){0,5}"
    r"[~$∼(]*$"
    r"|\b(?:previous(?:ly)?|prior|former|earlier)\s(?:best|records?|state[ -]of[ -]the[ -]art|SOTA|published|reported)"
    r"\b(?:\s(?!with\b|by\b)[\w@-]+){0,3}?\s(?:of|at|was)\s[~$∼(]*$"
)
_FROM = regex(r"\bfrom\s(?:(?!\b(?:to|while|whereas|but)\b)(?:[^.,;()]|[.,](?=\d))){0,45}$")
_TO = regex(r"(?:[^.;()]|\.(?=\d)){0,50}?\sto\s(?:(?:about|over|around|nearly|only|just)\s)?[~$∼]*\d")
_REACH = 100


def is_compared_with(text: str, start: int, end: int) -> bool:
    """Whether the level at a half-open interval is what another is held against, so that it is none of what is new."""
    before = text[max(0, start - _REACH) : start]
    if _COMPARED.search(before):
        return True
    return _FROM.search(before) is not None and _TO.match(text, end) is not None
