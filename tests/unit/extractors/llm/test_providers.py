"""Providers and servers, each with its own ways."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import ssl
from types import SimpleNamespace
from typing import Any

import httpx2
import pytest

from absextract import Extractor, Record
from absextract.errors import ProviderError, ProviderSetupError
from absextract.extractors.llm.backend import LlmBackend
from absextract.extractors.llm.handles import allow_connections
from absextract.extractors.llm.providers import connect
from absextract.schema.paper import PaperExtraction
from openai_server import OpenAIServer, Reply, Request, completion, error
from papers import PAPER, TEXT, as_answered, truth

KEY = "key-0123456789-of-nobody"


def right(request: Request) -> Reply:
    return completion(request, truth())


def with_message(message: dict[str, Any], **body: Any) -> Reply:
    choice = {"index": 0, "message": {"role": "assistant"} | message, "finish_reason": "stop"}
    return Reply(body={"id": "x", "object": "chat.completion", "created": 1, "model": "m", "choices": [choice]} | body)


def extracted(respond: Any, *, model: str = "openai/m", base_url: str | None = "", **options: Any) -> Record[Any]:
    async def go(url: str | None) -> Record[Any]:
        async with Extractor(model=model, base_url=url, cache=False, **options) as extractor:
            return await extractor.extract(TEXT)

    with OpenAIServer(respond) as server:
        os.environ["AZURE_OPENAI_ENDPOINT"] = server.base_url.removesuffix("/v1")
        return asyncio.run(go(server.base_url if base_url == "" else base_url))


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    monkeypatch.setenv("AZURE_OPENAI_ENDPOINT", "")


ANSWER = json.dumps(truth())
ODD_SERVERS = {
    "ignores tool_choice": lambda _: with_message({"content": ANSWER}),
    "puts text around the JSON": lambda _: with_message({"content": f"Sure!\n```json\n{ANSWER}\n```\nAnything else?"}),
    "omits usage": lambda _: with_message({"content": ANSWER}, usage=None),
    "gives content in parts": lambda _: with_message({"content": [{"type": "text", "text": ANSWER}]}),
    "gives arguments as an object": lambda _: with_message(
        {"tool_calls": [{"type": "function", "function": {"name": "f", "arguments": truth()}}]}
    ),
    "leaves tool_calls empty": lambda _: with_message({"content": ANSWER, "tool_calls": []}),
    "counts tokens in fractions": lambda _: with_message({"content": ANSWER}, usage={"prompt_tokens": 1.5}),
}


@pytest.mark.parametrize("name", ODD_SERVERS)
def test_odd_servers_are_understood(name: str) -> None:
    record = extracted(ODD_SERVERS[name])
    assert record.error is None
    assert as_answered(record.extraction) == truth()


ODD_ERRORS: dict[str, tuple[Reply, str, str]] = {
    "integer code": (Reply(400, {"error": {"message": "odd", "code": 40013}}), "bad_request", "HTTP 400: odd (40013)"),
    "a string": (Reply(404, {"error": "model 'm' not found"}), "not_found", "HTTP 404: model 'm' not found"),
    "a list": (Reply(422, '[{"msg": "bad"}]'), "bad_request", 'HTTP 422: [{"msg": "bad"}]'),
    "HTML": (Reply(403, "<html>\n<b>Forbidden</b>"), "permission_denied", "HTTP 403: <html> <b>Forbidden</b>"),
    "nothing": (Reply(400, ""), "bad_request", "HTTP 400: "),
    "inside 200": (
        Reply(200, {"error": {"message": "no credit", "code": 402}}),
        "insufficient_quota",
        "HTTP 402: no credit (402)",
    ),
    "content filter": (error(400, "stopped", code="content_filter"), "content_filter", "HTTP 400: stopped"),
    "too long": (error(400, "This model's maximum context length is 9"), "context_length_exceeded", "HTTP 400"),
}


@pytest.mark.parametrize("name", ODD_ERRORS)
def test_odd_errors_are_told(name: str) -> None:
    reply, code, message = ODD_ERRORS[name]
    record = extracted(lambda _: reply)
    assert record.error is not None
    assert record.error.code == code
    assert record.error.message.startswith(message)


def test_trouble_told_inside_a_200_is_retried_where_it_passes() -> None:
    replies = iter([Reply(200, {"error": {"message": "upstream is busy", "code": 503}}), None])
    record = extracted(lambda request: next(replies) or right(request))
    assert as_answered(record.extraction) == truth()


@pytest.mark.parametrize(
    ("model", "key"),
    [
        ("openai/m", "OPENAI_API_KEY"),
        ("google/m", "GEMINI_API_KEY"),
        ("google/m", "GOOGLE_API_KEY"),
        ("mistral/m", "MISTRAL_API_KEY"),
        ("openrouter/a/m", "OPENROUTER_API_KEY"),
    ],
)
def test_providers_of_the_same_protocol_need_no_package(model: str, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(key, KEY)
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return right(request)

    assert extracted(respond, model=model).error is None
    assert seen[0].headers["authorization"] == f"Bearer {KEY}"
    assert seen[0].body["model"] == model.partition("/")[2]


def test_ollama_needs_no_key() -> None:
    assert extracted(right, model="ollama/qwen3").error is None


@pytest.mark.parametrize("model", ["openai/m", "ollama/m"])
def test_the_body_is_said_once_to_be_json(model: str) -> None:
    """Servers on FastAPI, such as that of llama-cpp-python, do not read a body that is said twice to be so."""
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return right(request)

    assert extracted(respond, model=model).error is None
    assert (seen[0].headers["content-type"], seen[0].headers["accept"]) == ("application/json", "application/json")


@pytest.mark.parametrize("mode", ["tools", "json-schema", "json"])
def test_azure_is_asked_by_deployment(mode: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_VERSION", "2025-01-01")
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return right(request)

    assert extracted(respond, model="azure_openai/mine", base_url=None, mode=mode).error is None
    assert seen[0].path == "/openai/deployments/mine/chat/completions?api-version=2025-01-01"
    assert seen[0].headers["api-key"] == KEY


@pytest.mark.parametrize(
    ("model", "message"),
    [
        ("google/m", "GEMINI_API_KEY is not set"),
        ("mistral/m", "MISTRAL_API_KEY is not set"),
        ("groq/m", "The groq package is required"),
        ("openrouter/m", "OPENROUTER_API_KEY is not set"),
    ],
)
def test_what_is_missing_is_said(model: str, message: str) -> None:
    with pytest.raises(ProviderSetupError, match=message):
        connect(model, base_url=None, mode="tools", timeout=1)


def test_nothing_is_sent_that_reasoning_models_refuse() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return completion(request, "{", finish_reason="length") if len(seen) == 1 else right(request)

    assert extracted(respond).error is None
    assert not {"temperature", "max_tokens", "top_p"} & (seen[0].body.keys() | seen[1].body.keys())
    assert seen[1].body["max_completion_tokens"] >= 4096


def test_the_most_tokens_of_an_answer_are_sent_along_where_they_are_given() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return completion(request, "{", finish_reason="length") if len(seen) == 1 else right(request)

    assert extracted(respond, max_answer_tokens=700).error is None
    assert [request.body["max_completion_tokens"] for request in seen] == [700, 2800]


@pytest.mark.parametrize("there", ["http://127.0.0.2:9/v1/chat/completions", "//localhost/v1", "https://127.0.0.1/"])
@pytest.mark.parametrize("status", [301, 303, 307, 308])
@pytest.mark.parametrize("model", ["openai/m", "azure_openai/m"])
def test_no_redirect_to_another_server_is_followed(
    model: str, status: int, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_VERSION", "2025-01-01")
    base_url = None if model.startswith("azure") else ""
    record = extracted(lambda _: Reply(status, "", {"Location": there}), model=model, base_url=base_url)
    assert record.error is not None
    assert record.error.code == "redirected"
    assert "give it as --base-url" in record.error.message


def test_a_redirect_on_the_same_server_is_followed_and_a_circle_is_not_for_ever() -> None:
    with OpenAIServer(lambda _: Reply(307, "", {"Location": "/v1/chat/completions"})) as server:
        record = asyncio.run(one_of(server.base_url))
    assert record.error is not None
    assert record.error.code == "redirected"
    assert len(server.requests) < 50

    def respond(request: Request) -> Reply:
        moved = Reply(307, "", {"Location": "/v1/new/chat/completions"})
        return right(request) if "new" in request.path else moved

    assert extracted(respond).error is None


async def one_of(base_url: str) -> Record[Any]:
    async with Extractor(model="openai/m", base_url=base_url, cache=False) as extractor:
        return await extractor.extract(TEXT)


def test_llama_cpp_says_that_a_text_is_too_long() -> None:
    said = "the request exceeds the available context size, try increasing it"
    record = extracted(lambda _: error(400, said, kind="exceed_context_size_error"))
    assert record.error is not None
    assert record.error.code == "context_length_exceeded"


def test_another_sdk_is_guarded_and_needs_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    class Sdk:
        api_key = KEY
        auth_token = None
        _client = httpx2.AsyncClient(follow_redirects=True)

    made = SimpleNamespace(client=Sdk(), provider=None, mode=None)
    monkeypatch.setattr("instructor.from_provider", lambda *_, **__: made)
    connect("anthropic/m", base_url=None, mode="tools", timeout=1)

    async def go(url: str) -> httpx2.Response:
        async with Sdk._client:
            return await Sdk._client.post(url, headers={"x-api-key": KEY})

    with (
        OpenAIServer(lambda _: Reply(307, "", {"Location": "http://127.0.0.2:9/"})) as server,
        pytest.raises(ProviderError, match="not followed"),
    ):
        asyncio.run(go(f"{server.base_url}/chat/completions"))
    Sdk.api_key = ""
    with pytest.raises(ProviderSetupError, match="ANTHROPIC_API_KEY is not set; set it, or choose another --model"):
        connect("anthropic/m", base_url=None, mode="tools", timeout=1)


@pytest.mark.parametrize(
    "echo", [lambda key: {"error": key}, lambda key: f"<html>{key}</html>", lambda key: {"id": key}]
)
@pytest.mark.parametrize("status", [200, 400, 401])
def test_an_echoed_key_is_told_to_nobody(echo: Any, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    line = extracted(lambda request: Reply(status, echo(request.headers["authorization"]))).to_json()
    assert '"status":"failed"' in line
    assert KEY not in line


def test_a_placeholder_for_a_key_spoils_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    for placeholder in ("EMPTY", "ollama", "passages", "sk-1", "20260101"):
        monkeypatch.setenv("OPENAI_API_KEY", placeholder)
        assert as_answered(extracted(right).extraction) == truth()


def test_a_base_url_with_a_password_logs_in_by_it() -> None:
    seen: list[Request] = []

    def respond(request: Request) -> Reply:
        seen.append(request)
        return right(request)

    async def go(url: str) -> None:
        backend = LlmBackend("openai/m", PaperExtraction, base_url=url.replace("http://", "http://me:pass%20word@"))
        await backend.answer(PAPER)
        await backend.close()

    with OpenAIServer(respond) as server:
        asyncio.run(go(server.base_url))
    assert seen[0].headers["authorization"] == "Basic bWU6cGFzcyB3b3Jk"


def test_too_few_open_files_are_raised_or_told() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (300, hard))
        allow_connections(1000)
        assert resource.getrlimit(resource.RLIMIT_NOFILE)[0] == 1100
        with pytest.raises(ProviderSetupError, match="lower --concurrency"):
            allow_connections(hard)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_a_server_that_trickles_its_answer_is_given_up_in_time() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
            while not writer.is_closing():
                writer.write(b" ")
                await asyncio.sleep(0.02)
        finally:
            writer.transport.abort()

    async def go() -> Record[Any]:
        async with await asyncio.start_server(trickle, "127.0.0.1", 0) as server:
            url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
            async with Extractor(model="openai/m", base_url=url, cache=False, timeout=0.1) as extractor:
                return await extractor.extract(TEXT)

    failed = asyncio.run(go()).error
    assert failed is not None
    assert failed.code == "timeout"
    assert "nothing within 0.1 s (4 attempts)" in failed.message


def test_a_server_without_json_schemas_is_recognised() -> None:
    record = extracted(lambda _: error(500, "unknown grammar"), mode="json-schema")
    assert record.error is not None
    assert record.error.message.endswith("choose --mode tools or json")


def test_an_exhausted_quota_is_told() -> None:
    record = extracted(lambda _: error(429, "You exceeded your current quota", code="insufficient_quota"))
    assert record.error is not None
    assert record.error.code == "insufficient_quota"


def test_certificates_are_read_where_one_may_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    believed = _context("https://127.0.0.1:1/v1")
    assert believed.get_ca_certs() == httpx2.create_ssl_context().get_ca_certs()
    nobody = _context("http://127.0.0.1:1/v1")
    assert nobody.get_ca_certs() == []
    for each in (believed, nobody):
        assert (each.verify_mode, each.check_hostname) == (ssl.CERT_REQUIRED, True)
    monkeypatch.setenv("HTTP_PROXY", "https://127.0.0.1:2")
    assert _context("http://127.0.0.1:1/v1").get_ca_certs() == believed.get_ca_certs()


def _context(base_url: str) -> ssl.SSLContext:
    """What the connections to a server believe."""
    sdk = connect("openai/m", base_url=base_url, mode="tools", timeout=1).sdk
    context = sdk._client._transport.ssl_context
    assert isinstance(context, ssl.SSLContext)
    return context
