"""What is pulled out of an abstract, and what the library computes from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from absextract.schema.paper import PaperExtraction, Result


def result(score: object) -> Result:
    return Result.model_validate({"score": score, "kind": "value", "evidence": "a clause"})


@pytest.mark.parametrize(
    ("score", "value", "upper", "unit"),
    [
        ("76\\%", 76, None, "%"),
        ("76 percent", 76, None, "%"),
        ("+5.4", 5.4, None, None),
        ("1,000", 1000, None, None),
        ("2.5x", 2.5, None, "x"),
        ("$2\\times$", 2, None, "x"),
        ("twice", 2, None, "x"),
        ("10--20%", 10, 20, "%"),
        ("3.9 points", 3.9, None, "points"),
        ("state of the art", None, None, None),
        ("", None, None, None),
    ],
)
def test_value_upper_and_unit_are_read_from_the_score(
    score: str, value: float | None, upper: float | None, unit: str | None
) -> None:
    read = result(score)
    assert (read.value, read.upper, read.unit) == (value, upper, unit)


def test_they_are_written_but_never_taken_from_an_answer() -> None:
    computed = {"value": 1, "upper": 2, "unit": "x", "deviation": 3, "bound": "<"}
    answered = {"score": "76%", "kind": "value", "evidence": "over 76% ± 2"} | computed
    written = Result.model_validate(answered).model_dump()
    assert {name: written[name] for name in computed} == {
        "value": 76, "upper": None, "unit": "%", "deviation": 2, "bound": ">",
    }  # fmt: skip


def test_results_of_schema_version_1_are_read() -> None:
    first = Result.model_validate({"score": "76%", "kind": "value", "evidence": "76%", "value": 76, "unit": "%"})
    assert (first.setting, first.own) == (None, None)


@pytest.mark.parametrize(("score", "text"), [(81.2, "81.2"), (3, "3")])
def test_a_number_is_taken_for_its_text(score: float, text: str) -> None:
    assert result(score).score == text


def test_a_score_that_was_dropped_has_no_value() -> None:
    dropped = result("76%").model_copy(update={"score": None})
    assert (dropped.value, dropped.upper, dropped.unit, dropped.bound) == (None, None, None, None)


@given(st.text())
def test_any_score_can_be_written(score: str) -> None:
    written = result(score)
    assert Result.model_validate_json(written.model_dump_json()) == written


def test_nothing_found_is_empty_lists_and_no_code() -> None:
    assert PaperExtraction().model_dump() == {
        "tasks": [], "methods": [], "datasets": [], "metrics": [], "results": [], "links": [], "code_url": None,
    }  # fmt: skip


def test_extractions_share_no_list() -> None:
    PaperExtraction().tasks.append("juggling")
    assert PaperExtraction().tasks == []


@pytest.mark.parametrize(
    "wrong",
    [{"tasks": None}, {"results": [{"score": "1", "kind": "guess", "evidence": "1"}]}, {"links": [{"url": "x"}]}],
)
def test_what_does_not_fit_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        PaperExtraction.model_validate(wrong)
