"""Cells of CSV that a spreadsheet cannot be tricked with: abstracts and answers are untrusted.

`report/leaderboards.js` has the same two patterns for the button of the report; a test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ..patterns import regex

__all__ = ["csv_line", "tsv_line"]

# Where a program may begin a cell: at the start, behind whatever somebody takes for a line break, and at once behind
# what separates cells where a comma is a decimal mark. What it would skip or not show may stand before the sign.
_FORMULA = (
    r"(^|\r\n|[\n\v\f\r\x85\u2028\u2029]|;(?=[=+\-@\uff0b\uff0d\uff1d\uff20]))"
    r"(?=[\t\r]|[\x00-\x09\x0e-\x20\x7f-\x84\x86-\xa0\xad\u1680\u2000-\u200f\u202a-\u202f\u205f-\u206f\u3000\ufeff]*"
    r"[=+\-@\uff0b\uff0d\uff1d\uff20])"
)
_QUOTED = r'[",\x00-\x1f\x7f-\x9f\u2028\u2029]'
_PLAIN_NUMBER = r"^[+-]?[0-9.,]+[ \xa0]*%?(?![\s\S])"

_broken = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_formula, _quoted, _plain_number = regex(_FORMULA), regex(_QUOTED), regex(_PLAIN_NUMBER)


def csv_line(cells: Iterable[Any]) -> str:
    """A row with its line feed; what would be a formula gets an apostrophe in front, numbers stay numbers."""
    return ",".join(map(_cell, cells)) + "\n"


def tsv_line(cells: Iterable[Any]) -> str:
    """A row with tabs between its cells: one line, whatever stands in a text; what would be a formula as in CSV."""
    return "\t".join(map(_tsv_cell, cells)) + "\n"


def _tsv_cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    if not isinstance(value, str):
        return text
    text = _broken.sub(" ", text)
    return text if _plain_number.match(text) else _formula.sub(r"\1'", text)


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    text = "" if value is None else str(value)
    if not isinstance(value, str):
        return text
    if not _plain_number.match(text):
        text = _formula.sub(r"\1'", text)
    return '"' + text.replace('"', '""') + '"' if _quoted.search(text) else text
