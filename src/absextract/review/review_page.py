"""The page of a review: one file, under a policy that lets it speak to its own server and to nobody else."""

from __future__ import annotations

from functools import cache
from html import escape

from ..display.page_file import asset, filled, policy, script, style

__all__ = ["page", "page_policy"]

_SCRIPTS = ("passage.js", "menu.js", "sheet.js", "review.js")


@cache
def page(title: str) -> bytes:
    """The page, whole."""
    parts = {"title": [escape(title)], "style": [_style()], "script": [_script()]}
    return "".join(filled(asset(__package__, "review.html"), parts)).encode("utf-8", "replace")


@cache
def page_policy() -> str:
    """Its Content-Security-Policy."""
    return f"{policy(_style(), _script())}; connect-src 'self'; frame-ancestors 'none'"


def _style() -> str:
    return style(__package__, "review.css")


def _script() -> str:
    """In a function, so that its names do not stand in the place of the browser's own."""
    return f"(() => {{\n{script(__package__, *_SCRIPTS)}\n}})();"
