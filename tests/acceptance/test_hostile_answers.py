"""Answers without end or measure: one failed record each, in little memory, and nothing is lost beside it."""

from __future__ import annotations

import gzip
import json
import os
import resource
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import records_in
from openai_server import OpenAIServer, Reply, Request, completion

PAPERS = 12
MEMORY = 1_000_000_000
MB = b"x" * (1 << 20)
Body = Iterator[bytes]


def head(status: int, *lines: str) -> bytes:
    return "\r\n".join([f"HTTP/1.1 {status} X", "content-type: application/json", *lines, "", ""]).encode()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def endless(status: int = 200) -> Body:
    yield head(status, "transfer-encoding: chunked")
    while True:
        yield chunk(MB)


def a_gigabyte(status: int) -> Body:
    yield head(status, "content-length: 1000000000")
    for _ in range(1000):
        yield b"y" * 1_000_000


def whole(data: bytes, *lines: str) -> Body:
    yield head(200, f"content-length: {len(data)}", *lines)
    yield data


def packed(layers: int) -> Body:
    data = gzip.compress(b"0" * 200_000_000, 1)
    for _ in range(layers - 1):
        data = gzip.compress(data, 9)
    return whole(data, "content-encoding: " + ", ".join(["gzip"] * layers))


def behind_the_end() -> Body:
    """What is packed has ended, and what follows it has not."""
    yield head(200, "transfer-encoding: chunked", "content-encoding: deflate")
    yield chunk(zlib.compress(b"{}"))
    while True:
        yield chunk(MB)


def many_values(piece: bytes) -> Body:
    return whole(b"[" + piece * (31_000_000 // len(piece)) + b"0]")


def in_thirty_megabytes(form: bytes) -> Body:
    return whole(form % ("\U0001f426 " + "a b " * 7_500_000).encode())


HOSTILE: dict[str, Callable[[], Body]] = {
    "endless": endless,
    "endless error": lambda: endless(500),
    "a gigabyte": lambda: a_gigabyte(200),
    "a gigabyte of an error": lambda: a_gigabyte(500),
    "a bomb": lambda: packed(1),
    "a bomb in a bomb": lambda: packed(2),
    "endless behind the end": behind_the_end,
    "ten million lists": lambda: many_values(b"[],"),
    "four million objects": lambda: many_values(b'{"":0},'),
}
WIDE: dict[str, tuple[bytes, str]] = {
    "no JSON": (b"%s", "empty_answer"),
    "no answer": (b'{"choices":[{"message":{"content":"%s"}}]}', "answer_not_json"),
    "a refusal": (b'{"choices":[{"message":{"refusal":"%s"}}]}', "refused"),
    "an error": (b'{"error":{"message":"%s","code":400}}', "bad_request"),
}


def answered(request: Request) -> Reply:
    """As the abstract says: rightly, or with one of the bodies above."""
    for name, hostile in HOSTILE.items():
        if f"about {name}." in request.text_of("user"):
            return Reply(pieces=hostile())
    for name, (form, _) in WIDE.items():
        if f"about {name}." in request.text_of("user"):
            return Reply(pieces=in_thirty_megabytes(form))
    return completion(request, {"tasks": [], "methods": ["Curlew"]})


def extracted(papers: Path, out: Path, base_url: str) -> tuple[int, str]:
    command = ["extract", str(papers), "-o", str(out), "--model", "openai/m", "--base-url", base_url]
    done = subprocess.run(
        [sys.executable, "-m", "absextract", *command, "--no-cache"],
        capture_output=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        env=os.environ | {"OPENAI_API_KEY": "none-is-needed-here"},
        timeout=120,
        check=False,
    )
    return done.returncode, done.stderr.decode()


def write(path: Path, names: list[str]) -> Path:
    lines = [{"title": f"Paper {i}", "abstract": f"Curlew {i} is about {name}."} for i, name in enumerate(names)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.parametrize("name", [*HOSTILE, *WIDE])
def test_an_answer_without_measure_is_one_failed_record(name: str, tmp_path: Path) -> None:
    names = ["birds"] * PAPERS
    names[3] = name
    papers, out = write(tmp_path / "papers.jsonl", names), tmp_path / "out.jsonl"
    with OpenAIServer(answered) as server:
        status, said = extracted(papers, out, server.base_url)
    records: list[dict[str, Any]] = records_in(out)
    assert (status, len(records)) == (1, PAPERS), said
    assert [i for i, record in enumerate(records) if record["error"]] == [3], said
    assert records[3]["error"]["code"] in ("answer_too_long", *WIDE.get(name, ())[1:])
    assert out.stat().st_size < 100_000
