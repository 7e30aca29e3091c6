"""Telling the tagged text formats from each other, and from prose, by how they begin."""

from __future__ import annotations

import re

from ..patterns import regex
from .numbered import NUMBER_LINE
from .proquest import PROQUEST_NUMBER, PROQUEST_RULER
from .pubtator import PUBTATOR_LINE
from .refworks import REFWORKS_TAGS

__all__ = ["tagged_format"]

_RIS_TYPE = r"^[ \t]*(?:\d{1,6}\.[ \t]*)?TY {1,2}-[ \t]?[A-Z]{3,8}[ \t]*$"
_SIGNS = {
    name: regex(sign, re.MULTILINE)
    for name, sign in {
        "pubtator": rf"\A\s*{PUBTATOR_LINE}",
        "nbib": r"^PMID- ?\S|^OWN - ERIC[ \t]*$",
        "wos": r"^FN (?:Clarivate|Thomson|ISI)|^VR 1\.0[ \t]*$|^PT [A-Z][ \t]*\n(?=[A-Z][A-Z0-9] \S)",
        "refworks": rf"^RT [A-Z][^\n]{{0,60}}\n(?=(?:{REFWORKS_TAGS}) )",
        "refer": r"^[ \t]*%0[ \t]+[A-Z]|\A(?=\s*%[A-Z@89][ \t]+\S)[\s\S]*?^[ \t]*%T[ \t]+\S",
        "ris": rf"{_RIS_TYPE}|\A\s*TY  -",
        "numbered": rf"^[ \t]*{NUMBER_LINE}\s{{1,9}}(?!TY {{1,2}}-)"
        r"(?:[A-Z][A-Z0-9]{1,3}(?: {0,2}-|:)[ \t]|[A-Z][\w /-]{1,60}:?[ \t]*\n[ \t]+\S)",
        "proquest": rf"^{PROQUEST_RULER}\s{{1,9}}(?:Report Information from |{PROQUEST_NUMBER})",
    }.items()
}


def tagged_format(text: str) -> str | None:
    """The tagged format of a text that begins like this; None where it is none, or does not show yet."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = [(sign.start(), name) for name, pattern in _SIGNS.items() if (sign := pattern.search(text))]
    return min(found)[1] if found else None
