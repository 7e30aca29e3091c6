"""The file itself: template, style, script and data in one, under a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

__all__ = ["as_data", "page"]

_SCRIPTS = ("page.js", "cards.js", "papers.js", "moving.js", "leaderboards.js")
_ESCAPES = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def page(*, title: str, source: str, rules: str, overview: str, papers: Iterable[str], index: Any) -> Iterator[str]:
    """The page, in pieces.

    Args:
        title: of the page; plain text, as all that follows but `overview`.
        source: name of the record file.
        rules: how results are ranked and names merged.
        overview: HTML of that view.
        papers: the papers, each from `as_data`.
        index: what else the script works with.
    """
    style = _asset("page.css")
    script = "\n".join(map(_asset, _SCRIPTS))
    parts: dict[str, Iterable[str]] = {
        "csp": [_policy(style, script)],
        "title": [escape(title)],
        "style": [style],
        "rules": [escape(rules)],
        "overview": [overview],
        "source": [escape(source)],
        "papers": _array(papers),
        "index": [as_data(index)],
        "script": [script],
    }
    first, *rest = _asset("page.html").split("<!--")
    yield first
    for piece in rest:
        name, _, text = piece.partition("-->")
        yield from parts[name]
        yield text


def as_data(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def _array(items: Iterable[str]) -> Iterator[str]:
    before = "["
    for item in items:
        yield before
        yield item
        before = ",\n"
    yield "[]" if before == "[" else "]"


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded, sent or run but the style and the script of this page."""
    return (
        f"default-src 'none'; script-src '{_digest(script)}'; style-src '{_digest(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@cache
def _asset(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n").strip()
