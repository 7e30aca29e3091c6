"""Whether values are right as often as their confidence says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from absextract.evaluation.calibration import calibration, judged_values
from absextract.evaluation.gold import read_gold, read_run
from command_line import absextract
from papers import ABSTRACT, TITLE, truth

SURE = {
    "/tasks/0": 0.9, "/methods/0": 0.9, "/methods/1": 0.6, "/results/0/score": 0.95, "/results/0/metric": 0.95,
    "/results/0/dataset": 0.55, "/links/0/url": 0.9, "/code_url": 0.9, "/nowhere/7": 0.9,
}  # fmt: skip


def files(tmp_path: Path, sure: dict[str, float]) -> tuple[str, str]:
    claimed = truth() | {"methods": ["Sandpiper", "DPR"]}
    claimed["results"][0]["dataset"] = "DPR"
    places = [
        {"path": path, "field": "abstract", "start": 0, "end": 1, "match": "exact", "confidence": value}
        for path, value in sure.items()
    ]
    gold, records = tmp_path / "gold.jsonl", tmp_path / "records.jsonl"
    paper = {"title": TITLE, "abstract": ABSTRACT}
    gold.write_text(json.dumps(paper | {"extraction": truth()}) + "\n", encoding="utf-8")
    records.write_text(json.dumps(paper | {"extraction": claimed, "grounding": places}) + "\n", encoding="utf-8")
    return str(gold), str(records)


def test_values_are_right_where_the_gold_accepts_them(tmp_path: Path) -> None:
    gold, records = files(tmp_path, SURE)
    confidences: dict[str, dict[str, float]] = {}
    run = read_run(records, confidences=confidences)
    judged = sorted(judged_values(read_gold(gold), run, confidences))
    assert judged == [(0.55, False), (0.6, False), *[(0.9, True)] * 4, *[(0.95, True)] * 2]


def test_the_error_is_the_mean_distance_of_what_is_said_and_what_is_so() -> None:
    found = calibration([(0.8, True), (0.8, False), (0.95, True), (0.95, True)])
    assert found is not None
    assert found["error"] == pytest.approx((2 * 0.3 + 2 * 0.05) / 4)
    assert [(row["values"], row["right"]) for row in found["bins"]] == [(2, 0.5), (2, 1.0)]
    assert calibration([(1.0, True)]) == {
        "values": 1,
        "error": 0.0,
        "bins": [{"from": 0.9, "to": 1.0, "values": 1, "confidence": 1.0, "right": 1.0}],
    }


def test_eval_prints_a_reliability_table_where_there_are_confidences(tmp_path: Path) -> None:
    gold, records = files(tmp_path, SURE)
    told = absextract("eval", gold, records).stdout
    assert "expected calibration error: 0.206" in told
    assert "0.5 to 0.6" in told
    assert json.loads(absextract("eval", gold, records, "--json").stdout)["calibration"]["values"] == 8
    gold, records = files(tmp_path, {})
    assert "calibration" not in absextract("eval", gold, records).stdout
    assert json.loads(absextract("eval", gold, records, "--json").stdout)["calibration"] is None
