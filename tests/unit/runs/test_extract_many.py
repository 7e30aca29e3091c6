"""Many abstracts into one file: order, resume, retries in place, interrupts."""

from __future__ import annotations

import asyncio
import dataclasses
import itertools
import json
import os
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, computed_field

from absextract import Extractor, OutputError, ProviderSetupError
from absextract.output.summary import RunSummary
from absextract.runs.extract_many import TABLE_ROWS, run_job
from absextract.runs.job import Job
from openai_server import OpenAIServer, Reply, Request, completion, error
from papers import truth

NOTHING: dict[str, Any] = {
    "tasks": [],
    "methods": [],
    "datasets": [],
    "metrics": [],
    "results": [],
    "links": [],
    "code_url": None,
}


class Watcher:
    """Counts, and does something at a given record."""

    def __init__(self, at: int = -1, then: Any = None) -> None:
        self.seen = 0
        self._at, self._then = at, then

    def advance(self, summary: RunSummary) -> None:
        self.seen += 1
        if self.seen == self._at:
            self._then()


def write_papers(path: Path, count: int, *, start: int = 0) -> str:
    lines = (
        json.dumps({"id": f"p{i}", "title": f"Title {i}", "abstract": f"Abstract number {i}."})
        for i in range(start, start + count)
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


def run(
    job: Job, *, watcher: Watcher | None = None, settings: dict[str, Any] | None = None, **options: Any
) -> RunSummary:
    async def go() -> RunSummary:
        async with Extractor(**({"model": "builtin"} | options)) as extractor:
            return (await run_job(job, extractor, watcher or Watcher(), settings or {}))[0]

    return asyncio.run(go())


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


@pytest.fixture
def papers(tmp_path: Path) -> str:
    return write_papers(tmp_path / "papers.jsonl", 30)


def test_every_input_gives_one_record_in_order(papers: str, out: Path) -> None:
    summary = run(Job((papers,), str(out)))
    assert ids(out) == [f"p{i}" for i in range(30)]
    assert (summary.new, summary.kept, summary.exit_status) == (30, 0, 0)
    written = json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))
    assert written["status"] == {"ok": 30, "flagged": 0, "failed": 0}


@pytest.mark.parametrize("cut", [0, 1, 500, -1])
def test_a_run_goes_on_where_it_was_to_the_same_bytes(papers: str, out: Path, cut: int) -> None:
    run(Job((papers,), str(out)))
    whole = out.read_bytes()
    out.write_bytes(whole[:cut])
    summary = run(Job((papers,), str(out)))
    assert out.read_bytes() == whole
    assert summary.new + summary.kept == 30


def test_a_finished_run_does_nothing_again(papers: str, out: Path) -> None:
    run(Job((papers,), str(out)))
    assert run(Job((papers,), str(out))).new == 0
    assert run(Job((papers,), str(out), overwrite=True)).new == 30


def test_another_input_under_an_existing_output_is_refused(papers: str, out: Path, tmp_path: Path) -> None:
    run(Job((papers,), str(out)))
    before = out.read_bytes()
    other = write_papers(tmp_path / "other.jsonl", 30, start=5)
    with pytest.raises(OutputError, match=r"out.jsonl:1: belongs to another input .*--overwrite"):
        run(Job((other,), str(out)))
    write_papers(Path(papers), 3)
    with pytest.raises(OutputError, match="more records than the input"):
        run(Job((papers,), str(out)))
    assert out.read_bytes() == before


@pytest.mark.parametrize("order", [[30, 31, *range(30)], [*range(29, -1, -1)], [*range(3), 30, *range(3, 30)]])
@pytest.mark.parametrize("limit", [None, 7])
def test_an_input_that_grew_at_the_top_is_told_from_another(
    papers: str, out: Path, order: list[int], limit: int | None
) -> None:
    run(Job((papers,), str(out), limit=limit))
    before = out.read_bytes()
    lines = [Path(write_papers(Path(papers), 1, start=number)).read_text(encoding="utf-8") for number in order]
    Path(papers).write_text("".join(lines), encoding="utf-8")
    with pytest.raises(
        OutputError, match=r"out\.jsonl:\d: the input has all .*--overwrite .* costs nothing .*cache.* absextract merge"
    ):
        run(Job((papers,), str(out), limit=limit))
    assert out.read_bytes() == before
    Path(papers).write_text("".join(lines[:-5]), encoding="utf-8")  # now some are gone
    if not limit:
        with pytest.raises(OutputError, match="belongs to another input"):
            run(Job((papers,), str(out)))


