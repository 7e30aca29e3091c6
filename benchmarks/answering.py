"""A server that is never the limit, for throughput.py: a process of its own that gives prepared answers after 200 ms.

    python benchmarks/answering.py ANSWERS.json

ANSWERS.json holds `{"tools": […], "content": […]}`: the text of the answer to each paper, as the arguments of a tool
call or as content. A request is told by the last `[#N]` in it. The port is printed first; `GET /stats` says how many
requests there were and how many seconds of CPU they took.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from pathlib import Path

DELAY = 0.2
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"


class Answers:
    """Every response as it goes over the wire, made before the first request."""

    def __init__(self, texts: dict[str, list[str]]) -> None:
        self.tools = [_wire({"content": None, "tool_calls": [_call(text)]}) for text in texts["tools"]]
        self.content = [_wire({"content": text}) for text in texts["content"]]
        self.requests = 0

    def to(self, body: bytes) -> bytes:
        """The answer to one request."""
        self.requests += 1
        at = body.rindex(b"[#") + 2
        number = int(body[at : body.index(b"]", at)])
        return (self.tools if b'"tools"' in body else self.content)[number]

    def stats(self) -> bytes:
        """What was done so far."""
        usage = resource.getrusage(resource.RUSAGE_SELF)
        body = json.dumps({"requests": self.requests, "cpu": usage.ru_utime + usage.ru_stime, "delay": DELAY}).encode()
        return HEAD % len(body) + body


class Exchange(asyncio.Protocol):
    """One kept connection."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the way back."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answers whatever is whole."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body, self._buffer = self._buffer[end + 4 : end + 4 + length], self._buffer[end + 4 + length :]
            if head.startswith(b"get /stats"):
                self._transport.write(self._answers.stats())
            else:
                asyncio.get_running_loop().call_later(DELAY, self._transport.write, self._answers.to(body))


def _wire(message: dict[str, object]) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "refusal": None, **message}, "finish_reason": "stop"}
    usage = {"prompt_tokens": 1000, "completion_tokens": 150, "total_tokens": 1150}
    body = json.dumps(
        {
            "id": "chatcmpl-bench",
            "object": "chat.completion",
            "created": int(time.time()),
            "model": "m",
            "choices": [choice],
            "usage": usage,
        }
    ).encode()
    return HEAD % len(body) + body


def _call(text: str) -> dict[str, object]:
    return {"id": "call", "type": "function", "function": {"name": "PaperExtraction", "arguments": text}}


async def main() -> None:
    """Serves until it is killed."""
    answers = Answers(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
    server = await asyncio.get_running_loop().create_server(lambda: Exchange(answers), "127.0.0.1", 0, backlog=4096)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
