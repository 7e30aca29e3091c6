"""Batch jobs with the wrong key, changed inputs, and servers that say anything."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from absextract.batch_api.endpoint import BatchEndpoint, _bounded
from absextract.batch_api.outcomes import Outcome, read_row
from absextract.batch_api.sending import RepeatableError
from absextract.errors import ProviderError, UsageError
from batch_jobs import NUMBER, Steps, answer, write_papers
from batch_server import BatchServer, Ended, Fault, File, Row, all_answered
from openai_server import CREATED, Reply, Request, completion

SURROGATE = "\ud800"
MONTH = 31 * 24 * 3600


def run_json(steps: Steps) -> dict[str, Any]:
    return dict(json.loads(Path(f"{steps.out}.run.json").read_text(encoding="utf-8")))


def test_batches_that_another_key_does_not_see_are_not_given_up(steps: Steps, server: BatchServer) -> None:
    steps.submit()
    hidden = dict(server.batches)
    server.batches.clear()
    collected = steps.collect()
    assert (collected.exit_status, collected.summary) == (1, None)
    assert "is this the key, the project of submit?" in str(collected.running[0].problem)
    assert steps.again().requests == 0
    server.batches |= hidden
    assert steps.collect().failed == 0
    assert [part.problem for part in steps.status()] == [None]


@pytest.mark.parametrize("ending", ["completed", "cancelled"])
def test_answers_that_are_counted_and_never_come_are_given_up_in_the_end(
    ending: str, steps: Steps, server: BatchServer
) -> None:
    steps.submit()
    steps.status()
    batch = server.batches["batch_1"]
    batch |= {"status": ending, "output_file_id": None}
    assert "not there yet" in str(steps.collect().running[0].problem)
    batch["created_at"] = CREATED - MONTH
    assert steps.collect().failed == NUMBER


def test_a_key_in_the_reason_of_a_failed_batch_is_written_nowhere(steps: Steps, server: BatchServer, key: str) -> None:
    why = {"code": "invalid_api_key", "message": f"Incorrect key {key}", "line": None, "param": None}
    server.ending = lambda _: Ended("failed", refused=[why])
    steps.submit()
    assert [part.problem for part in steps.status()] == ["Incorrect key [key] (invalid_api_key)"]
    steps.collect()
    for path in (steps.out, *steps.folder.iterdir()):
        assert key.encode() not in path.read_bytes(), path


def test_a_key_written_with_escapes_is_found(steps: Steps, server: BatchServer, key: str) -> None:
    def ending(rows: list[Row]) -> Ended:
        wrong = {"status_code": 500, "body": {"error": {"message": f"no {key}"}}}
        late = {"code": "late", "message": f"no {key}"}
        error_rows = (rows[0] | {"response": wrong}, rows[1] | {"response": None, "error": late})
        return Ended(output=rows[2:], errors=[json.dumps(row).replace("-", r"\u002d") for row in error_rows])

    server.ending = ending
    steps.submit()
    assert [reason for _, reason in steps.collect().listed if key in reason] == []
    assert set(steps.errors().values()) == {"server_error"}
    for path in (steps.out, *steps.folder.iterdir()):
        assert key.encode() not in path.read_bytes(), path
        assert key.replace("-", r"\u002d").encode() not in path.read_bytes(), path
    assert steps.out.read_text(encoding="utf-8").count("no [key]") == 2


GOOD = {"custom_id": "a" * 64, "response": {"status_code": 200, "body": {}}}


@pytest.mark.parametrize(
    "row",
    [
        GOOD | {"custom_id": SURROGATE},
        GOOD | {"custom_id": "A" * 64},
        GOOD | {"custom_id": "a" * 65},
        GOOD | {"response": {"status_code": 2**70}},
        GOOD | {"response": {"status_code": -1}},
    ],
)
def test_rows_that_answer_nothing(row: Row) -> None:
    assert read_row(json.dumps(GOOD), str) is not None
    assert read_row(json.dumps(row), str) is None


@pytest.mark.parametrize(
    ("response", "error"),
    [
        (None, {"code": ["a"], "message": {}}),
        (None, {"code": 2**70, "message": SURROGATE}),
        (None, SURROGATE),
        ({"status_code": 500, "body": None}, None),
        ({"status_code": 500, "body": 7}, None),
        ({"status_code": 500, "body": {"error": {"message": SURROGATE, "code": []}}}, None),
    ],
)
def test_errors_of_any_form_are_errors_of_a_record(
    response: Any, error: Any, steps: Steps, server: BatchServer
) -> None:
    strange = {"response": response, "error": error}
    server.ending = lambda rows: Ended(output=rows[1:], errors=[json.dumps(rows[0] | strange)])
    steps.submit()
    steps.collect()
    assert steps.errors() == {"Finch 0": "server_error"}


@pytest.mark.parametrize("many", [2**62, 2**70])
def test_tokens_beyond_all_reason(many: int, steps: Steps, server: BatchServer) -> None:
    server.respond = lambda request: completion(request, {"tasks": []}, usage=(many, many))
    steps.submit()
    summary = steps.collect().summary
    assert summary
    assert summary.requests == NUMBER
    assert summary.usage.prompt_tokens == NUMBER * 2**53


def test_lines_longer_than_a_chunk(server: BatchServer, key: str) -> None:
    lines = [b"a" * 300_000, b"", b"b" * (1 << 16), b"c", b"d" * 65_535]
    server.files["file-1"] = File("file-1", "f", b"\n".join(lines), "batch_output")

    async def read() -> list[bytes]:
        async with BatchEndpoint("openai/m", server.base_url) as endpoint:
            return [line async for line in endpoint.lines("file-1", await endpoint.size_of("file-1"))]

    assert asyncio.run(read()) == lines


def resized(server: BatchServer, monkeypatch: pytest.MonkeyPatch, size: object) -> None:
    """Lets the server say of output files that they have so many bytes."""
    shown = File.shown
    monkeypatch.setattr(File, "shown", lambda file: shown(file) | ({} if file.purpose == "batch" else {"bytes": size}))


@pytest.mark.parametrize(
    ("size", "reason"),
    [
        (1, "longer than announced"),
        (10**9, "broke off after"),
        (-1, "no file"),
        (2**53 + 1, "no file"),
        (2**70, "no file"),
        ("many", "no file"),
        ([1], "no file"),
        (1.5, "no file"),
    ],
)
def test_a_file_of_another_length_than_announced_is_not_taken_in(
    size: object, reason: str, steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.submit()
    with monkeypatch.context() as patched:
        resized(server, patched, size)
        with pytest.raises(RepeatableError, match=reason):
            steps.collect()
        assert not steps.out.exists()
    assert steps.collect().failed == 0


@pytest.mark.parametrize("size", [0, None])
def test_a_file_whose_length_is_not_announced_has_a_bound(
    size: object, steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.submit()
    resized(server, monkeypatch, size)
    with monkeypatch.context() as patched:
        patched.setattr("absextract.batch_api.endpoint._MOST_UNANNOUNCED", 100)
        with pytest.raises(RepeatableError, match="longer than announced"):
            steps.collect()
    assert steps.collect().failed == 0


@pytest.mark.parametrize("length", [140_000, 300_000])
def test_a_line_that_is_too_long_costs_its_own_paper(
    length: int, steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("absextract.batch_api.endpoint.MOST_BYTES", 2_000)

    def ending(rows: list[Row]) -> Ended:
        lines = [json.dumps(row) for row in rows]
        assert max(map(len, lines)) < 2_000
        return Ended(output=[*lines[:4], lines[4][:-1].ljust(length) + "}", *lines[5:]])

    server.ending = ending
    steps.submit()
    assert steps.collect().failed == 1
    assert list(steps.errors().values()) == ["batch_unanswered"]
    assert "1 lines of its files answer nothing" in caplog.text


@pytest.mark.parametrize("junk", ["", "{}", "[" * 50_000, "\x00", '{"custom_id": 1}', "null", "\u2028"])
def test_lines_beyond_number_are_passed_over(junk: str, steps: Steps, server: BatchServer) -> None:
    many = 200_000 // max(1, len(junk))
    server.ending = lambda rows: Ended(output=[*rows, *[junk] * many, *rows])
    steps.submit()
    assert steps.collect().failed == 0


HARMLESS: list[Row] = [
    {"request_counts": None},
    {"request_counts": {"completed": None, "failed": None, "total": None}},
    {"errors": ["a"]},
    {"errors": {"data": "abc"}},
    {"errors": {"data": [{"message": SURROGATE, "code": ["x"]}]}},
    {"expires_at": None},
]


@pytest.mark.parametrize("strange", HARMLESS)
def test_what_a_batch_may_say(strange: Row, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    steps.status()
    server.batches["batch_1"] |= strange
    assert [part.state for part in steps.status()] == ["completed"]
    assert steps.collect().failed == 0


STRANGE: list[Row] = [
    {"request_counts": "many"},
    {"request_counts": {"completed": 2**70}},
    {"created_at": 2**80},
    {"created_at": None},
    {"expires_at": 2**53},
    {"id": ["a"]},
    {"id": None},
    {"output_file_id": ["file"]},
    {"status": None},
    {"status": "\x1b[31m"},
]


@pytest.mark.parametrize("strange", STRANGE)
def test_what_is_no_batch_is_told_and_nothing_is_lost(strange: Row, steps: Steps, server: BatchServer) -> None:
    steps.submit()
    steps.status()
    right = dict(server.batches["batch_1"])
    server.batches["batch_1"] |= strange
    for step in (steps.status, steps.collect, steps.again):
        with pytest.raises(UsageError, match=r"the server's answer is no batch .*nothing is lost"):
            step()
    server.batches["batch_1"] |= right
    assert steps.collect().failed == 0


@pytest.mark.parametrize("kind", ["text/html", "application/json"])
@pytest.mark.parametrize("what", ["POST files", "POST batches", "GET batches/batch_1", "GET files/file-2"])
def test_a_page_in_place_of_an_answer(
    what: str, kind: str, steps: Steps, server: BatchServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = server.do

    def page(request: Request, upload: tuple[str, bytes] | None) -> Reply:
        reply = right(request, upload)
        asked = f"{request.method} {request.path.removeprefix('/v1/')}"
        return Reply(body="<html>Welcome</html>", headers={"content-type": kind}) if asked == what else reply

    with monkeypatch.context() as strange:
        strange.setattr(server, "do", page)
        with pytest.raises(UsageError, match="nothing is lost, the same command goes on from here"):
            raise AssertionError(steps.submit(), steps.collect())
    steps.submit()
    assert steps.collect().failed == 0
    assert len(server.uploads()) == len(server.batches) == 1


def test_what_was_paid_stays_in_the_sum(steps: Steps, server: BatchServer) -> None:
    server.respond = lambda request: completion(request, "no JSON", usage=(100, 20))
    steps.submit()
    steps.collect()
    steps.again()
    steps.collect()
    server.respond = answer
    steps.again()
    summary = steps.collect().summary
    assert summary
    assert summary.requests == len(server.sent()) == 3 * NUMBER
    assert summary.usage.completion_tokens == 3 * NUMBER * 20


def test_an_answer_after_an_error_is_paid_once(steps: Steps, server: BatchServer) -> None:
    def ending(rows: list[Row]) -> Ended:
        return Ended(output=[*rows, *rows], errors=[rows[0] | {"response": {"status_code": 500, "body": {}}}])

    server.ending = ending
    steps.submit()
    summary = steps.collect().summary
    assert summary
    assert summary.requests == NUMBER


def test_the_same_command_with_a_changed_input_is_refused(steps: Steps, server: BatchServer, tmp_path: Path) -> None:
    steps.submit()
    write_papers(tmp_path / "papers.jsonl", NUMBER + 1)
    with pytest.raises(UsageError, match=r"the input has changed .*choose another -o .*submit --again"):
        steps.submit()
    write_papers(tmp_path / "papers.jsonl")
    assert steps.submit().requests == 0
    (tmp_path / "papers.jsonl").unlink()
    assert steps.submit().requests == 0
    assert len(server.batches) == 1


def test_partial_records_are_not_called_finished(steps: Steps, server: BatchServer) -> None:
    server.running = True
    steps.submit()
    steps.collect(partial=True)
    told = run_json(steps)
    assert (told["finished"], told["stopped"], told["records"]) == (False, "batches are still running", NUMBER)
    server.running = False
    steps.collect(partial=True)
    told = run_json(steps)
    assert (told["finished"], told["stopped"]) == (True, None)


@pytest.mark.parametrize("change", [lambda there: there | {"temperature": 1}, lambda there: {"model": there["model"]}])
def test_a_job_of_another_version_is_told(change: Callable[[Row], Row], steps: Steps, server: BatchServer) -> None:
    steps.submit()
    with sqlite3.connect(steps.folder / "job.sqlite") as ledger:
        (there,) = ledger.execute("SELECT value FROM facts WHERE name = 'settings'").fetchone()
        ledger.execute("UPDATE facts SET value = ? WHERE name = 'settings'", (json.dumps(change(json.loads(there))),))
    ledger.close()
    for step in (steps.submit, steps.collect, steps.status):
        with pytest.raises(UsageError, match="made by another version of absextract"):
            step()


def test_an_error_without_a_reason_is_told() -> None:
    with pytest.raises(ProviderError, match="no explanation"):
        Outcome(0, "null", "harvested", "completed", None).body()


def test_a_key_with_another_project_meets_its_files_later(steps: Steps, server: BatchServer) -> None:
    server.ending = all_answered
    steps.submit()
    steps.status()
    server.faults = [Fault("GET batches/.*", status=404), Fault("GET files/[^/]*", status=404)]
    assert steps.collect().summary is None
    assert steps.collect().failed == 0


def test_a_job_killed_before_its_requests_were_written_is_not_taken_for_finished(steps: Steps) -> None:
    steps.submit()
    with closing(sqlite3.connect(steps.folder / "job.sqlite")) as ledger, ledger:
        ledger.execute("DELETE FROM facts WHERE name = 'planned'")
        ledger.execute("DELETE FROM parts")
        ledger.execute("DELETE FROM requests")
    for step in (steps.status, steps.collect):
        with pytest.raises(UsageError, match="its requests were not written to the end; run its `batch submit` again"):
            step()
    assert not steps.out.exists()
    steps.submit()
    assert steps.collect().failed == 0


def test_a_list_without_end_is_left() -> None:
    async def endless() -> AsyncIterator[Any]:
        while True:
            yield SimpleNamespace(id="batch_1")

    async def go() -> None:
        async for _ in _bounded(endless()):
            pass

    with pytest.raises(ProviderError, match="has no end"):
        asyncio.run(go())
