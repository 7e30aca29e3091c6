"""Confidences go along with their values, and take those out that are not sure enough."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract import PaperExtraction
from absextract.schema.pointers import pointer
from absextract.validation.validator import Review, review
from papers import ABSTRACT, TITLE, truth

SCORES = [f"/results/{number}/score" for number in range(3)]


def check(answer: dict[str, Any], confidence: dict[str, float], **options: Any) -> Review[PaperExtraction]:
    extraction = PaperExtraction.model_validate(answer)
    return review(extraction, TITLE, ABSTRACT, confidence=confidence, **options)


def known(reviewed: Review[PaperExtraction]) -> dict[str, float]:
    return {place.path: place.confidence for place in reviewed.grounding if place.confidence is not None}


def told(reviewed: Review[PaperExtraction]) -> list[tuple[str, str]]:
    return [(finding.path, finding.code) for finding in reviewed.findings]


def value_at(reviewed: Review[PaperExtraction], path: str) -> Any:
    value = reviewed.extraction.model_dump()
    for key in path.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    return value


def test_a_confidence_goes_along_where_unsupported_values_before_it_go() -> None:
    spoilt = truth() | {"methods": ["Albatross", "Sandpiper"]}
    spoilt["results"][0]["score"] = "93.1%"
    reviewed = check(spoilt, {"/methods/1": 0.7, SCORES[1]: 0.8, SCORES[2]: 0.9})
    assert known(reviewed) == {"/methods/0": 0.7, SCORES[0]: 0.8, SCORES[1]: 0.9}
    assert value_at(reviewed, SCORES[1]) == "2.5x"


def test_it_points_into_the_answer_also_where_items_had_to_be_left_out_of_that() -> None:
    answer = truth()
    del answer["results"][0]
    reviewed = check(answer, {SCORES[1]: 0.8, SCORES[2]: 0.4}, left_out={"/results": [0]}, min_confidence=0.5)
    assert known(reviewed) == {SCORES[0]: 0.8}
    assert ("/results/2/score", "confidence_low") in told(reviewed)


def test_a_result_goes_with_its_score_and_its_number_is_no_unclaimed_one() -> None:
    reviewed = check(truth(), {SCORES[0]: 0.3, SCORES[1]: 0.5}, min_confidence=0.5)
    assert [result.score for result in reviewed.extraction.results] == ["88.9%", "2.5x"]
    assert told(reviewed) == [(SCORES[0], "confidence_low")]
    (finding,) = reviewed.findings
    assert (finding.severity, finding.action, finding.value) == ("info", "dropped", "91.3%")
    assert finding.message == "its confidence of 0.3 is below the 0.5 asked for"
    assert not any(place.path.startswith("/results/2") for place in reviewed.grounding)


def test_parts_that_can_be_missing_become_null_and_a_link_goes_with_its_url() -> None:
    unsure = {"/results/0/metric": 0.1, "/links/0/url": 0.2, "/code_url": 0.3}
    reviewed = check(truth(), unsure, min_confidence=0.4)
    found = reviewed.extraction
    assert (found.results[0].metric, found.results[0].score) == (None, "91.3%")
    assert (found.links, found.code_url) == ([], None)
    assert sorted(told(reviewed)) == [(path, "confidence_low") for path in sorted(unsure)]


@pytest.mark.parametrize("unsupported", ["drop", "keep"])
def test_what_is_not_sure_goes_whatever_happens_to_what_is_unsupported(unsupported: str) -> None:
    spoilt = truth() | {"tasks": ["Juggling", "Retrieval over long documents"], "methods": ["Albatross"]}
    unsure = {"/tasks/0": 0.1, "/tasks/1": 0.1}
    reviewed = check(spoilt, unsure, min_confidence=0.5, unsupported=unsupported)
    assert reviewed.extraction.tasks == []
    assert reviewed.extraction.methods == (["Albatross"] if unsupported == "keep" else [])
    assert ("/tasks/1", "confidence_low") in told(reviewed)


def test_values_of_unknown_confidence_stay() -> None:
    extraction = PaperExtraction.model_validate(truth())
    assert review(extraction, TITLE, ABSTRACT, min_confidence=1.0).extraction is extraction


def test_by_default_what_is_likelier_wrong_than_right_goes() -> None:
    reviewed = check(truth(), {SCORES[0]: 0.49, SCORES[1]: 0.5})
    assert [result.score for result in reviewed.extraction.results] == ["88.9%", "2.5x"]
    assert [finding.message for finding in reviewed.findings] == ["its confidence of 0.49 is below the 0.5 asked for"]


def test_an_answer_can_ask_for_more_of_some_values_but_who_reads_it_decides() -> None:
    baseline, dataset = "/results/0/baseline", "/results/0/dataset"
    sure, least = {baseline: 0.8, dataset: 0.8, "/methods/0": 0.8}, {baseline: 0.9, dataset: 0.8}
    reviewed = check(truth(), sure, least=least)
    assert (reviewed.extraction.results[0].baseline, reviewed.extraction.results[0].dataset) == (None, "SQuAD 2.0")
    assert told(reviewed) == [(baseline, "confidence_low")]
    assert [(finding.severity, finding.action) for finding in reviewed.findings] == [("info", "dropped")]
    assert told(check(truth(), sure, least=least, min_confidence=0.8)) == []


def test_what_an_answer_asks_for_of_a_value_of_unknown_confidence_is_nothing() -> None:
    assert told(check(truth(), {}, least={"/results/0/baseline": 0.9})) == []


@given(st.data())
def test_what_stays_is_sure_enough_and_is_what_it_was(data: st.DataObject) -> None:
    rated = [pointer(["tasks", 0]), pointer(["methods", 0]), *SCORES, "/results/0/metric", "/links/0/url", "/code_url"]
    confidence = {path: data.draw(st.integers(0, 20).map(lambda n: n / 20)) for path in rated}
    least = data.draw(st.integers(0, 20)) / 20
    before, after = check(truth(), confidence, min_confidence=0), check(truth(), confidence, min_confidence=least)
    stays = {(value_at(before, path), sure) for path, sure in known(before).items() if sure >= least}
    if confidence[SCORES[0]] < least:
        stays.discard(("F1", confidence["/results/0/metric"]))
    assert {(value_at(after, path), sure) for path, sure in known(after).items()} == stays
    assert {path for path, code in told(after) if code == "confidence_low"} <= {
        path for path, sure in confidence.items() if sure < least
    }
    assert {finding.severity for finding in after.findings} <= {"info"}
