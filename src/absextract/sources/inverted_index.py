"""Abstracts as OpenAlex gives them: for each word, the places where it stands."""

from __future__ import annotations

import json
from typing import Any

__all__ = ["as_text", "is_inverted_index"]


def is_inverted_index(column: str | None) -> bool:
    """Whether a column of this name holds such an index."""
    return column is not None and "inverted" in column.lower()


def as_text(index: Any) -> Any:
    """The words in their order, a blank between them; some tables hold the index as a string of JSON.

    What cannot be an index stays as it is, for others to refuse.
    """
    if isinstance(index, str):
        try:
            index = json.loads(index)
        except (ValueError, RecursionError):
            return index
    try:
        words = [(place, word) for word, places in index.items() for place in places or ()]
        return " ".join(word for _, word in sorted(words)) or None
    except (AttributeError, TypeError):
        return index
