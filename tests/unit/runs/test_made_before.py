"""Records that were made before: the same bytes without the work, and nothing that somebody else wrote."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from absextract import Abstract, Extractor, UsageError
from absextract.extractors.llm.cache import AnswerCache
from absextract.extractors.llm.cache_database import files_of
from absextract.extractors.llm.guidance import Example
from absextract.output.jsonl import input_part
from absextract.output.summary import RunSummary
from absextract.runs import made_before
from absextract.runs.extract_many import TABLE_ROWS, run_job
from absextract.runs.job import Job
from absextract.runs.made_before import Made, MadeBefore
from openai_server import OpenAIServer, Request, completion, error
from papers import truth

PAPERS = TABLE_ROWS + 20
FIRST = range(TABLE_ROWS, TABLE_ROWS + 3)  # papers that are asked for in any case, with two in work
FALSE = b"99.9"
NOTHING: dict[str, Any] = {"tasks": [], "methods": [], "datasets": [], "metrics": [], "results": [], "links": []}


class Card(BaseModel):
    """A schema of the user's own."""

    topic: str | None = None


class Nobody:
    """Watches nothing."""

    def advance(self, summary: RunSummary) -> None:
        """Does nothing."""


@pytest.fixture
def source(tmp_path: Path) -> str:
    rows = (
        {"id": f"p{i}", "title": f"Sandpiper {i}", "abstract": f"On SQuAD, Sandpiper reaches an F1 of {50 + i / 10}%."}
        for i in range(PAPERS)
    )
    path = tmp_path / "papers.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def right(request: Request, said: str = "") -> Any:
    score = said or request.text.rpartition("reaches an F1 of ")[2].partition("%")[0]
    result = truth()["results"][1] | {"score": f"{score}%", "method": "Sandpiper", "dataset": "SQuAD"}
    answer = truth() | {"tasks": [], "datasets": ["SQuAD"], "links": [], "code_url": None}
    return completion(request, answer | {"results": [result | {"evidence": f"reaches an F1 of {score}%"}]})


@pytest.fixture
def server(key: str) -> Iterator[OpenAIServer]:
    with OpenAIServer(right) as running:
        yield running


def run(server: OpenAIServer, source: str, **options: Any) -> tuple[bytes, int, RunSummary]:
    """The output, how many requests were sent, and the summary."""
    out, before = Path(source).with_name("out.jsonl"), len(server.requests)

    async def go() -> RunSummary:
        settings: dict[str, Any] = {"model": "openai/m", "base_url": server.base_url, "concurrency": 1} | options
        async with Extractor(**settings) as extractor:
            return (await run_job(Job((source,), str(out), overwrite=True), extractor, Nobody(), {}))[0]

    summary = asyncio.run(go())
    return out.read_bytes(), len(server.requests) - before, summary


def forget_answers(cache: Path) -> None:
    """Leaves the records alone, so that each paper whose record is made anew is a request."""
    for file in files_of(cache):
        file.unlink(missing_ok=True)


def values(cache: Path) -> list[tuple[str, bytes]]:
    with sqlite3.connect(cache / "records" / "cache.db") as database:
        return list(database.execute("SELECT key, value FROM Cache ORDER BY rowid"))


def replace(cache: Path, changed: dict[str, bytes]) -> None:
    with sqlite3.connect(cache / "records" / "cache.db") as database:
        database.executemany("UPDATE Cache SET value = ? WHERE key = ?", [(v, k) for k, v in changed.items()])
    database.close()


def test_a_record_is_made_once(server: OpenAIServer, source: str, cache: Path) -> None:
    first, requests, _ = run(server, source)
    assert requests == len(values(cache)) == PAPERS
    forget_answers(cache)
    again, requests, summary = run(server, source)
    assert again == first
    assert b'"status":"failed"' not in first
    assert requests in FIRST
    assert (summary.new, summary.cache_hits, sum(summary.status.values())) == (PAPERS, PAPERS - requests, PAPERS)


@pytest.mark.parametrize("where", ["bytes", "another paper", "another secret"])
def test_a_line_of_somebody_else_is_not_believed(
    server: OpenAIServer, source: str, cache: Path, tmp_path: Path, where: str
) -> None:
    first, *_ = run(server, source)
    rows = values(cache)
    if where == "bytes":
        forged = zlib.compress(zlib.decompress(rows[-1][1][32:]).replace(b"55.9", FALSE))
        replace(cache, {key: value[:32] + forged for key, value in rows} | {rows[0][0]: b"", rows[1][0]: FALSE})
    elif where == "another paper":
        replace(cache, dict(zip([key for key, _ in rows], [value for _, value in rows[1:] + rows[:1]], strict=True)))
    else:
        (tmp_path / "data" / "records.secret").write_bytes(b"?" * 32)
    forget_answers(cache)
    again, requests, _ = run(server, source)
    assert (again, requests) == (first, PAPERS)
    assert FALSE not in again


