"""What a run did, for people and as JSON."""

from __future__ import annotations

import json
import os
import signal
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest

from absextract.errors import OutputError
from absextract.one_shot import validate
from absextract.output.summary import RunSummary, Tally, check_same_settings
from absextract.records import ErrorInfo, ExtractorInfo, Record, Usage
from papers import PAPER, truth

OK = validate(truth(), PAPER)
FLAGGED = validate({**truth(), "tasks": ["Juggling", "Knitting"]}, PAPER)
FAILED = Record[Any].failed(
    PAPER, ExtractorInfo(model="a/b", schema="s"), ErrorInfo(code="timeout", message="no answer")
)


def summary_of(*records: Record[Any], kept: tuple[Record[Any], ...] = (), **values: Any) -> RunSummary:
    summary = RunSummary({"model": "builtin"}, **values)
    for number, record in enumerate((*kept, *records)):
        summary.count(replace(Tally.of(record), id=f"k{number}", paper=(number,)), kept=number < len(kept))
    return summary


def written(summary: RunSummary, folder: Path) -> dict[str, Any]:
    out = folder / "out.jsonl"
    out.touch()
    summary.write_beside(str(out))
    content: dict[str, Any] = json.loads((folder / "out.jsonl.run.json").read_text(encoding="utf-8"))
    assert sorted(os.listdir(folder)) == ["out.jsonl", "out.jsonl.run.json"]
    return content


def test_records_findings_and_errors_are_counted() -> None:
    summary = summary_of(OK, FLAGGED, FAILED, OK)
    assert (summary.new, summary.failed) == (4, 1)
    assert dict(summary.status) == {"ok": 2, "flagged": 1, "failed": 1}
    assert summary.findings["mention_not_in_source"] == 2
    assert dict(summary.errors) == {"timeout": 1}


def test_what_is_left_out_as_unsure_is_told_apart_from_what_is_worth_a_look() -> None:
    summary = RunSummary({})
    summary.count(Tally("flagged", ("confidence_low", "kind_mismatch", "confidence_low")))
    assert summary.lines()[1:] == [
        "findings: 1 kind_mismatch",
        "2 values left out as unsure (--min-confidence changes the limit)",
    ]
    alone = RunSummary({})
    alone.count(Tally("ok", ("confidence_low",)))
    assert alone.lines()[1:] == ["1 value left out as unsure (--min-confidence changes the limit)"]
    assert summary.as_json()["findings"] == {"confidence_low": 2, "kind_mismatch": 1}


@pytest.mark.parametrize(
    ("records", "interrupted_by", "status"),
    [
        ((), None, 0),
        ((OK, FLAGGED), None, 0),
        ((OK, FAILED), None, 1),
        ((OK,), signal.SIGINT, 130),
        ((FAILED,), signal.SIGINT, 130),
        ((OK,), signal.SIGTERM, 143),
    ],
)
def test_the_exit_status_says_how_it_ended(
    records: tuple[Record[Any], ...], interrupted_by: int | None, status: int
) -> None:
    assert summary_of(*records, interrupted_by=interrupted_by).exit_status == status


WITHOUT = Record[Any].failed(
    PAPER, ExtractorInfo(model="a/b", schema="s"), ErrorInfo(code="no_abstract", message="the paper has no abstract")
)


def test_papers_without_an_abstract_are_counted_on_their_own_and_are_no_failure() -> None:
    summary = summary_of(OK, WITHOUT, WITHOUT, seconds=1.0)
    assert (summary.failed, summary.no_abstract, summary.exit_status) == (0, 2, 0)
    assert summary.lines() == ["3 records in 1.0 s (3/s): 1 ok", "2 of 3 papers have no abstract"]
    assert (summary.as_json()["no_abstract"], summary.as_json()["status"]["failed"]) == (2, 2)
    assert summary_of(WITHOUT, FAILED).exit_status == 1
    assert not Tally.of(WITHOUT).lacks_model


