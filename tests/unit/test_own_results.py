"""Whose a score is."""

from __future__ import annotations

import json
from typing import Any

import pytest

from absextract import Abstract, PaperExtraction, validate
from papers import PAPER, truth


def told(extraction: Any, paper: Abstract | str = PAPER) -> list[bool | None]:
    return [result["own"] for result in json.loads(validate(extraction, paper).to_json())["extraction"]["results"]]


def test_a_result_of_one_of_the_papers_methods_is_its_own_and_of_the_others_it_is_not_known() -> None:
    assert told(truth()) == [True, None, True]
    spelled = truth() | {"methods": ["Sand-piper", "Sandpiper"]}
    spelled["results"][0]["method"] = None
    assert told(spelled) == [None, None, True]


@pytest.mark.parametrize("answered", [True, False, "maybe", [1], None])
def test_what_a_model_says_of_it_is_not_believed_and_costs_no_result(answered: Any) -> None:
    extraction = truth()
    for result in extraction["results"]:
        result["own"] = answered
    assert told(extraction) == [True, None, True]
    record = validate(extraction, PAPER)
    assert record.status == "ok"


def test_the_argument_stays_as_it_is() -> None:
    extraction = PaperExtraction.model_validate(truth())
    assert told(extraction) == [True, None, True]
    assert [result.own for result in extraction.results] == [None] * 3


def test_code_can_set_it_and_readers_take_it() -> None:
    extraction = PaperExtraction.model_validate(truth())
    rival = extraction.results[1].model_copy(update={"own": False})
    assert PaperExtraction.model_validate(extraction.model_dump() | {"results": [rival.model_dump()]}).results == [
        rival
    ]
