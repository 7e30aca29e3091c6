"""A local server that speaks the OpenAI chat-completions protocol, for tests and benchmarks.

    with OpenAIServer(lambda request: completion(request, {"tasks": []})) as server:
        client = OpenAI(base_url=server.base_url, api_key="test")

It needs the standard library alone, and runs on a thread with an event loop of its own.
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from http.client import responses
from threading import Thread
from types import TracebackType
from typing import Any, Self

__all__ = [
    "OpenAIServer",
    "Reply",
    "Request",
    "answers_by_abstract",
    "completion",
    "cut_off",
    "error",
    "refusal",
]

# Fixed, so that recorded traffic is the same on every run.
CREATED = 1_700_000_000
MODELS = {
    "object": "list",
    "data": [{"id": "test-model", "object": "model", "created": CREATED, "owned_by": "tests"}],
}


@dataclass(frozen=True)
class Reply:
    """What goes back for one request."""

    status: int = 200
    body: dict[str, Any] | str | bytes = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    """Seconds to wait before answering."""
    until: asyncio.Event | None = None
    """What to wait for before that."""
    keep: int | None = None
    """Send so many bytes of the answer, none or some, and close the connection."""
    pieces: Iterable[bytes] | None = None
    """What to send in place of all that, head included, before the connection is closed; perhaps without end."""


@dataclass(frozen=True)
class Request:
    """One request as received."""

    method: str
    path: str
    headers: Mapping[str, str]
    """Keys in lower case."""
    body: dict[str, Any]
    """The parsed JSON object, empty where the request had no body."""

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The conversation, oldest message first."""
        return list(self.body.get("messages", []))

    @property
    def text(self) -> str:
        """The contents of all messages, joined by newlines."""
        return self.text_of()

    def text_of(self, *roles: str) -> str:
        """The contents of the messages of these roles (none given: of all), joined by newlines."""
        chosen = [message for message in self.messages if not roles or message["role"] in roles]
        return "\n".join(_content_text(message.get("content")) for message in chosen)

    @property
    def function_name(self) -> str | None:
        """The function the answer has to call: the one forced by `tool_choice`, else the first tool."""
        choice = self.body.get("tool_choice")
        tools = [choice] if isinstance(choice, dict) else self.body.get("tools")
        return str(tools[0]["function"]["name"]) if tools else None


class OpenAIServer:
    """Serve `POST /v1/chat/completions` on 127.0.0.1 while the context is open.

    Args:
        respond: Called on the server's thread for every request, or the replies to give in turn.
            What it raises is answered with status 500 and raised again when the context is left.
        port: The port to bind; 0 takes a free one.

    Attributes:
        requests: Everything received, in order of arrival.
        in_flight_max: The most completions that were being answered at one time.
    """

    def __init__(self, respond: Callable[[Request], Reply] | Iterable[Reply], port: int = 0) -> None:
        self.requests: list[Request] = []
        self.in_flight_max = 0
        self.port = port
        self._respond = respond if callable(respond) else _in_turn(iter(respond))
        self._in_flight = 0
        self._failure: Exception | None = None
        self._conversations: set[asyncio.Task[None]] = set()

    @property
    def base_url(self) -> str:
        """The address to give to a client."""
        return f"http://127.0.0.1:{self.port}/v1"

    def __enter__(self) -> Self:
        started: Future[tuple[int, Callable[[], object]]] = Future()
        self._thread = Thread(target=lambda: asyncio.run(self._serve(started)), name="openai-server", daemon=True)
        self._thread.start()
        self.port, self._stop = started.result()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()
        self._thread.join()
        if self._failure is not None and raised is None:
            raise self._failure

    async def _serve(self, started: Future[tuple[int, Callable[[], object]]]) -> None:
        try:
            server = await asyncio.start_server(self._accept, "127.0.0.1", self.port, backlog=1024)
        except OSError as failure:
            started.set_exception(failure)
            return
        stop = asyncio.Event()
        wake = partial(asyncio.get_running_loop().call_soon_threadsafe, stop.set)
        started.set_result((server.sockets[0].getsockname()[1], wake))
        await stop.wait()
        server.close()  # the conversations still open are cancelled by asyncio.run

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversation = asyncio.create_task(self._converse(reader, writer))
        self._conversations.add(conversation)
        conversation.add_done_callback(self._conversations.discard)
        # Frees the socket of a conversation cancelled at any point, even before its first step.
        conversation.add_done_callback(lambda _: writer.transport.abort())

    async def _converse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            while await self._exchange(reader, writer):
                pass
            writer.close()
            await writer.wait_closed()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; say whether the connection stays open."""
        try:
            request = await _read_request(reader)
        except (ValueError, asyncio.LimitOverrunError) as malformed:
            writer.write(_to_wire(error(400, f"Malformed request: {malformed}")))
            return False
        pieces, is_whole = await self._answer(request)
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        return is_whole and request.headers.get("connection", "").lower() != "close"

    async def _answer(self, request: Request) -> tuple[Iterable[bytes], bool]:
        """The pieces to send, and whether they are all; the connection is closed after some."""
        self.requests.append(request)
        path = request.path.partition("?")[0]
        if (request.method, path) == ("GET", "/v1/models"):
            return [_to_wire(Reply(body=MODELS))], True
        if request.method != "POST" or not path.endswith("/chat/completions"):
            return [_to_wire(error(404, f"Invalid URL ({request.method} {request.path})"))], True
        self._in_flight += 1
        self.in_flight_max = max(self.in_flight_max, self._in_flight)
        try:
            reply = self._respond(request)
            if reply.until:
                await reply.until.wait()
            await asyncio.sleep(reply.delay)
            if reply.pieces is not None:
                return reply.pieces, False
            wire = _to_wire(reply)
            return ([wire], True) if reply.keep is None else ([wire[: reply.keep]], False)
        except Exception as failure:  # a mistake in the test's own code: shown there, by __exit__
            self._failure = self._failure or failure
            return [_to_wire(error(500, f"The test's respond failed: {failure!r}"))], True
        finally:
            self._in_flight -= 1


def completion(
    request: Request,
    answer: dict[str, Any] | str,
    *,
    finish_reason: str | None = None,
    usage: tuple[int, int] = (100, 20),
) -> Reply:
    """Answer in the mode the request asks for: a tool call if it has `tools`, else content.

    Args:
        request: The request to answer.
        answer: An object to send as JSON, or the text to send as it is.
        finish_reason: Default: `tool_calls` for a call the model was free to make, else `stop`.
        usage: Tokens of the prompt and of the completion.
    """
    text = answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)
    name = request.function_name
    if name is None:
        return _chat_completion(request, {"content": text}, finish_reason or "stop", usage)
    call = {"id": "call_test", "type": "function", "function": {"name": name, "arguments": text}}
    forced = isinstance(request.body.get("tool_choice"), dict)
    reason = finish_reason or ("stop" if forced else "tool_calls")
    return _chat_completion(request, {"content": None, "tool_calls": [call]}, reason, usage)


def refusal(request: Request, text: str) -> Reply:
    """A refusal to answer, in the model's words."""
    return _chat_completion(request, {"content": None, "refusal": text}, "stop", (100, 20))


