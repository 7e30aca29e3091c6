"""Years, DOIs and arXiv identifiers, as they stand in whatever a format holds."""

from __future__ import annotations

import re

from ..patterns import regex

__all__ = ["WHOLE_DOI", "arxiv_id_in", "doi_in", "year_in"]

WHOLE_DOI = r"(?:https?://(?:dx\.)?doi\.org/|doi[:\s]\s*)?(10\.\d{1,9}(?:\.\d{1,9})*/\S{1,1000})"
"""A text that is a DOI, with or without what stands before it; in any case."""

_YEAR = regex(r"(?<!\d)(?:1[89]|20)\d\d(?!\d)")
_DOI = regex(r"\b10\.\d{3,9}(?:\.\d{1,9})*/[^\s\"<>]{1,500}")
_IS_DOI = regex(WHOLE_DOI, re.IGNORECASE)
_ID = r"(\d{4}\.\d{4,5}|[a-z.-]{1,30}/\d{7})"
_MARKED_ID = regex(
    rf"(?:arxiv\.org/(?:abs|pdf|html)/|arxiv\.org:|^arxiv:\s?|10\.48550/arxiv\.){_ID}(?!\d)", re.IGNORECASE
)
_BARE_ID = regex(rf"(?:arxiv:\s?)?{_ID}(?:v\d+)?", re.IGNORECASE)
_LONGEST = 100_000


def year_in(text: str) -> str:
    """The first year in a text; empty where there is none."""
    found = _YEAR.search(text)
    return found[0] if found else ""


def doi_in(text: str, *, whole: bool = False) -> str:
    """The DOI that a text is, else the first in it, without a host; empty where there is none.

    Args:
        text: what may be one, or hold one.
        whole: it must be one as a whole.
    """
    if is_one := _IS_DOI.fullmatch(text.strip()):
        return is_one[1].rstrip(".,;")
    found = None if whole else _DOI.search(text[:_LONGEST])
    return found[0].rstrip(".,;)") if found else ""


def arxiv_id_in(text: str, *, bare: bool = False) -> str:
    """The arXiv identifier in a text, without its version; empty where there is none.

    Args:
        text: an address, a DOI, or an identifier that says that it is arXiv's.
        bare: the text is an identifier as a whole, and need not say whose.
    """
    found = _BARE_ID.fullmatch(text.strip()) if bare else _MARKED_ID.search(text)
    return found[1] if found else ""
