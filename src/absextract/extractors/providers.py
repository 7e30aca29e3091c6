"""Connecting to a provider through instructor, and reading what comes back. Providers are data here."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel

from ..errors import ProviderError, ProviderSetupError
from ..records import Usage
from ..schema.export import as_asked

__all__ = ["Completion", "Connection", "Mode", "connect", "prepare_request", "read_completion"]

Mode = Literal["tools", "json-schema", "json"]
Request = dict[str, Any]

_USER_SLOT = "\x00user\x00"
_MODES: dict[str, str] = {"tools": "TOOLS", "json-schema": "JSON_SCHEMA", "json": "JSON"}
# Servers behind a base URL often ask for no key, but the client does.
_NO_KEY = "no-key-needed"
_SHORTEST_KEY = 16
_CUT_OFF = frozenset({"length", "max_tokens"})


@dataclass(frozen=True, slots=True)
class Connection:
    """An instructor client for one model, with the keys it must never tell."""

    client: Any
    secrets: tuple[str, ...]

    def redact(self, text: str) -> str:
        for secret in self.secrets:
            text = text.replace(secret, "[key]")
        return text

    async def send(self, request: Request) -> Any:
        """One request, one answer of the provider's SDK; nothing is retried or parsed here."""
        return await self.client.create(response_model=None, max_retries=0, **request)

    async def close(self) -> None:
        close = getattr(self.client.client, "close", None)
        if close is not None:
            await close()


@dataclass(frozen=True, slots=True)
class Completion:
    """What a model answered, whatever the provider calls it."""

    text: str
    usage: Usage | None
    cut_off: bool = False
    refusal: str | None = None


def connect(model: str, *, base_url: str | None, mode: Mode, timeout: float) -> Connection:
    """An async client for `provider/model`, without retries of its own.

    Raises:
        ProviderSetupError: the provider is unknown, its package is missing or there is no key.
    """
    provider, slash, name = model.partition("/")
    if not (provider and slash and name):
        raise ProviderSetupError(f'model "{model}": expected "builtin" or "provider/model", e.g. "openai/gpt-5-mini"')
    options: dict[str, Any] = {}
    if provider == "openai":
        base_url = base_url or os.environ.get("OPENAI_BASE_URL") or None
        options = {"max_retries": 0, "timeout": timeout, "api_key": _openai_key(base_url)}
    if base_url:
        options["base_url"] = _checked_url(base_url)
    return Connection(_client(model, mode, timeout, options), _secrets(base_url))


def prepare_request(connection: Connection, schema: type[BaseModel], system: str) -> Request:
    """The request of a schema, made once: all that does not change from paper to paper."""
    from instructor.v2 import mode_registry

    client = connection.client
    messages = [{"role": "system", "content": system}, {"role": "user", "content": _USER_SLOT}]
    handlers = mode_registry.get_handlers(client.provider, client.mode)
    _, request = handlers.request_handler(response_model=schema, kwargs={"messages": messages})
    if not any(message.get("content") == _USER_SLOT for message in request.get("messages", [])):
        raise ProviderSetupError(f"{client.provider.value} in mode {client.mode.value} is not supported yet")
    asked: Request = as_asked(request)
    return asked


def fill_request(request: Request, user: str, follow_up: list[dict[str, str]]) -> Request:
    """The prepared request with a paper in it, and what has been said since."""
    messages = [
        {**message, "content": user} if message.get("content") == _USER_SLOT else message
        for message in request["messages"]
    ]
    return {**request, "messages": [*messages, *follow_up]}


def read_completion(completion: Any) -> Completion:
    """The answer in a chat completion, or in content blocks as Anthropic gives them.

    Raises:
        ProviderError: there is no answer in it; the same request may get one.
    """
    choices = getattr(completion, "choices", None)
    if choices:
        choice, message = choices[0], choices[0].message
        if message is None:
            raise ProviderError("empty_answer", "the provider answered without a message", retryable=True)
        calls = getattr(message, "tool_calls", None) or []
        text = calls[0].function.arguments if calls else message.content
        refusal = getattr(message, "refusal", None)
        if choice.finish_reason == "content_filter":
            refusal = refusal or "stopped by the provider's content filter"
        reason = choice.finish_reason
    elif blocks := getattr(completion, "content", None) if not isinstance(completion, str) else None:
        used = next((block for block in blocks if block.type == "tool_use"), None)
        text = json.dumps(used.input) if used else "".join(getattr(block, "text", "") for block in blocks)
        reason, refusal = completion.stop_reason, None
    else:
        raise ProviderError("empty_answer", "the provider answered with no completion", retryable=True)
    return Completion(_as_text(text), _usage(completion), cut_off=reason in _CUT_OFF, refusal=refusal)


def _openai_key(base_url: str | None) -> str:
    key = os.environ.get("OPENAI_API_KEY", "").strip()
    if not key and not base_url:
        raise ProviderSetupError("OPENAI_API_KEY is not set; set it, or give --base-url for a server without keys")
    if not (key.isascii() and key.isprintable()):
        raise ProviderSetupError("OPENAI_API_KEY holds characters that no key has; is it in typographic quotes?")
    return key or _NO_KEY


def _checked_url(base_url: str) -> str:
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket without its partner
        usable = False
    if not usable:
        raise ProviderSetupError("the base URL is none; expected something like http://localhost:8000/v1")
    return base_url


def _secrets(base_url: str | None) -> tuple[str, ...]:
    """The API keys in the environment, and the password in the base URL."""
    # a short one ("EMPTY", "ollama") is no secret, and to redact it would spoil answers
    keys = {key.strip() for name, key in os.environ.items() if name.endswith("_API_KEY")}
    secrets = {key for key in keys if len(key) >= _SHORTEST_KEY}
    if password := urlsplit(base_url or "").password:
        secrets |= {password, unquote(password)}
    return tuple(sorted(secrets, key=len, reverse=True))


def _client(model: str, mode: Mode, timeout: float, options: dict[str, Any]) -> Any:
    import instructor
    from instructor.core.exceptions import ConfigurationError

    # instructor logs set-up errors with a traceback; they are raised and told as one line instead
    logging.getLogger("instructor").setLevel(logging.CRITICAL)
    try:
        client = instructor.from_provider(model, async_client=True, mode=instructor.Mode[_MODES[mode]], **options)
    except (ConfigurationError, ImportError, ValueError, KeyError) as error:
        raise ProviderSetupError(f"{model}: {error}") from error
    for name, value in (("max_retries", 0), ("timeout", timeout)):  # not every builder takes them
        if hasattr(client.client, name):
            setattr(client.client, name, value)
    return client


def _as_text(text: Any) -> str:
    if isinstance(text, str):
        return text
    return "" if text is None else json.dumps(text)


def _usage(completion: Any) -> Usage | None:
    usage = getattr(completion, "usage", None)
    if usage is None:
        return None
    prompt = int(getattr(usage, "prompt_tokens", None) or getattr(usage, "input_tokens", None) or 0)
    answer = int(getattr(usage, "completion_tokens", None) or getattr(usage, "output_tokens", None) or 0)
    total = int(getattr(usage, "total_tokens", None) or prompt + answer)
    return Usage(prompt_tokens=prompt, completion_tokens=answer, total_tokens=total)
