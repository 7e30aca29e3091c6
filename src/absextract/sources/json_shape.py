"""What a JSON text is like: a record a line, an array of records, or a document that holds such an array."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from .bounds import DEEPEST
from .columns import USUAL, ColumnNames, has_abstract_column, has_title_column

__all__ = ["Place", "is_json_document", "place_of_records"]

_AT_ONCE = 512  # bytes; what ijson saw in them is all there before the first of it is looked at


def is_json_document(text: str, chosen: ColumnNames = USUAL) -> bool:
    """Whether a text that begins with a bracket is one JSON document rather than a record a line."""
    text = text.lstrip()
    if text.startswith("["):
        return True
    first = text[: text.find("\n") + 1] or text
    depth = _depth_at_end(first)
    if depth is None:
        return False  # a broken record
    if depth == 0 or not first.endswith("\n"):
        return _place_in(first, chosen) not in (None, _LONE)
    return _depth_at_end(text) is not None


class Place(NamedTuple):
    """Where records stand in a document.

    Attributes:
        name: as ijson names places; "" for a lone record.
        depth: how many brackets are open around each record.
    """

    name: str
    depth: int


_LONE = Place("", 0)


def place_of_records(text: str, chosen: ColumnNames = USUAL) -> Place:
    """Where the records stand in a document that begins like this."""
    if text.lstrip().startswith("["):
        return Place("item", 1)
    return _place_in(text, chosen) or _LONE


def _place_in(text: str, chosen: ColumnNames) -> Place | None:
    """The place of the first array of objects that look like papers, or of the document if itself looks like one."""
    columns: dict[str, list[str]] = {}  # the keys of the objects, by their place
    depths = {"": 0}
    depth = 0
    for name, event, value in _events(text):
        depth += event.startswith("start_") - event.startswith("end_")
        if event == "map_key":
            columns.setdefault(name, []).append(value)
            depths.setdefault(name, depth - 1)
    arrays = [name for name in columns if name.endswith(".item") and ".item." not in name]
    for looks_right in (has_abstract_column, has_title_column):
        for name in ("", *arrays):
            if looks_right(columns.get(name, ()), chosen):
                return Place(name, depths[name])
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
    """What ijson sees in a text that may be cut off anywhere; "broken" at the end where it is no JSON.

    A text that is nested too deep is cut off there: ijson keeps the whole path of each level.
    """
    import ijson  # not needed for most runs

    depth = 0
    data = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        for seen in ijson.parse(data, use_float=True, multiple_values=True, buf_size=_AT_ONCE):
            depth += seen[1].startswith("start_") - seen[1].startswith("end_")
            if depth > DEEPEST:
                return
            yield seen
    except ijson.JSONError as error:
        if "EOF" not in str(error) and "ncomplete" not in str(error):
            yield "", "broken", None
    except ValueError:  # an integer of thousands of digits
        yield "", "broken", None
