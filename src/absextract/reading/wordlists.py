"""Lists of words, written as they are read."""

from __future__ import annotations

__all__ = ["words"]


def words(text: str) -> frozenset[str]:
    """The words between the blanks of a text."""
    return frozenset(text.split())
