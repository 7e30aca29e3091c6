"""The file itself: template, style, script and data in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Any

from ..display.page_file import as_data, asset, filled, policy, script, style

__all__ = ["page"]

_SCRIPTS = ("page.js", "cards.js", "papers.js", "moving.js", "leaderboards.js", "overview.js")


def page(*, title: str, source: str, rules: str, papers: Iterable[str], index: Any) -> Iterator[str]:
    """The page, in pieces.

    Args:
        title: of the page; plain text, as all that follows.
        source: name of the record file.
        rules: how results are ranked and names merged.
        papers: the papers, each from `as_data`.
        index: what else the script works with.
    """
    look, code = style(__package__), script(__package__, *_SCRIPTS)
    parts: dict[str, Iterable[str]] = {
        "csp": [policy(look, code)],
        "title": [escape(title)],
        "style": [look],
        "rules": [escape(rules)],
        "source": [escape(source)],
        "papers": _array(papers),
        "index": [as_data(index)],
        "script": [code],
    }
    return filled(asset(__package__, "page.html"), parts)


def _array(items: Iterable[str]) -> Iterator[str]:
    before = "["
    for item in items:
        yield before
        yield item
        before = ",\n"
    yield "[]" if before == "[" else "]"
