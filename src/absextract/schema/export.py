"""JSON Schemas: what a model is asked, and what a record looks like."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

__all__ = ["EVERY_PROPERTY", "answer_schema", "as_asked", "in_few_words", "json_schema", "only_asked", "schema_digest"]

EVERY_PROPERTY = "every property given"


@lru_cache(maxsize=64)
def json_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """A schema as Pydantic tells it. It is told once, so nothing in it may be changed."""
    return schema.model_json_schema()


def answer_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """What a model is asked to fill, as JSON Schema."""
    asked: dict[str, Any] = as_asked(json_schema(schema))
    return {"title": schema.__name__, **asked}


@lru_cache(maxsize=64)
def schema_digest(schema: type[BaseModel]) -> str:
    """Name and digest of a schema, e.g. `PaperExtraction@0f3a5c…`; changes with all that the model is asked."""
    canonical = json.dumps(answer_schema(schema), sort_keys=True, separators=(",", ":"))
    return f"{schema.__name__}@{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"


def as_asked(node: Any) -> Any:
    """JSON Schema, or a request that holds one, as it is put to a model.

    Generated titles and defaults go, since they cost tokens and say nothing; properties that are marked `readOnly`
    go too; every other one is required, so that a model says "none" instead of leaving it out.
    """
    return _rewritten(node, _asked)


def only_asked(value: Any, schema: type[BaseModel]) -> Any:
    """JSON values of a schema without what no model is asked for, because the library computes it."""
    whole = answer_schema(schema)
    return _only(value, whole, whole.get("$defs", {}))


def _only(value: Any, node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, dict) and "$ref" in node:
        node = definitions.get(str(node["$ref"]).rpartition("/")[2], {})
    if not isinstance(node, dict):
        return value
    if isinstance(value, list) and "items" in node:
        return [_only(item, node["items"], definitions) for item in value]
    if isinstance(value, dict) and isinstance(properties := node.get("properties"), dict):
        return {key: _only(part, properties[key], definitions) for key, part in value.items() if key in properties}
    choices = [*node.get("anyOf", ()), *node.get("oneOf", ()), *node.get("allOf", ())]
    if isinstance(value, dict | list):
        for choice in choices:
            fitting = _only(value, choice, definitions)
            if fitting != value:
                return fitting
    return value


def in_few_words(node: Any) -> Any:
    """The same where a model alone reads it: what may be null in one list of types, and nothing of what is required.

    `EVERY_PROPERTY` has to be said beside it.
    """
    return _rewritten(as_asked(node), _brief)


def _rewritten(node: Any, rewrite: Callable[[dict[str, Any]], dict[str, Any]], *, names: bool = False) -> Any:
    """JSON values with each object rewritten, from the inside out.

    Args:
        node: any part of them.
        rewrite: is given an object, if its keys are keywords.
        names: the keys of `node` are names of properties or definitions.
    """
    if isinstance(node, list):
        return [_rewritten(item, rewrite) for item in node]
    if not isinstance(node, dict):
        return node
    inner = {
        key: _rewritten(value, rewrite, names=not names and key in ("properties", "$defs"))
        for key, value in node.items()
    }
    return inner if names else rewrite(inner)


def _asked(node: dict[str, Any]) -> dict[str, Any]:
    if {"type", "$ref", "anyOf", "oneOf", "enum", "const"}.isdisjoint(node):  # no schema
        return node
    asked = {
        key: value
        for key, value in node.items()
        if not (key == "default" or (key == "title" and isinstance(value, str)))
    }
    if isinstance(properties := asked.get("properties"), dict):
        asked["properties"] = {name: part for name, part in properties.items() if not _is_read_only(part)}
        asked["required"] = list(asked["properties"])
    return asked


def _is_read_only(schema: Any) -> bool:
    """Whether the library fills a property, not the model."""
    return isinstance(schema, dict) and schema.get("readOnly") is True


def _brief(node: dict[str, Any]) -> dict[str, Any]:
    brief: dict[str, Any] = {}
    for key, value in node.items():
        if key == "anyOf" and all(set(each) == {"type"} for each in value):
            brief["type"] = [each["type"] for each in value]
        elif key != "required":
            brief[key] = value
    return brief
