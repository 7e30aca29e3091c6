"""A number belongs to the name the text gives it to."""

from __future__ import annotations

from typing import Any

import pytest

from absextract import Abstract, validate
from absextract.validation import attributed, binding

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


# text, part, and the numbers with the evidence given for each and the name that goes with it
SEVERAL = [
    (
        "On Alpha and Beta, it gets 93.7 F1 and 28.4 BLEU.",
        "dataset",
        [("93.7", "gets 93.7 F1", "Alpha"), ("28.4", "28.4 BLEU", "Beta")],
    ),
    (
        "On Alpha it gets 93.7, and on Beta 28.4.",
        "dataset",
        [("93.7", "On Alpha it gets 93.7", "Alpha"), ("28.4", "on Beta 28.4", "Beta")],
    ),
    (
        "We improve Recall from 35.5% to 44.5% for Alpha, and 27.6% to 36.2% Precision for Beta.",
        "metric",
        [
            ("44.5%", "Recall from 35.5% to 44.5% for Alpha", "Recall"),
            ("36.2%", "27.6% to 36.2% Precision for Beta", "Precision"),
        ],
    ),
    (
        "It reaches 93.7 and 91.2 points on Alpha, 28.4 and 27.0 points on Beta.",
        "dataset",
        [(score, "It reaches 93.7 and 91.2 points on Alpha, 28.4 and 27.0 points on Beta", name)
         for score, name in (("93.7", "Alpha"), ("91.2", "Alpha"), ("28.4", "Beta"), ("27.0", "Beta"))],
    ),
    (
        "Foo reaches 61.6%, well below the performance of Bar of 89.0%.",
        "method",
        [("61.6%", "Foo reaches 61.6%", "Foo"), ("89.0%", "performance of Bar of 89.0%", "Bar")],
    ),
    (
        "Foo removes 50% of the links, with a loss of 1% in accuracy.",
        "metric",
        [("50%", "removes 50% of the links", "links"), ("1%", "a loss of 1% in accuracy", "accuracy")],
    ),
    (
        "Foo has a recall of 81.2. On Beta, Bar has a precision of 79.1.",
        "metric",
        [("81.2", "a recall of 81.2", "recall"), ("79.1", "a precision of 79.1", "precision")],
    ),
    (
        "It obtains 93.7 and 28.4 on Alpha and Beta, against 90.1 and 27.5 before.",
        "dataset",
        [("90.1", "against 90.1 and 27.5", "Alpha"), ("93.7", "obtains 93.7 and 28.4 on Alpha and Beta", "Alpha"),
         ("28.4", "obtains 93.7 and 28.4 on Alpha and Beta", "Beta"), ("27.5", "against 90.1 and 27.5", "Beta")],
    ),
    (
        "Kite gets 81.2% EM, and 40.1% memory.",
        "metric",
        [("81.2%", "gets 81.2% EM", "EM"), ("40.1%", "40.1% memory", "memory")],
    ),
]  # fmt: skip


def several(text: str, part: str, rows: list[tuple[str, str, str]], **lists: list[str]) -> Any:
    results = [{"score": s, "kind": "value", "evidence": evidence, part: name} for s, evidence, name in rows]
    return validate({"results": results, **lists}, Abstract(title="Foo, Bar", abstract=text))


def conflicts(record: Any) -> set[str]:
    return {f.path for f in record.findings if f.code == "binding_conflict"}


@pytest.mark.parametrize(("text", "part", "rows"), SEVERAL)
def test_each_number_with_its_own_name_is_right(text: str, part: str, rows: list[tuple[str, str, str]]) -> None:
    assert not [f for f in several(text, part, rows).findings if f.severity == "error"]


WARNED_OF = {"It obtains 93.7 and 28.4 on Alpha and Beta, against 90.1 and 27.5 before."}
WARNED = pytest.mark.xfail(strict=True, reason="one of the two names is an error, the other only a warning")


