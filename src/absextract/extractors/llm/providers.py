"""Connecting to a provider, and sending: by OpenAI's SDK, or through instructor. Providers are data here."""

from __future__ import annotations

import asyncio
import base64
import json
import logging
import os
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies

from ...choices import Mode
from ...errors import ProviderError, ProviderSetupError
from ...text.close_names import did_you_mean
from .handles import allow_connections
from .secrets import Redactor
from .wire import guard

__all__ = ["Connection", "connect"]

_MODES: dict[str, str] = {"tools": "TOOLS", "json-schema": "JSON_SCHEMA", "json": "JSON"}
# Servers behind a base URL often ask for no key, but the client does.
_NO_KEY = "no-key-needed"
_SHORTEST_KEY = 8
_LONGEST_WORD = 20
_MAKERS = {
    "gpt": "openai",
    "o3": "openai",
    "o4": "openai",
    "claude": "anthropic",
    "gemini": "google",
    "mistral": "mistral",
}
_COMPLETIONS = "/chat/completions"
_READ_OF_NO_JSON = 10_000  # bytes
_NO_SECRETS = frozenset({"no-key-needed", "not-needed", "no-key-required", "sk-no-key-required", "lm-studio"})
_SECRET_NAMES = ("_API_KEY", "_AUTH_TOKEN", "_AD_TOKEN", "DATABRICKS_TOKEN", "HF_TOKEN")
_OLD_ROOM_NAME = frozenset({"ollama"})  # and passes over the newer one


@dataclass(frozen=True, slots=True)
class _Endpoint:
    """A provider that speaks OpenAI's protocol: it needs no package of its own, nor instructor, which loads slowly.

    Attributes:
        url: where.
        keys: the environment variables that may hold the key.
        room_name: what the most tokens of an answer are called; reasoning models know the newer name alone.
    """

    url: str
    keys: tuple[str, ...]
    room_name: str = "max_completion_tokens"


_ENDPOINTS = {
    "openai": _Endpoint("https://api.openai.com/v1", ("OPENAI_API_KEY",)),
    "google": _Endpoint(
        "https://generativelanguage.googleapis.com/v1beta/openai", ("GEMINI_API_KEY", "GOOGLE_API_KEY")
    ),
    "mistral": _Endpoint("https://api.mistral.ai/v1", ("MISTRAL_API_KEY",), room_name="max_tokens"),
}


@dataclass(frozen=True, slots=True)
class Connection:
    """A client for one model, with the keys it must never tell.

    Attributes:
        client: instructor's, which knows how this provider is asked; None where there is an `_Endpoint`.
        name: the model as the provider calls it.
        mode: how answers are asked for.
        sdk: the openai client, over connections that are kept; None for other SDKs.
        path: where chat completions are, below the SDK's base URL.
        room_name: what the most tokens of an answer are called.
        timeout: seconds for one request, from its first byte to the answer's last.
        redact: takes keys out of what is told or kept.
    """

    client: Any
    name: str
    mode: Mode
    sdk: Any
    path: str
    room_name: str
    timeout: float
    redact: Redactor

    @property
    def server(self) -> str:
        """Where requests go, without user name, password or query."""
        parts = urlsplit(str(getattr(self.sdk or self.client.client, "base_url", "")))
        return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}".rstrip("/")

    async def send(self, body: bytes) -> tuple[Any, Mapping[str, Any]]:
        """One request, one answer: its JSON and its headers; nothing is retried here.

        Raises:
            ProviderError: the answer is no JSON.
            Exception: whatever the provider's SDK raises.
        """
        send = self._send_by_instructor if self.sdk is None else self._send_by_openai
        try:
            async with asyncio.timeout(self.timeout):
                return await send(body)
        except TimeoutError:
            raise TimeoutError(f"nothing within {self.timeout:g} s") from None

    async def _send_by_openai(self, body: bytes) -> tuple[Any, Mapping[str, Any]]:
        # The body is made once and the answer read once: `chat.completions.create` takes twice as long.
        import httpx2

        response = await self.sdk.post(self.path, cast_to=httpx2.Response, content=body)
        try:
            return json.loads(response.content), response.headers
        except (ValueError, RecursionError):
            start = response.content[:_READ_OF_NO_JSON].decode(errors="replace")
            text = self.redact(" ".join(start.split()))[:200]
            raise ProviderError(
                "empty_answer", f"the answer is not JSON: {text or 'nothing'}", retryable=True
            ) from None

    async def _send_by_instructor(self, body: bytes) -> tuple[Any, Mapping[str, Any]]:
        request = json.loads(body)
        del request["model"]  # instructor knows it
        answer = await self.client.create(response_model=None, max_retries=0, **request)
        return answer if isinstance(answer, dict | str) else answer.model_dump(mode="json", warnings=False), {}

    async def close(self) -> None:
        """Gives back the connections."""
        close = getattr(self.sdk or self.client.client, "close", None)
        if close is not None:
            await close()


