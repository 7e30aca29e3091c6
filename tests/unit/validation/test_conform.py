"""An answer that fits its schema only in part keeps the parts that fit."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest
from pydantic import BaseModel, Field

from absextract import validate
from absextract.errors import AnswerError
from absextract.schema.paper import PaperExtraction
from absextract.validation.conform import conform

GOOD = {"score": "5%", "kind": "value", "evidence": "reaches 5%"}


class Bird(BaseModel):
    name: str
    wings: int = 2


class Flock(BaseModel):
    place: str
    birds: list[Bird] = []
    leader: Bird | None = None
    mood: Literal["calm", "wild"] = "calm"
    by_ring: dict[str, Bird] = Field(default={}, alias="byRing")


def test_an_instance_comes_back_as_it_is() -> None:
    extraction = PaperExtraction(tasks=["tagging"])
    assert conform(extraction, PaperExtraction) == (extraction, (), {})
    assert conform(extraction, PaperExtraction)[0] is extraction


def test_a_bad_item_does_not_lose_its_siblings() -> None:
    bad = [{"kind": "value"}, {**GOOD, "kind": "odd"}, {"score": ["x"], **{k: GOOD[k] for k in ("kind", "evidence")}}]
    extraction, findings, _ = conform({"results": [bad[0], GOOD, bad[1], bad[2]], "tasks": ["t"]}, PaperExtraction)
    assert [r.score for r in extraction.results] == ["5%"]
    assert extraction.tasks == ["t"]
    assert sorted(f.path for f in findings) == ["/results/0", "/results/2", "/results/3"]
    assert {(f.code, f.severity, f.action) for f in findings} == {("schema_mismatch", "error", "dropped")}


def test_null_for_nothing_is_no_finding() -> None:
    extraction, findings, _ = conform({"tasks": None, "methods": ["Kite", None]}, PaperExtraction)
    assert (extraction.tasks, extraction.methods, findings) == ([], ["Kite"], ())


def test_a_field_of_the_wrong_type_becomes_its_default() -> None:
    flock, findings, _ = conform({"place": "lake", "leader": 3, "mood": "sad"}, Flock)
    assert (flock.leader, flock.mood) == (None, "calm")
    assert {f.path for f in findings} == {"/leader", "/mood"}


def test_the_answer_is_left_as_it_is() -> None:
    answer: dict[str, Any] = {"place": "lake", "birds": [{"name": "kite"}, 5]}
    conform(answer, Flock)
    assert answer == {"place": "lake", "birds": [{"name": "kite"}, 5]}


def test_a_long_value_is_shown_shortened() -> None:
    _, (finding,), _ = conform({"place": "lake", "mood": "x" * 5000}, Flock)
    assert len(str(finding.value)) == 300


@pytest.mark.parametrize(
    "answer", [None, 5, "text", [], {}, {"other": 1}, {"place": 3}, {"place": None}, {"birds": []}, [{"place": "lake"}]]
)
def test_nothing_usable_is_an_answer_error(answer: Any) -> None:
    with pytest.raises(AnswerError) as caught:
        conform(answer, Flock)
    assert caught.value.code == "schema_mismatch"


def test_extra_keys_do_no_harm() -> None:
    answer = {"tasks": ["t"], "note": "hi", "results": [{**GOOD, "value": 9}]}
    extraction, findings, _ = conform(answer, PaperExtraction)
    assert (extraction.results[0].value, findings) == (5.0, ())


def test_a_number_for_a_score_is_read_as_text() -> None:
    extraction, findings, _ = conform({"results": [{**GOOD, "score": 81.2}]}, PaperExtraction)
    assert (extraction.results[0].score, findings) == ("81.2", ())


def test_entry_of_a_mapping_under_an_alias() -> None:
    flock, _, _ = conform({"place": "lake", "byRing": {"a": {"name": "kite"}}}, Flock)
    assert flock.by_ring["a"].name == "kite"


def test_findings_point_into_the_answer_also_behind_what_was_left_out() -> None:
    wrong = {**GOOD, "score": "97.3%"}
    record = validate({"results": [None, {"score": "1"}, GOOD, wrong], "tasks": []}, GOOD["evidence"])
    assert [(f.path, f.code) for f in record.findings] == [
        ("/results/1", "schema_mismatch"),
        ("/results/3/score", "number_not_in_source"),
        ("/results/3/score", "number_contradicted"),
    ]
    assert record.extraction is not None
    assert len(record.extraction.results) == 1


def test_pointers_are_escaped() -> None:
    class Page(BaseModel):
        by_name: dict[str, list[int]] = {}

    _, findings, left_out = conform({"by_name": {"a/b~": [1, "x"]}}, Page)
    assert findings[0].path == "/by_name/a~1b~0/1"
    assert dict(left_out) == {"/by_name/a~1b~0": [1]}


def test_half_a_surrogate_pair_is_replaced_since_it_cannot_be_written() -> None:
    record = validate({"tasks": ["half \ud800 pair"]}, "half \ufffd pair")
    assert record.extraction is not None
    assert record.extraction.tasks == ["half \ufffd pair"]
    assert json.loads(record.to_json())["extraction"]["tasks"] == ["half \ufffd pair"]


def test_an_answer_nested_too_deeply_does_not_fit() -> None:
    nested: list[Any] = []
    for _ in range(5000):
        nested = [nested]
    with pytest.raises(AnswerError, match="too deep"):
        conform({"tasks": nested}, PaperExtraction)
