"""Charts as static SVG: bars whose colours and fonts are the page's."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from html import escape

__all__ = ["Bar", "bar_chart"]

Bar = tuple[str, int, str]
"""Label, number, and the class that gives the bar its colour."""

_WIDTH, _ROW, _BAR = 520, 26, 20
_AROUND = 7
_SIGN = 8.0  # width of a sign, a little more than the page's font takes, so that there is room whatever the font
_LONGEST_LABEL = 30
_WIDEST_LABEL = 300.0
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def bar_chart(bars: Sequence[Bar]) -> str:
    """An SVG of horizontal bars, first on top: no script, no style, no address, the same bytes for the same bars."""
    height = 2 * _AROUND + _ROW * len(bars)
    rows = "".join(_rows(bars))
    # hidden from those who listen: the table beside it says the same
    return f'<svg class="chart" viewBox="0 0 {_WIDTH} {height}" aria-hidden="true">{rows}</svg>'


def _rows(bars: Sequence[Bar]) -> Iterator[str]:
    labels = [_label(label) for label, _, _ in bars]
    left = min(_WIDEST_LABEL, _SIGN * max(map(_signs, labels), default=0)) + _AROUND
    most = max((number for _, number, _ in bars), default=0)
    room = _WIDTH - left - _SIGN * (len(f"{most:,}") + 2)
    for row, (label, (_, number, colour)) in enumerate(zip(labels, bars, strict=True)):
        top = _AROUND + _ROW * row
        width = room * number / most if most else 0.0
        middle = top + _BAR / 2 + 4
        yield (
            f'<g class="bar {escape(colour)}">'
            f'<text class="label" x="{left - 5:.1f}" y="{middle:.1f}">{escape(label)}</text>'
            f'<rect class="rect" x="{left:.1f}" y="{top}" width="{width:.1f}" height="{_BAR}"/>'
            f'<text class="value" x="{left + width + 5:.1f}" y="{middle:.1f}">{number:,}</text></g>'
        )


def _label(label: str) -> str:
    printable = _UNPRINTABLE.sub(" ", label)
    return printable if len(printable) <= _LONGEST_LABEL else f"{printable[: _LONGEST_LABEL - 1]}…"


def _signs(label: str) -> int:
    """The width of a label in signs; those of East Asia take two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)
