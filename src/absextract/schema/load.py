"""Loading a schema of one's own: `FILE.py:Class` or `package.module:Class`."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard

from pydantic import BaseModel, PydanticUserError

from ..errors import SchemaError
from ..text.close_names import did_you_mean
from .marked import marks_of
from .paper import PaperExtraction

__all__ = ["load_schema"]


def load_schema(reference: str) -> type[BaseModel]:
    """The Pydantic model a reference names; `paper` is `PaperExtraction`.

    Runs the file it names, so it is for one's own files.

    Raises:
        SchemaError: no such file, module or class, no Pydantic model, or one that cannot be asked for or checked.
    """
    if reference == "paper":
        return PaperExtraction
    place, colon, name = reference.rpartition(":")
    if not (colon and place and name):
        if place.endswith(".py") or reference.endswith(".py"):
            raise SchemaError(f'schema "{reference}": name its class too, as {reference.rstrip(":")}:Class')
        near = did_you_mean(reference, ["paper"])
        raise SchemaError(f'schema "{reference}": expected "paper", FILE.py:Class or package.module:Class.{near}')
    module = _load_file(place) if place.endswith(".py") else _load_module(place)
    found = getattr(module, name, None)
    if not _is_schema(found):
        models = [key for key, value in vars(module).items() if _is_schema(value)]
        there = ", ".join(models) or "none"
        raise SchemaError(
            f'schema "{reference}": no Pydantic model {name} there; there are {there}.{did_you_mean(name, models)}'
        )
    try:
        found.model_json_schema()
        marks_of(found)
    except (PydanticUserError, NameError, SchemaError) as error:  # a type that JSON does not know, a lost name or mark
        raise SchemaError(f'schema "{reference}": {_reason(error)}') from error
    return found


def _reason(error: Exception) -> str:
    """What went wrong, without Pydantic's pointers to its documentation."""
    return str(error).partition("\n\nFor further information")[0]


def _is_schema(value: Any) -> TypeGuard[type[BaseModel]]:
    return isinstance(value, type) and issubclass(value, BaseModel) and value is not BaseModel


def _load_file(place: str) -> ModuleType:
    path = Path(place)
    if not path.is_file():
        raise SchemaError(f"schema file {place}: no such file")
    name = f"schema {path.resolve()}"  # as no module can be called: a file types.py must not become `types`
    module = ModuleType(name)
    module.__file__ = str(path)
    sys.modules[name] = module  # annotations are resolved through it
    try:  # not through the import system, whose bytecode cache cannot tell two versions of one second and size apart
        # Docstrings are asked of the model, and asserts check: `python -OO` takes neither from it.
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True, optimize=0), vars(module))
    except Exception as error:  # whatever the file raises is its author's to see
        raise SchemaError(f"schema file {place}: {type(error).__name__}: {_reason(error)}") from error
    return module


def _load_module(place: str) -> ModuleType:
    try:
        return importlib.import_module(place)
    except Exception as error:  # as with a file
        raise SchemaError(f"schema module {place}: {type(error).__name__}: {_reason(error)}") from error
