"""What a JSON text is like: a record a line, or a document; and how deep in a document its papers stand."""

from __future__ import annotations

import io
from collections.abc import Container, Iterator
from typing import Any

from .bounds import DEEPEST
from .columns import USUAL, ColumnNames
from .json_papers import candidates_in, is_holder, may_hold_papers

__all__ = ["is_json_document", "spine_of"]

_AT_ONCE = 512  # bytes; what ijson saw in them is all there before the first of it is looked at


def is_json_document(text: str, chosen: ColumnNames = USUAL) -> bool:
    """Whether a text that begins with a bracket is one JSON document rather than a record a line."""
    text = text.lstrip()
    if text.startswith("["):
        return True
    first = text[: text.find("\n") + 1] or text
    _, depth = _beginning(first)
    if depth is None:
        return False  # a broken record
    if depth == 0 or not first.endswith("\n"):
        return spine_of(first, chosen) != ""
    return _beginning(text)[1] is not None


def spine_of(text: str, chosen: ColumnNames = USUAL) -> str:
    """The brackets on the way to the papers of a document that begins like this; "" where it is one as a whole.

    `{[` is an object that holds arrays of papers, `{` one that holds papers under their ids.
    """
    if not text.lstrip().startswith("["):
        return _spine(_beginning(text)[0], chosen)
    return _spine(_beginning(text)[0], chosen) or "["


def _spine(value: Any, chosen: ColumnNames) -> str:
    if isinstance(value, list):
        return f"[{_spine(value[0], chosen) if len(value) == 1 else ''}" if _holds_papers(value, chosen) else ""
    if not isinstance(value, dict) or not _holds_papers(value, chosen) or _is_one(value, chosen):
        return ""
    inside = [(key, inner) for key, inner in value.items() if isinstance(inner, dict | list) and may_hold_papers(key)]
    for kind in ("paper", "titled"):
        if some := [
            inner
            for key, inner in inside
            if (kind == "paper" or is_holder(key)) and _holds_papers(inner, chosen, (kind,))
        ]:
            deeper = [spine for inner in some if (spine := _spine(inner, chosen))]
            return f"{{{deeper[-1] if deeper else ''}"
    return ""


def _holds_papers(value: Any, chosen: ColumnNames, kinds: Container[str] = ("paper", "titled")) -> bool:
    return any(each.kind in kinds for each in candidates_in(value, chosen))


def _is_one(value: Any, chosen: ColumnNames) -> bool:
    found = candidates_in(value, chosen)
    return len(found) == 1 and found[0].is_all_of(value)


def _beginning(text: str) -> tuple[Any, int | None]:
    """What there is of a value whose text may be cut off anywhere, and how many brackets are open at the end.

    None open brackets: it is not JSON up to there.
    """
    root: Any = None
    open_: list[Any] = []
    key = ""
    for event, value in _events(text):
        if event == "broken":
            return root, None
        if event == "map_key":
            key = value
            continue
        if event in ("end_map", "end_array"):
            open_.pop()
            continue
        inner: Any = {} if event == "start_map" else [] if event == "start_array" else value
        if not open_:
            root = inner if root is None else root
        elif isinstance(open_[-1], list):
            open_[-1].append(inner)
        else:
            open_[-1][key] = inner
        if event.startswith("start_"):
            open_.append(inner)
    return root, len(open_)


def _events(text: str) -> Iterator[tuple[str, Any]]:
    """What ijson sees in a text that may be cut off anywhere; "broken" at the end where it is no JSON.

    A text that is nested too deep is cut off there: it is no document of papers.
    """
    import ijson  # not needed for most runs

    depth = 0
    data = io.BytesIO(text.encode("utf-8", "replace"))
    try:
        for seen in ijson.basic_parse(data, use_float=True, multiple_values=True, buf_size=_AT_ONCE):
            depth += seen[0].startswith("start_") - seen[0].startswith("end_")
            if depth > DEEPEST:
                return
            yield seen
    except ijson.JSONError as error:
        if "EOF" not in str(error) and "ncomplete" not in str(error):
            yield "broken", None
    except ValueError:  # an integer of thousands of digits
        yield "broken", None