def connect(model: str, *, base_url: str | None, mode: Mode, timeout: float, concurrency: int = 32) -> Connection:
    """An async client for `provider/model`, without retries of its own.

    Raises:
        ProviderSetupError: the provider is unknown, its package is missing, there is no key, or the process
            may not open so many connections.
    """
    provider, slash, name = model.partition("/")
    if not (provider and slash and name):
        raise ProviderSetupError(_not_a_model(model))
    allow_connections(concurrency)
    if endpoint := _ENDPOINTS.get(provider):
        base_url = base_url or (os.environ.get("OPENAI_BASE_URL") if provider == "openai" else None) or endpoint.url
        sdk = _at_endpoint(endpoint, base_url, timeout, concurrency)
        client, path, room = None, _COMPLETIONS, endpoint.room_name
    else:
        client = _through_instructor(model, base_url, mode, timeout)
        sdk, path = _openai_sdk(client.client, name, timeout, concurrency)
        _check_possible(provider, client.client, sdk, base_url, mode)
        room = "max_tokens" if sdk is None or provider in _OLD_ROOM_NAME else "max_completion_tokens"
    return Connection(client, name, mode, sdk, path, room, timeout, Redactor(_secrets(base_url)))


def _not_a_model(model: str) -> str:
    """What to tell of a model without a provider."""
    told = f'model "{model}": expected "builtin" or "provider/model", e.g. "openai/gpt-5-mini".'
    maker = next((provider for start, provider in _MAKERS.items() if model.startswith(start)), None)
    return told + (f" Did you mean {maker}/{model}?" if maker else did_you_mean(model, ["builtin"]))


def _key(endpoint: _Endpoint, *, needed: bool) -> str:
    """The key of an endpoint; one's own server may do without."""
    name = next((name for name in endpoint.keys if os.environ.get(name)), endpoint.keys[0])
    key = os.environ.get(name, "").strip()
    if not key and needed:
        raise ProviderSetupError(f"{name} is not set; set it, or give --base-url for a server without keys")
    if not (key.isascii() and key.isprintable()):
        raise ProviderSetupError(f"{name} has characters that no key has; does it stand in typographic quotes?")
    return key or _NO_KEY


def _check_possible(provider: str, client: Any, sdk: Any, base_url: str | None, mode: Mode) -> None:
    """What an SDK of another kind cannot do, or leaves for later to find out."""
    keys = (getattr(client, name, None) for name in ("api_key", "auth_token"))
    if provider == "anthropic" and not any(keys):  # it does without a key until something is sent
        raise ProviderSetupError("ANTHROPIC_API_KEY is not set; set it, or choose another --model")
    if sdk is None and base_url:
        raise ProviderSetupError(f"--base-url is for providers that speak OpenAI's protocol, which {provider} does not")
    if sdk is None and mode == "json-schema":
        raise ProviderSetupError(f"--mode json-schema does not work with {provider}; choose tools or json")


