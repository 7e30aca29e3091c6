"""What a JSON text is like: a record a line, an array of records, or a document that holds such an array."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from .columns import has_abstract_column, has_title_column

__all__ = ["is_json_document", "place_of_records"]


def is_json_document(text: str) -> bool:
    """Whether a text that begins with a bracket is one JSON document rather than a record a line."""
    text = text.lstrip()
    if text.startswith("["):
        return True
    first = text[: text.find("\n") + 1] or text
    depth = _depth_at_end(first)
    if depth is None:
        return False  # a broken record
    if depth == 0 or not first.endswith("\n"):
        return _place_in(first) not in (None, "")
    return _depth_at_end(text) is not None


def place_of_records(text: str) -> str:
    """Where the records stand in a document that begins like this, as ijson names places; "" for a lone record."""
    if text.lstrip().startswith("["):
        return "item"
    return _place_in(text) or ""


def _place_in(text: str) -> str | None:
    """The place of the first array of objects that look like papers; "" where the document itself looks like one."""
    columns: dict[str, list[str]] = {}  # the keys of the objects, by their place
    for place, event, value in _events(text):
        if event == "map_key":
            columns.setdefault(place, []).append(value)
    arrays = [place for place in columns if place.endswith(".item") and ".item." not in place]
    for looks_right in (has_abstract_column, has_title_column):
        for place in ("", *arrays):
            if looks_right(columns.get(place, ())):
                return place
    return None


def _depth_at_end(text: str) -> int | None:
    """How many brackets are open at the end of a text; None where it is not JSON up to there."""
    depth = 0
    for _, event, _ in _events(text):
        depth += event.startswith("start_") - event.startswith("end_")
        if event == "broken":
            return None
    return depth


def _events(text: str) -> Iterator[tuple[str, str, Any]]:
    """What ijson sees in a text that may be cut off anywhere; "broken" at the end where it is no JSON."""
    import ijson  # not needed for most runs

    try:
        yield from ijson.parse(io.BytesIO(text.encode("utf-8", "replace")), use_float=True, multiple_values=True)
    except ijson.JSONError as error:
        if "EOF" not in str(error) and "ncomplete" not in str(error):
            yield "", "broken", None
