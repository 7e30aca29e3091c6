"""The shape of an answer in a few words, for a model that gave another one."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from .export import answer_schema

__all__ = ["shape_in_words"]

_WORDS = {"string": "text", "integer": "whole number", "boolean": "true or false"}
_LONGEST = 1500
_DEEPEST = 6


def shape_in_words(schema: type[BaseModel]) -> str:
    """E.g. `{"tasks": [text, …], "code_url": text or null}`; where that would be long, the fields alone."""
    whole = answer_schema(schema)
    told = _told(whole, whole.get("$defs", {}), 0)
    if len(told) <= _LONGEST:
        return told
    return "{" + ", ".join(f'"{name}": …' for name in whole.get("properties", {})) + "}"


def _told(node: Any, definitions: dict[str, Any], depth: int) -> str:
    if not isinstance(node, dict) or depth > _DEEPEST:
        return "…"
    if "$ref" in node:
        return _told(definitions.get(str(node["$ref"]).rpartition("/")[2]), definitions, depth + 1)
    if "enum" in node:
        return " or ".join(f'"{each}"' for each in node["enum"])
    if "const" in node:
        return f'"{node["const"]}"'
    if choices := node.get("anyOf") or node.get("oneOf"):
        return " or ".join(_told(choice, definitions, depth + 1) for choice in choices)
    if "properties" in node:
        parts = (f'"{name}": {_told(part, definitions, depth + 1)}' for name, part in node["properties"].items())
        return "{" + ", ".join(parts) + "}"
    if node.get("type") == "array":
        return f"[{_told(node.get('items'), definitions, depth + 1)}, …]"
    kind = str(node.get("type", "…"))
    return _WORDS.get(kind, kind)
