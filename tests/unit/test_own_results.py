"""Whose a score is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from absextract import Abstract, PaperExtraction, validate
from papers import PAPER, truth


def told(extraction: Any, paper: Abstract | str = PAPER) -> list[bool | None]:
    return [result["own"] for result in json.loads(validate(extraction, paper).to_json())["extraction"]["results"]]


def test_a_result_of_one_of_the_papers_methods_is_its_own_and_the_words_tell_of_the_others() -> None:
    """Of "91.3%, against 88.9% for DPR" the second is a rival's, whoever is named as its method."""
    assert told(truth()) == [True, False, True]
    spelled = truth() | {"methods": ["Sand-piper", "Sandpiper"]}
    spelled["results"][0]["method"] = None
    assert told(spelled) == [True, False, True]


def test_a_result_of_a_method_that_is_none_of_the_papers_is_not_said_to_be_its_own() -> None:
    paper = Abstract(abstract="Heron reaches over 76.3% zero-shot; Egret reaches 71.0%.")
    scores = {"76.3%": ("Heron", "Heron reaches over 76.3% zero-shot"), "71.0%": ("Egret", "Egret reaches 71.0%")}
    results = [
        {"score": score, "kind": "value", "method": method, "evidence": evidence}
        for score, (method, evidence) in scores.items()
    ]
    assert told({"methods": ["Heron"], "results": results}, paper)[1] is not True


@pytest.mark.parametrize("method", ["baseline parser", "the best previous parser", "standard tuning"])
def test_a_result_of_a_method_that_is_nobodys_is_not_the_papers_own(method: str) -> None:
    paper = f"We present Heron. With {method}, NestBench gives an F1 of 79.0%. Heron reaches 83.5%."
    results = [
        {"score": "79.0%", "kind": "value", "method": method, "evidence": "NestBench gives an F1 of 79.0%"},
        {"score": "83.5%", "kind": "value", "method": "Heron", "evidence": "Heron reaches 83.5%"},
    ]
    assert told({"methods": ["Heron"], "results": results}, paper) == [False, True]


def test_a_level_that_the_papers_own_is_compared_with_is_not_its_own() -> None:
    paper = "We present Heron. It runs at 61 FPS, instead of 52 FPS."
    results = [{"score": score, "kind": "value", "evidence": paper} for score in ("61 FPS", "52 FPS")]
    assert told({"methods": ["Heron"], "results": results}, paper) == [True, False]


@pytest.mark.parametrize("answered", [True, False, "maybe", [1], None])
def test_what_a_model_says_of_it_is_not_believed_and_costs_no_result(answered: Any) -> None:
    extraction = truth()
    for result in extraction["results"]:
        result["own"] = answered
    assert told(extraction) == [True, False, True]
    record = validate(extraction, PAPER)
    assert record.status == "ok"


def test_the_argument_stays_as_it_is() -> None:
    extraction = PaperExtraction.model_validate(truth())
    assert told(extraction) == [True, False, True]
    assert [result.own for result in extraction.results] == [None] * 3


def test_code_can_set_it_and_readers_take_it() -> None:
    extraction = PaperExtraction.model_validate(truth())
    rival = extraction.results[1].model_copy(update={"own": False})
    assert PaperExtraction.model_validate(extraction.model_dump() | {"results": [rival.model_dump()]}).results == [
        rival
    ]
