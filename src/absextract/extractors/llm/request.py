"""A request as the JSON that goes over the wire: prepared once for a schema, then filled with each paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ...choices import Mode
from ...errors import ProviderSetupError
from ...schema.export import EVERY_PROPERTY, as_asked, in_few_words, json_schema
from .providers import Connection

__all__ = ["RequestTemplate", "prepare_request"]

_AS_JSON = f"Answer with one JSON object that fits this JSON Schema (not the schema itself), {EVERY_PROPERTY}:"
_USER_SLOT = "\x00user\x00"
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class RequestTemplate:
    """All of a request but the paper. The static part stands first, so that providers can cache it.

    Attributes:
        head: the JSON up to the user's message, the same bytes for every paper.
        tail: what follows that message, up to the end of the list of messages.
    """

    head: str
    tail: str

    def fill(self, user: str, follow_up: Iterable[Mapping[str, str]] = (), **options: Any) -> bytes:
        """The request for one paper.

        Args:
            user: the user's message.
            follow_up: what has been said since.
            options: further fields of the request.
        """
        messages = "".join("," + _json(message) for message in follow_up)
        more = "".join(f",{_json(name)}:{_json(value)}" for name, value in options.items())
        return _as_bytes(f"{self.head}{_json(user)}{self.tail}{messages}]{more}}}")


def prepare_request(connection: Connection, schema: type[BaseModel], system: str) -> RequestTemplate:
    """The request of a schema, made once: all that does not change from paper to paper.

    Raises:
        ProviderSetupError: this provider is asked in a form that we do not know.
    """
    client = connection.client
    made = _by_instructor(client, schema, system) if client else _in_openais_form(connection.mode, schema, system)
    asked: dict[str, Any] = as_asked(made)
    messages = asked.pop("messages", [])
    text = _json({"model": connection.name, **asked, "messages": messages})
    head, slot, tail = text.partition(_json(_USER_SLOT))
    if not (slot and tail.endswith("]}")):
        raise ProviderSetupError(f"{client.provider.value} in mode {client.mode.value} is not supported yet")
    return RequestTemplate(head, tail.removesuffix("]}"))


def _messages(system: str) -> list[dict[str, Any]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": _USER_SLOT}]


def _in_openais_form(mode: Mode, schema: type[BaseModel], system: str) -> dict[str, Any]:
    """The same as instructor makes for OpenAI, by its tests, without the second that loading it takes."""
    if mode == "tools":
        function = _as_function(schema)
        tools = [{"type": "function", "function": function}]
        choice = {"type": "function", "function": {"name": function["name"]}}
        return {"tools": tools, "tool_choice": choice, "messages": _messages(system)}
    if mode == "json-schema":
        named = {"name": schema.__name__, "schema": json_schema(schema)}
        return {"response_format": {"type": "json_schema", "json_schema": named}, "messages": _messages(system)}
    asked = _with_schema(system, schema)
    return {"response_format": {"type": "json_object"}, "messages": _messages(asked)}


def _as_function(schema: type[BaseModel]) -> dict[str, Any]:
    """A schema as a function that a model calls; its docstring describes it and its fields, where they do not."""
    whole, (summary, told) = deepcopy(_whole(json_schema(schema))), _docstring(schema.__doc__ or "")
    properties = whole.get("properties", {})
    for name, description in told:
        if description and name in properties:
            properties[name].setdefault("description", description)
    parameters = {key: value for key, value in whole.items() if key not in ("title", "description")}
    parameters.setdefault("required", [])
    usual = f"Correctly extracted `{schema.__name__}` with all the required parameters with correct types"
    return {
        "name": whole["title"],
        "description": whole.get("description") or summary or usual,
        "parameters": parameters,
    }


def _docstring(text: str) -> tuple[str | None, list[tuple[str, str | None]]]:
    """The summary of a docstring, and what it says of fields."""
    if not {"\n", ":"} & set(text):  # it speaks of no field, in any style; the parser takes a while to load
        return text.strip(), []
    import docstring_parser

    told = docstring_parser.parse(text)
    return told.short_description, [(each.arg_name, each.description) for each in told.params]


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with its properties on top, also where it is part of itself."""
    name = schema.get("$ref", "").rpartition("/")[2]
    return {"$defs": schema["$defs"], **schema["$defs"][name]} if name else schema


def _by_instructor(client: Any, schema: type[BaseModel], system: str) -> dict[str, Any]:
    """A request in the form of any provider that instructor knows; in JSON mode, with a shorter schema."""
    from instructor.v2 import mode_registry

    handlers = mode_registry.get_handlers(client.provider, client.mode)
    made: dict[str, Any]
    _, made = handlers.request_handler(response_model=schema, kwargs={"messages": _messages(system)})
    whole = json.dumps(json_schema(schema), indent=2, ensure_ascii=False)
    for message in made.get("messages", []):
        if message["role"] == "system" and isinstance(message["content"], str) and whole in message["content"]:
            message["content"] = _with_schema(system, schema)
    return made


def _with_schema(system: str, schema: type[BaseModel]) -> str:
    """JSON mode has the schema in the system message, in the fewest words."""
    return f"{system}\n\n{_AS_JSON}\n{_json(in_few_words(json_schema(schema)))}"


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def _as_bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which a model may answer and JSON can escape
        return json.dumps(json.loads(text), separators=(",", ":")).encode()
