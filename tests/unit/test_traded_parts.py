"""Which parts of results the benchmark trades, and what it counts."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.traded_parts import Paper, main, read_papers, trades, wilson

ABSTRACT = (
    "We present Heron. It reaches 93.1% accuracy on NestBench and 71.4% recall on ReedBench. "
    "On Pond it needs 12 hours of training."
)


def result(score: str, evidence: str, metric: list[str] | None, dataset: list[str]) -> dict[str, Any]:
    names = {"metric": metric, "dataset": dataset, "method": ["Heron"], "baseline": None}
    return {"score": score, "kind": "value", "evidence": evidence} | names


def gold(**changes: Any) -> dict[str, Any]:
    results = [
        result("93.1%", "93.1% accuracy on NestBench", ["accuracy"], ["NestBench"]),
        result("71.4%", "71.4% recall on ReedBench", ["recall"], ["ReedBench"]) | changes,
        result("12 hours", "it needs 12 hours of training", ["hours of training"], ["Pond"]),
    ]
    return {"title": "Heron", "abstract": ABSTRACT, "results": results}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


def paper(path: Path, line: dict[str, Any], *, whole_sentences: bool = False) -> Paper:
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")
    (read,) = read_papers(path, whole_sentences=whole_sentences)
    return read


def made(path: Path, line: dict[str, Any], kind: str) -> list[tuple[int, str]]:
    found = (trade for trade in trades(paper(path, line)) if trade.kind == kind)
    return [(trade.index, next(iter(trade.changed.values()))) for trade in found]


def test_each_kind_of_trade_stands_where_it_must(path: Path) -> None:
    assert made(path, gold(), "metric") == [(0, "recall"), (1, "accuracy")]
    assert made(path, gold(), "dataset") == [(0, "ReedBench"), (1, "NestBench")]
    assert made(path, gold(), "number") == [(0, "71.4%"), (1, "93.1%")]
    assert made(path, gold(), "metric elsewhere") == [
        (0, "hours of training"),
        (1, "hours of training"),
        (2, "accuracy"),
        (2, "recall"),
    ]
    assert made(path, gold(), "dataset elsewhere") == [(0, "Pond"), (1, "Pond"), (2, "NestBench"), (2, "ReedBench")]
    assert made(path, gold(), "digit") == [(0, "93.2%"), (1, "71.1%"), (2, "11 hours")]


@pytest.mark.parametrize("metric", [["accuracy"], ["recall", "accuracy"], ["mean accuracy"], None])
def test_names_that_may_be_one_thing_are_not_traded(path: Path, metric: list[str] | None) -> None:
    assert made(path, gold(metric=metric), "metric") == []


def test_a_number_of_the_same_metric_and_dataset_is_not_traded(path: Path) -> None:
    assert made(path, gold(metric=["accuracy"], dataset=["NestBench"]), "number") == []
    assert len(made(path, gold(metric=["accuracy"]), "number")) == 2, "another dataset is enough"


def test_a_number_that_is_true_of_another_result_too_is_not_traded(path: Path) -> None:
    line = gold()
    line["results"].append(result("71.4%", "71.4% recall on ReedBench", ["accuracy"], ["NestBench"]))
    assert (0, "71.4%") not in made(path, line, "number")


def test_the_evidence_is_a_clause_or_the_whole_sentence(path: Path) -> None:
    clause, sentence = (
        paper(path, gold(), whole_sentences=whole).truth.extraction["results"][1]["evidence"] for whole in (False, True)
    )
    assert clause == "71.4% recall on ReedBench"
    assert sentence == "It reaches 93.1% accuracy on NestBench and 71.4% recall on ReedBench."


def test_it_counts_what_is_caught(
    path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = {"metrics": [{"any_of": ["accuracy"]}, {"any_of": ["recall"]}], "results": gold()["results"]}
    paper(path, {"title": "Heron", "abstract": ABSTRACT, "gold": listed})
    monkeypatch.setattr(sys, "argv", ["traded_parts.py", str(path), "--json"])
    main()
    found = json.loads(capsys.readouterr().out)
    assert found["true"]["all results"]["accepted"]["count"] == 3
    assert found["traded"]["digit"]["caught"]["share"] == found["traded"]["number"]["caught"]["share"] == 1.0
    for counts in found["traded"].values():
        assert counts["made"] == sum(counts[verdict]["count"] for verdict in ("caught", "warned", "accepted"))
    monkeypatch.setattr(sys, "argv", ["traded_parts.py", str(path), "--show", "1", "dataset elsewhere"])
    main()
    shown = capsys.readouterr().out
    assert "one part traded" in shown
    assert "dataset elsewhere" in shown


def test_intervals_are_those_of_wilson() -> None:
    assert wilson(5, 10) == pytest.approx((0.2366, 0.7634), abs=1e-4)
    assert wilson(0, 10) == pytest.approx((0.0, 0.2775), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)
