"""JSON Schemas: what a model is asked, and what a record looks like."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from typing import Any

from pydantic import BaseModel

__all__ = ["answer_schema", "as_asked", "schema_digest"]


def answer_schema(schema: type[BaseModel]) -> dict[str, Any]:
    """What a model is asked to fill, as JSON Schema."""
    asked: dict[str, Any] = as_asked(schema.model_json_schema())
    return {"title": schema.__name__, **asked}


@lru_cache(maxsize=64)
def schema_digest(schema: type[BaseModel]) -> str:
    """Name and digest of a schema, e.g. `PaperExtraction@0f3a5c…`; changes with all that the model is asked."""
    canonical = json.dumps(answer_schema(schema), sort_keys=True, separators=(",", ":"))
    return f"{schema.__name__}@{hashlib.sha256(canonical.encode()).hexdigest()[:12]}"


def as_asked(node: Any, *, names: bool = False) -> Any:
    """JSON Schema, or a request that holds one, as it is put to a model.

    Generated titles and defaults go, since they cost tokens and say nothing; every property is
    required, so that a model says "none" instead of leaving it out.

    Args:
        node: any part of it.
        names: the keys of `node` are names of properties or definitions, not keywords.
    """
    if isinstance(node, list):
        return [as_asked(item) for item in node]
    if not isinstance(node, dict):
        return node
    is_schema = not names and not {"type", "$ref", "anyOf", "oneOf", "enum", "const"}.isdisjoint(node)
    asked = {
        key: as_asked(value, names=not names and key in ("properties", "$defs"))
        for key, value in node.items()
        if not (is_schema and (key == "default" or (key == "title" and isinstance(value, str))))
    }
    if is_schema and isinstance(node.get("properties"), dict):
        asked["required"] = list(node["properties"])
    return asked