def test_another_model_under_an_existing_output_is_refused(papers: str, out: Path) -> None:
    run(Job((papers,), str(out)))
    with pytest.raises(OutputError, match="made with model builtin"):
        run(Job((papers,), str(out)), model="openai/m", base_url="http://127.0.0.1:9/v1")


def test_a_file_that_is_no_record_file_is_not_written_over(papers: str, out: Path) -> None:
    out.write_text("my notes\n", encoding="utf-8")
    with pytest.raises(OutputError, match="not a record of absextract"):
        run(Job((papers,), str(out)))
    assert out.read_text(encoding="utf-8") == "my notes\n"


@pytest.mark.parametrize("retry_failed", [True, False])
def test_a_file_of_one_line_that_is_no_record_is_not_written_over(papers: str, out: Path, retry_failed: bool) -> None:
    out.write_text('{"precious": true}', encoding="utf-8")
    with pytest.raises(OutputError, match=r"out\.jsonl:1: not a record of absextract"):
        run(Job((papers,), str(out), retry_failed=retry_failed))
    assert out.read_text(encoding="utf-8") == '{"precious": true}'


def test_an_edited_abstract_under_an_existing_output_is_refused(papers: str, out: Path) -> None:
    run(Job((papers,), str(out), limit=10))
    before = out.read_bytes()
    text = Path(papers).read_text(encoding="utf-8")
    Path(papers).write_text(text.replace("Abstract number 7.", "Abstract no. 7."), encoding="utf-8")
    with pytest.raises(OutputError, match=r"out\.jsonl:8: belongs to another input \(the abstract of id p7"):
        run(Job((papers,), str(out)))
    assert out.read_bytes() == before


def test_other_settings_under_an_existing_output_are_refused(papers: str, out: Path) -> None:
    job = Job((papers,), str(out), limit=5)
    run(job, settings={"unsupported": "drop", "concurrency": 1})
    with pytest.raises(OutputError, match=r"out\.jsonl: made with unsupported drop, this run has keep; choose"):
        run(job, settings={"unsupported": "keep"})
    assert run(job, settings={"unsupported": "drop", "concurrency": 2}).kept == 5
    assert run(Job((papers,), str(out), overwrite=True), settings={"unsupported": "keep"}).new == 30


def test_a_limit_stops_and_can_be_raised(papers: str, out: Path) -> None:
    run(Job((papers,), str(out), limit=4))
    assert len(ids(out)) == 4
    run(Job((papers,), str(out), limit=2))
    assert len(ids(out)) == 4
    run(Job((papers,), str(out)))
    assert len(ids(out)) == 30


def test_a_bad_line_becomes_a_failed_record(papers: str, out: Path) -> None:
    lines = Path(papers).read_text(encoding="utf-8").splitlines()
    lines[3] = lines[3][:20]
    Path(papers).write_text("\n".join(lines), encoding="utf-8")
    summary = run(Job((papers,), str(out)))
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert len(records) == 30
    assert (records[3]["status"], records[3]["error"]["code"]) == ("failed", "bad_input")
    assert f"{papers}:4: not valid JSON" in records[3]["error"]["message"]
    assert summary.exit_status == 1


def failing_on(*numbers: int) -> Any:
    def respond(request: Request) -> Reply:
        if any(f"number {i}." in request.text for i in numbers):
            return error(400, "cannot do this one")
        return completion(request, NOTHING)

    return respond


def test_failed_records_are_done_again_in_their_place(papers: str, out: Path) -> None:
    job = Job((papers,), str(out))
    with OpenAIServer(failing_on(3, 17)) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url}
        assert run(job, **options).failed == 2
        assert run(job, **options).new == 0
        failed = out.read_bytes()
    with OpenAIServer(failing_on(17), port=server.port) as server:
        summary = run(Job((papers,), str(out), retry_failed=True), **options)
        assert len(server.requests) == 2
    assert (summary.new, summary.kept, summary.failed) == (2, 28, 1)
    assert ids(out) == [f"p{i}" for i in range(30)]
    assert failed != out.read_bytes()
    assert not Path(f"{out}.partial").exists()


