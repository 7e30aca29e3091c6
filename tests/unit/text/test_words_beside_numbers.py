"""Ranges, dashes and years behind a word that looks like a name; numbers whose signs TeX or a printer changed."""

from __future__ import annotations

import pytest

from absextract.text.disowned import disowned
from absextract.text.quantities import read_quantities
from absextract.text.score_reading import read_score


def measured(text: str) -> list[str]:
    return [text[q.start : q.end] for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("After 5 to 7 days", "5 to 7 days"), ("Between 5 and 7 days", "5 and 7 days"), ("Gave 3 to 4 mL", "3 to 4 mL"),
        ("Im Mittel 1.5 bis 2.5 kg", "1.5 bis 2.5 kg"), ("It costs less -2.5x in all", "2.5x"),
        ("best in retrieval -45.2 R@1 on GullSet", "45.2"), ("very precise-0.93 AUC on GullSet", "0.93"),
        ("fast-120 FPS on a card", "120 FPS"), ("a high recall-0.91-on GullSet", "0.91"),
    ],
)  # fmt: skip
def test_a_word_before_a_number_is_no_name(text: str, found: str) -> None:
    assert measured(text) == [found]


@pytest.mark.parametrize(
    "text",
    [
        "Llama 3 flies", "Under alpha-0.5 it flies", "by HTTP/2", "Python/3.11", "(see ref 21)", "(1)a nest; (2)a roof",
        "1)what flies; 2)where it flies", "Reed's 2013 model", "the 2013 study of gulls",
        "the well-known 1998 algorithm",
    ],
)  # fmt: skip
def test_what_says_which_one(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize("text", ["the 2013 images of the dataset", "the 2013 gulls in the study"])
def test_what_is_counted_is_no_year(text: str) -> None:
    assert measured(text) == ["2013"]


@pytest.mark.parametrize(
    ("score", "value"),
    [
        ("0⋅82", 0.82), ("7•5%", 7.5), ("1·10", 1.1), ("3·10−4", 0.0003), ("3⋅10^4", 30000), (r"12\,345", 12345),
        (r"1{\,}234\;567", 1234567), ("1.234,56", 1234.56), ("3.2 × 10−3.", 0.0032),
        ("1.234,567", None), ("1,2,3", None), ("224⋅224", None),
    ],
)  # fmt: skip
def test_a_score_has_the_value_that_is_meant_or_none(score: str, value: float | None) -> None:
    assert read_score(score).value == value


def test_the_evidence_says_how_a_score_groups_its_digits() -> None:
    german = "Wir zeigen, dass die Nester nicht in den Wäldern liegen, und zählen 3.456.789 Eier."
    assert read_score("3.456.789", german).value == 3456789
    assert read_score("3.456.789").value is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("With 15% of GullSet for training, it has 41.2 mAP.", "15%"), ("Labeling just 2% of pixels, it leads.", "2%"),
        ("Confidence intervals at 95% show it.", "95%"), ("With 16 GB RAM it takes 3 s.", "16 GB"),
    ],
)  # fmt: skip
def test_what_was_used_or_given(text: str, number: str) -> None:
    (found,) = (q for q in read_quantities(text) if text[q.start : q.end] == number)
    assert disowned(text, found) is not None


@pytest.mark.parametrize(
    ("text", "number"),
    [("Detecting 92% of the faults, it leads.", "92%"), ("It cuts memory to 8 GB RAM.", "8 GB")],
)
def test_what_was_reached(text: str, number: str) -> None:
    (found,) = (q for q in read_quantities(text) if text[q.start : q.end] == number)
    assert disowned(text, found) is None
