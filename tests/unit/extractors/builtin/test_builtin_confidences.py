"""How sure the offline extractor says it is, and of what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract import PaperExtraction
from absextract.extractors.builtin import fill
from absextract.extractors.builtin.confidences import confidences_of, of_result
from absextract.extractors.builtin.fill import fill_paper, fill_with_confidence
from absextract.extractors.builtin.learned_model import load_model
from absextract.schema.paper import Result
from papers import ABSTRACT, TITLE, truth

PIECES = ("We propose KiteNet, a kite", "steering", "(KN)", "on MNIST.", "accuracy of 91.2%", "2x faster", "F1",
          "Code: https://github.com/a/b", "https://a.org/x", "for wind forecasting.")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)


def value_at(extraction: PaperExtraction, path: str) -> Any:
    value = extraction.model_dump()
    for key in path.split("/")[1:]:
        value = value[int(key) if isinstance(value, list) else key]
    return value


@given(title=TEXTS, abstract=TEXTS)
def test_each_confidence_is_a_probability_of_a_value_that_is_there(title: str, abstract: str) -> None:
    filled = fill_with_confidence(title, abstract)
    assert filled.extraction == fill_paper(title, abstract)
    for path, sure in filled.confidence.items():
        assert value_at(filled.extraction, path)
        assert 0 <= sure <= 1
        assert sure == round(sure, 2)
    found = filled.extraction
    rated = [f"/tasks/{n}" for n in range(len(found.tasks))] + [f"/methods/{n}" for n in range(len(found.methods))]
    rated += [f"/results/{n}/score" for n in range(len(found.results))]
    rated += [f"/links/{n}/url" for n in range(len(found.links))] + ["/code_url"] * bool(found.code_url)
    assert set(rated) <= filled.confidence.keys()


def test_names_that_patterns_tell_have_the_confidence_of_the_model_file(monkeypatch: pytest.MonkeyPatch) -> None:
    model = load_model()
    for told, shown in ((0.876, 0.88), (None, None)):
        measured = replace(model, rankers=[replace(ranker, told=told) for ranker in model.rankers])
        monkeypatch.setattr(fill, "load_model", lambda measured=measured: measured)
        assert fill_with_confidence(TITLE, ABSTRACT).confidence.get("/datasets/0") == shown


def test_calibration_changes_how_sure_names_are_and_not_which_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    before = fill_with_confidence(TITLE, ABSTRACT)
    model = load_model()
    doubtful = replace(model, rankers=[replace(ranker, calibration=(1.0, -2.0)) for ranker in model.rankers])
    monkeypatch.setattr(fill, "load_model", lambda: doubtful)
    after = fill_with_confidence(TITLE, ABSTRACT)
    assert after.extraction == before.extraction
    assert after.confidence["/methods/0"] < before.confidence["/methods/0"]
    assert after.confidence["/results/0/score"] == before.confidence["/results/0/score"]


def test_what_a_result_is_bound_to_otherwise_has_none() -> None:
    extraction = PaperExtraction.model_validate(truth())
    sure = confidences_of(extraction, {"tasks": [0.714], "methods": [None]})
    assert sure["/tasks/0"] == 0.71
    assert {path for path in sure if path.startswith("/results/0")} == {"/results/0/score", "/results/0/metric"}
    assert "/methods/0" not in sure


def test_a_learned_probability_stands_before_the_unit() -> None:
    result = Result(score="12%", kind="value", metric="F1", evidence="an F1 of 12%")
    other = result.model_copy(update={"metric": "accuracy"})
    assert dict(of_result(result, 0.31))["score"] == 0.31
    assert dict(of_result(result))["score"] > 0.5
    assert dict(of_result(result))["metric"] > dict(of_result(other))["metric"]
    assert "metric" not in dict(of_result(result.model_copy(update={"metric": None})))


def test_a_repository_that_is_not_said_to_hold_code_is_less_sure() -> None:
    url = "https://github.com/made-up/kites"
    links = {kind: [{"url": url, "kind": kind}] for kind in ("code", "data")}
    said, guessed = (PaperExtraction.model_validate({"links": links[kind], "code_url": url}) for kind in links)
    assert confidences_of(said, {})["/code_url"] > confidences_of(guessed, {})["/code_url"]