def test_ids_that_stand_more_than_once_are_told() -> None:
    summary = RunSummary({})
    for number in (1, 2, 1, 3, 1, 2):
        summary.count(Tally("ok", id=f"k{number}"))
    assert summary.lines()[1:] == ["3 records have the id of an earlier one, the first of them k1"]
    assert summary.as_json()["repeated_ids"] == 3


def test_papers_that_stand_more_than_once_are_told() -> None:
    summary = RunSummary({})
    for keys in ((1, 2), (3,), (2, 4), (4,), ()):
        summary.count(Tally("ok", paper=keys))
    assert summary.lines()[1:] == [
        "2 records are papers that stood before; report, export and leaderboard count each paper once"
    ]
    assert summary.as_json()["repeated_papers"] == 2


def test_the_signal_is_a_plain_yes_in_the_summary(tmp_path: Path) -> None:
    assert written(summary_of(interrupted_by=signal.SIGTERM), tmp_path)["interrupted"] is True


def test_people_read_counts_and_rate() -> None:
    assert summary_of(OK, OK, seconds=0.5).lines() == ["2 records in 0.5 s (4/s): 2 ok"]
    assert summary_of().lines() == ["0 records in 0.0 s (-): none"]
    assert summary_of(OK, seconds=2.0).lines() == ["1 record in 2.0 s (0/s): 1 ok"]
    assert summary_of(OK, kept=(OK, FLAGGED), seconds=1.0).lines()[0] == (
        "1 new record in 1.0 s (1/s), 2 kept from before: 2 ok, 1 flagged"
    )


def test_records_that_failed_before_and_are_kept_count_as_failed() -> None:
    summary = summary_of(OK, kept=(OK, FAILED))
    assert (summary.new, summary.kept, summary.failed, summary.exit_status) == (1, 2, 1, 1)
    assert dict(summary.errors) == {"timeout": 1}


def test_the_traffic_of_the_runs_before_is_added_up(tmp_path: Path) -> None:
    usage = Usage(prompt_tokens=30, completion_tokens=4, total_tokens=34)
    out = tmp_path / "out.jsonl"
    out.write_text("{}\n", encoding="utf-8")
    for requests, dollars in ((5, None), (2, 0.5), (1, 0.25)):
        summary = summary_of(OK, requests=requests, usage=usage, dollars=dollars, seconds=1.5)
        summary.goes_on_from(str(out))
        summary.write_beside(str(out))
    assert summary.earlier == {
        "runs": 2,
        "requests": 7,
        "retries": 0,
        "reasks": 0,
        "cache_hits": 0,
        "usage": {"prompt_tokens": 60, "completion_tokens": 8, "total_tokens": 68},
        "dollars": 0.5,
        "seconds": 3.0,
    }
    assert summary.lines()[-1] == "runs before: 7 requests, 60 + 8 tokens, $0.5000"


@pytest.mark.parametrize("content", ["{", "[]", "3", '{"usage": 3}', '{"requests": "many"}', '{"earlier": 3}'])
def test_a_foreign_summary_beside_the_output_adds_nothing(tmp_path: Path, content: str) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("{}\n", encoding="utf-8")
    Path(f"{out}.run.json").write_text(content, encoding="utf-8")
    summary = summary_of()
    summary.goes_on_from(str(out))
    assert summary.earlier is None


def test_people_read_findings_errors_and_requests_where_there_are_any() -> None:
    usage = Usage(prompt_tokens=30, completion_tokens=4, total_tokens=34)
    first, findings, errors, requests = summary_of(
        OK, FLAGGED, FAILED, seconds=2.0, requests=5, retries=1, reasks=2, cache_hits=3, usage=usage
    ).lines()
    assert first == "3 records in 2.0 s (2/s): 1 ok, 1 flagged, 1 failed"
    assert findings.startswith("findings: 2 mention_not_in_source")
    assert errors == "errors: 1 timeout"
    assert requests == "5 requests, 1 retries, 2 re-asks, 3 from the cache, 30 + 4 tokens"


