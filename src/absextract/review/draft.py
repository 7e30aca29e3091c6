"""An extraction under correction: every place keeps its path until the end, whatever goes or comes before it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from ..records import ReviewAction
from ..schema.pointers import step
from .actions import Add, Change, Confirm, Passage, RefusedError, Remove
from .shapes import Part, Shape, model_of, parts_of, shape_of

__all__ = ["Draft", "Place", "State", "Touch", "is_empty"]

State = Literal["confirmed", "changed", "added", "removed", "gone"]
"""`gone`: added and removed again, as if it had never been."""
_MISSING: Any = object()


@dataclass(frozen=True, slots=True)
class Touch:
    """What a person did with a place, and the passage that was chosen for it."""

    state: State
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, or could stand.

    Attributes:
        path: JSON Pointer into the draft.
        key: name or index in what holds it.
        shape: what can stand there.
        required: whether what holds it cannot be without it.
        value: what stands there; None for nothing.
        depth: 1 for the fields of the extraction itself.
    """

    path: str
    key: str | int
    shape: Shape
    required: bool
    value: Any
    depth: int


class Draft:
    """The values of one paper and what a person did to them.

    New items stand behind the old ones and removed ones stay in their place, so that a path means the same thing from
    the first action to the last. `final` gives the extraction as it comes out.

    Args:
        schema: what the extraction is one of.
        extraction: as it stands in the record, None where there is none.
    """

    def __init__(self, schema: type[BaseModel], extraction: Mapping[str, Any] | None) -> None:
        self.schema = schema
        self._before = copy.deepcopy(dict(extraction or {}))
        self._tree = copy.deepcopy(self._before)
        self._whole = Place("", "", shape_of(schema), True, self._tree, 0)
        self.touched: dict[str, Touch] = {}

    def places(self) -> Iterator[Place]:
        """Every place, those that hold others before what they hold; what is gone is left out."""
        yield from self._inside(self._whole)

    def place(self, path: str) -> Place:
        """The place of a path.

        Raises:
            RefusedError: there is none.
        """
        found = self._whole
        for key in path.split("/")[1:]:
            name = key.replace("~1", "/").replace("~0", "~")
            found = next((each for each in self._children(found) if str(each.key) == name), None)  # type: ignore[assignment]
            if found is None:
                raise RefusedError(f"there is no {path}")
        return found

    def state(self, path: str) -> State | None:
        """What was done with a place: to itself, unless what holds it went or came as a whole."""
        own = self.touched.get(path)
        found = own.state if own else None
        above = path
        while above := above.rpartition("/")[0]:
            outer = self.touched.get(above)
            if outer and outer.state in ("removed", "gone"):
                return outer.state
            if outer and outer.state == "added":
                found = found or "added"
        return found

    def before(self, path: str) -> Any:
        """What stood in a place at first; None for nothing."""
        found = _get(self._before, path)
        return None if found is _MISSING else found

    def confirm(self, action: Confirm) -> None:
        """Takes a value, or all values of an object, for right."""
        place = self._standing(action.path)
        leaves = [place] if _is_leaf(place) else [each for each in self._inside(place) if _is_leaf(each)]
        for each in leaves:
            if self.state(each.path) is None and not is_empty(each.value):
                self.touched[each.path] = Touch("confirmed")

    def remove(self, action: Remove) -> None:
        """Takes something away."""
        place = self._standing(action.path)
        if place.shape.kind in ("list", "entries") or place.depth == 0:
            raise RefusedError("only single values and objects can be rejected")
        if place.depth > 1 and place.required:
            raise RefusedError("the object cannot be without it: change it, or reject the whole object")
        was_there = not is_empty(self.before(place.path))
        for path in [path for path in self.touched if path.startswith(f"{place.path}/")]:
            del self.touched[path]
        if was_there:
            self._set(place, self.before(place.path))
            self.touched[place.path] = Touch("removed")
        elif isinstance(place.key, int) or self._holder_shape(place).kind == "entries":
            self.touched[place.path] = Touch("gone")
        else:
            self._set(place, None)
            self.touched.pop(place.path, None)

    def change(self, action: Change) -> None:
        """Puts a value in the place of another, or where none was."""
        place = self.place(action.path)
        if not _is_leaf(place) or place.shape.kind == "other":
            raise RefusedError("only single values can be changed")
        above = place.path.rpartition("/")[0]
        if above and self.state(above) in ("removed", "gone"):
            raise RefusedError("what it stands in was rejected")
        if is_empty(action.value):
            raise RefusedError("there is no value")
        before = self.before(place.path)
        self._set(place, action.value)
        state: State = "added" if is_empty(before) else "confirmed" if before == action.value else "changed"
        self.touched[place.path] = Touch(state, action.passage)

    def add(self, action: Add) -> str:
        """Adds an item or entry; gives its path.

        Raises:
            RefusedError: nothing of that kind can stand there.
        """
        if is_empty(action.value):
            raise RefusedError("there is no value")
        holder = self._holder(action.path)
        if holder.shape.kind == "list":
            items = self._list_at(holder)
            items.append(copy.deepcopy(action.value))
            path = step(holder.path, len(items) - 1)
        else:
            path = action.path
            key = path.rpartition("/")[2].replace("~1", "/").replace("~0", "~")
            entries = holder.value if isinstance(holder.value, dict) else {}
            if key in entries:
                raise RefusedError(f"there is a {key} already")
            entries[key] = copy.deepcopy(action.value)
            self._set(holder, entries)
        inner = step(path, action.part) if action.part else path
        self.touched[path] = Touch("added")
        self.touched[inner] = Touch("added", action.passage)
        return path

    def item_shape(self, path: str) -> Shape:
        """What can be added at a path.

        Raises:
            RefusedError: nothing can.
        """
        inner = self._holder(path).shape.inner
        if inner is None:
            raise RefusedError(f"nothing can be added to {path}")
        return inner

    def final(self) -> tuple[dict[str, Any], dict[str, str]]:
        """The extraction as it comes out, without what was removed or lacks a required part; and for each path in it
        the path in the draft.
        """
        paths: dict[str, str] = {}
        return self._final(self._whole, "", paths), paths

    def lacking(self) -> list[tuple[str, str]]:
        """The paths of objects that lack a required part, each with the name of one."""
        return [(place.path, key) for place in self.places() if (key := self._lacks(place))]

    def actions(self, paths: Mapping[str, str], *, complete: bool) -> Iterator[ReviewAction]:
        """What was done, value by value.

        Args:
            paths: from `final`.
            complete: what was not touched is right.
        """
        finals = {draft: final for final, draft in paths.items()}
        inside: str | None = None  # an object that is told as a whole
        for place in self.places():
            if inside is not None and place.path.startswith(inside):
                continue
            touch = self.touched.get(place.path)
            if touch and touch.state == "removed":
                yield ReviewAction(path=place.path, action="removed", was=self.before(place.path))
                inside = f"{place.path}/"
            elif place.path not in finals or is_empty(place.value):
                continue
            elif touch and touch.state == "added":
                yield ReviewAction(path=finals[place.path], action="added")
                inside = f"{place.path}/"
            elif _is_leaf(place) and touch and touch.state == "changed":
                yield ReviewAction(path=finals[place.path], action="changed", was=self.before(place.path))
            elif _is_leaf(place) and (touch or complete):
                yield ReviewAction(path=finals[place.path], action="confirmed")

    def _inside(self, place: Place) -> Iterator[Place]:
        for each in self._children(place):
            touch = self.touched.get(each.path)
            if touch and touch.state == "gone":
                continue
            yield each
            if each.value is not None:
                yield from self._inside(each)
            elif each.shape.kind == "object":  # no further: a schema may hold itself
                yield from filter(_is_leaf, self._children(each))

    def _children(self, place: Place) -> Iterator[Place]:
        shape, value, depth = place.shape, place.value, place.depth + 1
        if shape.kind == "object" and value is None and len(shape.models) == 1:
            value = {}  # what could stand there
        if shape.kind == "object" and isinstance(value, dict):
            for part in _parts(shape, value):
                yield Place(step(place.path, part.key), part.key, part.shape, part.required, value.get(part.key), depth)
        elif shape.kind == "list" and isinstance(value, list) and shape.inner:
            for index, item in enumerate(value):
                yield Place(step(place.path, index), index, shape.inner, False, item, depth)
        elif shape.kind == "entries" and isinstance(value, dict) and shape.inner:
            for key, item in value.items():
                yield Place(step(place.path, key), key, shape.inner, False, item, depth)

    def _standing(self, path: str) -> Place:
        place = self.place(path)
        if self.state(path) in ("removed", "gone") or is_empty(place.value):
            raise RefusedError("there is nothing any more")
        return place

    def _holder(self, path: str) -> Place:
        """The list of a path, or the mapping that an entry of that path would stand in."""
        try:
            place = self.place(path)
        except RefusedError:
            place = self.place(path.rpartition("/")[0])
            if place.shape.kind != "entries":
                raise
        if place.shape.kind not in ("list", "entries") or self.state(place.path) in ("removed", "gone"):
            raise RefusedError(f"nothing can be added to {path or 'that'}")
        return place

    def _holder_shape(self, place: Place) -> Shape:
        return self.place(place.path.rpartition("/")[0]).shape

    def _list_at(self, place: Place) -> list[Any]:
        if not isinstance(place.value, list):
            self._set(place, [])
        found = _get(self._tree, place.path)
        assert isinstance(found, list)
        return found

    def _set(self, place: Place, value: Any) -> None:
        above = place.path.rpartition("/")[0]
        if above and _get(self._tree, above) in (None, _MISSING):
            self._set(self.place(above), {})
        _get(self._tree, above)[place.key] = copy.deepcopy(value)

    def _final(self, place: Place, path: str, paths: dict[str, str]) -> Any:
        paths[path] = place.path
        if _is_leaf(place):
            return place.value
        if place.shape.kind == "list":
            items: list[Any] = []
            for each in self._kept(place):
                items.append(self._final(each, step(path, len(items)), paths))
            return items
        return {each.key: self._final(each, step(path, each.key), paths) for each in self._kept(place)}

    def _kept(self, place: Place) -> Iterator[Place]:
        for each in self._children(place):
            touch = self.touched.get(each.path)
            is_out = touch is not None and touch.state in ("removed", "gone")
            if is_out and place.depth == 0 and each.required:
                yield Place(each.path, each.key, Shape("other"), True, None, each.depth)
            elif not (is_out or self._lacks(each) or (each.value is None and not each.required)):
                yield each

    def _lacks(self, place: Place) -> str | None:
        """The required part that an object below the top does not have."""
        if place.shape.kind != "object" or not isinstance(place.value, dict):
            return None
        parts = _parts(place.shape, place.value)
        return next((part.key for part in parts if part.required and is_empty(place.value.get(part.key))), None)


def is_empty(value: Any) -> bool:
    """Whether nothing stands in a place."""
    return value is None or value == "" or value == [] or value == {}


def _is_leaf(place: Place) -> bool:
    return place.shape.kind not in ("object", "list", "entries")


def _parts(shape: Shape, value: Mapping[str, Any]) -> tuple[Part, ...]:
    return parts_of(model_of(shape.models, value))


def _get(node: Any, path: str) -> Any:
    for key in path.split("/")[1:]:
        name = key.replace("~1", "/").replace("~0", "~")
        if isinstance(node, dict) and name in node:
            node = node[name]
        elif isinstance(node, list) and name.isdigit() and int(name) < len(node):
            node = node[int(name)]
        else:
            return _MISSING
    return node