def test_records_that_were_filled_in_are_done_again_by_the_model(papers: str, out: Path) -> None:
    with OpenAIServer(failing_on(3)) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url, "fallback": "builtin"}
        assert run(Job((papers,), str(out)), **options).findings["filled_by_builtin"] == 1
        assert run(Job((papers,), str(out)), **options).new == 0
    with OpenAIServer(failing_on(), port=server.port):
        summary = run(Job((papers,), str(out), retry_failed=True), **options)
    assert (summary.new, summary.kept, summary.findings["filled_by_builtin"]) == (1, 29, 0)
    assert {json.loads(line)["extractor"]["model"] for line in out.read_text("utf-8").splitlines()} == {"openai/m"}


def test_a_wrong_key_stops_the_run_before_anything_is_written(papers: str, out: Path) -> None:
    with OpenAIServer(lambda _: error(401, "Incorrect API key provided.")) as server:
        with pytest.raises(ProviderSetupError, match="Incorrect API key"):
            run(Job((papers,), str(out)), model="openai/m", base_url=server.base_url, concurrency=4)
        assert len(server.requests) <= 4 * 8
    assert not out.exists()


def test_a_key_that_is_refused_later_costs_records_and_not_the_run(papers: str, out: Path) -> None:
    def respond(request: Request) -> Reply:
        return error(401, "no more") if "number 2." in request.text else error(400, "cannot do this one")

    with OpenAIServer(respond) as server:
        summary = run(Job((papers,), str(out), limit=3), model="openai/m", base_url=server.base_url, concurrency=1)
    assert dict(summary.errors) == {"bad_request": 2, "authentication": 1}
    assert ids(out) == ["p0", "p1", "p2"]


def test_a_wrong_key_stops_a_run_that_only_kept_records_too(papers: str, out: Path) -> None:
    with OpenAIServer(lambda request: completion(request, NOTHING)) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url}
        run(Job((papers,), str(out), limit=2), **options)
    before = out.read_bytes()
    refusing = OpenAIServer(lambda _: error(401, "Incorrect API key provided."), port=server.port)
    with refusing, pytest.raises(ProviderSetupError, match="no record was written"):
        run(Job((papers,), str(out)), **options)
    assert out.read_bytes() == before


def test_a_server_that_is_down_fails_the_records(papers: str, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    with socket.socket() as closed:  # bound, but nobody listens
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/v1"
        summary = run(Job((papers,), str(out), limit=3), model="openai/m", base_url=url)
    assert dict(summary.errors) == {"connection": 3}
    assert (summary.exit_status, ids(out)) == (1, ["p0", "p1", "p2"])


def test_a_server_that_answers_nobody_any_more_stops_the_run(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    monkeypatch.setattr("absextract.runs.extract_many._OUTAGE", 20)
    job = Job((write_papers(tmp_path / "many.jsonl", 300),), str(out))
    with OpenAIServer(lambda r: completion(r, NOTHING) if "number 1." in r.text else Reply(keep=0)) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url, "concurrency": 2}
        summary = run(job, **options)
    assert summary.stopped == "20 papers in a row without an answer of the server"
    assert (summary.exit_status, summary.finished) == (1, False)
    assert 21 <= summary.failed < 60, "those up to the answer, 20 behind it, and what was in work"
    assert json.loads(out.read_text(encoding="utf-8").splitlines()[1])["status"] == "ok"
    with OpenAIServer(lambda r: completion(r, NOTHING), port=server.port):
        assert run(dataclasses.replace(job, retry_failed=True), **options).status["ok"] == 300


def test_a_server_that_answers_nobody_at_all_stops_the_run_after_the_first_few(
    tmp_path: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.extractors.llm.retry._BACK_OFF", lambda _: 0.0)
    job = Job((write_papers(tmp_path / "many.jsonl", 12),), str(out))
    circle = Reply(307, "", {"Location": "/v1/chat/completions"})
    cases: tuple[tuple[Reply, dict[str, Any]], ...] = ((Reply(delay=600), {"timeout": 0.05}), (circle, {}))
    for silent, options in cases:
        out.unlink(missing_ok=True)
        with OpenAIServer([silent] * 1000) as server:
            summary = run(job, model="openai/m", base_url=server.base_url, **options)
        assert (summary.exit_status, summary.failed, ids(out)) == (1, 3, ["p0", "p1", "p2"])
        assert summary.stopped
        assert summary.stopped.startswith("the first 3 papers were not answered (")


def test_a_record_that_cannot_be_written_costs_itself_alone(papers: str, out: Path) -> None:
    class Card(BaseModel):
        year: int = 0

        @computed_field
        def age(self) -> float:
            return 100 / self.year

    def respond(request: Request) -> Reply:
        return completion(request, {"year": 0 if "number 1." in request.text else 20})

    with OpenAIServer(respond) as server:
        options: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url, "schema": Card}
        summary = run(Job((papers,), str(out), limit=3), **options)
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["extraction"] for record in records] == [{"year": 20, "age": 5}, None, {"year": 20, "age": 5}]
    assert (records[1]["status"], records[1]["error"]["code"]) == ("failed", "internal")
    assert (summary.failed, dict(summary.errors)) == (1, {"internal": 1})


