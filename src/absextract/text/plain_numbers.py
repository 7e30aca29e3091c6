r"""Numbers in other houses' clothes, put into those that are read: `９３．７％`, `12&nbsp;%`, `93,7 %`, `+5.4on A`.

What stands for a number, or parts one from its neighbours, is replaced, and each character remembers its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise

from ..patterns import regex
from .decimal_marks import with_decimal_points
from .foreign_numerals import NUMERALS, NUMERALS_HINT, plain_numeral
from .foreign_signs import FOREIGN_SIGNS, FOREIGN_SIGNS_HINT, plain_sign
from .lost_blanks import LOST_BLANKS, LOST_BLANKS_HINT, parted
from .lost_marks import LOST_MARKS, LOST_MARKS_HINT, marked
from .scripts import INVISIBLE

__all__ = ["PlainText", "plain_numbers"]

_Change = tuple[re.Pattern[str], re.Pattern[str], Callable[[re.Match[str]], str]]
_NUMERALS: _Change = (NUMERALS_HINT, NUMERALS, plain_numeral)  # none in ASCII
_SIGNS: _Change = (FOREIGN_SIGNS_HINT, FOREIGN_SIGNS, plain_sign)
_MARKS: _Change = (LOST_MARKS_HINT, LOST_MARKS, marked)
_BLANKS: _Change = (LOST_BLANKS_HINT, LOST_BLANKS, parted)
_SEEN_BEFORE_HINT = 40
"""No match begins so many characters before its hint."""
_MAY_CHANGE = regex(rf"[0-9&<{INVISIBLE}]")
"""What is changed in ASCII has one of these in it; half of all abstracts have none."""


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text whose numbers are plain.

    Attributes:
        text: what is read.
        places: for each of its characters the half-open interval it came from; None where all stand in their own.
        unsure: in order, the half-open intervals of the plain text whose digits can be read in two ways ("1,234" in
            German).
    """

    text: str
    places: list[tuple[int, int]] | None = None
    unsure: tuple[tuple[int, int], ...] = ()

    def place(self, start: int, end: int) -> tuple[int, int]:
        """The interval of the text as it came for one of the plain text."""
        return (start, end) if self.places is None else (self.places[start][0], self.places[end - 1][1])

    def places_of(self, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The interval of each character of an interval."""
        return self.places[start:end] if self.places is not None else pairwise(range(start, end + 1))

    def is_unsure(self, start: int, end: int) -> bool:
        """Whether the number at an interval of the plain text can be read in two ways."""
        before = bisect_left(self.unsure, (end,)) - 1
        return before >= 0 and self.unsure[before][1] > start


def plain_numbers(text: str) -> PlainText:
    """The text with plain numbers; itself where they are plain already."""
    made = PlainText(text)
    if not text.isascii():
        made = _changed(made, _NUMERALS)
    elif not _MAY_CHANGE.search(text):
        return made
    marked_ = reduce(_changed, (_SIGNS, _MARKS), made)
    made = _changed(marked_, _BLANKS)
    if made is not marked_:
        made = _changed(made, _BLANKS)  # "from3.1to 4.2" lost one on either side
    plain, unsure = with_decimal_points(made.text)
    return PlainText(plain, made.places, tuple(sorted(unsure)))


def _changed(old: PlainText, change: _Change) -> PlainText:
    """The text with each match of a pattern replaced; what is only added to takes no place."""
    hint, pattern, plain = change
    hinted = hint.search(old.text)
    if hinted is None:
        return old
    out: list[str] = []
    places: list[tuple[int, int]] = []
    position = 0
    for match in pattern.finditer(old.text, max(0, hinted.start() - _SEEN_BEFORE_HINT)):
        start, end = match.span()
        piece = plain(match)
        kept = end if piece.startswith(match.group()) else start
        out += (old.text[position:start], piece)
        places += old.places_of(position, kept)
        added = len(piece) - (kept - start)
        first, last = old.place(start, end)
        places += [(last if kept == end else first, last)] * added
        position = end
    if not out:
        return old
    out.append(old.text[position:])
    places += old.places_of(position, len(old.text))
    return PlainText("".join(out), places)
