"""Charts as static SVG, drawn by pygal; colours and fonts are the page's."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any

__all__ = ["Bar", "bar_chart"]

Bar = tuple[str, int, str]
"""Label, number, and the class that gives the bar its colour."""

_WIDTH = 520
_ROW = 26
_AROUND = 14
_FONT = 15  # wider than the page's, so that there is room whatever the font
_LONGEST_LABEL = 30
_OWN = ("defs", "title", "desc")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NAMESPACES = re.compile(r' xmlns(?::\w+)?="[^"]*"')


def bar_chart(bars: Sequence[Bar]) -> str:
    """An SVG of horizontal bars, first on top: no script, no style, no address, the same bytes for the same bars."""
    from lxml import etree

    pygal = _pygal()
    chart = pygal.HorizontalBar(
        width=_WIDTH,
        height=_AROUND + _ROW * len(bars),
        margin=6,
        spacing=4,
        style=pygal.style.Style(label_font_size=_FONT),
        css=(),
        js=(),
        no_prefix=True,
        show_legend=False,
        show_x_guides=False,
        show_x_labels=False,
        print_values=True,
        print_values_position="top",
        formatter=lambda number: f"{number:,}",
        range=(0, max(number for _, number, _ in bars) * 1.12),
    )
    chart.x_labels = [_label(label) for label, _, _ in reversed(bars)]
    chart.add("", [number for _, number, _ in reversed(bars)])
    tree = chart.render_tree()
    _strip(tree)
    _colour(tree, [colour for _, _, colour in reversed(bars)])
    return _NAMESPACES.sub("", etree.tostring(tree, encoding="unicode"))


def _pygal() -> Any:
    """The library, which takes its time and is needed by reports alone."""
    import pygal

    # It puts a finder for its old plugins among Python's own, which makes other failed imports warn.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def _label(label: str) -> str:
    printable = _UNPRINTABLE.sub(" ", label)
    return printable if len(printable) <= _LONGEST_LABEL else f"{printable[: _LONGEST_LABEL - 1]}…"


def _strip(tree: Any) -> None:
    """Takes out what is for pygal's own script and style, and who made it when."""
    from lxml import etree

    for node in list(tree.iter()):
        is_comment = not isinstance(node.tag, str)
        if is_comment or etree.QName(node).localname in _OWN or "tooltip-overlay" in node.get("class", ""):
            node.getparent().remove(node)
    for attribute in ("id", "style"):
        tree.attrib.pop(attribute, None)
    tree.set("class", "chart")
    tree.set("aria-hidden", "true")  # the table beside it says the same


def _colour(tree: Any, colours: Sequence[str]) -> None:
    bars = [node for node in tree.iter() if node.get("class") == "bar"]
    for bar, colour in zip(bars, colours, strict=True):
        bar.set("class", f"bar {colour}")