def test_as_many_records_are_kept_for_a_look_as_the_table_has_rows(tmp_path: Path, out: Path) -> None:
    path = write_papers(tmp_path / "papers.jsonl", TABLE_ROWS + 5)

    async def go() -> int:
        async with Extractor(model="builtin") as extractor:
            return len((await run_job(Job((path,), str(out)), extractor, Watcher(), {}))[1])

    assert asyncio.run(go()) == TABLE_ROWS


@pytest.fixture
def _signals_as_before() -> Iterator[None]:
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("_signals_as_before")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupt_keeps_what_is_done_and_the_next_run_goes_on(
    papers: str, out: Path, number: int, status: int
) -> None:
    watcher = Watcher(10, lambda: os.kill(os.getpid(), number))
    summary = run(Job((papers,), str(out)), watcher=watcher, concurrency=2)
    assert summary.exit_status == status
    assert 10 <= len(ids(out)) < 30
    run(Job((papers,), str(out)))
    assert ids(out) == [f"p{i}" for i in range(30)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.usefixtures("_signals_as_before")
@pytest.mark.parametrize("retry_failed", [True, False])
def test_an_interrupt_while_the_input_of_former_records_stalls_leaves_them(
    papers: str, out: Path, tmp_path: Path, retry_failed: bool
) -> None:
    run(Job((write_papers(tmp_path / "pipe", 30),), str(out)))
    (tmp_path / "pipe").unlink()
    before = out.read_bytes()
    os.mkfifo(tmp_path / "pipe")
    with open(os.open(tmp_path / "pipe", os.O_RDWR), "wb", buffering=0) as pipe:
        pipe.write(Path(papers).read_bytes()[:500])  # 7 of 30
        watcher = Watcher(3, lambda: os.kill(os.getpid(), signal.SIGTERM))
        summary = run(Job((str(tmp_path / "pipe"),), str(out), retry_failed=retry_failed), watcher=watcher)
        pipe.write(b"\n")  # lets the thread go
    assert (summary.interrupted, summary.new) == (True, 0)
    assert 3 <= summary.kept < 30
    assert out.read_bytes() == before


def test_concurrency_is_bounded_and_used(papers: str, out: Path) -> None:
    five_there, seen = asyncio.Event(), itertools.count(1)

    def slow(request: Request) -> Reply:
        if next(seen) == 5:
            five_there.set()
        return Reply(body=completion(request, NOTHING).body, until=five_there, delay=0.02)

    with OpenAIServer(slow) as server:
        run(Job((papers,), str(out)), model="openai/m", base_url=server.base_url, concurrency=5)
        assert server.in_flight_max == 5


def test_the_same_paper_twice_is_sent_once_and_written_twice(tmp_path: Path, out: Path) -> None:
    paper = json.dumps({"title": "T", "abstract": "We present Sandpiper."})
    path = tmp_path / "twice.jsonl"
    path.write_text(f"{paper}\n{paper}\n", encoding="utf-8")
    with OpenAIServer(lambda request: completion(request, NOTHING | {"methods": ["Sandpiper"]})) as server:
        summary = run(Job((str(path),), str(out)), model="openai/m", base_url=server.base_url)
        assert len(server.requests) == 1
    first, second = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert first["extraction"] == second["extraction"]
    assert summary.cache_hits == 1


def test_what_checks_an_answer_is_loaded_while_the_first_is_waited_for(
    papers: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.runs.extract_many._SHOW_SECONDS", 0.001)
    loaded = threading.Event()
    monkeypatch.setattr("absextract.runs.extract_many.load_checks", loaded.set)

    def respond(request: Request) -> Reply:
        asyncio.get_running_loop().run_in_executor(None, loaded.wait, 30).add_done_callback(lambda _: go.set())
        return Reply(body=completion(request, NOTHING).body, until=go)

    go = asyncio.Event()
    with OpenAIServer(respond) as server:
        summary = run(Job((papers,), str(out), limit=1), model="openai/m", base_url=server.base_url)
    assert loaded.is_set(), "no answer before"
    assert summary.new == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc here")
def test_what_is_written_and_answered_reaches_the_disk_while_the_run_goes_on(
    papers: str, out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("absextract.runs.extract_many._SHOW_SECONDS", 0.001)
    monkeypatch.setattr("absextract.runs.extract_many._SYNC_SECONDS", 0.0)
    synced: set[str] = set()
    both = threading.Event()
    wanted = {out.name, "cache.db-wal"}

    def fsync(number: int) -> None:
        synced.add(Path(os.readlink(f"/proc/self/fd/{number}")).name)
        if synced >= wanted:
            both.set()

    monkeypatch.setattr(os, "fsync", fsync)

    def respond(request: Request) -> Reply:
        if "number 9." in request.text:
            asyncio.get_running_loop().run_in_executor(None, both.wait, 30).add_done_callback(lambda _: go.set())
            return Reply(body=completion(request, NOTHING).body, until=go)
        return completion(request, NOTHING)

    go = asyncio.Event()
    with OpenAIServer(respond) as server:
        options: dict[str, Any] = {"base_url": server.base_url, "cache": tmp_path / "cache", "concurrency": 1}
        summary = run(Job((papers,), str(out)), model="openai/m", **options)
    assert both.is_set(), f"only {synced} before the end"
    assert summary.new == 30


def test_a_missing_folder_is_found_before_anything_is_sent(papers: str, tmp_path: Path) -> None:
    with OpenAIServer(lambda request: completion(request, truth())) as server:
        with pytest.raises(OutputError, match="does not exist"):
            run(Job((papers,), str(tmp_path / "no" / "out.jsonl")), model="openai/m", base_url=server.base_url)
        assert server.requests == []


def test_while_nothing_is_written_the_display_hears_of_pauses_and_of_papers_behind_a_slow_one(
    tmp_path: Path, out: Path
) -> None:
    seen: list[tuple[int, int, float]] = []

    class Listening:
        def advance(self, summary: RunSummary) -> None:
            seen.append((summary.new, summary.waiting, summary.pause))

    asked: list[str] = []

    def respond(request: Request) -> Reply:
        asked.append(request.text)
        if "number 0." in request.text:
            return Reply(body=completion(request, NOTHING).body, delay=1.5)
        if len(asked) == 8:
            return error(429, "Slow down.", headers={"Retry-After": "1"})
        return completion(request, NOTHING)

    with OpenAIServer(respond) as server:
        options = {"model": "openai/m", "base_url": server.base_url, "cache": False, "concurrency": 4}
        summary = run(Job((write_papers(tmp_path / "in.jsonl", 12),), str(out)), watcher=Listening(), **options)  # type: ignore[arg-type]  # it listens alone
    assert summary.new == 12
    assert max(waiting for new, waiting, _ in seen if not new) >= 3, "told while the first is still awaited"
    assert any(0.0 < pause <= 1.2 for *_, pause in seen)
    assert seen[-1][1:] == (0, 0.0)
