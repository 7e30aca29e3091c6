"""The steps of a batch job against a real local server, whatever it does."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from absextract import Extractor, read_abstracts
from absextract.errors import UsageError
from absextract.extractors.llm.cache import AnswerCache
from batch_jobs import NUMBER, Steps, answer, number_of, write_papers
from batch_server import BatchServer, Ended, Fault, Row, all_answered
from openai_server import CREATED, Reply, Request, completion, error, refusal


def live(server: BatchServer, papers: Path) -> bytes:
    """The file of a live run of the same answers."""

    async def go() -> list[str]:
        async with Extractor(model="openai/m", base_url=server.base_url, cache=None) as extractor:
            return [record.to_json() async for record in extractor.stream(read_abstracts(papers))]

    return "".join(f"{line}\n" for line in asyncio.run(go())).encode()


def finish(steps: Steps) -> bytes:
    """Again and collect, until every record is done; the file."""
    for _ in range(4):
        steps.again()
        if steps.collect().exit_status == 0:
            return steps.out.read_bytes()
    raise AssertionError("it does not come to an end")


def test_the_records_are_those_of_a_live_run(steps: Steps, server: BatchServer, in_threes: None) -> None:
    sent = steps.submit()
    assert (sent.papers, sent.requests, sent.parts, sent.running) == (NUMBER, NUMBER, 4, 4)
    assert [len(server.rows_of(batch)) for batch in server.batches.values()] == [3, 3, 3, 1]
    first = steps.collect()
    assert (first.exit_status, first.failed, first.open_reasks) == (1, 0, 2)
    assert {reason for _, reason in first.listed} == {"its correction has not been answered"}
    assert steps.again().requests == 2
    second = steps.collect()
    assert second.exit_status == 0
    assert second.summary
    assert (second.summary.requests, second.summary.usage.prompt_tokens) == (NUMBER + 2, 10 * 100 + 45 + 207)
    assert steps.out.read_bytes() == live(server, Path(steps.settings.inputs[0]))
    assert server.uploads(kept=True) == []


def test_a_batch_costs_half(steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    def cost(model: str, prompt: int, answer: int) -> float:
        assert (model, prompt, answer) == ("openai/m", 1045, 200)
        return 3.0

    monkeypatch.setattr("absextract.batch_api.collecting.known_cost", cost)
    steps.submit()
    summary = steps.collect().summary
    assert summary
    assert summary.dollars == 1.5


def test_a_job_whose_sending_broke_off_goes_on_with_again(steps: Steps, server: BatchServer, in_threes: None) -> None:
    server.faults = [Fault("POST files", "pass"), Fault("POST files", "refuse", 401)]
    with pytest.raises(UsageError, match="authentication"):
        steps.submit()
    assert steps.collect().summary is None
    assert [part.state for part in steps.status()] == ["completed", "not sent", "not sent", "not sent"]
    assert steps.again().parts == 4  # one of them for the correction in the first
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))
    assert len(server.sent()) == NUMBER + 2


def test_a_live_run_afterwards_sends_nothing(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    done = finish(steps)

    async def go() -> tuple[bytes, int]:
        cache = steps.settings.cache_dir
        async with Extractor(model="openai/m", base_url=server.base_url, cache=cache) as extractor:
            papers = read_abstracts(steps.settings.inputs[0])
            lines = [record.to_json() async for record in extractor.stream(papers)]
            return "".join(f"{line}\n" for line in lines).encode(), extractor.traffic.requests

    assert asyncio.run(go()) == (done, 0)


def test_what_a_live_run_has_answered_is_not_sent(steps: Steps, server: BatchServer) -> None:
    async def go() -> None:
        cache = steps.settings.cache_dir
        async with Extractor(model="openai/m", base_url=server.base_url, cache=cache) as extractor:
            for paper in list(read_abstracts(steps.settings.inputs[0]))[:4]:
                await extractor.extract(paper)

    asyncio.run(go())
    assert steps.submit().requests == NUMBER - 4
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_a_request_in_a_file_is_the_request_of_a_live_run(steps: Steps, server: BatchServer) -> None:
    bodies: list[dict[str, Any]] = []

    def noting(request: Request) -> Reply:
        bodies.append(request.body)
        return answer(request)

    server.respond = noting
    live(server, Path(steps.settings.inputs[0]))
    steps.submit()
    first = [body for body in bodies if len(body["messages"]) == 2]
    assert sorted(map(json.dumps, first)) == sorted(json.dumps(row["body"]) for row in server.sent())
    assert {(row["method"], row["url"]) for row in server.sent()} == {("POST", "/v1/chat/completions")}
    ids = [row["custom_id"] for row in server.sent()]
    assert len(set(ids)) == NUMBER
    assert max(map(len, ids)) <= 64


def test_files_are_split_by_bytes_too(steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.batch_api.request_files.MAX_BYTES", 12_000)
    steps.submit()
    assert len(server.batches) > 2
    assert all(len(file.data) <= 12_000 for file in server.uploads())
    assert len(server.sent()) == NUMBER


def test_equal_abstracts_are_sent_once(tmp_path: Path, server: BatchServer, key: str) -> None:
    papers = write_papers(tmp_path / "twice.jsonl")
    papers.write_bytes(papers.read_bytes() * 2)
    steps = Steps(tmp_path, server, papers)
    assert steps.submit().requests == NUMBER
    assert finish(steps) == live(server, papers)


@pytest.mark.parametrize("how", ["refuse", "fail", "drop"])
@pytest.mark.parametrize("what", ["POST files", "POST batches"])
def test_what_may_have_been_made_is_not_made_twice(
    what: str, how: Any, steps: Steps, server: BatchServer, in_threes: None
) -> None:
    server.page = 2
    server.faults = [Fault(what, how), Fault(what, how)]
    steps.submit()
    assert len(server.uploads()) == len(server.batches) == 4
    assert [batch["metadata"]["absextract_part"] for batch in server.batches.values()] == ["1", "2", "3", "4"]


FAULTS = ["GET batches/.*", "GET files/[^/]*", "GET files/.*/content", "DELETE files/.*"]


@pytest.mark.parametrize("how", ["refuse", "drop", "halve"])
@pytest.mark.parametrize("what", FAULTS)
def test_what_fails_on_the_way_back_is_asked_again(what: str, how: Any, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    server.faults = [Fault(what, how)]
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))
    assert not server.faults


def expired(rows: list[Row]) -> Ended:
    """Half of it was answered."""
    late = {"code": "batch_expired", "message": "This request could not be executed in time."}
    half = len(rows) // 2
    return Ended("expired", rows[:half], [row | {"response": None, "error": late} for row in rows[half:]])


@pytest.mark.parametrize("status", ["expired", "cancelled"])
@pytest.mark.parametrize("told", [True, False])
def test_half_of_a_batch_is_kept_and_only_the_rest_sent_again(
    status: str, told: bool, steps: Steps, server: BatchServer
) -> None:
    def ending(rows: list[Row]) -> Ended:
        ended = replace(expired(rows), status=status)
        return ended if told else replace(ended, errors=())

    server.ending = ending
    steps.submit()
    collected = steps.collect()
    assert (collected.exit_status, collected.failed) == (1, NUMBER // 2)
    code = "batch_expired" if told else f"batch_{status}"
    assert steps.errors() == {f"Finch {i}": code for i in range(NUMBER // 2, NUMBER)}
    server.ending = all_answered
    assert steps.again().requests == NUMBER // 2 + 1  # and the correction of the one lie among the answers
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))
    firsts = [row["custom_id"] for row in server.sent() if len(row["body"]["messages"]) == 2]
    assert len(firsts) == NUMBER + NUMBER // 2


def test_a_batch_that_is_refused_as_a_whole_shows_why(steps: Steps, server: BatchServer) -> None:
    why = {"code": "token_limit_exceeded", "message": "Enqueued token limit reached", "line": None, "param": None}
    server.ending = lambda _: Ended("failed", refused=[why])
    steps.submit()
    (part,) = steps.status()
    assert (part.state, part.problem) == ("failed", "Enqueued token limit reached (token_limit_exceeded)")
    collected = steps.collect()
    assert steps.errors() == {f"Finch {i}": "batch_failed" for i in range(NUMBER)}
    assert "Enqueued token limit" in collected.listed[0][1]
    server.ending = all_answered
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_cancelling_keeps_what_is_answered_by_then(steps: Steps, server: BatchServer) -> None:
    server.running = True
    steps.submit()
    assert [part.state for part in steps.cancel()] == ["cancelling"]
    assert [part.state for part in steps.cancel()] == ["cancelling"]
    assert steps.collect().summary is None
    server.running, server.ending = False, expired
    assert steps.collect().failed == NUMBER // 2
    assert [part.state for part in steps.status()] == ["cancelled"]
    assert [part.state for part in steps.cancel()] == ["cancelled"]


def test_rows_with_errors_have_the_codes_of_live_errors(steps: Steps, server: BatchServer) -> None:
    replies: list[Callable[[Request], Reply]] = [
        lambda _: error(400, "This model's maximum context length is 8 tokens", code="context_length_exceeded"),
        lambda _: error(400, "no such parameter"),
        lambda _: error(429, "slow down"),
        lambda _: error(500, "oops"),
        lambda request: refusal(request, "I will not"),
        lambda request: completion(request, "no JSON at all"),
        lambda request: completion(request, '{"tasks": ["cut', finish_reason="length"),
        lambda _: Reply(body={"choices": []}),
        lambda request: completion(request, {}, finish_reason="content_filter"),
        lambda _: Reply(body="null"),
    ]
    right, calls = server.respond, iter(replies)
    server.respond = lambda request: next(calls)(request)
    server.ending = lambda rows: Ended(output=rows)  # also those with errors
    steps.submit()
    assert steps.collect().failed == NUMBER
    codes = [
        "context_length_exceeded", "bad_request", "rate_limited", "server_error", "refused", "batch_unanswered",
        "batch_unanswered", "empty_answer", "content_filter", "empty_answer",
    ]  # fmt: skip
    assert list(steps.errors().values()) == codes
    before = steps.out.read_bytes()
    assert steps.collect().failed == NUMBER
    assert steps.out.read_bytes() == before
    server.respond = lambda request: completion(request, "still no JSON")
    for _ in range(2):  # an answer that cannot be used has two more tries
        assert list(steps.errors().values())[5:7] == ["batch_unanswered", "batch_unanswered"]
        steps.again()
        steps.collect()
    assert list(steps.errors().values())[4:8] == [
        "batch_unanswered", "answer_not_json", "answer_cut_off", "batch_unanswered",
    ]  # fmt: skip
    server.respond = right
    finish(steps)
    assert steps.errors() == {}


def test_errors_alone_make_no_answers(steps: Steps, server: BatchServer) -> None:
    right, server.respond = server.respond, lambda _: error(400, "no")
    steps.submit()
    assert server.sent()
    steps.collect()
    (batch,) = server.batches.values()
    assert batch["output_file_id"] is None
    assert steps.errors() == {f"Finch {i}": "bad_request" for i in range(NUMBER)}
    server.respond = right
    finish(steps)


def test_lines_in_any_order_twice_or_spoilt(
    steps: Steps, server: BatchServer, caplog: pytest.LogCaptureFixture
) -> None:
    def ending(rows: list[Row]) -> Ended:
        shuffled = random.Random(1).sample(rows, len(rows))
        foreign = rows[0] | {"custom_id": "0" * 64}
        failed = rows[0] | {"response": {"status_code": 500, "body": {"error": {"message": "late"}}}}
        spoilt = ["{", "[]", "7", "", '{"custom_id": 3}', '{"response": {}}', "[" * 100_000]
        return Ended(output=[foreign, *shuffled, *shuffled[:3], *spoilt], errors=[failed, json.dumps(None)])

    server.ending = ending
    steps.submit()
    assert steps.collect().open_reasks == 2
    assert "part 1: 12 lines of its files answer nothing" in caplog.text
    server.ending = all_answered
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_an_answer_that_is_missing_from_a_completed_batch(steps: Steps, server: BatchServer) -> None:
    server.ending = lambda rows: Ended(output=rows[2:])
    steps.submit()
    assert steps.collect().failed == 2
    assert steps.errors() == {"Finch 0": "batch_unanswered", "Finch 1": "batch_unanswered"}
    server.ending = all_answered
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_a_batch_that_the_server_does_not_know_any_more(steps: Steps, server: BatchServer) -> None:
    server.created = CREATED - 31 * 24 * 3600
    steps.submit()
    server.batches.clear()
    assert [part.state for part in steps.status()] == ["vanished"]
    assert steps.collect().failed == NUMBER
    assert set(steps.errors().values()) == {"batch_unanswered"}
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_a_batch_that_is_only_slow_to_be_found_has_not_vanished(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    server.faults = [Fault("GET batches/.*", status=404)]
    assert [part.state for part in steps.status()] == ["validating"]


@pytest.mark.parametrize("what", ["GET files/[^/]*", "GET files/.*/content"])
def test_an_output_file_that_is_not_there_yet_is_waited_for(what: str, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    server.faults = [Fault(what, status=404), Fault(what, status=404)]
    for _ in range(2):
        collected = steps.collect()
        assert (collected.exit_status, collected.summary) == (1, None)
        assert "cannot be fetched yet" in str(collected.running[0].problem)
    assert steps.again().requests == 2
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_an_output_file_that_the_server_has_deleted_is_not_waited_for_for_ever(
    steps: Steps, server: BatchServer
) -> None:
    server.created = CREATED - 31 * 24 * 3600
    steps.submit()
    steps.status()
    for file in server.files.values():
        file.deleted = True
    assert steps.collect().failed == NUMBER
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_while_a_batch_is_running_nothing_is_written_unless_asked_for(
    steps: Steps, server: BatchServer, in_threes: None
) -> None:
    steps.submit()
    assert len(steps.status()) == 4  # ends the batches, on this server
    last = server.batches["batch_4"]
    last |= {"status": "in_progress", "output_file_id": None}
    server.running = True
    collected = steps.collect()
    assert (collected.exit_status, collected.summary, len(collected.running)) == (1, None, 1)
    assert not steps.out.exists()
    assert steps.again().requests == 2  # what is running is not sent again
    partial = steps.collect(partial=True)
    assert (partial.pending, partial.failed) == (1, 0)
    assert steps.errors() == {"Finch 9": "batch_pending"}
    server.running = False
    last["status"] = "validating"
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_more_than_one_correction(tmp_path: Path, server: BatchServer, key: str) -> None:
    steps = Steps(tmp_path, server, max_reasks=2)

    def learning(request: Request) -> Reply:
        false = "ImageNet" if len(request.messages) == 2 else "CIFAR-10"
        return answer(request) if "CIFAR-10" in request.text else completion(request, {"datasets": [false]})

    server.respond = learning
    steps.submit()
    assert [steps.collect().open_reasks, steps.again().requests] == [NUMBER, NUMBER]
    assert [steps.collect().open_reasks, steps.again().requests] == [NUMBER, NUMBER]
    assert [steps.collect().exit_status, steps.again().requests] == [0, 0]


def test_what_cannot_be_used_has_two_more_tries_where_values_have_none(
    tmp_path: Path, server: BatchServer, key: str
) -> None:
    steps = Steps(tmp_path, server, max_reasks=0)
    asked: Counter[int] = Counter()

    def at_last(request: Request) -> Reply:
        asked[number_of(request)] += 1
        return completion(request, "no JSON") if asked[number_of(request)] < 3 else answer(request)

    server.respond = at_last
    steps.submit()
    for _ in range(2):
        steps.collect()
        assert steps.again().requests == NUMBER
    collected = steps.collect()
    assert (collected.failed, steps.errors(), steps.again().requests) == (0, {}, 0)


def test_lost_answers_of_the_cache_are_sent_again(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    done = finish(steps)
    AnswerCache(steps.settings.cache_dir).clear()
    assert steps.again().requests == 0  # the job has them too
    assert steps.collect().exit_status == 0
    assert steps.out.read_bytes() == done


def test_a_plan_that_breaks_off_leaves_nothing_behind(
    steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch, in_threes: None
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        with pytest.raises(UsageError, match=r"No space left on device; the same command goes on"):
            steps.submit()
    assert not server.batches
    assert steps.submit().requests == NUMBER
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_input_that_breaks_off_is_read_from_the_start(
    steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("absextract.batch_api.ledger.Ledger.set_fact", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            steps.submit()
    with pytest.raises(UsageError, match="not read to the end"):
        steps.collect()
    sent = steps.submit()
    assert (sent.papers, sent.requests) == (NUMBER, NUMBER)


def test_a_server_that_goes_away_in_the_middle(steps: Steps, server: BatchServer, in_threes: None) -> None:
    server.faults = [Fault("POST files", "refuse", 401)]
    with pytest.raises(UsageError, match=r"401.*nothing is lost, the same command goes on from here"):
        steps.submit()
    server.faults = [Fault("POST batches", "drop")] + [Fault("GET batches", status=503) for _ in range(4)]
    for _ in range(2):  # made, but no word of it comes back
        with pytest.raises(UsageError, match=r"HTTP 503.*nothing is lost"):
            steps.submit()
        server.faults += [Fault("GET batches", status=503) for _ in range(5)]
    server.faults.clear()
    steps.submit()
    assert len(server.uploads()) == len(server.batches) == 4
    assert finish(steps) == live(server, Path(steps.settings.inputs[0]))


def test_the_same_command_again_sends_nothing(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    again = steps.submit()
    assert (again.requests, again.parts, again.running) == (0, 0, 1)
    assert len(server.batches) == 1


def test_another_command_for_the_same_folder_is_refused(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    for name, value in (("model", "openai/other"), ("max_reasks", 0), ("inputs", ["other.jsonl"])):
        other = replace(steps.settings, **{name: value})  # type: ignore[arg-type]  # as the names say
        there, steps.settings = steps.settings, other
        with pytest.raises(UsageError, match=f"holds a job with {name} .*choose another -o"):
            steps.submit()
        steps.settings = there


def test_a_folder_with_something_else_is_left_alone(steps: Steps) -> None:
    steps.folder.mkdir()
    (steps.folder / "thesis.tex").write_text("all of it", encoding="utf-8")
    with pytest.raises(UsageError, match="something else than a job"):
        steps.submit()
    assert [path.name for path in steps.folder.iterdir()] == ["thesis.tex"]
    with pytest.raises(UsageError, match="there is no job"):
        steps.collect()


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0 and then nonsense", b"nonsense" * 1000])
def test_a_damaged_ledger_is_told(damage: bytes, steps: Steps) -> None:
    steps.submit()
    (steps.folder / "job.sqlite").write_bytes(damage)
    with pytest.raises(UsageError, match=r"job"):
        steps.collect()


def test_an_output_that_is_something_else_is_not_written_over(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    steps.out.write_text("my diary\n", encoding="utf-8")
    with pytest.raises(UsageError, match="was not written by absextract"):
        steps.collect()
    assert steps.out.read_text(encoding="utf-8") == "my diary\n"


SCHEMA = """
from typing import Annotated
from pydantic import BaseModel
from absextract import Mention

