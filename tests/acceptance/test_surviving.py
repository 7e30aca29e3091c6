"""Whatever happens to a run: the same command goes on, pays for nothing twice, and ends with the same file."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from command_line import absextract, records_in
from openai_server import OpenAIServer, Reply, Request, completion, error

PAPERS, KILLS, IN_FLIGHT = 1500, 12, 32


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def write_papers(path: Path, count: int) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for i in range(count):
            abstract = f"We present Heron{i}, paper no. {i}. Heron{i} reaches an accuracy of {i % 90}.5% on Reedbed."
            file.write(json.dumps({"id": f"p{i}", "title": f"Title {i}", "abstract": abstract}) + "\n")
    return path


def number_of(request: Request) -> int:
    return int(request.text_of("user").split("paper no. ")[1].split(".")[0])


def answer(request: Request, **reply: Any) -> Reply:
    """What a model would say; a third of the papers need a re-ask, and some are answered late."""
    i = number_of(request)
    wrong = i % 3 == 0 and len(request.messages) == 2
    result: dict[str, Any] = {"score": "99.9%" if wrong else f"{i % 90}.5%", "kind": "value", "metric": "accuracy"}
    context = {"dataset": "Reedbed", "method": f"Heron{i}", "baseline": None, "evidence": f"accuracy of {i % 90}.5%"}
    facts: dict[str, Any] = {"tasks": [], "methods": [f"Heron{i}"], "datasets": ["Reedbed"], "metrics": ["accuracy"]}
    facts |= {"results": [result | context], "links": [], "code_url": None}
    return Reply(body=completion(request, facts).body, delay=0.3 if i % 50 == 0 else 0.01, **reply)


def extraction(papers: Path, out: Path, server: OpenAIServer, *more: Any) -> list[Any]:
    """The words of a command."""
    model = ["--model", "openai/m", "--base-url", server.base_url, "--concurrency", IN_FLIGHT]
    return ["extract", papers, "-o", out, *model, *more]


def command(*words: Any) -> list[str]:
    """The command as a process, to be killed."""
    return [sys.executable, "-m", "absextract", *map(str, words)]


def as_in_a_terminal() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@contextlib.contextmanager
def running(words: list[Any], **env: str) -> Iterator[subprocess.Popen[str]]:
    options: dict[str, Any] = {"env": os.environ | env, "preexec_fn": as_in_a_terminal, "text": True}
    with subprocess.Popen(command(*words), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_until(there: Callable[[], bool], process: subprocess.Popen[str]) -> None:
    """Until something is the case; fails where the process has ended without it."""
    while not there():
        assert process.poll() is None, process.stderr and process.stderr.read()
        time.sleep(0.001)


@pytest.mark.slow
def test_twelve_kills_later_the_file_is_that_of_an_uninterrupted_run(tmp_path: Path, out: Path) -> None:
    papers, whole = write_papers(tmp_path / "papers.jsonl", PAPERS), tmp_path / "whole.jsonl"
    moments = random.Random(5)
    with OpenAIServer(answer) as server:
        done = absextract(*extraction(papers, whole, server, "--cache-dir", tmp_path / "c1"))
        assert done.returncode == 0
        needed = len(server.requests)
        args = extraction(papers, out, server, "--cache-dir", tmp_path / "c2")
        for _ in range(KILLS):
            target = len(server.requests) + moments.randrange(needed // KILLS)
            with running(args) as process:
                wait_until(lambda target=target: len(server.requests) >= target, process)  # type: ignore[misc]
                time.sleep(moments.random() * 0.05)
                process.kill()
        assert absextract(*args).returncode == 0
        assert out.read_bytes() == whole.read_bytes()
        assert len(server.requests) <= 2 * needed + KILLS * IN_FLIGHT
    summary = json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))
    assert (summary["records"], summary["finished"]) == (PAPERS, True)
    assert not Path(f"{out}.lock").exists()


def test_a_full_disk_is_told_and_the_next_run_goes_on(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 200)
    whole = tmp_path / "whole.jsonl"

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))

    with OpenAIServer(answer) as server:
        assert absextract(*extraction(papers, whole, server, "--no-cache")).returncode == 0
        args = extraction(papers, out, server, "--no-cache")
        full = subprocess.run(command(*args), preexec_fn=no_room, capture_output=True, text=True, check=False)
        assert full.returncode == 2
        assert "out.jsonl: File too large; the same command goes on from here" in full.stderr
        assert out.stat().st_size == 100_000, "up to the last byte there was room for"
        assert absextract(*args).returncode == 0
    assert out.read_bytes() == whole.read_bytes()


def test_a_second_run_on_the_same_output_is_refused(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 30)
    stalling = OpenAIServer(lambda r: Reply(delay=60) if number_of(r) == 20 else answer(r))
    with stalling as server, running(extraction(papers, out, server)) as process:
        wait_until(out.exists, process)
        for options in ([], ["--overwrite"], ["--retry-failed"]):
            second = absextract("extract", papers, "-o", out, "--model", "builtin", *options)
            assert second.returncode == 2
            assert "out.jsonl: another run is writing it; wait until it has ended" in " ".join(second.stderr.split())
    assert [record["extractor"]["model"] for record in records_in(out)] == ["openai/m"] * 20


def test_settings_changed_after_a_kill_are_noticed(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 300)
    with OpenAIServer(answer) as server:
        with running(extraction(papers, out, server)) as process:
            wait_until(lambda: out.exists() and out.stat().st_size > 0, process)
            process.kill()
        before = out.read_bytes()
        changed = absextract(*extraction(papers, out, server, "--unsupported", "keep"))
        assert changed.returncode == 2
        assert "made with unsupported drop, this run has keep; choose another -o, or --overwrite" in changed.stderr
        assert out.read_bytes() == before


def test_a_kill_during_a_retry_of_failed_records_leaves_the_former_file(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 100)
    with OpenAIServer(lambda r: error(400, "no") if number_of(r) % 10 == 7 else answer(r)) as server:
        assert absextract(*extraction(papers, out, server)).returncode == 1
    failed = out.read_bytes()
    args = extraction(papers, out, server, "--retry-failed")
    with OpenAIServer(lambda r: answer(r) if number_of(r) < 50 else Reply(delay=60), port=server.port) as stalling:
        with running(args) as process:
            wait_until(lambda: len(stalling.requests) == 11, process)  # the last is the re-ask of 27
            process.kill()
        assert out.read_bytes() == failed
    with OpenAIServer(answer, port=server.port) as healthy:
        assert absextract(*args).returncode == 0
        assert 7 <= len(healthy.requests) <= 9, "most of those below 50 were answered before the kill"
    assert [record["id"] for record in records_in(out)] == [f"p{i}" for i in range(100)]
    assert {record["status"] for record in records_in(out)} == {"ok"}
    assert not Path(f"{out}.partial").exists()


def test_records_behind_the_retried_ones_are_written_as_they_come(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 40)
    with OpenAIServer(lambda r: error(400, "no")) as server:
        assert absextract(*extraction(papers, out, server, "--limit", 5)).returncode == 1
    stalling = OpenAIServer(lambda r: Reply(delay=60) if number_of(r) == 30 else answer(r), port=server.port)
    with stalling, running(extraction(papers, out, server, "--retry-failed")) as process:
        wait_until(lambda: out.read_bytes().count(b"\n") == 30, process)
        process.kill()
    assert {record["status"] for record in records_in(out)} == {"ok"}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, -signal.SIGINT), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_second_signal_ends_the_run_at_once(tmp_path: Path, out: Path, number: int, status: int) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 3)
    with OpenAIServer(lambda _: Reply(delay=60)) as server, running(extraction(papers, out, server)) as process:
        wait_until(lambda: len(server.requests) == 3, process)
        process.send_signal(number)
        assert process.stderr
        assert "interrupted: waiting 5 s for answers on their way" in process.stderr.readline()
        process.send_signal(number)
        assert process.wait(4) == status
    assert not out.exists()


def test_failed_records_of_a_former_run_still_count(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 4)
    with OpenAIServer(lambda r: error(400, "no") if number_of(r) == 2 else answer(r)) as server:
        for _ in range(2):
            done = absextract(*extraction(papers, out, server))
            assert done.returncode == 1
    assert "0 new records in" in done.stderr
    assert "4 kept from before: 3 ok, 1 failed" in done.stderr
    assert "runs before: 6 requests" in done.stderr


def test_the_log_tells_what_happened_as_json_lines_without_keys(tmp_path: Path, out: Path) -> None:
    papers, log = write_papers(tmp_path / "papers.jsonl", 6), tmp_path / "run.log"
    seen: set[int] = set()

    def shaky(request: Request) -> Reply:
        number = number_of(request)
        if number == 1:
            return error(400, "not with sk-very-secret-key-123456")
        if number == 2 and number not in seen:
            seen.add(number)
            return Reply(status=429, body={"error": {"message": "slow down"}}, headers={"retry-after": "0.01"})
        return answer(request)

    with OpenAIServer(shaky) as server:
        args = extraction(papers, out, server, "--log-file", log, "--verbose")
        done = absextract(*args, OPENAI_API_KEY="sk-very-secret-key-123456")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    events = [line["event"] for line in lines]
    assert (events[0], events[-1]) == ("begin", "end")
    assert sorted(events[1:-1]) == ["failed", "pause", "reask", "reask", "retry"]
    told = {line["event"]: line for line in lines}
    assert told["begin"]["settings"]["model"] == "openai/m"
    assert (told["failed"]["id"], told["failed"]["code"]) == ("p1", "bad_request")
    assert (told["retry"]["id"], told["retry"]["code"]) == ("p2", "rate_limited")
    assert "number_not_in_source" in told["reask"]["codes"]
    assert told["end"]["summary"]["status"] == {"ok": 5, "flagged": 0, "failed": 1}
    assert {"time", "level", "logger", "message"} <= set(lines[0])
    assert "p1: failed: HTTP 400" in done.stderr
    assert "very-secret" not in done.stderr + log.read_text(encoding="utf-8")


def peak_of(process: subprocess.Popen[str]) -> int:
    """Kilobytes resident at most until a process ends; its `rusage` would count what we had when it was forked."""
    status, peak = Path(f"/proc/{process.pid}/status"), 0
    while process.poll() is None:
        with contextlib.suppress(OSError, IndexError):
            peak = int(status.read_text(encoding="utf-8").split("VmHWM:")[1].split()[0])
        time.sleep(0.005)
    return peak


@pytest.mark.parametrize("name", ["papers.jsonl", "out.jsonl", "out.jsonl.run.json", "notes.txt"])
def test_a_log_file_that_is_something_else_is_refused(tmp_path: Path, out: Path, name: str) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 3)
    (tmp_path / "notes.txt").write_text("mine\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    done = absextract("extract", papers, "-o", out, "--model", "builtin", "--log-file", tmp_path / name)
    assert done.returncode == 2
    assert "log" in done.stderr
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_log_among_the_inputs_is_no_input(tmp_path: Path) -> None:
    write_papers(tmp_path / "papers.jsonl", 3)
    for name in ("run.log", "run.jsonl"):
        for _ in range(2):
            args = ["extract", tmp_path, "-o", tmp_path / "out.jsonl", "--model", "builtin", "--overwrite"]
            assert absextract(*args, "--log-file", tmp_path / name).returncode == 0
            assert len(records_in(tmp_path / "out.jsonl")) == 3
        (tmp_path / name).unlink()


def test_an_overwriting_that_ends_before_its_first_record_leaves_all_as_it_was(tmp_path: Path, out: Path) -> None:
    papers = write_papers(tmp_path / "papers.jsonl", 10)
    with OpenAIServer(answer) as server:
        assert absextract(*extraction(papers, out, server)).returncode == 0
    before = out.read_bytes(), Path(f"{out}.run.json").read_bytes()
    with OpenAIServer(lambda _: Reply(delay=60), port=server.port) as stalling:
        args = extraction(papers, out, server, "--overwrite", "--no-cache", "--unsupported", "keep")
        with running(args) as process:
            wait_until(lambda: len(stalling.requests) == 10, process)
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "the same command without --overwrite goes on from here" in said
        limited = absextract(*args, "--max-total-tokens", 1)
        assert limited.returncode == 1
    assert (out.read_bytes(), Path(f"{out}.run.json").read_bytes()) == before


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc here")
def test_memory_does_not_grow_with_the_input(tmp_path: Path) -> None:
    peaks = []
    with OpenAIServer(lambda request: Reply(body=answer(request).body)) as server:
        for count in (500, 5000):
            papers = write_papers(tmp_path / f"{count}.jsonl", count)
            options = ["--cache-dir", tmp_path / str(count), "--max-reasks", 0, "--quiet"]
            with running(extraction(papers, tmp_path / f"{count}.out", server, *options)) as process:
                peaks.append(peak_of(process))
            assert process.returncode == 0
    assert peaks[0] > 50_000
    assert peaks[1] < 1.1 * peaks[0]
