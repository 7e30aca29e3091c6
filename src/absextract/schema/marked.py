"""Reading the marks off any Pydantic model: which parts of a value must be found in the source."""

from __future__ import annotations

import types
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import AliasChoices, AliasPath, BaseModel, RootModel
from pydantic.fields import FieldInfo
from typing_extensions import is_typeddict

from ..errors import SchemaError
from .marks import Mark

__all__ = ["Entries", "Items", "Leaf", "Nested", "Node", "Slot", "input_keys", "json_key", "marks_of", "slots_of"]


_NAMING_SIBLINGS = ("against", "kind", "metric", "within")  # options of marks


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that carries a mark."""

    mark: Mark


@dataclass(frozen=True, slots=True)
class Items:
    """A list whose items hold marked values."""

    node: Node


@dataclass(frozen=True, slots=True)
class Entries:
    """A mapping whose values hold marked values."""

    node: Node


@dataclass(frozen=True, slots=True)
class Nested:
    """A model of its own; the value's class says which."""

    models: tuple[type[BaseModel], ...]


Node = Leaf | Items | Entries | Nested


@dataclass(frozen=True, slots=True)
class Slot:
    """One field of a model that holds marked values.

    Attributes:
        name: attribute of the model.
        key: the field's name in JSON.
        required: whether the model cannot do without it.
        node: what the field holds.
        field: Pydantic's own description of it.
    """

    name: str
    key: str
    required: bool
    node: Node
    field: FieldInfo

    def default_in(self, value: BaseModel) -> Any:
        """What the field holds where nothing is said."""
        if self.field.default_factory is None:
            return None if self.required else self.field.default
        return self.field.get_default(call_default_factory=True, validated_data=dict(value))


@lru_cache(maxsize=256)
def slots_of(model: type[BaseModel]) -> tuple[Slot, ...]:
    """The fields of a model under which there are marks.

    Raises:
        SchemaError: it is no model, or a mark stands on something that cannot be checked.
    """
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        raise SchemaError(f"schema={model!r}: expected a class, a Pydantic model")
    slots = []
    for name, field in model.model_fields.items():
        try:
            if node := _node(field.annotation, field.metadata):
                _check_siblings(node, model)
                slots.append(Slot(name, json_key(name, field), field.is_required(), node, field))
        except SchemaError as error:
            raise SchemaError(f"{model.__name__}.{name}: {error}") from None
    return tuple(slots)


@lru_cache(maxsize=256)
def marks_of(model: type[BaseModel]) -> tuple[Mark, ...]:
    """Every mark of a model and of the models inside it, each model looked at once."""
    marks: list[Mark] = []
    seen: set[type[BaseModel]] = set()
    waiting = [model]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            for slot in slots_of(current):
                node = slot.node
                while isinstance(node, Items | Entries):
                    node = node.node
                if isinstance(node, Leaf):
                    marks.append(node.mark)
                else:
                    waiting.extend(node.models)
    return tuple(marks)


def json_key(name: str, field: FieldInfo) -> str:
    """A field's name in JSON."""
    return field.serialization_alias or field.alias or name


@lru_cache(maxsize=64)
def input_keys(schema: type[BaseModel]) -> frozenset[str]:
    """The keys under which an answer may give the fields of a schema; none for a model that is no object."""
    if issubclass(schema, RootModel):
        return frozenset()
    return frozenset(key for name, field in schema.model_fields.items() for key in (name, *_aliases(field)))


def _aliases(field: FieldInfo) -> Iterator[str]:
    alias = field.validation_alias or field.alias
    for choice in alias.choices if isinstance(alias, AliasChoices) else (alias,):
        first = choice.path[0] if isinstance(choice, AliasPath) else choice
        if isinstance(first, str):
            yield first


def _check_siblings(node: Node, model: type[BaseModel]) -> None:
    """Finds names in a mark that are no fields of the model it stands in."""
    while isinstance(node, Items | Entries):
        node = node.node
    if isinstance(node, Nested):
        return
    for option in _NAMING_SIBLINGS:
        sibling = getattr(node.mark, option, None)
        if sibling is not None and sibling not in model.model_fields:
            mark = f'{type(node.mark).__name__}({option}="{sibling}")'
            raise SchemaError(f"{mark} names no field of {model.__name__}; there are {', '.join(model.model_fields)}")


def _node(annotation: Any, metadata: Iterable[Any] = (), inside: tuple[Any, ...] = ()) -> Node | None:
    alias = getattr(annotation, "__value__", None)  # `type Name = Annotated[str, Mention()]`, which may hold itself
    if alias is not None:
        return None if annotation in inside else _node(alias, metadata, (*inside, annotation))
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _node(args[0], (*args[1:], *metadata), inside)
    if origin in (Union, types.UnionType):
        return _union([arg for arg in args if arg is not type(None)], metadata, inside)
    if origin is not None and isinstance(origin, type) and issubclass(origin, Iterable):
        return _container(origin, args, metadata, inside)
    mark = _mark(metadata)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if mark:
            raise SchemaError(f"there is a mark on the model {annotation.__name__}; put marks on its fields")
        return Nested((annotation,))
    _refuse_marks_inside(annotation, inside)
    return Leaf(mark) if mark else None


def _mark(metadata: Iterable[Any]) -> Mark | None:
    for each in metadata:
        if isinstance(each, type) and issubclass(each, Mark):
            raise SchemaError(f"{each.__name__} is a class, not a mark; write {each.__name__}()")
        if isinstance(each, Mark):
            return each
    return None


def _refuse_marks_inside(annotation: Any, inside: tuple[Any, ...]) -> None:
    """Finds marks where nobody would look at them."""
    has_fields = is_typeddict(annotation) or is_dataclass(annotation) or hasattr(annotation, "_fields")
    if has_fields and annotation not in inside:
        hints = get_type_hints(annotation, include_extras=True)
        if any(_node(hint, inside=(*inside, annotation)) for hint in hints.values()):
            raise SchemaError(f"marks in {annotation.__name__} cannot be checked; make it a Pydantic model")


def _container(origin: type, args: tuple[Any, ...], metadata: Iterable[Any], inside: tuple[Any, ...]) -> Node | None:
    if not args:
        return None
    if issubclass(origin, Mapping):
        values = _node(args[1], metadata, inside)
        return values and Entries(values)
    fixed = issubclass(origin, tuple) and args[1:] != (Ellipsis,)
    nodes = (_node(arg, metadata, inside) for arg in args if arg is not Ellipsis)
    items = next((node for node in nodes if node), None)
    if items and fixed:
        raise SchemaError("marks in a tuple of fixed length cannot be checked; use a model with a field for each part")
    if items and issubclass(origin, AbstractSet):
        raise SchemaError(f"marks in a {origin.__name__}: use a list, which has the same order in every run")
    return items and Items(items)


def _union(members: list[Any], metadata: Iterable[Any], inside: tuple[Any, ...]) -> Node | None:
    nodes = [node for member in members if (node := _node(member, metadata, inside))]
    models = tuple(model for node in nodes if isinstance(node, Nested) for model in node.models)
    return Nested(models) if models else next(iter(nodes), None)