@pytest.mark.parametrize(
    ("options", "requests"),
    [
        ({"unsupported": "keep"}, PAPERS),
        ({"min_confidence": 0.9}, PAPERS),
        ({"max_reasks": 0}, PAPERS),
        ({"samples": 3}, 3 * PAPERS),
        ({"model": "openai/n"}, PAPERS),
        ({"instructions": "Be brief."}, PAPERS),
        ({"examples": [Example("T", "On SQuAD, Heron reaches 41%.", NOTHING)]}, PAPERS),
        ({"mode": "json"}, PAPERS),
        ({"max_answer_tokens": 77}, PAPERS),
    ],
)
def test_other_settings_find_nothing(
    server: OpenAIServer, source: str, cache: Path, options: dict[str, Any], requests: int
) -> None:
    run(server, source)
    forget_answers(cache)
    assert run(server, source, **options)[1] == requests


def test_another_server_finds_nothing(server: OpenAIServer, source: str, cache: Path) -> None:
    run(server, source)
    with OpenAIServer(right) as other:
        assert run(other, source)[1] == PAPERS


def test_a_record_tells_of_all_examples_of_its_run(server: OpenAIServer, source: str, cache: Path) -> None:
    last = json.loads(Path(source).read_text(encoding="utf-8").splitlines()[-1])
    examples = [
        Example("T", "On SQuAD, Heron reaches 41%.", NOTHING),
        Example(last["title"], last["abstract"], NOTHING),
    ]
    run(server, source, examples=examples[:1])
    out, *_ = run(server, source, examples=examples)
    assert len({json.loads(line)["extractor"]["prompt"] for line in out.splitlines()}) == 1


def test_a_paper_at_another_place_is_the_same(server: OpenAIServer, source: str, cache: Path) -> None:
    run(server, source)
    lines = Path(source).read_text(encoding="utf-8").splitlines()
    new = {"title": "Sandpiper new", "abstract": "On SQuAD, Sandpiper reaches an F1 of 12%.", "year": 2026}
    moved = [json.dumps(json.loads(line) | {"id": f"q{line[8:10]}"}) for line in lines[1:]]
    Path(source).write_text("\n".join([json.dumps(new), *moved]), encoding="utf-8")
    forget_answers(cache)
    out, requests, _ = run(server, source)
    assert requests in FIRST
    forget_answers(cache)
    (cache / "records" / "cache.db").unlink()
    assert run(server, source)[0] == out
    assert len(values(cache)) == PAPERS


@pytest.mark.parametrize("options", [{}, {"samples": 3}])
def test_a_record_that_trouble_spoilt_is_made_anew(key: str, source: str, cache: Path, options: dict[str, Any]) -> None:
    troubled = True

    def sometimes(request: Request) -> Any:
        corrects = any("55" in str(message.get("content")) for message in request.body["messages"][2:])
        asks_again = "temperature" in request.body or corrects
        if troubled and asks_again and "of 55." in request.text:
            return error(400, "not now")
        return right(request) if asks_again or "of 55." not in request.text else right(request, "77.7")

    with OpenAIServer(sometimes) as server:
        first, *_ = run(server, source, **options)
        troubled = False
        again, requests, _ = run(server, source, **options)
        assert again != first
        assert requests >= 10
        assert run(server, source, **options)[:2] == (again, 0)


def test_what_is_counted_is_the_same(key: str, source: str, cache: Path) -> None:
    def wrong_first(request: Request) -> Any:
        return right(request) if len(request.body["messages"]) > 2 else right(request, "77.7")

    with OpenAIServer(wrong_first) as server:
        run(server, source)
        _, requests, summary = run(server, source)
    assert (requests, summary.reasks, summary.cache_hits) == (0, PAPERS, 2 * PAPERS)


def test_another_program_finds_nothing(
    server: OpenAIServer, source: str, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "rules.py").write_text("1")
    monkeypatch.setattr(made_before, "_PACKAGE", package)
    run(server, source)
    (package / "rules.py").write_text("22")
    forget_answers(cache)
    assert run(server, source)[1] == PAPERS
    forget_answers(cache)
    assert run(server, source)[1] in FIRST