def _checked_url(base_url: str) -> tuple[str, str]:
    """The base URL without user name and password, and the header they make."""
    try:
        parts = urlsplit(base_url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, a bracket without its partner
        usable = False
    if not usable:
        raise ProviderSetupError("the base URL is not valid; give something like http://localhost:8000/v1")
    user, at, host = parts.netloc.rpartition("@")
    login = base64.b64encode(unquote(user).encode()).decode()
    return parts._replace(netloc=host).geturl(), f"Basic {login}" if at else ""


def _secrets(base_url: str | None) -> tuple[str, ...]:
    """The API keys in the environment, and the password in the base URL."""
    # a short one ("EMPTY", "ollama") is no secret, and to redact it would spoil answers
    values = {value.strip() for name, value in os.environ.items() if name.endswith(_SECRET_NAMES)}
    secrets = {
        value
        for value in values - _NO_SECRETS
        if len(value) >= _SHORTEST_KEY and not (value.isalpha() and len(value) < _LONGEST_WORD)
    }
    if password := urlsplit(base_url or "").password:
        secrets |= {password, unquote(password), _checked_url(base_url or "")[1].removeprefix("Basic ")}
    return tuple(sorted(secrets, key=len, reverse=True))


def _at_endpoint(endpoint: _Endpoint, base_url: str, timeout: float, concurrency: int) -> Any:
    """OpenAI's client for an endpoint."""
    key = _key(endpoint, needed=base_url == endpoint.url)
    url, login = _checked_url(base_url)
    import openai

    return openai.AsyncOpenAI(
        api_key=key,
        base_url=url,
        default_headers={"Authorization": login} if login else None,
        max_retries=0,
        timeout=timeout,
        http_client=_pool(url, timeout, concurrency),
    )


def _through_instructor(model: str, base_url: str | None, mode: Mode, timeout: float) -> Any:
    """Instructor's client for any other provider."""
    import instructor
    from instructor.core.exceptions import InstructorError

    # instructor logs set-up errors with a traceback; they are raised and told as one line instead
    logging.getLogger("instructor").setLevel(logging.CRITICAL)
    options: dict[str, Any] = {"base_url": _checked_url(base_url)[0]} if base_url else {}
    if model.startswith("azure_openai/") and (version := os.environ.get("OPENAI_API_VERSION")):
        options["api_version"] = version
    try:
        client = instructor.from_provider(model, async_client=True, mode=instructor.Mode[_MODES[mode]], **options)
    except (InstructorError, ImportError, ValueError, KeyError, TypeError) as error:
        raise ProviderSetupError(_refused(model, str(error))) from error
    for name, value in (("max_retries", 0), ("timeout", timeout)):  # not every builder takes them
        if hasattr(client.client, name):
            setattr(client.client, name, value)
    guard(getattr(client.client, "_client", None))
    return client


def _refused(model: str, reason: str) -> str:
    """Why instructor makes no client for a model; of an unknown provider, which are known."""
    if not reason.startswith("Unsupported provider"):
        return f"{model}: {reason}"
    provider, known = model.partition("/")[0], sorted(re.findall(r"'([^']+)'", reason))
    return f'{model}: unknown provider "{provider}".{did_you_mean(provider, known)} Known providers: {", ".join(known)}'


def _openai_sdk(client: Any, name: str, timeout: float, concurrency: int) -> tuple[Any, str]:
    """Of a client of OpenAI's, the same over our connections, and the path of completions; of others, None."""
    import openai

    if not isinstance(client, openai.AsyncOpenAI):
        return None, ""
    sdk = client.with_options(
        max_retries=0, timeout=timeout, http_client=_pool(str(client.base_url), timeout, concurrency)
    )
    by_deployment = isinstance(client, openai.AsyncAzureOpenAI)
    return sdk, f"/deployments/{name}{_COMPLETIONS}" if by_deployment else _COMPLETIONS


def _pool(url: str, timeout: float, concurrency: int) -> Any:
    """Connections that stay fast however many are in flight."""
    import httpx2
    import openai

    limits = httpx2.Limits(max_connections=concurrency, max_keepalive_connections=concurrency, keepalive_expiry=30)
    http = openai.DefaultAioHttpClient(verify=_trusted(url), limits=limits, timeout=timeout)
    guard(http)
    return http


def _trusted(url: str) -> ssl.SSLContext | bool:
    """Whose certificates are believed: the system's, which take time to read; nobody's over plain HTTP."""
    is_plain = url.startswith("http://") and not getproxies()  # a proxy may be reached by TLS
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_plain else True