def with_first_and_last_traded(text: str, part: str, rows: list[tuple[str, str, str]]) -> tuple[Any, set[str]]:
    """The record, and the paths of the two names."""
    first, *between, last = rows
    record = several(text, part, [(*first[:2], last[2]), *between, (*last[:2], first[2])])
    return record, {f"/results/0/{part}", f"/results/{len(rows) - 1}/{part}"}


@pytest.mark.parametrize(
    ("text", "part", "rows"),
    [pytest.param(*case, marks=[WARNED] if case[0] in WARNED_OF else []) for case in SEVERAL],
)
def test_two_numbers_that_trade_names_are_a_conflict(text: str, part: str, rows: list[tuple[str, str, str]]) -> None:
    record, traded = with_first_and_last_traded(text, part, rows)
    assert conflicts(record) == traded


@pytest.mark.parametrize(("text", "part", "rows"), SEVERAL)
def test_of_two_names_that_are_traded_both_are_told_of(text: str, part: str, rows: list[tuple[str, str, str]]) -> None:
    record, traded = with_first_and_last_traded(text, part, rows)
    weak = {f.path for f in record.findings if f.code == "binding_weak"}
    assert traded <= conflicts(record) | weak
    assert conflicts(record)
    assert conflicts(record) <= traded


@pytest.mark.parametrize("part", ["dataset", "metric"])
def test_a_name_that_only_a_list_holds_competes(part: str) -> None:
    text = "On Alpha it gets 93.7, and on Beta 28.4."
    rows = [("93.7", "On Alpha it gets 93.7", "Beta"), ("28.4", "on Beta 28.4", "Beta")]
    assert conflicts(several(text, part, rows)) == set()
    assert conflicts(several(text, part, rows, **{f"{part}s": ["Alpha", "Beta"]})) == {f"/results/0/{part}"}


@pytest.mark.parametrize(
    ("text", "part", "rows"),
    [
        (
            "Pre-trained on Gamma, we reach 51.3 AP on Alpha, 2.4 points more than from scratch on Beta.",
            "dataset",
            [("51.3", "51.3 AP on Alpha", "Alpha"), ("2.4", "2.4 points more", "Alpha"), ("9.9", "9.9", "Gamma")],
        ),
        (
            "Despite a lower perplexity, it attains 80.1% accuracy, 3.0% higher than the rest.",
            "metric",
            [("80.1%", "attains 80.1% accuracy", "accuracy"), ("9.9", "9.9", "perplexity")],
        ),
        (
            "We reach 83.5 mIoU on Alpha (vs. 81.2 for Bar) and 52.4 mIoU on Beta (vs. 50.1).",
            "dataset",
            [("81.2", "81.2 for Bar", "Alpha"), ("50.1", "vs. 50.1", "Beta")],
        ),
        (
            "We get 84.2% and 86.0% on Alpha-1K and 79.5% and 82.3% on Beta 2018.",
            "dataset",
            [("86.0%", "86.0% on Alpha-1K", "Alpha-1K"), ("82.3%", "82.3% on Beta 2018", "Beta 2018")],
        ),
        (
            "It has 71.2% accuracy (F1 = 0.69) on Alpha and 68.5% (F1 = 0.66) on Beta.",
            "metric",
            [("68.5%", "68.5% (F1 = 0.66) on Beta", "accuracy"), ("0.69", "F1 = 0.69", "F1"),
             ("71.2%", "71.2% accuracy", "accuracy")],
        ),
        (
            "It cuts the word error rate (WER) by 12% on Alpha and 9% on Beta.",
            "metric",
            [("12%", "word error rate (WER) by 12%", "WER"), ("9%", "9% on Beta", "word error rate")],
        ),
        (
            "Results on Alpha and Beta suggest that it removes 50% of the links of deep networks at a loss of 1%.",
            "dataset",
            [("50%", "removes 50% of the links", "Beta"), ("1%", "a loss of 1%", "Alpha")],
        ),
        (
            "Using Gamma features we reach 71.0%, using Bar features 74.0% on Alpha.",
            "dataset",
            [("71.0%", "Using Gamma features we reach 71.0%", "Alpha"), ("74.0%", "74.0% on Alpha", "Alpha"),
             ("9.9", "9.9", "Gamma")],
        ),
    ],
)  # fmt: skip
def test_no_true_name_is_blamed(text: str, part: str, rows: list[tuple[str, str, str]]) -> None:
    """Rows whose score is nowhere only bring in a name that competes."""
    assert conflicts(several(text, part, rows)) == set()


