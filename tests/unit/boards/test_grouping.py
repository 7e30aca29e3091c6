"""Results side by side: what may stand on one board, in which order, and where papers disagree."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.boards.board_rows import BoardRow, rows_of_record
from absextract.boards.grouping import Board, boards_of, disagreements
from absextract.entities.linked_results import NameLinks
from absextract.entities.linking import linker_with

LINKER = linker_with(None)


def result(
    score: str, metric: str | None = "accuracy", dataset: str | None = "NestBench", **more: Any
) -> dict[str, Any]:
    return {"score": score, "kind": "value", "metric": metric, "dataset": dataset, "method": "Heron"} | more


def boards(*results: dict[str, Any]) -> list[Board]:
    """Each result is of a paper of its own."""
    rows: list[BoardRow] = []
    for number, each in enumerate(results):
        row = {"title": "", "abstract": "", "extraction": {"results": [each]}}
        rows += rows_of_record(number, row, LINKER, NameLinks.of(row, LINKER))
    return boards_of(rows)


def scores(board: Board) -> list[str]:
    return [row.linked.result["score"] for row in board.rows]


def test_spellings_of_one_thing_share_a_board() -> None:
    [board] = boards(
        result("71%", dataset="CIFAR10"),
        result("81%", "Accuracy", "the CIFAR-10 dataset"),
        result("9%", dataset="cifar 10"),
    )
    assert (board.dataset, board.metric, scores(board)) == ("cifar-10", "accuracy", ["81%", "71%", "9%"])


def test_names_that_nobody_knows_meet_by_their_letters_alone() -> None:
    assert (
        len(boards(result("1%"), result("2%", dataset="nest-bench"), result("3%", dataset="NestBench test set"))) == 1
    )
    assert len(boards(result("1%"), result("2%", dataset="NestBench+"), result("3%", dataset="NB"))) == 3


def test_a_disease_is_no_driving_dataset() -> None:
    assert len(boards(result("1%", dataset="heart disease dataset"), result("2%", dataset="HDD"))) == 2


def test_a_share_is_one_however_it_is_written_and_other_units_stay_apart() -> None:
    [board] = boards(result("0.94"), result("93%"), result("95.0"))
    assert scores(board) == ["95.0", "0.94", "93%"]
    assert board.unit == "%"
    assert len(boards(result("3 s", "latency"), result("4 ms", "latency"))) == 2


def test_kinds_datasets_and_metrics_are_never_mixed() -> None:
    different = [
        result("71%"), result("71%", kind="change"), result("71%", dataset="KiteBench"),
        result("71%", "word error rate"),
        result("71%", "macro F1"), result("71%", "F1"),
        result("7%", dataset="WMT14 En-De"), result("7%", dataset="WMT14 En-Fr"),
    ]  # fmt: skip
    assert len(boards(*different)) == len(different)


def test_lower_is_better_where_it_is_and_nothing_is_guessed() -> None:
    [errors] = boards(*(result(score, "attack success rate") for score in ("9%", "4%", "12%")))
    assert (errors.direction, scores(errors), errors.ranks()) == ("lower", ["4%", "9%", "12%"], [1, 2, 3])
    [unknown] = boards(*(result(score, "plumage") for score in ("9", "4", "12")))
    assert (unknown.direction, scores(unknown), unknown.ranks()) == ("unknown", ["9", "4", "12"], [None, None, None])
    [changes] = boards(*(result(score, "latency", kind="change") for score in ("9%", "12%")))
    assert scores(changes) == ["12%", "9%"]


def test_equal_values_have_equal_ranks() -> None:
    [board] = boards(result("9%"), result("9%"), result("0.05"))
    assert board.ranks() == [1, 1, 3]


def test_the_usual_metric_of_a_dataset_stands_in_for_one_that_is_not_named() -> None:
    [board] = boards(result("79%", None, "GSM8K"), result("81%", "accuracy", "GSM8K"))
    assert [row.linked.by_default for row in board.rows] == [False, True]
    [change] = boards(result("79%", None, "GSM8K", kind="change"))
    assert not change.is_whole


def test_a_score_without_a_number_stands_last_and_boards_without_a_name_after_the_others() -> None:
    found = boards(result("best"), result("71", dataset=None), result("5"), result("6"))
    assert [scores(board) for board in found if board.is_whole] == [["6", "5"], ["best"]]
    assert not found[-1].is_whole


def test_two_papers_that_give_one_method_different_scores_disagree() -> None:
    [board] = boards(
        result("71%"), result("73%", method="heron"), result("73%", method="Stilt"), result("9%", setting="5-shot")
    )
    [rows] = disagreements(board)
    assert [row.linked.result["score"] for row in rows] == ["71%", "73%"]
    [agreed] = boards(result("71%"), result("0.71"))
    assert list(disagreements(agreed)) == []


@pytest.mark.parametrize("broken", [{"value": [1]}, {"setting": 3}, {"own": "x"}, {"unit": {}}, {"dataset": "  "}])
def test_parts_that_are_none_are_passed_over(broken: dict[str, Any]) -> None:
    assert len(boards(result("71%") | broken)) == 1


def test_settings_that_differ_are_told_whoever_tells_them() -> None:
    [board] = boards(
        result("71%", setting="5-shot"),
        result("81%", "few-shot accuracy"),
        result("9%", dataset="NestBench validation set"),
        result("8%", setting="5-Shot"),
        result("7%"),
    )
    assert board.settings == {"": 1, "5-shot": 2, "few-shot": 1, "validation": 1}
    assert [row.setting for row in board.rows] == ["few-shot", "5-shot", "validation", "5-Shot", ""]
    [alike] = boards(result("71%", setting="5-shot"), result("81%", "5-shot accuracy"))
    assert alike.settings == {}


def test_a_board_is_called_by_the_usual_names_of_what_is_known() -> None:
    [known] = boards(result("71%", "Acc", "CIFAR10"), result("72%", "Accuracy", "cifar 10"))
    assert known.name == "CIFAR-10: accuracy"
    assert known.spellings == {"dataset": ["cifar 10", "CIFAR10"], "metric": ["Accuracy", "Acc"]}
    [unknown] = boards(result("1", "wingspan", "Nestbench"), result("2", "wingspan"), result("3", "wingspan"))
    assert unknown.name == "NestBench: wingspan"


def test_changes_stand_by_size_and_keep_the_direction_of_their_metric() -> None:
    [board] = boards(result("1%", "latency", kind="change"), result("3%", "latency", kind="change"))
    assert (board.direction, scores(board), board.ranks()) == ("lower", ["3%", "1%"], [1, 2])


@pytest.mark.parametrize(
    ("score", "told"),
    [(r"0.9\%", "0.9%"), (r"$91.2$", "91.2"), (r"2\times", "2×"), (r"1{,}000", "1,000"), ("10--20", "10–20")],
)
def test_a_score_is_told_without_signs_of_tex(score: str, told: str) -> None:
    [board] = boards(result(score))
    assert (board.rows[0].score, scores(board)) == (told, [score])
