"""Undoing line breaks that belong to a file's layout, not to the text."""

from __future__ import annotations

from itertools import groupby

__all__ = ["unwrap"]


def unwrap(text: str) -> str:
    """The text in one line; blank lines stay, as the ends of paragraphs."""
    lines = [line.strip(" \t") for line in text.strip().replace("\r\n", "\n").split("\n")]
    return "\n\n".join(" ".join(paragraph) for filled, paragraph in groupby(lines, bool) if filled)