def test_what_a_number_is_compared_with_does_not_compete() -> None:
    text = "Foo reaches 81.2% on Alpha. It beats Bar by 3.1%, which reaches 78.1%."
    rows = [
        ("81.2%", "Foo reaches 81.2% on Alpha", "Foo"),
        ("3.1%", "beats Bar by 3.1%", "Foo"),
        ("78.1%", "Bar by 3.1%, which reaches 78.1%", "Bar"),
    ]
    assert conflicts(several(text, "method", rows)) == set()


def test_a_name_from_elsewhere_is_weak_where_another_stands_beside_the_number() -> None:
    text = "We test on Alpha and on Beta. Beta yields 28.4 F1. The other yields 93.7 F1."
    rows = [("28.4", "yields 28.4 F1", "Alpha"), ("93.7", "yields 93.7 F1", "Beta")]
    record = several(text, "dataset", rows)
    assert ("/results/0/dataset", "binding_weak", "warning") in [(f.path, f.code, f.severity) for f in record.findings]
    assert "Beta" in record.findings[0].message
    assert record.extraction.results[0].dataset == "Alpha"


def test_a_name_from_elsewhere_is_fine_where_none_stands_beside_the_number() -> None:
    text = "We test on Alpha and on Beta. We reach 28.4 F1. Later we lose 0.6 points of recall on Beta."
    rows = [("28.4", "We reach 28.4 F1", "Alpha"), ("0.6", "we lose 0.6 points of recall on Beta", "Beta")]
    assert not several(text, "dataset", rows).findings


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


@pytest.mark.parametrize(("text", "part", "rows"), SEVERAL)
@pytest.mark.parametrize("is_traded", [False, True])
def test_weighing_what_nothing_could_make_doubtful_changes_no_verdict(
    text: str, part: str, rows: list[tuple[str, str, str]], is_traded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if is_traded:
        rows = [(*row[:2], name) for row, (_, _, name) in zip(rows, [*rows[1:], rows[0]], strict=True)]
    record = several(text, part, rows)
    monkeypatch.setattr(binding, "_may_be_doubted", lambda *_: True)
    assert several(text, part, rows) == record


def test_a_text_is_not_attributed_where_no_claim_could_be_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[float, ...]] = []

    def highest(traits: tuple[float, ...]) -> float:
        asked.append(traits)
        return 0.3

    monkeypatch.setattr(binding, "_highest_doubt", highest)
    monkeypatch.setattr(attributed, "attribute", lambda *_: pytest.fail("the text was attributed"))
    assert not found("Kite gets 81.2% EM on Alpha.", "81.2%", "metric", "EM").findings
    assert asked


STROKES = [
    (
        "Sandpiper is improved to 61.4 AP / 64.2 AR on Alpha segmentation and Beta detection, respectively.",
        [("61.4", "Alpha"), ("64.2", "Beta")],
    ),
    (
        "Sandpiper is best on Alpha, Beta and Gamma with 85.1% F1 / 87.2% EM, 82.4% F1 / 84.9% EM, and 91.5% F1 "
        "/ 96.3% EM, respectively.",
        [
            ("85.1%", "Alpha"),
            ("87.2%", "Alpha"),
            ("82.4%", "Beta"),
            ("84.9%", "Beta"),
            ("91.5%", "Gamma"),
            ("96.3%", "Gamma"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "rows"), STROKES)
def test_pairs_with_a_stroke_between_them_go_to_one_name_each(text: str, rows: list[tuple[str, str]]) -> None:
    results = [{"score": score, "kind": "value", "dataset": name, "evidence": text} for score, name in rows]
    record = validate({"datasets": ["Alpha", "Beta", "Gamma"], "results": results}, Abstract(title="", abstract=text))
    assert "binding_conflict" not in {finding.code for finding in record.findings}