def test_programs_read_the_same_as_json(tmp_path: Path) -> None:
    usage = Usage(prompt_tokens=30, completion_tokens=4, total_tokens=34)
    content = written(
        summary_of(
            OK, FAILED, kept=(OK, OK), requests=5, retries=1, reasks=2, cache_hits=3, usage=usage, seconds=1.23456
        ),
        tmp_path,
    )
    assert content | {"started": "", "versions": {}} == {
        "records": 4,
        "new": 2,
        "kept": 2,
        "status": {"ok": 3, "flagged": 0, "failed": 1},
        "no_abstract": 0,
        "repeated_ids": 0,
        "repeated_papers": 0,
        "findings": {},
        "errors": {"timeout": 1},
        "requests": 5,
        "retries": 1,
        "reasks": 2,
        "cache_hits": 3,
        "usage": {"prompt_tokens": 30, "completion_tokens": 4, "total_tokens": 34},
        "finished": False,
        "interrupted": False,
        "stopped": None,
        "dollars": None,
        "started": "",
        "seconds": 1.235,
        "records_per_second": 1.6,
        "earlier": None,
        "settings": {"model": "builtin"},
        "versions": {},
    }
    assert {"python", "absextract", "pydantic"} <= set(content["versions"])


def test_the_start_is_a_time_in_utc(tmp_path: Path) -> None:
    assert written(summary_of(started=0.0), tmp_path)["started"] == "1970-01-01T00:00:00Z"


def test_a_former_summary_is_written_over(tmp_path: Path) -> None:
    written(summary_of(OK), tmp_path)
    assert written(summary_of(OK, OK), tmp_path)["records"] == 2


def test_names_that_are_no_utf8_can_be_written(tmp_path: Path) -> None:
    assert written(RunSummary({"inputs": ["Ü/\udcff.jsonl"]}), tmp_path)["settings"] == {"inputs": ["Ü/\udcff.jsonl"]}


def test_a_summary_that_cannot_be_written_is_an_output_error(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.touch()
    (tmp_path / "out.jsonl.run.json").mkdir()
    with pytest.raises(OutputError, match=r"out\.jsonl\.run\.json: "):
        summary_of().write_beside(str(out))


@pytest.mark.parametrize("out", ["-", "/dev/null"])
def test_nothing_is_written_beside_what_is_no_file(out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    summary_of().write_beside(out)
    assert os.listdir(tmp_path) == []


class TestSameSettings:
    THEN: ClassVar[dict[str, Any]] = {
        "model": "a/b", "mode": "tools", "max_reasks": 1, "unsupported": "drop", "min_confidence": 0.0,
        "max_answer_tokens": None,
    }  # fmt: skip

    @pytest.fixture
    def out(self, tmp_path: Path) -> Path:
        out = tmp_path / "out.jsonl"
        out.write_text("{}\n", encoding="utf-8")
        RunSummary(self.THEN).write_beside(str(out))
        return out

    @pytest.mark.parametrize(
        "changed",
        [
            {"mode": "json"},
            {"max_reasks": 0},
            {"unsupported": "keep"},
            {"min_confidence": 0.5},
            {"max_answer_tokens": 700},
        ],
    )
    def test_what_shapes_records_must_be_the_same(self, out: Path, changed: dict[str, Any]) -> None:
        ((name, now),) = changed.items()
        with pytest.raises(OutputError, match=rf"made with {name} {self.THEN[name]}, this run has {now}; choose"):
            check_same_settings(str(out), self.THEN | changed)

    def test_other_settings_and_those_of_one_run_alone_may_differ(self, out: Path) -> None:
        check_same_settings(str(out), self.THEN | {"concurrency": 3})
        check_same_settings(str(out), {"unsupported": "drop"})

    @pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"settings": 3}', "[" * 100_000])
    def test_a_summary_that_cannot_be_read_says_nothing(self, out: Path, content: str) -> None:
        Path(f"{out}.run.json").write_text(content, encoding="utf-8")
        check_same_settings(str(out), {"mode": "json"})

    def test_nor_does_one_without_records_beside_it(self, out: Path) -> None:
        out.write_bytes(b"")
        check_same_settings(str(out), {"mode": "json"})
        out.unlink()
        check_same_settings(str(out), {"mode": "json"})
