"""Runs that are refused, limited, interrupted or rehearsed, on the command line."""

from __future__ import annotations

import asyncio
import itertools
import json
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in
from openai_server import OpenAIServer, Reply, Request, completion, error
from papers import ABSTRACT, TITLE, truth

KEY = "sk-secret-0123456789-of-nobody"
NOTHING: dict[str, Any] = {name: [] for name in ("tasks", "methods", "datasets", "metrics", "results", "links")}
EMPTY = NOTHING | {"code_url": None}


def command(*args: Any) -> list[str]:
    return [sys.executable, "-m", "absextract", *map(str, args)]


def number_of(request: Request) -> int:
    return int(request.messages[1]["content"].partition("number ")[2].partition(".")[0])


def right(request: Request) -> Reply:
    return completion(request, EMPTY, usage=(90, 10))


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "papers.jsonl"
    lines = [json.dumps({"id": f"p{i}", "title": "T", "abstract": f"Abstract number {i}."}) for i in range(300)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def test_permanent_errors_are_failed_records_and_retry_failed_sends_exactly_those(papers: Path, out: Path) -> None:
    def refuse_some(request: Request) -> Reply:
        return error(400, "not this one") if number_of(request) % 10 == 3 else right(request)

    with OpenAIServer(refuse_some) as server:
        port = server.port
        model = ("--model", "openai/m", "--base-url", server.base_url, "--no-cache")
        first = absextract("extract", papers, "-o", out, *model)
        assert len(server.requests) == 300, "no permanent error is sent twice"
    failed = [record["id"] for record in records_in(out) if record["status"] == "failed"]
    assert (first.returncode, failed) == (1, [f"p{i}" for i in range(3, 300, 10)])
    assert "30 failed" in first.stderr
    with OpenAIServer(right, port=port) as server:
        again = absextract("extract", papers, "-o", out, *model, "--retry-failed")
        assert sorted(map(number_of, server.requests)) == list(range(3, 300, 10))
    assert again.returncode == 0, again.stderr
    assert [record["id"] for record in records_in(out)] == [f"p{i}" for i in range(300)]
    assert all(record["error"] is None for record in records_in(out))


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_key_or_model_stops_a_run_with_many_in_flight_at_once(papers: Path, out: Path, status: int) -> None:
    with OpenAIServer(lambda _: error(status, "it is wrong")) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--concurrency", 256)
        done = absextract("extract", papers, "-o", out, *model)
    assert done.returncode == 2
    assert f"HTTP {status}: it is wrong; no record was written" in " ".join(done.stderr.split())
    assert not out.exists()


def test_a_wrong_key_stops_a_run_that_begins_with_answers_on_disk(papers: Path, out: Path) -> None:
    with OpenAIServer(right) as server:
        port = server.port
        model = ("--model", "openai/m", "--base-url", server.base_url)
        assert absextract("extract", papers, "-o", out, *model, "--limit", 5).returncode == 0
    with OpenAIServer(lambda _: error(401, "expired"), port=port):
        done = absextract("extract", papers, "-o", out, *model, "--overwrite")
    assert done.returncode == 2
    assert "expired; 5 records were written" in " ".join(done.stderr.split())
    assert [record["id"] for record in records_in(out)] == [f"p{i}" for i in range(5)]


def test_a_401_in_the_middle_costs_a_record_and_not_the_run(papers: Path, out: Path) -> None:
    def refuse_one(request: Request) -> Reply:
        return error(401, "odd") if number_of(request) == 150 else right(request)

    with OpenAIServer(refuse_one) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--concurrency", 256)
        done = absextract("extract", papers, "-o", out, *model)
    assert done.returncode == 1
    assert [record["id"] for record in records_in(out) if record["error"]] == ["p150"]


def test_a_thousand_at_once(tmp_path: Path, out: Path) -> None:
    papers = tmp_path / "many.jsonl"
    papers.write_text(
        "\n".join(json.dumps({"abstract": f"Abstract number {i}."}) for i in range(1500)), encoding="utf-8"
    )
    all_there, seen = asyncio.Event(), itertools.count(1)

    def once_all_are_there(request: Request) -> Reply:
        if next(seen) == 1000:
            all_there.set()
        return Reply(body=right(request).body, until=all_there)

    with OpenAIServer(once_all_are_there) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--concurrency", 1000)
        done = absextract("extract", papers, "-o", out, *model)
        assert server.in_flight_max == 1000
        assert len(server.requests) == 1500, "none was sent twice"
    assert done.returncode == 0, done.stderr


def test_a_limit_of_tokens_ends_the_run_cleanly_and_the_next_goes_on(papers: Path, out: Path) -> None:
    with OpenAIServer(right) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url)
        done = absextract("extract", papers, "-o", out, *model, "--max-total-tokens", 10_000)
        sent = len(server.requests)
        assert 0 < sent * 100 <= 10_000
        assert done.returncode == 1
        assert "stopped at --max-total-tokens 10000" in " ".join(done.stderr.split())
        assert "the same command goes on from here" in " ".join(done.stderr.split())
        written = records_in(out)
        assert [record["id"] for record in written] == [f"p{i}" for i in range(len(written))]
        assert not [record for record in written if record["error"]]
        summary = json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))
        assert summary["stopped"].startswith("--max-total-tokens 10000")
        assert summary["usage"]["total_tokens"] == sent * 100
        again = absextract("extract", papers, "-o", out, *model)
        assert again.returncode == 0, again.stderr
        assert len(server.requests) == 300, "nothing was paid for twice"
    assert [record["id"] for record in records_in(out)] == [f"p{i}" for i in range(300)]


