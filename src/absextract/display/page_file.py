"""A page in one piece: template, style, script and data, under a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["as_data", "asset", "filled", "policy", "script", "style"]

_SCRIPTS = ("elements.js", "marks.js")
_STYLE = "page.css"
_ESCAPES = str.maketrans({"<": "\\u003c", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def filled(template: str, parts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    """The pieces of a template, with what stands for each `<!--name-->`."""
    first, *rest = template.split("<!--")
    yield first
    for piece in rest:
        name, _, text = piece.partition("-->")
        yield from parts[name]
        yield text


def as_data(value: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(_ESCAPES)


def policy(style_text: str, script_text: str) -> str:
    """Nothing may be loaded, sent or run but the style and the script of this page."""
    return (
        f"default-src 'none'; script-src '{_digest(script_text)}'; style-src '{_digest(style_text)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


@cache
def asset(package: str, name: str) -> str:
    """A file that stands beside the modules of a package."""
    return files(package).joinpath(name).read_text(encoding="utf-8").replace("\r\n", "\n").strip()


def style(package: str, *names: str) -> str:
    """The style that all pages have in common, and what a package adds to it."""
    return "\n".join([asset(__package__, _STYLE), *(asset(package, name) for name in names)])


def script(package: str, *names: str) -> str:
    """The script that all pages have in common, and what a package adds to it."""
    shared = (asset(__package__, name) for name in _SCRIPTS)
    return "\n".join([*shared, *(asset(package, name) for name in names)])


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
