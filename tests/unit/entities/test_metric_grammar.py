"""What the name of a metric means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.entities.metric_grammar import read_metric, setting_in, share_of
from absextract.entities.vocabulary import Metric


def direction(name: str) -> str:
    return read_metric(name).metric.direction


def identifier(name: str) -> str:
    return read_metric(name).metric.id


@pytest.mark.parametrize(
    "names",
    [
        (
            "accuracy",
            "Accuracy",
            "classification accuracy",
            "zero-shot accuracy",
            "average test accuracy",
            "accuracies",
        ),
        ("F1", "F1 score", "F_1", "F1-score", "$F_1$"),
        ("macro F1", "Macro-F1", "macro-averaged F1 score"),
        ("mean reciprocal rank (MRR)", "MRR"),
        ("word error rate", "WER"),
        ("pass@1", "Pass@1 accuracy", "pass@1 rate"),
        ("Recall@10", "R@10"),
        ("top-3 accuracy", "Top-3 Accuracy", "top-3"),
        ("top-1 accuracy", "top-1 classification accuracy"),
        ("balanced accuracy", "balanced test accuracy"),
    ],
)
def test_names_of_one_measure_meet(names: tuple[str, ...]) -> None:
    assert len({identifier(name) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("F1", "macro F1"), ("macro F1", "micro F1"), ("accuracy", "top-5 accuracy"), ("pass@1", "pass@10"),
        ("pass@8", "pass^8"), ("chrF", "chrF++"), ("accuracy", "balanced accuracy"), ("accuracy", "plumage accuracy"),
        ("mAP", "mAP@50"), ("ROUGE-1", "ROUGE-L"), ("loss", "training loss"), ("inference speed", "training speed"),
        ("inference cost", "training cost"), ("ADE", "minADE"), ("SI-SDR", "SI-SDRi"), ("FLOPs", "MACs"),
        ("latency", "time to first token"), ("robust accuracy", "certified accuracy"), ("mAP", "average mAP"),
        ("error", "standard error"), ("R-1", "R1 accuracy"), ("R2", "R-2 recall"),
    ],
)  # fmt: skip
def test_what_changes_the_measure_keeps_it_apart(one: str, other: str) -> None:
    assert identifier(one) != identifier(other)


@pytest.mark.parametrize(
    ("name", "setting"),
    [("few-shot accuracy", "few-shot"), ("3-shot accuracy", "3-shot"), ("average validation loss", "validation"),
     ("test accuracy", ""), ("accuracy", ""), ("zero-shot", "")],
)  # fmt: skip
def test_a_setting_in_a_name_leaves_the_measure_and_is_told(name: str, setting: str) -> None:
    assert setting_in(name) == setting
    assert identifier(name) in ("accuracy", "loss", "zero-shot")


def test_a_measure_of_its_own_is_of_the_family_of_its_head() -> None:
    plumage = read_metric("plumage accuracy").metric
    assert (plumage.id, plumage.family, plumage.direction) == ("plumage-accuracy", "accuracy", "higher")


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("attack success rate", "lower"), ("success rate", "higher"), ("nesting success rate", "higher"),
        ("hallucination rate", "lower"), ("egg hatching time", "lower"), ("flight error", "lower"),
        ("latency reduction", "higher"), ("accuracy drop", "lower"), ("accuracy gain", "higher"),
        ("rate of correct answers", "higher"), ("number of errors", "lower"), ("number of birds", "unknown"),
        ("membership inference accuracy", "unknown"), ("alignment", "unknown"), ("plumage rank", "unknown"),
        ("mean rank", "lower"), ("refusal rate", "unknown"), ("plumage", "unknown"), ("compression ratio", "higher"),
        ("competitive ratio", "unknown"), ("word error rate", "lower"), ("perplexity", "lower"),
    ],
)  # fmt: skip
def test_direction_is_told_where_it_is_known(name: str, way: str) -> None:
    assert direction(name) == way


ACCURACY = Metric("accuracy", "accuracy", low=0, high=1)
BLEU = Metric("bleu", "BLEU", low=0, high=100)
TIME = Metric("time", "time", low=0)


@pytest.mark.parametrize(
    ("value", "unit", "score", "metric", "share"),
    [
        (0.94, None, "0.94", ACCURACY, 0.94), (94.0, "%", "94%", ACCURACY, 0.94), (94.0, None, "94.0", ACCURACY, 0.94),
        (28.4, None, "28.4", BLEU, 0.284), (1.0, None, "1", ACCURACY, None), (1.0, None, "1.0", ACCURACY, 1.0),
        (940.0, None, "940", ACCURACY, None), (3.2, "s", "3.2 s", TIME, None), (3.2, None, "3.2", TIME, None),
        (12.0, "%", "12%", TIME, 0.12), (140.0, "%", "140%", ACCURACY, None),
    ],
)  # fmt: skip
def test_one_scale_where_range_or_unit_say_which(
    value: float, unit: str | None, score: str, metric: Metric, share: float | None
) -> None:
    assert share_of(value, unit, metric, score) == share


@given(st.text())
def test_reading_never_fails(name: str) -> None:
    read = read_metric(name)
    assert read.metric.direction in ("higher", "lower", "unknown")
    assert read.metric.id