def test_a_limit_of_tokens_leaves_failed_records_in_their_place(papers: Path, out: Path) -> None:
    with OpenAIServer(lambda r: error(400, "no") if number_of(r) % 2 else right(r)) as server:
        port = server.port
        model = ("--model", "openai/m", "--base-url", server.base_url, "--limit", 20)
        absextract("extract", papers, "-o", out, *model)
    with OpenAIServer(right, port=port) as server:
        done = absextract("extract", papers, "-o", out, *model, "--retry-failed", "--max-total-tokens", 2500)
        assert 0 < len(server.requests) < 10
    assert done.returncode == 1
    records = records_in(out)
    assert [record["id"] for record in records] == [f"p{i}" for i in range(20)]
    assert sum(record["status"] == "failed" for record in records) == 10 - len(server.requests)


def test_a_rehearsal_prints_the_first_request_and_sends_nothing(papers: Path, out: Path) -> None:
    with OpenAIServer(right) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url)
        rehearsed = absextract("extract", papers, "-o", out, *model, "--dry-run", OPENAI_API_KEY=KEY)
        assert server.requests == []
        assert not out.exists()
        absextract("extract", papers, "-o", out, *model, "--limit", 1)
        assert json.loads(rehearsed.stdout) == server.requests[0].body
        later = absextract("extract", papers, "-o", out, *model, "--dry-run")
    assert rehearsed.returncode == 0
    assert "300 papers; nothing was sent" in rehearsed.stderr
    assert "prompt tokens" in rehearsed.stderr
    assert "300 papers, 1 of them in the cache" in later.stderr
    assert KEY not in rehearsed.stdout + rehearsed.stderr


def test_a_rehearsal_needs_no_key_no_server_and_no_output(papers: Path, out: Path) -> None:
    for options in ((), ("-o", out), ("--engine", "ray")):
        done = absextract("extract", papers, *options, "--model", "openai/gpt-5-mini", "--dry-run")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["model"] == "gpt-5-mini"
    without = absextract("extract", papers, "--model", "openai/gpt-5-mini")
    assert (without.returncode, "Missing option '--output' / '-o'" in without.stderr) == (2, True)


def test_a_price_that_is_not_known_is_not_taken_for_nothing(papers: Path, out: Path) -> None:
    with OpenAIServer(right) as server:
        model = ("--model", "openai/of-my-own", "--base-url", server.base_url, "--max-cost", 1)
        done = absextract("extract", papers, "-o", out, *model)
        assert server.requests == []
    assert done.returncode == 2
    assert "--max-cost" in done.stderr


@pytest.mark.parametrize("trouble", ["retry", "reask"])
def test_after_ctrl_c_nothing_more_is_sent(papers: Path, out: Path, trouble: str) -> None:
    lie = EMPTY | {"links": [{"url": "https://github.com/nobody/nothing", "kind": "code"}]}

    def respond(request: Request) -> Reply:
        if number_of(request) == 0:
            return right(request)
        later = error(503, "busy", headers={"Retry-After": "100"})
        reply = later if trouble == "retry" else completion(request, lie)
        return replace(reply, delay=1.0)

    with OpenAIServer(respond) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--concurrency", 4)
        process = subprocess.Popen(
            command("extract", papers, "-o", out, *model),
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        while len(server.requests) < 5 or not out.exists():
            assert process.poll() is None
        sent = len(server.requests)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=60)  # what is under way lands; nothing waits for its next turn
        assert process.returncode == 130
        assert "the same command goes on from here" in stderr
        assert len(server.requests) == sent
    assert [record["id"] for record in records_in(out)] == ["p0"]


def test_an_echoed_key_is_in_no_file_and_on_no_screen(tmp_path: Path, out: Path) -> None:
    papers = tmp_path / "p.jsonl"
    papers.write_text(
        "".join(json.dumps({"id": str(i), "title": TITLE, "abstract": f"{ABSTRACT} ({i})"}) + "\n" for i in range(4)),
        encoding="utf-8",
    )
    seen: list[str] = []

    def echo(request: Request) -> Reply:
        key = request.headers["authorization"]
        seen.append(key)
        bad = error(400, f"you sent {key}"), Reply(400, f"<html>{key}"), error(403, "no", code=key)
        return [completion(request, truth() | {"tasks": [key]}), *bad][(len(seen) - 1) % 4]

    with OpenAIServer(echo) as server:
        model = ("--model", "openai/m", "--base-url", server.base_url, "--concurrency", 1)
        done = absextract("extract", papers, "-o", out, *model, OPENAI_API_KEY=KEY)
    assert seen[0] == f"Bearer {KEY}"
    assert KEY not in done.stdout + done.stderr
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {out.name, f"{out.name}.run.json", "cache.db"} <= {file.name for file in files}
    for file in files:
        assert KEY.encode() not in file.read_bytes(), file
