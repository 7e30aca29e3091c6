"""JSON Pointers (RFC 6901) into an answer, of which parts may have been left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

__all__ = ["NOTHING_LEFT_OUT", "LeftOut", "at_first", "pointer", "step", "value_at"]

LeftOut = Mapping[str, Sequence[int]]
"""For the pointer of a list, the indexes of its left-out items, ascending."""
NOTHING_LEFT_OUT: LeftOut = MappingProxyType({})


def step(parent: str, key: str | int) -> str:
    """The pointer of a key or index below another."""
    if isinstance(key, str) and ("/" in key or "~" in key):
        key = key.replace("~", "~0").replace("/", "~1")
    return f"{parent}/{key}"


def pointer(path: Iterable[str | int]) -> str:
    """The pointer of a path of keys and indexes."""
    place = ""
    for key in path:
        place = step(place, key)
    return place


def value_at(document: Any, path: str) -> Any:
    """What stands at a pointer of a JSON document; None where nothing does."""
    for part in path.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(document, Mapping):
            document = document.get(key)
        elif isinstance(document, list) and key.isascii() and key.isdigit() and int(key) < len(document):
            document = document[int(key)]
        else:
            return None
    return document


def at_first(index: int, left_out: Sequence[int]) -> int:
    """Where an item stood before others were left out."""
    for gone in left_out:
        if gone <= index:
            index += 1
    return index