class Bird(BaseModel):
    {name}: list[Annotated[str, Mention()]] = []
"""


def test_a_schema_that_has_changed_is_told(tmp_path: Path, server: BatchServer, key: str) -> None:
    file = tmp_path / "birds.py"
    file.write_text(SCHEMA.format(name="names"), encoding="utf-8")
    server.respond = lambda request: completion(request, {"names": []})
    steps = Steps(tmp_path, server, schema=f"{file}:Bird")
    steps.submit()
    file.write_text(SCHEMA.format(name="nests"), encoding="utf-8")
    for step in (steps.collect, steps.again):
        with pytest.raises(UsageError, match="has changed since the job was submitted"):
            step()
    file.write_text(SCHEMA.format(name="names"), encoding="utf-8")
    assert steps.collect().exit_status == 0


def test_input_records_come_back_as_they_were(tmp_path: Path, server: BatchServer, key: str) -> None:
    nested: Any = []
    for _ in range(150):
        nested = [nested]
    papers = write_papers(tmp_path / "odd.jsonl", 1)
    odd = {"abstract": "We present Finch-7, a bird.", "nested": nested, "big": 10**30, "small": -0.0, "e": 1e22}
    with papers.open("a", encoding="utf-8") as file:
        file.write(json.dumps(odd) + "\nnot JSON\n" + json.dumps({"title": "no abstract"}) + "\n")
    server.respond = lambda request: completion(request, {"tasks": []})
    steps = Steps(tmp_path, server, papers)
    assert steps.submit().papers == 4
    papers.unlink()
    assert steps.collect().failed == 1
    records = [json.loads(line) for line in steps.out.read_text(encoding="utf-8").split("\n")[:-1]]
    assert records[1]["metadata"] == {name: value for name, value in odd.items() if name != "abstract"}
    assert records[2]["error"]["code"] == "bad_input"
    assert records[2]["extractor"]["attempts"] == 0


def test_no_input_at_all(tmp_path: Path, server: BatchServer, key: str) -> None:
    empty = tmp_path / "empty.json"
    empty.write_bytes(b"[]")
    with pytest.raises(UsageError, match="holds no records"):
        Steps(tmp_path, server, empty).submit()
    assert not server.files


@pytest.mark.parametrize("model", ["builtin", "anthropic/claude", "ollama/llama3.2"])
def test_models_without_a_batch_api_are_refused(model: str, tmp_path: Path, server: BatchServer) -> None:
    steps = Steps(tmp_path, server, model=model)
    with pytest.raises(UsageError, match=r"choose an openai/… model .*or absextract extract"):
        steps.submit()
    assert not steps.folder.exists()


def test_keys_and_passwords_are_written_nowhere(
    tmp_path: Path, server: BatchServer, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def telling(request: Request) -> Reply:
        return completion(request, {"tasks": [f"the key is {key}"]})

    server.respond = telling
    server.ending = lambda rows: Ended(output=[*rows[1:], json.dumps({"custom_id": "x", "error": key})])
    url = server.base_url.replace("://", "://user:pass-word-12345@")
    monkeypatch.setenv("OPENAI_BASE_URL", url)
    steps = Steps(tmp_path, server, base_url=url)
    steps.submit()
    steps.collect()
    for path in [*steps.folder.iterdir(), *Path(steps.settings.cache_dir).iterdir(), steps.out]:
        assert key.encode() not in path.read_bytes(), path
        assert b"pass-word-12345" not in path.read_bytes(), path
    assert "[key]" in steps.out.read_text(encoding="utf-8")
