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

from absextract import Abstract, Extractor
from absextract.extractors.llm.cache import AnswerCache
from absextract.extractors.llm.cache_database import files_of
from absextract.output.summary import RunSummary
from absextract.runs import made_before
from absextract.runs.extract_many import TABLE_ROWS, run_job
from absextract.runs.job import Job
from absextract.runs.made_before import MadeBefore
from openai_server import OpenAIServer, Request, completion, error
from papers import truth

PAPERS = TABLE_ROWS + 20
FALSE = b"99.9"


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


def right(request: Request) -> Any:
    score = request.text.partition("F1 of ")[2].partition("%")[0]
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
        settings = {"model": "openai/m", "base_url": server.base_url} | options
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
    assert requests == TABLE_ROWS  # whose records are wanted themselves
    assert (summary.new, summary.cache_hits, sum(summary.status.values())) == (PAPERS, PAPERS - TABLE_ROWS, PAPERS)


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


@pytest.mark.parametrize(
    "options",
    [
        {"unsupported": "keep"},
        {"min_confidence": 0.9},
        {"max_reasks": 0},
        {"samples": 3},
        {"model": "openai/n"},
        {"instructions": "Be brief."},
        {"mode": "json"},
        {"max_answer_tokens": 77},
    ],
)
def test_other_settings_find_nothing(server: OpenAIServer, source: str, cache: Path, options: dict[str, Any]) -> None:
    run(server, source)
    forget_answers(cache)
    assert run(server, source, **options)[1] >= PAPERS


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
    assert run(server, source)[1] == TABLE_ROWS


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


def test_what_waits_is_written_at_the_end(server: OpenAIServer, cache: Path) -> None:
    paper = Abstract(id="p", title="T", abstract="A.")

    async def go() -> None:
        async with Extractor(model="openai/m", base_url=server.base_url) as extractor:
            before = MadeBefore(extractor)
            before.keep(paper, "{}")
            assert values(cache) == []
            before.close()
            assert MadeBefore(extractor).line_of(paper) == "{}"
            assert MadeBefore(extractor).line_of(paper.model_copy(update={"metadata": {"year": 2026}})) is None

    asyncio.run(go())


def test_clearing_the_cache_removes_the_records(server: OpenAIServer, source: str, cache: Path) -> None:
    run(server, source)
    answers = AnswerCache(cache)
    assert answers.size_on_disk() > sum(len(value) for _, value in values(cache)) > 0
    assert answers.clear() == PAPERS
    assert not (cache / "records" / "cache.db").exists()
