"""Whether a name like "kites.org" means the site in the web: it is a host, and may as well be a firm or a system."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["is_surely_a_site"]

_ALWAYS = regex(r"[a-z0-9-]+\.(?:github\.io|gitlab\.io|readthedocs\.io|org|io|ai)")
_WORDS = frozenset(("at", "be", "in", "is", "it", "me", "no", "so", "to", "us"))
"""Domains of countries that are words too: "the end.it" is no site."""
_OF_NO_FIRM = regex(r".*\.(?:org|net|edu|gov|io|dev|uk|de|fr|ch|eu|jp|cn|kr|ca|au)", re.IGNORECASE)
_PLACE = regex(r"(?:\b(?:at|see|via|visit)\s|[(:]\s?)$", re.IGNORECASE)
_PLACE_IN_WEB = regex(
    r"(?:\b(?:availab|host|access|found|releas|publish|download|live\b|online|server|web|site|page|portal|demo|code)\w*"
    r"(?:\s\w+){0,3}\s(?:at|on|from|via|under|is)\s|\bvisit\s|\b(?:web\s?site|server|page|portal|demo|code)s?:\s)$",
    re.IGNORECASE,
)


def is_surely_a_site(host: str, before: str) -> bool:
    """Whether a host that is named without scheme and path is meant as a place in the web.

    Args:
        host: the name.
        before: the last words in front of it.
    """
    if _ALWAYS.fullmatch(host):
        return True
    labels = host.split(".")
    if labels[-1] in _WORDS and labels[-2] not in ("ac", "co", "edu", "gov"):
        return False
    if len(labels) > 2 and len(labels[-2]) > 1:
        return True
    return bool(_PLACE_IN_WEB.search(before) or (_OF_NO_FIRM.fullmatch(host) and _PLACE.search(before)))
