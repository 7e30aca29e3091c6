"""Results side by side: what may stand on one board, and in which order."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.report.leaderboards import boards, lower_is_better
from absextract.report.merged_names import MergedNames

NAMES = {
    "datasets": MergedNames({"NestBench": 2, "nest-bench": 1, "KiteBench": 1}),
    "metrics": MergedNames({"accuracy": 2, "Accuracy": 1, "word error rate": 1}),
}


def result(score: str, metric: str | None = "accuracy", dataset: str | None = "NestBench", kind: str = "value") -> Any:
    return {"score": score, "metric": metric, "dataset": dataset, "kind": kind, "method": "Heron", "evidence": "…"}


def made(*results: Any) -> list[tuple[Any, ...]]:
    found = boards([(number, [each], None) for number, each in enumerate(results)], NAMES)
    return [(b["d"], b["m"], b["k"], b["u"], [row[3] for row in b["r"]]) for b in found]


def test_spellings_of_one_name_share_a_board_sorted_by_value() -> None:
    assert made(result("71%"), result("81.2%", "Accuracy", "nest-bench"), result("9%")) == [
        (0, 0, "value", "%", ["81.2%", "71%", "9%"])
    ]


def test_a_row_tells_bound_deviation_and_setting_as_they_stand_or_from_the_evidence() -> None:
    def cells(**parts: Any) -> Any:
        (board,) = boards([(0, [result("71%") | parts], None)], NAMES)
        return board["r"][0][8:]

    assert cells() == [None, None, None, None, None]
    assert cells(evidence="over 71% ± 2", setting="5-shot") == ["5-shot", 2.0, ">", None, ">71% ± 2"]
    stored = {"value": 71.0, "upper": None, "unit": "%", "deviation": None, "bound": "~", "own": False}
    assert cells(**stored) == [None, None, "~", False, "~71%"]
    assert cells(**(stored | {"bound": [1], "deviation": "x", "own": "x", "setting": 3})) == [None] * 5


def test_units_kinds_datasets_and_metrics_are_never_mixed() -> None:
    different = [
        result("71%"),
        result("71"),
        result("71%", kind="change"),
        result("71%", dataset="KiteBench"),
        result("71%", metric="word error rate"),
    ]
    assert len(made(*different)) == len(different)


def test_an_error_counts_the_better_the_smaller_but_a_change_of_it_by_size() -> None:
    values = [result(score, "word error rate") for score in ("9%", "4%", "12%")]
    assert made(*values)[0][-1] == ["4%", "9%", "12%"]
    changes = [result(score, "word error rate", kind="change") for score in ("9%", "4%", "12%")]
    assert made(*changes)[0][-1] == ["12%", "9%", "4%"]


def test_a_score_without_a_number_stands_last_and_boards_without_a_name_after_the_others() -> None:
    found = made(result("best"), result("71", dataset=None), result("5"), result("6"))
    assert [board[-1] for board in found] == [["6", "5", "best"], ["71"]]
    assert found[1][0] == -1


@pytest.mark.parametrize(
    "metric", ["word error rate", "WER", "Perplexity", "inference time", "FID", "test losses", "RMSE"]
)
def test_lower_is_better_for(metric: str) -> None:
    assert lower_is_better(metric)


@pytest.mark.parametrize("metric", ["accuracy", "F1", "timely answers", "glossary", "sometimes", "terror", "fidelity"])
def test_higher_is_better_for(metric: str) -> None:
    assert not lower_is_better(metric)
