"""How sure the offline extractor says it is, and of what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract import PaperExtraction
from absextract.extractors.builtin import fill
from absextract.extractors.builtin.confidences import confidences_of
from absextract.extractors.builtin.fill import fill_paper, fill_with_confidence
from absextract.extractors.builtin.names.model import load_model
from absextract.extractors.builtin.numbers.metric_of_score import LikelyMetric
from absextract.extractors.builtin.numbers.model import NumberModel
from absextract.extractors.builtin.numbers.results import Measured
from absextract.extractors.builtin.numbers.scores import Score
from absextract.extractors.builtin.reading.passage import Passage
from absextract.text.outcome_numbers import CueWeights
from papers import ABSTRACT, TITLE, truth

PIECES = ("We propose KiteNet, a kite", "steering", "(KN)", "on MNIST.", "accuracy of 91.2%", "2x faster", "F1",
          "Code: https://github.com/a/b", "https://a.org/x", "for wind forecasting.")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)

NOTHING = CueWeights(0.0, {})
UNCALIBRATED = NumberModel(NOTHING, NOTHING, NOTHING, least_outcome=0.5, against_none=0.0)


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
        assert 0 <= sure < 1
        assert sure == round(sure, 2)
    found = filled.extraction
    rated = [f"/tasks/{n}" for n in range(len(found.tasks))] + [f"/methods/{n}" for n in range(len(found.methods))]
    rated += [f"/results/{n}/score" for n in range(len(found.results))]
    rated += [f"/results/{n}/metric" for n, result in enumerate(found.results) if result.metric]
    rated += [f"/links/{n}/url" for n in range(len(found.links))]
    rated += ["/code_url" for link in found.links if link.kind == "code" and link.url == found.code_url]
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


def measured(*probabilities: tuple[float, str | None, float]) -> list[Measured]:
    """An outcome each, with what it is measured in: how likely the outcome, the metric, how likely that."""
    quantity = Passage(ABSTRACT).quantities[0]
    return [
        (Score(quantity.start, quantity.end, quantity, "value", likely), LikelyMetric(text, of_metric))
        for likely, text, of_metric in probabilities
    ]


def test_values_have_the_probabilities_that_they_were_chosen_by() -> None:
    extraction = PaperExtraction.model_validate(truth())
    names: dict[str, list[float | None]] = {"tasks": [0.714], "methods": [None], "datasets": [], "metrics": [0.8]}
    found = measured((0.92, "F1", 0.61), (0.93, None, 0.62), (0.94, "F1", 0.63))
    assert confidences_of(extraction, names, found, [], UNCALIBRATED) == {
        "/tasks/0": 0.71,
        "/metrics/0": 0.8,
        "/results/0/score": 0.92,
        "/results/0/metric": 0.61,
        "/results/1/score": 0.93,
        "/results/2/score": 0.94,
        "/results/2/metric": 0.63,
        "/links/0/url": 0.99,
        "/code_url": 0.96,
    }


def test_metrics_that_outcomes_are_surely_measured_in_come_behind_those_named() -> None:
    extraction = PaperExtraction(metrics=["F1", "recall", "delay"])
    besides = [LikelyMetric("recall", 0.95), LikelyMetric("delay", 0.85)]
    sure = confidences_of(extraction, {"metrics": [0.5]}, [], besides, UNCALIBRATED)
    assert sure == {"/metrics/0": 0.5, "/metrics/1": 0.95, "/metrics/2": 0.85}


def test_a_metric_added_because_an_outcome_is_measured_in_it_has_a_confidence() -> None:
    filled = fill_with_confidence(
        "", "We present a winder. Our winder reduces the line tension by 21% in strong gusts."
    )
    number = filled.extraction.metrics.index("line tension")
    assert filled.confidence[f"/metrics/{number}"] == filled.confidence["/results/0/metric"]


def test_outcomes_and_metrics_are_calibrated_each_by_their_own() -> None:
    extraction = PaperExtraction.model_validate(truth())
    found = measured((0.5, "F1", 0.5), (0.5, None, 0.5), (0.5, None, 0.5))
    model = replace(UNCALIBRATED, outcome_calibration=(1.0, -1.0), metric_calibration=(1.0, -2.0))
    sure = confidences_of(extraction, {"metrics": []}, found, [LikelyMetric("F1", 0.5)], model)
    assert (sure["/results/0/score"], sure["/results/0/metric"], sure["/metrics/0"]) == (0.27, 0.12, 0.12)


def test_nothing_is_certain() -> None:
    found = measured((0.999, "F1", 0.9999))
    extraction = PaperExtraction.model_validate({**truth(), "results": truth()["results"][:1]})
    sure = confidences_of(extraction, {"metrics": [1.0]}, found, [], UNCALIBRATED)
    assert max(sure.values()) == 0.99


def test_only_links_said_to_hold_code_make_a_sure_code_url() -> None:
    url = "https://github.com/made-up/kites"
    links = {kind: [{"url": url, "kind": kind}] for kind in ("code", "data")}
    said, guessed = (PaperExtraction.model_validate({"links": links[kind], "code_url": url}) for kind in links)
    of_said, of_guessed = (confidences_of(each, {"metrics": []}, [], [], UNCALIBRATED) for each in (said, guessed))
    assert of_said.keys() == {"/links/0/url", "/code_url"}
    assert of_guessed.keys() == {"/links/0/url"}
