"""Whether the K behind a number is kelvin ("77K") or a thousand ("32K tokens")."""

from __future__ import annotations

from functools import lru_cache

from ..patterns import regex

__all__ = ["is_kelvin"]

_WARM = regex(
    r"(?i:temperature|cool|heat|cryo|anneal|sinter|freez|melt|boil|superconduct|therm|kelvin|quench|warm"
    r"|held at|bath\b|refrigerat|liquid (?:helium|nitrogen)|magneti[sz]ation|magnetoresist|ferromagnet"
    r"|resistivity|phonon"
    r"|black-?body|dust\b|stars?\b|stellar|dwarfs?\b|plasma|CMB\b|phase transition)"
    r"|\bT_?\w{0,3}\s?(?:[=~≈<>]|of\s)|\b(?:Curie|Néel|Debye)|°C"
)
_COUNTED = regex(
    r"[\s-](?!(?:and|or|to|in|at|for|under|with|by|while|using|on|from|is|was|were|here|there|only|then|but|the|whereas)\b)"
    r"(?P<thing>[a-z]{3,})"
)
_IN_THOUSANDS = regex(
    r"(?i:token|context|window|length|vocabular|parameter|sample|example|image|question|dataset|document|step|iteration"
    r"|memor|sequence|param|data|cost|price|dollar|user|paper|word|sentence|salary|download|github star"
    r"|budget|video|resolution"
    r"|class|label|node|edge|post|tweet|row|record|file|line|hour|citation|view|entr)"
)
_NEAR = 60


def is_kelvin(text: str, start: int, end: int) -> bool | None:
    """Whether the K right behind a number ("77K") is kelvin: by the words around it, None where they do not tell."""
    return _told(text[max(0, start - _NEAR) : start], text[start:end], text[end : end + _NEAR // 2])


@lru_cache(maxsize=1024)  # extractor and validator ask for the same numbers
def _told(before: str, number: str, behind: str) -> bool | None:
    if _WARM.search(before[-_NEAR // 2 :]):
        return True
    counted = _COUNTED.match(behind)
    if before.endswith("$") or counted:
        return bool(counted and _WARM.match(counted["thing"]))
    around = before + number + behind
    if _WARM.search(around):
        return True
    return False if _IN_THOUSANDS.search(around) else None