def cut_off(request: Request, partial_text: str) -> Reply:
    """An answer that ran into the token limit, with the JSON that came before it."""
    return completion(request, partial_text, finish_reason="length")


def error(
    status: int,
    message: str,
    code: str | None = None,
    kind: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Reply:
    """An error in the form OpenAI gives it; `kind` (its `type`) follows from the status where it is not given."""
    kind = kind or ("server_error" if status >= 500 else "invalid_request_error")
    body = {"error": {"message": message, "type": kind, "param": None, "code": code}}
    return Reply(status=status, body=body, headers=headers or {})


def answers_by_abstract(mapping: dict[str, dict[str, Any]]) -> Callable[[Request], Reply]:
    """Give each abstract's own answer; 404 for a request that holds none of them in its user messages.

    Where a request holds several (examples before the question), the one that ends last is meant.
    """
    # Looked up by first characters: the cost of a request does not grow with the mapping.
    abstracts = [abstract for abstract in mapping if abstract]
    width = min([64, *map(len, abstracts)])
    by_start: dict[str, list[str]] = defaultdict(list)
    for abstract in abstracts:
        by_start[abstract[:width]].append(abstract)

    def respond(request: Request) -> Reply:
        text = request.text_of("user")
        found = [
            (at + len(abstract), len(abstract), abstract)
            for at in range(len(text) - width + 1)
            for abstract in by_start.get(text[at : at + width], ())
            if text.startswith(abstract, at)
        ]
        if not found:
            return error(404, "The request holds no abstract that this server knows", code="unknown_abstract")
        return completion(request, mapping[max(found)[-1]])

    return respond


def _in_turn(replies: Iterator[Reply]) -> Callable[[Request], Reply]:
    """The replies one by one, and an error that no client retries once there are no more."""
    return lambda _: next(replies, error(400, "No reply is left", code="no_reply_left"))


def _chat_completion(request: Request, message: dict[str, Any], finish_reason: str, usage: tuple[int, int]) -> Reply:
    prompt_tokens, completion_tokens = usage
    message = {"role": "assistant", "refusal": None, **message}
    body = {
        "id": "chatcmpl-test",
        "object": "chat.completion",
        "created": CREATED,
        "model": request.body.get("model", "test-model"),
        "choices": [{"index": 0, "message": message, "logprobs": None, "finish_reason": finish_reason}],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": completion_tokens,
            "total_tokens": prompt_tokens + completion_tokens,
        },
    }
    return Reply(body=body)


def _content_text(content: str | list[dict[str, Any]] | None) -> str:
    """The text of a message's content: a string, or parts of which some hold text."""
    if isinstance(content, list):
        return "\n".join(part["text"] for part in content if "text" in part)
    return content or ""


async def _read_request(reader: asyncio.StreamReader) -> Request:
    """Read one HTTP/1.1 request.

    Raises:
        ValueError: It is no HTTP request with `Content-Length` and a JSON object.
        asyncio.LimitOverrunError: Its head is longer than 64 KiB.
        asyncio.IncompleteReadError: The client has closed the connection.
    """
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    start, *lines = head.removesuffix("\r\n\r\n").split("\r\n")
    method, path, _version = start.split(" ")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    if "transfer-encoding" in headers:
        raise ValueError("this server reads bodies with Content-Length alone")
    data = await reader.readexactly(int(headers.get("content-length", "0")))
    body = json.loads(data) if data else {}
    if not isinstance(body, dict):
        raise ValueError("the body is no JSON object")
    return Request(method, path, headers, body)


def _to_wire(reply: Reply) -> bytes:
    body = json.dumps(reply.body) if isinstance(reply.body, dict) else reply.body
    data = body.encode() if isinstance(body, str) else body
    given = {name.lower(): value for name, value in reply.headers.items()}
    headers = {"content-type": "application/json", **given, "content-length": str(len(data))}
    fields = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    head = f"HTTP/1.1 {reply.status} {responses.get(reply.status, '')}\r\n{fields}\r\n"
    return head.encode("latin-1") + data
