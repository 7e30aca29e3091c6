"""How sure the offline extractor says it is, and of what."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract import PaperExtraction, extract
from absextract.attribution.stage import ROLES, Role
from absextract.extractors.builtin import fill
from absextract.extractors.builtin.confidences import confidences_of, least_of
from absextract.extractors.builtin.fill import fill_paper, fill_with_confidence
from absextract.extractors.builtin.names.model import load_model
from absextract.extractors.builtin.numbers.model import NumberModel
from absextract.extractors.builtin.numbers.results import FoundResult
from absextract.extractors.builtin.numbers.scores import Score
from absextract.reading.passage import Passage
from absextract.schema.paper import Result
from absextract.text.outcome_numbers import CueWeights
from papers import ABSTRACT, PAPER, TITLE, truth

PIECES = ("We propose KiteNet, a kite", "steering", "(KN)", "on MNIST.", "accuracy of 91.2%", "2x faster", "F1",
          "Code: https://github.com/a/b", "https://a.org/x", "for wind forecasting.")  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)

NOTHING = CueWeights(0.0, {})
UNCALIBRATED = NumberModel(NOTHING, NOTHING, least_outcome=0.5)


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
    paper = filled.extraction
    rated = [f"/tasks/{n}" for n in range(len(paper.tasks))] + [f"/methods/{n}" for n in range(len(paper.methods))]
    rated += [f"/results/{n}/score" for n in range(len(paper.results))]
    parts = [f"/results/{n}/{role}" for n, each in enumerate(paper.results) for role in ROLES if getattr(each, role)]
    assert set(parts) == filled.least.keys()
    rated += parts
    rated += [f"/links/{n}/url" for n in range(len(paper.links))]
    rated += ["/code_url" for link in paper.links if link.kind == "code" and link.url == paper.code_url]
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


def found(likely: float, **parts: float) -> FoundResult:
    """An outcome with how likely it is one, and how likely its parts are right."""
    quantity = Passage(ABSTRACT).quantities[0]
    score = Score(quantity.start, quantity.end, quantity, "value", likely)
    confidence: dict[Role, float] = {role: parts[role] for role in ROLES if role in parts}
    least: dict[Role, float] = dict.fromkeys(confidence, 0.7512)
    return FoundResult(Result(score="91.3%", kind="value", evidence="an F1 of 91.3%"), score, confidence, least)


def test_values_have_the_probabilities_that_they_were_chosen_by() -> None:
    extraction = PaperExtraction.model_validate(truth())
    names: dict[str, list[float | None]] = {"tasks": [0.714], "methods": [None], "datasets": [], "metrics": [0.8]}
    results = [found(0.92, metric=0.61, baseline=0.4), found(0.93), found(0.94, dataset=0.63)]
    assert confidences_of(extraction, names, results, [], UNCALIBRATED) == {
        "/tasks/0": 0.71,
        "/metrics/0": 0.8,
        "/results/0/score": 0.92,
        "/results/0/metric": 0.61,
        "/results/0/baseline": 0.4,
        "/results/1/score": 0.93,
        "/results/2/score": 0.94,
        "/results/2/dataset": 0.63,
        "/links/0/url": 0.99,
        "/code_url": 0.96,
    }


def test_metrics_that_outcomes_are_surely_measured_in_come_behind_those_named() -> None:
    extraction = PaperExtraction(metrics=["F1", "recall", "delay"])
    besides = [("recall", 0.95), ("delay", 0.85)]
    sure = confidences_of(extraction, {"metrics": [0.5]}, [], besides, UNCALIBRATED)
    assert sure == {"/metrics/0": 0.5, "/metrics/1": 0.95, "/metrics/2": 0.85}


def test_outcomes_are_calibrated_and_what_belongs_to_them_is_as_it_was_found() -> None:
    extraction = PaperExtraction.model_validate(truth())
    model = replace(UNCALIBRATED, outcome_calibration=(1.0, -1.0))
    sure = confidences_of(extraction, {"metrics": []}, [found(0.5, metric=0.5)], [("F1", 0.5)], model)
    assert (sure["/results/0/score"], sure["/results/0/metric"], sure["/metrics/0"]) == (0.27, 0.5, 0.5)


def test_each_part_of_a_result_must_be_as_sure_as_the_result_asks_for() -> None:
    assert least_of([found(0.9, metric=0.1, baseline=0.99), found(0.9), found(0.9, setting=0.7)]) == {
        "/results/0/metric": 0.75,
        "/results/0/baseline": 0.75,
        "/results/2/setting": 0.75,
    }


def test_parts_that_are_not_sure_enough_are_left_out_by_default_and_told() -> None:
    """All that is found is given where somebody asks for it."""
    everything, plain = (extract(PAPER, model="builtin", min_confidence=least) for least in (0, None))
    asked = fill_with_confidence(PAPER.title, PAPER.abstract).least
    assert everything.extraction is not None
    assert plain.extraction is not None
    low = {finding.path for finding in plain.findings if finding.code == "confidence_low"}
    assert low
    sure = {place.path: place.confidence for place in everything.grounding}
    for n, result in enumerate(everything.extraction.results):
        for role in ROLES:
            if getattr(result, role) is not None:
                path = f"/results/{n}/{role}"
                is_low = (sure[path] or 0) < asked[path]
                assert (path in low) == is_low
                assert (getattr(plain.extraction.results[n], role) is None) == is_low
    assert (plain.status, {finding.severity for finding in plain.findings}) == ("ok", {"info"})


def test_nothing_is_certain() -> None:
    extraction = PaperExtraction.model_validate({**truth(), "results": truth()["results"][:1]})
    sure = confidences_of(extraction, {"metrics": [1.0]}, [found(0.999, metric=0.9999)], [], UNCALIBRATED)
    assert max(sure.values()) == 0.99


def test_only_links_said_to_hold_code_make_a_sure_code_url() -> None:
    url = "https://github.com/made-up/kites"
    links = {kind: [{"url": url, "kind": kind}] for kind in ("code", "data")}
    said, guessed = (PaperExtraction.model_validate({"links": links[kind], "code_url": url}) for kind in links)
    of_said, of_guessed = (confidences_of(each, {"metrics": []}, [], [], UNCALIBRATED) for each in (said, guessed))
    assert of_said.keys() == {"/links/0/url", "/code_url"}
    assert of_guessed.keys() == {"/links/0/url"}
