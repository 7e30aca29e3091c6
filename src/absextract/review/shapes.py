"""What the fields of a schema hold, marked or not: what a person can do with each."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, RootModel

from ..schema.marked import json_key
from ..schema.marks import Mark

__all__ = ["Kind", "Part", "Shape", "model_of", "parts_of", "shape_of"]

Kind = Literal["text", "choice", "free", "list", "entries", "object", "other"]
"""`text` is marked and comes from the text; `choice` is one of some values; `free` is typed; `other` stays as it is."""
_TYPED = (str, int, float)


@dataclass(frozen=True, slots=True)
class Shape:
    """What stands in one place.

    Attributes:
        kind: what it is.
        mark: what must be found in the text.
        choices: the values of a choice, as JSON.
        inner: what stands in each place of a list or mapping.
        models: the models that an object may be of.
    """

    kind: Kind
    mark: Mark | None = None
    choices: tuple[Any, ...] = ()
    inner: Shape | None = None
    models: tuple[type[BaseModel], ...] = ()


_OTHER = Shape("other")


def shape_of(schema: type[BaseModel]) -> Shape:
    """What an extraction as a whole is."""
    return Shape("object", models=(schema,))


@dataclass(frozen=True, slots=True)
class Part:
    """One field of a model, under its name in JSON."""

    key: str
    required: bool
    shape: Shape


@lru_cache(maxsize=256)
def parts_of(model: type[BaseModel]) -> tuple[Part, ...]:
    """The fields of a model in their order; computed ones are no parts."""
    return tuple(
        Part(json_key(name, field), field.is_required(), _shape(field.annotation, field.metadata))
        for name, field in model.model_fields.items()
    )


def model_of(models: tuple[type[BaseModel], ...], value: Mapping[str, Any]) -> type[BaseModel]:
    """Of the models that an object may be of, the one whose fields it has."""

    def likeness(model: type[BaseModel]) -> tuple[int, int]:
        keys = {part.key for part in parts_of(model)}
        return len(keys & set(value)), -len(keys - set(value))

    return max(models, key=likeness)


def _shape(annotation: Any, metadata: Iterable[Any] = (), inside: tuple[Any, ...] = ()) -> Shape:
    alias = getattr(annotation, "__value__", None)
    if alias is not None:
        return _OTHER if annotation in inside else _shape(alias, metadata, (*inside, annotation))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _shape(args[0], (*args[1:], *metadata), inside)
    if origin in (Union, types.UnionType):
        return _union([_shape(arg, metadata, inside) for arg in args if arg is not type(None)])
    if origin is Literal:
        return Shape("choice", choices=tuple(_as_json(arg) for arg in args if arg is not None))
    if isinstance(origin, type) and args and issubclass(origin, Mapping):
        return Shape("entries", inner=_shape(args[1], metadata, inside))
    if isinstance(origin, type) and args and issubclass(origin, Iterable):
        fixed = issubclass(origin, tuple) and args[1:] != (Ellipsis,)
        return _OTHER if fixed else Shape("list", inner=_shape(args[0], metadata, inside))
    return _plain(annotation, next((each for each in metadata if isinstance(each, Mark)), None))


def _plain(annotation: Any, mark: Mark | None) -> Shape:
    if not isinstance(annotation, type):
        return Shape("text", mark) if mark else _OTHER
    if issubclass(annotation, RootModel):
        return _OTHER
    if issubclass(annotation, BaseModel):
        return Shape("object", models=(annotation,))
    if mark:
        return Shape("text", mark)
    if issubclass(annotation, Enum):
        return Shape("choice", choices=tuple(_as_json(member.value) for member in annotation))
    if annotation is bool:
        return Shape("choice", choices=(True, False))
    return Shape("free") if issubclass(annotation, _TYPED) else _OTHER


def _union(members: list[Shape]) -> Shape:
    models = tuple(model for member in members for model in member.models)
    if models:
        return Shape("object", models=models)
    choices = tuple(choice for member in members for choice in member.choices)
    marked = next((member for member in members if member.mark), None)
    if marked is None and choices and all(member.kind == "choice" for member in members):
        return Shape("choice", choices=choices)
    return marked or next(iter(members), _OTHER)


def _as_json(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
