"""Abstracts as OpenAlex gives them: for each word, the places where it stands."""

from __future__ import annotations

import json
from typing import Any

from .bounds import LONGEST_RECORD, has_too_many_values

__all__ = ["as_text", "is_inverted_index"]


def is_inverted_index(column: str | None) -> bool:
    """Whether a column of this name holds such an index."""
    return column is not None and "inverted" in column.lower()


def as_text(index: Any) -> Any:
    """The words in their order, a blank between them; some tables hold the index as a string of JSON.

    What cannot be an index stays as it is, for others to refuse.
    """
    if isinstance(index, str) and not has_too_many_values(index.encode("utf-8", "replace")):
        try:
            index = json.loads(index)
        except (ValueError, RecursionError):
            return index
    if not isinstance(index, dict) or not all(map(_is_places, index.values())):
        return index
    if sum((len(word) + 1) * len(places or ()) for word, places in index.items()) > LONGEST_RECORD:
        return index  # a long word that stands a million times
    words = [(place, word) for word, places in index.items() for place in places or ()]
    return " ".join(word for _, word in sorted(words)) or None


def _is_places(places: Any) -> bool:
    return places is None or (isinstance(places, list) and all(type(place) is int and place >= 0 for place in places))
