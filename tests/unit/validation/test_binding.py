"""A number belongs to the name the text gives it to."""

from __future__ import annotations

from typing import Any

import pytest

from absextract import Abstract, validate

CASES = [
    # text, score, field, the right name, another name of the text
    ("It reaches 93.7 and 28.4 on Alpha and Beta, respectively.", "93.7", "dataset", "Alpha", "Beta"),
    ("It reaches 93.7 and 28.4 on Alpha and Beta, respectively.", "28.4", "dataset", "Beta", "Alpha"),
    ("It reaches 93.7 and 28.4 on Alpha and Beta.", "28.4", "dataset", "Beta", "Alpha"),
    (
        "Accuracies on Alpha, Beta, and Gamma, respectively, reach 99.4%, 80.3%, and 27.3%.",
        "80.3%",
        "dataset",
        "Beta",
        "Gamma",
    ),
    ("On Alpha and Beta it scores 61.2 and 70.1, respectively.", "70.1", "dataset", "Beta", "Alpha"),
    ("It gains 3.1%, 2.7% and 1.6% for Foo, Bar and Baz, respectively.", "2.7%", "baseline", "Bar", "Baz"),
    ("It reaches 93% on Alpha, 79% on Beta.", "93%", "dataset", "Alpha", "Beta"),
    ("It reaches 93% on Alpha, 79% on Beta.", "79%", "dataset", "Beta", "Alpha"),
    ("A win rate of 79.4% over Foo, 73.4% over Bar.", "73.4%", "baseline", "Bar", "Foo"),
    ("It reduces latency by 50%, and memory by 12%.", "50%", "metric", "latency", "memory"),
    ("With a precision of 91.3 and a recall of 88.0 it leads.", "91.3", "metric", "precision", "recall"),
]


def found(text: str, score: str, part: str, name: str) -> Any:
    result = {"score": score, "kind": "value", "evidence": text.rstrip("."), part: name}
    return validate({"results": [result]}, Abstract(title="Alpha, Beta, Foo: a study", abstract=text))


@pytest.mark.parametrize(("text", "score", "part", "right", "wrong"), CASES)
def test_the_right_name_is_bound(text: str, score: str, part: str, right: str, wrong: str) -> None:
    record = found(text, score, part, right)
    assert not [f for f in record.findings if f.severity == "error"]
    assert getattr(record.extraction.results[0], part) == right


@pytest.mark.parametrize(("text", "score", "part", "right", "wrong"), CASES)
def test_the_wrong_name_is_a_conflict_and_dropped(text: str, score: str, part: str, right: str, wrong: str) -> None:
    record = found(text, score, part, wrong)
    assert [(f.path, f.code) for f in record.findings if f.severity == "error"] == [
        (f"/results/0/{part}", "binding_conflict")
    ]
    assert getattr(record.extraction.results[0], part) is None


@pytest.mark.parametrize(
    ("text", "score", "part", "name"),
    [
        ("It reaches 93% on Alpha and Beta alike, 12% above Foo.", "93%", "dataset", "Beta"),
        (
            "With GPT-3.5 and Kestrel, we reach 96.0 and 94.1 on Alpha and Beta, respectively.",
            "96.0",
            "method",
            "Kestrel",
        ),
        ("The accuracy of 96.0 on Alpha beats Foo by 11.7.", "11.7", "metric", "accuracy"),
        ("It has an accuracy (83%) above that of Foo (76%).", "76%", "metric", "accuracy"),
        ("It improves accuracy by 3%, and surpasses Foo by 2%.", "2%", "metric", "accuracy"),
        ("It reaches 36/37/38% on Alpha, 92/45/96% on Beta and 12/13/14% on Gamma.", "45", "dataset", "Beta"),
        ("It improves Alpha from 35.5% to 44.5%, and Beta from 27.6% to 36.2%.", "44.5%", "dataset", "Alpha"),
        ("Alpha is hard. It reaches 93% there, 79% on Beta.", "93%", "dataset", "Alpha"),
    ],
)
def test_what_the_text_leaves_open_is_not_blamed(text: str, score: str, part: str, name: str) -> None:
    assert not [f for f in found(text, score, part, name).findings if f.severity == "error"]
