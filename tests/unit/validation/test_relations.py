"""Warnings about parts of one object that do not fit together."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from absextract import Number, validate
from absextract.schema.paper import PaperExtraction, PaperLink, Result
from absextract.validation.validator import review


def codes(abstract: str, **extraction: object) -> list[tuple[str, str]]:
    found = review(PaperExtraction.model_validate(extraction), "", abstract).findings
    return [(f.path, f.code) for f in found if not f.code.endswith("_unclaimed")]


@pytest.mark.parametrize(
    ("clause", "score", "kind", "warned"),
    [
        ("Kite improves accuracy by 3.9%", "3.9%", "value", True),
        ("by 3.9% on Alpha and by 4% on Beta", "3.9%", "value", True),
        ("Kite brings an improvement in recall of 3.9%", "3.9%", "value", True),
        ("a 3.9% relative gain", "3.9%", "value", True),
        ("Kite is 3.9% better", "3.9%", "value", True),
        ("Kite is 2x faster", "2x", "value", True),
        ("recall rises +3.9%", "+3.9%", "value", True),
        ("Kite reaches 83.9%", "83.9%", "change", True),
        ("an accuracy of about 83.9%", "83.9%", "change", True),
        ("Kite has 83.9% accuracy on Alpha", "83.9%", "change", True),
        ("recall goes from 83.9 to 85.1", "83.9", "change", True),
        ("achieving a 4% (absolute) improvement", "4%", "change", False),
        ("achieving a 4% (absolute) improvement", "4%", "value", True),
        ("Kite achieves a 38% lasting performance improvement", "38%", "change", False),
        ("within 0.3% mAP of Crow", "0.3%", "change", False),
        ("Kite keeps 83.9% of the links", "83.9%", "change", False),
        ("Kite improves by 2.1 BLEU and 3.2 F1", "3.2", "change", False),
        ("Kite achieves 2.1% and 3.2% accuracy improvements", "2.1%", "change", False),
        ("Kite loses only 3.9% accuracy", "3.9%", "change", False),
        ("Kite is followed by 83.9% for Crow", "83.9%", "value", False),
        ("Kite improves accuracy by up to 3.9%", "3.9%", "value", True),
        ("Kite reduces cost by a margin of 3.9%", "3.9%", "value", True),
        ("Kite improves accuracy by 3.9%", "3.9%", "change", False),
        ("Kite improves accuracy to 83.9%", "83.9%", "value", False),
        ("Kite improves on Crow. By now 3.9% remain", "3.9%", "value", False),
        ("Kite reaches 83.9%", "83.9%", "value", False),
    ],
)
def test_kind(clause: str, score: str, kind: str, warned: bool) -> None:
    found = codes(f"{clause}.", results=[{"score": score, "kind": kind, "evidence": clause}])
    assert found == ([("/results/0/score", "kind_mismatch")] if warned else [])


@pytest.mark.parametrize(
    ("clause", "score", "metric", "warned"),
    [
        ("Kite runs at 28 FPS with high accuracy", "28 FPS", "accuracy", True),
        ("Kite has an accuracy of $93.2$ there", "$93.2$", "accuracy", False),
        ("Kite runs at 28 FPS with high accuracy", "28 FPS", None, False),
        ("Kite answers in 35 ms, its latency", "35 ms", "latency", False),
        ("the latency and the 81.2% there", "81.2%", "latency", True),
        ("the recall and the 81.2% of Kite", "81.2%", "recall", False),
    ],
)
def test_a_metric_must_fit_the_unit(clause: str, score: str, metric: str | None, warned: bool) -> None:
    result = {"score": score, "kind": "value", "metric": metric, "evidence": clause}
    found = review(PaperExtraction.model_validate({"results": [result]}), "", f"{clause}.")
    told = [finding for finding in found.findings if finding.code == "metric_unit_mismatch"]
    assert [(f.path, f.severity, f.action) for f in told] == [("/results/0/score", "warning", "kept")] * warned


@pytest.mark.parametrize(
    ("clause", "score", "warned"),
    [
        ("With 10% of the labels, Kite reaches 75.5% accuracy", "10%", True),
        ("With 10% of the labels, Kite reaches 75.5% accuracy", "75.5%", False),
        ("Kite obeys the note 'report 99.9% accuracy'", "99.9%", True),
        ("Kite does not reach an accuracy of 90%", "90%", True),
        ("Kite would reach 90% with more string", "90%", True),
        ("Kite is right on 85% of the images", "85%", False),
        ("Prior work reported 85%", "85%", False),  # it may be what Kite is compared with
    ],
)
def test_what_the_text_does_not_claim_is_no_outcome(clause: str, score: str, warned: bool) -> None:
    found = codes(f"{clause}.", results=[{"score": score, "kind": "value", "evidence": clause}])
    assert found == ([("/results/0/score", "number_no_outcome")] if warned else [])


def test_a_share_is_a_number_like_others_where_no_outcomes_are_asked_for() -> None:
    class Labels(BaseModel):
        share: Annotated[str, Number()]

    assert not validate(Labels(share="10%"), "With 10% of the labels, Kite flies.").findings


@pytest.mark.parametrize(
    ("score", "kind", "metric", "warned"),
    [
        ("101%", "value", "accuracy", True),
        ("-5%", "value", "accuracy", True),
        ("95-105%", "value", "accuracy", True),
        ("250", "value", "F1", True),
        ("-3", "value", "number of errors", True),
        ("-3", "change", "number of errors", False),
        ("-3", "value", "log likelihood", False),
        ("100%", "value", "accuracy", False),
        ("0%", "value", "error rate", False),
        ("150%", "change", "accuracy", False),
        ("150%", "value", "throughput", False),
        ("300 ms", "value", "accuracy", False),
    ],
)
def test_range(score: str, kind: str, metric: str, warned: bool) -> None:
    clause = f"Kite has {metric} of {score}"
    found = codes(f"{clause}.", results=[{"score": score, "kind": kind, "metric": metric, "evidence": clause}])
    assert (("/results/0/score", "value_out_of_range") in found) is warned


@pytest.mark.parametrize(
    ("url", "kind", "warned"),
    [
        ("https://youtu.be/x1", "code", True),
        ("https://huggingface.co/datasets/ann/kite", "code", True),
        ("https://huggingface.co/spaces/ann/kite", "model", True),
        ("https://www.youtube.com/watch?v=1", "data", True),
        ("https://youtu.be/x1", "demo", False),
        ("https://huggingface.co/ann/kite", "model", False),
        ("https://github.com/ann/kite", "data", False),
    ],
)
def test_what_a_link_leads_to(url: str, kind: str, warned: bool) -> None:
    found = codes(f"See {url} for it.", links=[{"url": url, "kind": kind}])
    assert found == ([("/links/0/kind", "link_kind_mismatch")] if warned else [])


def test_warnings_drop_nothing() -> None:
    result = Result(score="101%", kind="value", metric="accuracy", evidence="accuracy of 101%")
    link = PaperLink(url="https://youtu.be/x1", kind="code")
    extraction = PaperExtraction(results=[result], links=[link])
    assert review(extraction, "", "accuracy of 101%, https://youtu.be/x1").extraction == extraction


def test_a_baseline_that_is_the_method_is_said() -> None:
    result = {
        "score": "81.2%",
        "kind": "value",
        "method": "KiteNet",
        "baseline": "Kite-Net",
        "evidence": "KiteNet has 81.2%",
    }
    record = validate({"results": [result]}, "KiteNet has 81.2%. Kite-Net is fast.")
    assert [(f.path, f.code, f.severity) for f in record.findings] == [
        ("/results/0/baseline", "baseline_is_method", "warning")
    ]
