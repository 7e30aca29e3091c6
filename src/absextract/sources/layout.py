"""Undoing line breaks that belong to a file's layout, not to the text."""

from __future__ import annotations

import re

__all__ = ["unwrap"]

_BLANK_LINE = re.compile(r"[ \t]*\r?\n[ \t]*(?:\r?\n[ \t]*)+")
_LINE_BREAK = re.compile(r"[ \t]*\r?\n[ \t]*")


def unwrap(text: str) -> str:
    """The text in one line; blank lines stay, as the ends of paragraphs."""
    return "\n\n".join(_LINE_BREAK.sub(" ", paragraph) for paragraph in _BLANK_LINE.split(text.strip()))
