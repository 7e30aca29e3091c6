"""The test server speaks the protocol as its clients read it."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Generator
from contextlib import contextmanager
from http.client import HTTPConnection
from typing import Any

import httpx2
import openai
import pytest

from openai_server import (
    OpenAIServer,
    Reply,
    Request,
    answers_by_abstract,
    completion,
    cut_off,
    error,
    refusal,
)

TOOLS: Any = [{"type": "function", "function": {"name": "PaperExtraction", "parameters": {"type": "object"}}}]
FORCED: Any = {"type": "function", "function": {"name": "PaperExtraction"}}


def answer_yes(request: Request) -> Reply:
    return completion(request, {"answer": "yes"})


@contextmanager
def client_of(server: OpenAIServer) -> Generator[openai.OpenAI]:
    with openai.OpenAI(base_url=server.base_url, api_key="test", max_retries=0) as client:
        yield client


def ask(client: openai.OpenAI, *contents: str, **options: Any) -> Any:
    messages: Any = [{"role": "user", "content": content} for content in contents or ["Well?"]]
    return client.chat.completions.create(model="small", messages=messages, **options)


def test_a_request_with_tools_is_answered_by_a_call_of_the_tool() -> None:
    with OpenAIServer(answer_yes) as server, client_of(server) as client:
        free, forced = ask(client, tools=TOOLS), ask(client, tools=TOOLS, tool_choice=FORCED)
    call = free.choices[0].message.tool_calls[0]
    assert (call.function.name, json.loads(call.function.arguments)) == ("PaperExtraction", {"answer": "yes"})
    assert free.choices[0].message.content is None
    assert (free.choices[0].finish_reason, forced.choices[0].finish_reason) == ("tool_calls", "stop")


def test_a_request_without_tools_is_answered_in_the_content() -> None:
    def respond(request: Request) -> Reply:
        return completion(request, {"name": "Łojasiewicz"}, usage=(7, 3))

    with OpenAIServer(respond) as server, client_of(server) as client:
        first, second = ask(client), ask(client)
    assert first.choices[0].message.content == '{"name": "Łojasiewicz"}'
    assert (first.model, first.choices[0].finish_reason, first.usage.total_tokens) == ("small", "stop", 10)
    assert first == second


def test_requests_are_kept_as_received() -> None:
    parts: Any = [{"role": "user", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}]
    with OpenAIServer(answer_yes) as server, client_of(server) as client:
        ask(client, "one", "two")
        client.chat.completions.create(model="small", messages=parts)
    first, second = server.requests
    assert (first.method, first.path, first.headers["authorization"]) == (
        "POST",
        "/v1/chat/completions",
        "Bearer test",
    )
    assert (first.body["model"], len(first.messages)) == ("small", 2)
    assert (first.text, second.text) == ("one\ntwo", "a\nb")


def test_scripted_replies_are_given_in_turn_and_run_out() -> None:
    limit = error(429, "Slow down", code="rate_limit_exceeded", kind="tokens", headers={"Retry-After": "3"})
    with OpenAIServer([limit, Reply(body="<html>", status=502)]) as server, client_of(server) as client:
        with pytest.raises(openai.RateLimitError) as limited:
            ask(client)
        with pytest.raises(openai.InternalServerError, match="<html>"):
            ask(client)
        with pytest.raises(openai.BadRequestError) as exhausted:
            ask(client)
    assert (limited.value.code, limited.value.type) == ("rate_limit_exceeded", "tokens")
    assert limited.value.response.headers["retry-after"] == "3"
    assert exhausted.value.code == "no_reply_left"


def test_refusals_and_answers_cut_off_look_like_the_real_ones() -> None:
    def respond(request: Request) -> Reply:
        return cut_off(request, '{"tas') if "tools" in request.body else refusal(request, "No.")

    with OpenAIServer(respond) as server, client_of(server) as client:
        refused, cut = ask(client).choices[0], ask(client, tools=TOOLS).choices[0]
    assert (refused.message.refusal, refused.message.content) == ("No.", None)
    assert (cut.finish_reason, cut.message.tool_calls[0].function.arguments) == ("length", '{"tas')


def test_an_abstract_is_given_its_own_answer() -> None:
    answers = {"About cats.": {"n": 1}, "About cats. And dogs.": {"n": 2}, "Birds.": {"n": 3}, "": {"n": 4}}
    with OpenAIServer(answers_by_abstract(answers)) as server, client_of(server) as client:
        prompts = [f"Title\n\n{abstract}\n\nAnswer in JSON." for abstract in answers]
        choices = [ask(client, "Example: Birds.", prompt).choices[0] for prompt in prompts]
        with pytest.raises(openai.NotFoundError) as unknown:
            ask(client, "About fish.")
    assert [json.loads(choice.message.content)["n"] for choice in choices] == [1, 2, 3, 3]
    assert unknown.value.code == "unknown_abstract"


def test_models_are_listed_and_other_addresses_are_not_found() -> None:
    with OpenAIServer(answer_yes) as server, client_of(server) as client, httpx2.Client() as plain:
        assert [model.id for model in client.models.list()] == ["test-model"]
        lost = plain.get(f"{server.base_url}/embeddings")
        malformed = plain.post(f"{server.base_url}/chat/completions", content=b"{")
    assert (lost.status_code, malformed.status_code) == (404, 400)
    assert set(lost.json()["error"]) == {"message", "type", "param", "code"}


def test_a_connection_serves_many_requests() -> None:
    body = json.dumps({"messages": []})
    with OpenAIServer(answer_yes) as server:
        connection = HTTPConnection("127.0.0.1", server.port)
        sockets = set()
        for _ in range(3):
            connection.request("POST", "/v1/chat/completions", body)
            assert connection.getresponse().read()
            sockets.add(connection.sock)
        connection.close()
    assert len(sockets) == 1


def test_a_dropped_connection_is_an_error_for_the_client_and_the_next_request_is_served() -> None:
    with OpenAIServer([Reply(keep=0), Reply()]) as server, client_of(server) as client:
        with pytest.raises(openai.APIConnectionError) as dropped:
            ask(client)
        ask(client)
    assert isinstance(dropped.value.__cause__, httpx2.RemoteProtocolError)
    assert len(server.requests) == 2


def test_a_hundred_requests_at_once_each_get_their_own_answer() -> None:
    answers = {f"Abstract number {n:03}.": {"n": n} for n in range(100)}

    async def ask_all(base_url: str) -> list[int]:
        async with openai.AsyncOpenAI(base_url=base_url, api_key="test", max_retries=0) as client:

            async def ask_one(abstract: str) -> int:
                messages: Any = [{"role": "user", "content": abstract}]
                reply = await client.chat.completions.create(model="small", messages=messages)
                return int(json.loads(reply.choices[0].message.content or "")["n"])

            return await asyncio.gather(*map(ask_one, answers))

    with OpenAIServer(answers_by_abstract(answers)) as server:
        assert asyncio.run(ask_all(server.base_url)) == list(range(100))
    assert len(server.requests) == 100


def test_leaving_the_server_ends_the_requests_it_still_holds() -> None:
    all_here = threading.Event()

    def hold(_: Request) -> Reply:
        if len(server.requests) == 300:
            all_here.set()
        return Reply(delay=600)

    async def hang_up_on_all() -> list[BaseException | httpx2.Response]:
        unbounded = httpx2.Limits(max_connections=None)
        async with httpx2.AsyncClient(limits=unbounded, timeout=60, trust_env=False) as client:
            address = f"{server.base_url}/chat/completions"
            posts = [asyncio.create_task(client.post(address, json={"messages": []})) for _ in range(300)]
            await asyncio.to_thread(all_here.wait, 60)
            await asyncio.to_thread(server.__exit__, None, None, None)
            return await asyncio.gather(*posts, return_exceptions=True)

    server = OpenAIServer(hold).__enter__()
    outcomes = asyncio.run(hang_up_on_all())
    assert all(isinstance(outcome, httpx2.TransportError) for outcome in outcomes)
    assert server.in_flight_max == 300


@pytest.mark.parametrize("reply", [None, Reply(body={"no": {"json"}})])
def test_a_mistake_in_respond_is_raised_where_the_server_is_left(reply: Reply | None) -> None:
    def mistaken(_: Request) -> Reply:
        assert reply is not None, "never asked"
        return reply

    def run() -> None:
        failed = pytest.raises(openai.InternalServerError, match="respond failed")
        with OpenAIServer(mistaken) as server, client_of(server) as client, failed:
            ask(client)

    with pytest.raises((AssertionError, TypeError)):
        run()


def test_a_port_can_be_taken_again_at_once() -> None:
    with OpenAIServer(answer_yes) as server, client_of(server) as client:
        ask(client)
        with pytest.raises(OSError, match="in use"), OpenAIServer(answer_yes, port=server.port):
            pass
    with OpenAIServer(answer_yes, port=server.port) as again, client_of(again) as client:
        assert ask(client).choices
