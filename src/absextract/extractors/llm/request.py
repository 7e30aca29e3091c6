"""A request as the JSON that goes over the wire: prepared once for a schema, then filled with each paper."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ...errors import ProviderSetupError
from ...schema.export import EVERY_PROPERTY, as_asked, in_few_words
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
    """The request of a schema, made once by instructor: all that does not change from paper to paper.

    Raises:
        ProviderSetupError: this provider is asked in a form that we do not know.
    """
    from instructor.v2 import mode_registry

    client = connection.client
    messages = [{"role": "system", "content": system}, {"role": "user", "content": _USER_SLOT}]
    handlers = mode_registry.get_handlers(client.provider, client.mode)
    _, made = handlers.request_handler(response_model=schema, kwargs={"messages": messages})
    asked: dict[str, Any] = _with_short_schema(as_asked(made), schema, system)
    messages = asked.pop("messages", [])
    text = _json({"model": connection.name, **asked, "messages": messages})
    head, slot, tail = text.partition(_json(_USER_SLOT))
    if not (slot and tail.endswith("]}")):
        raise ProviderSetupError(f"{client.provider.value} in mode {client.mode.value} is not supported yet")
    return RequestTemplate(head, tail.removesuffix("]}"))


def _with_short_schema(request: dict[str, Any], schema: type[BaseModel], system: str) -> dict[str, Any]:
    """JSON mode has the schema in the system message: there in the fewest words."""
    whole = json.dumps(schema.model_json_schema(), indent=2, ensure_ascii=False)
    short = _json(in_few_words(schema.model_json_schema()))
    for message in request.get("messages", []):
        if message["role"] == "system" and isinstance(message["content"], str) and whole in message["content"]:
            message["content"] = f"{system}\n\n{_AS_JSON}\n{short}"
    return request


def _json(value: Any) -> str:
    return _ENCODER.encode(value)


def _as_bytes(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which a model may answer and JSON can escape
        return json.dumps(json.loads(text), separators=(",", ":")).encode()
