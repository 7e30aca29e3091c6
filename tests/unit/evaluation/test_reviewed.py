"""What reviews say of a model, and of two people."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from absextract.errors import InputError, UsageError
from absextract.evaluation.reviewed import ALL, Reviewed, agreement, read_reviewed, right_of, summary, tally, verdicts
from absextract.records import ReviewInfo


def review(*actions: tuple[str, str], sampled: bool = True, complete: bool = True) -> ReviewInfo:
    told: list[dict[str, Any]] = [{"path": path, "action": action} for path, action in actions]
    return ReviewInfo.model_validate(
        {"by": "Ada", "at": "2026-03-01T12:00:00Z", "complete": complete, "sampled": sampled, "actions": told}
    )


ONE = review(
    ("/tasks/0", "removed"),
    ("/tasks/0", "confirmed"),
    ("/results/0/score", "confirmed"),
    ("/results/0/metric", "changed"),
    ("/results/0/dataset", "added"),
    ("/results/1", "removed"),
    ("/results/1/score", "confirmed"),
    ("/results/2", "added"),
)


def test_each_value_counts_under_its_field_and_each_object_once() -> None:
    found = {name: dict(counts) for name, counts in tally(ONE).items()}
    assert found == {
        "tasks": {"removed": 1, "right": 1},
        "results/score": {"right": 2},
        "results/metric": {"changed": 1},
        "results/dataset": {"added": 1},
        "results": {"removed": 1, "added": 1, "right": 2},
    }
    assert right_of(ONE) == (3, 6)


def test_shares_are_of_what_was_given_and_of_what_should_be_there() -> None:
    found = summary([ONE, ONE, review(("/tasks/0", "confirmed"), sampled=False)])
    assert (found["papers"], found["sampled"], found["untouched"]) == (3, 2, 1)
    assert next(iter(found["fields"])) == "tasks"
    assert found["fields"]["tasks"]["right_share"] == 3 / 5
    assert found["fields"]["tasks"]["found_share"] == 1
    assert found["fields"]["results/dataset"]["right_share"] is None
    assert found["fields"]["results/dataset"]["found_share"] == 0
    assert found[ALL]["right_share"] == 7 / 13


def test_paths_lead_back_to_what_the_model_gave() -> None:
    assert verdicts(ONE) == {
        "/tasks/0": False,
        "/tasks/1": True,
        "/results/0/score": True,
        "/results/0/metric": False,
        "/results/1": False,
        "/results/2/score": True,
    }


def two(first: list[ReviewInfo], second: list[ReviewInfo]) -> dict[str, Any]:
    files = [
        Reviewed({(str(number), "", ""): each for number, each in enumerate(reviews)}, len(reviews))
        for reviews in (first, second)
    ]
    return agreement(*files)


def test_kappa_is_cohens() -> None:
    """20 and 15 values that both take for right and for wrong, 5 and 10 on which they differ: the textbook's 0.4."""
    pairs = [("confirmed", "confirmed")] * 20 + [("confirmed", "removed")] * 5
    pairs += [("removed", "confirmed")] * 10 + [("removed", "removed")] * 15
    found = two([review(("/tasks/0", one)) for one, _ in pairs], [review(("/tasks/0", other)) for _, other in pairs])
    assert (found["both_right"], found["first_alone"], found["second_alone"], found["both_wrong"]) == (20, 5, 10, 15)
    assert found["kappa"] == pytest.approx(0.4)
    assert found["kappa_interval"][0] < 0.4 < found["kappa_interval"][1]


def test_what_one_rejects_as_a_whole_the_other_judged_part_by_part() -> None:
    whole = review(("/results/0", "removed"))
    parts = review(("/results/0/score", "confirmed"), ("/results/0/metric", "changed"))
    found = two([whole], [parts])
    assert (found["second_alone"], found["both_wrong"], found["values"]) == (1, 1, 2)


def test_kappa_is_not_defined_where_nothing_was_ever_wrong() -> None:
    found = two([review(("/tasks/0", "confirmed"))] * 3, [review(("/tasks/0", "confirmed"))] * 3)
    assert (found["kappa"], found["agreement"]) == (None, 1.0)


def test_papers_in_common_are_needed() -> None:
    with pytest.raises(UsageError, match="no paper in common"):
        agreement(Reviewed({("a", "", ""): ONE}, 1), Reviewed({("b", "", ""): ONE}, 1))


def test_only_complete_reviews_are_read(tmp_path: Path) -> None:
    def line(key: str, given: Any) -> str:
        row = {"id": key, "title": key, "abstract": "Text.", "extraction": {"tasks": []}}
        return json.dumps(row | ({"review": given} if given else {})) + "\n"

    done, begun = ONE.model_dump(), ONE.model_dump() | {"complete": False}
    path = tmp_path / "reviewed.jsonl"
    path.write_text(line("a", done) + line("b", begun) + line("c", None), encoding="utf-8")
    found = read_reviewed(str(path))
    assert (list(found.reviews), found.records) == ([("a", "a", "Text.")], 3)
    path.write_text(line("b", begun), encoding="utf-8")
    with pytest.raises(InputError, match="reviewed to the end"):
        read_reviewed(str(path))
    path.write_text(line("a", done) + line("b", done | {"actions": 7}), encoding="utf-8")
    left_out: list[str] = []
    read_reviewed(str(path), left_out)
    assert len(left_out) == 1
    assert "review.actions" in left_out[0]