def test_failed_records_are_not_kept(key: str, source: str, cache: Path) -> None:
    def mostly(request: Request) -> Any:
        return error(400, "no") if "of 51." in request.text else right(request)

    with OpenAIServer(mostly) as server:
        _, _, summary = run(server, source)
    assert summary.failed == 10
    assert len(values(cache)) == PAPERS - 10


@pytest.mark.parametrize("options", [{"schema": Card}, {"link": True}, {"cache": None}, {"model": "builtin"}])
def test_records_that_others_shape_are_not_kept(
    server: OpenAIServer, source: str, cache: Path, options: dict[str, Any]
) -> None:
    run(server, source, **options)
    assert not (cache / "records").exists()


def test_a_limit_is_for_answers_alone(
    server: OpenAIServer, source: str, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ABSEXTRACT_CACHE_MB", "50")
    run(server, source)
    assert not (cache / "records").exists()


def test_without_a_place_for_the_secret_nothing_is_kept(
    server: OpenAIServer, source: str, cache: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "data").write_text("a file")
    assert run(server, source)[1] == PAPERS
    assert not (cache / "records").exists()
    assert caplog.messages == []


def test_the_secret_is_for_the_user_alone(server: OpenAIServer, source: str, tmp_path: Path) -> None:
    run(server, source)
    run(server, source)
    secret = tmp_path / "data" / "records.secret"
    assert (secret.stat().st_mode & 0o077, len(secret.read_bytes())) == (0, 32)
    assert list(secret.parent.iterdir()) == [secret]


@pytest.mark.parametrize("spoilt", ["empty", "open"])
def test_a_secret_that_is_none_is_not_used(
    server: OpenAIServer, source: str, cache: Path, tmp_path: Path, spoilt: str
) -> None:
    secret = tmp_path / "data" / "records.secret"
    secret.parent.mkdir()
    secret.write_bytes(b"" if spoilt == "empty" else b"x" * 32)
    secret.chmod(0o600 if spoilt == "empty" else 0o644)
    run(server, source)
    assert not (cache / "records").exists()
    run(server, source)
    assert (cache / "records").exists() == (spoilt == "empty")


@pytest.mark.parametrize("content", [b"", b"\0" * 16 + b"x" * 5000, b"notes"])
def test_a_damaged_file_of_records_costs_nothing_else(
    server: OpenAIServer, source: str, cache: Path, content: bytes
) -> None:
    first, *_ = run(server, source)
    for file in files_of(cache / "records"):
        file.unlink(missing_ok=True)
    (cache / "records" / "cache.db").write_bytes(content)
    assert run(server, source)[:2] == (first, 0)


def test_a_cache_that_is_none_of_ours_gets_no_records(server: OpenAIServer, source: str, cache: Path) -> None:
    cache.mkdir()
    (cache / "cache.db").write_text("my notes")
    run(server, source)
    assert [path.name for path in cache.iterdir()] == ["cache.db"]


def test_what_waits_is_written_at_the_end(server: OpenAIServer, cache: Path) -> None:
    paper = Abstract(id="p", title="T", abstract="A.")
    made = Made(input_part(paper).decode() + '"ok"}', 2)

    async def go() -> None:
        async with Extractor(model="openai/m", base_url=server.base_url) as extractor:
            before = MadeBefore(extractor)
            before.keep(paper, made)
            assert values(cache) == []
            before.close()
            assert MadeBefore(extractor).made(paper) == made
            assert MadeBefore(extractor).made(paper.model_copy(update={"abstract": "B."})) is None

    asyncio.run(go())


def test_clearing_the_cache_removes_the_records(server: OpenAIServer, source: str, cache: Path) -> None:
    run(server, source)
    answers = AnswerCache(cache)
    assert answers.size_on_disk() > sum(len(value) for _, value in values(cache)) > 0
    assert answers.clear() == PAPERS
    assert not (cache / "records" / "cache.db").exists()


def test_answers_are_cleared_whatever_stands_among_the_records(tmp_path: Path) -> None:
    answers = AnswerCache(tmp_path)
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "cache.db").write_text("my notes")
    with pytest.raises(UsageError, match=r"records.cache\.db: is no cache of absextract"):
        answers.clear()
    assert not (tmp_path / "cache.db").exists()
