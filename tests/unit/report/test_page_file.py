"""The file: its data cannot end their element, its policy lets in what is there and nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.display.page_file import as_data
from absextract.report.building import Report
from absextract.report.papers import place_of, shown
from absextract.sources.record_lines import SavedRecord
from papers import PAPER, truth

RECORD = SavedRecord.model_validate({"title": PAPER.title, "abstract": PAPER.abstract, "extraction": truth()})


def page(*records: SavedRecord) -> str:
    report = Report("some/facts.jsonl")
    for record in records:
        report.add(record)
    return "".join(report.html())


@given(st.recursive(st.text() | st.integers() | st.none(), st.lists))
def test_data_say_what_they_said_and_hold_no_sign_that_could_end_them(value: object) -> None:
    written = as_data(value)
    assert json.loads(written) == value
    assert not set(written) & {"<", "\u2028", "\u2029"}


@pytest.mark.parametrize("records", [(), (RECORD,)])
def test_the_policy_has_the_digests_of_the_one_style_and_the_one_script(records: tuple[SavedRecord, ...]) -> None:
    html = page(*records)
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert len(policy) == 1
    assert policy[0].startswith("default-src 'none';")
    assert "unsafe" not in policy[0]
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[0]


def test_the_page_refers_to_nothing_outside_and_is_the_same_each_time() -> None:
    html = page(RECORD)
    shell = re.sub(r'<script type="application/json".*?</script>', "", html, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="([^#"][^"]*)"', shell) == ["data:,"]
    assert "://" not in re.sub(r"/\^https\?:.*?/i", "", shell)
    assert "@import" not in shell
    assert " style=" not in shell
    assert page(RECORD) == html


def test_no_script_of_the_page_makes_elements_from_text() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", page(), re.DOTALL)
    for way in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "srcdoc"):
        assert way not in script


def test_parts_of_a_result_stand_in_the_order_of_all_views_and_scores_are_read_without_tex() -> None:
    result = {"kind": "value", "method": "Heron", "score": r"83.9\%", "metric": "F1", "more": "kept", "own": True}
    record = SavedRecord.model_validate({"abstract": "", "extraction": {"results": [result]}})
    told = shown(record)
    assert list(told["x"]["results"][0]) == ["score", "metric", "method", "kind", "more"]
    assert told["v"][0] == ["/results/0/score", r"83.9\%", "score", "83.9%"]
    assert told["v"][1] == ["/results/0/metric", "F1", "metric"]


def test_marks_count_in_code_points_and_computed_parts_are_left_out() -> None:
    record = SavedRecord.model_validate(
        {
            "abstract": "🜂 Heron 🜂",
            "extraction": {
                "results": [{"score": "1", "value": 1.0, "unit": None, "bound": ">"}],
                "methods": ["Heron", ""],
            },
            "grounding": [{"path": "/methods/0", "field": "abstract", "start": 2, "end": 7, "match": "exact"}],
        }
    )
    data = shown(record)
    assert data["a"] == ["🜂 ", [[1], ["Heron"]], " 🜂"]
    assert data["v"] == [["/results/0/score", ">1", "score"], ["/methods/0", "Heron", "methods"]]
    assert data["x"] == {"results": [{"score": 0}], "methods": [1]}
    assert data["p"] == {}


def test_a_value_has_its_confidence_where_it_is_known() -> None:
    place = {"field": "abstract", "start": 0, "end": 5, "match": "exact"}
    record = {
        "abstract": "Heron",
        "extraction": {"tasks": ["Heron"], "methods": ["Heron"]},
        "grounding": [place | {"path": "/tasks/0"}, place | {"path": "/methods/0", "confidence": 0.71}],
    }
    assert shown(SavedRecord.model_validate(record))["p"] == {1: 0.71}


def test_a_warning_of_a_number_marks_its_place() -> None:
    finding = {"path": "", "code": "number_unclaimed", "severity": "warning", "value": "9", "action": "kept"}
    record = {"abstract": "It has 9.", "extraction": {}, "findings": [finding | {"message": "nobody (abstract 7-8)"}]}
    data = shown(SavedRecord.model_validate(record))
    assert data["a"] == ["It has ", [[-1], ["9"]], "."]


def test_places_are_said_in_words() -> None:
    assert place_of("/results/0/score") == "results 1, score"
    assert place_of("/a~1b/c_d") == "a/b, c d"
    assert place_of("") == ""
