"""The same number in other clothes is supported; any other number, unit or place is not."""

from __future__ import annotations

import pytest

from absextract.validation.numbers import check_number
from absextract.validation.source_text import SourceText
from absextract.validation.verdicts import Problem, Span, Support


def check(value: str | float, text: str, evidence: str | None = None) -> Support | Problem:
    source = SourceText("", text)
    within = None
    if evidence is not None:
        start = text.index(evidence)
        within = Span("abstract", start, start + len(evidence))
    return check_number(value, source, within)


def supported(value: str | float, text: str) -> tuple[str, str]:
    verdict = check(value, text)
    assert isinstance(verdict, Support), verdict
    return text[verdict.span.start : verdict.span.end], verdict.match


CLOTHES = [
    ["76%", "76 %", r"76\%", "76 percent", r"$76\%$", r"76~\%"],
    ["2x", "2×", r"2\times", "two times", "twice", "2-fold", "twofold"],
    ["1,000", "1000", "1{,}000", "1\u2009000"],
    ["10-20", "10–20", "10--20", "10 to 20"],
    ["+5.4", "5.4"],
    ["93.70", "93.7"],
    ["1,200.0", "1200"],
    ["7B", "7 billion", "7,000,000,000"],
    ["0.00032", "3.2e-4", r"3.2\times10^{-4}"],
    ["-0.3", "\u22120.3"],
]


@pytest.mark.parametrize(
    ("value", "written"), [(a, b) for same in CLOTHES for a in same for b in same if a != b], ids=repr
)
def test_other_clothes_are_supported(value: str, written: str) -> None:
    _, match = supported(value, f"The kite tagger reaches {written} in our tests.")
    assert match in ("normalized", "exact")


@pytest.mark.parametrize("written", [spelling for same in CLOTHES for spelling in same])
def test_the_same_spelling_is_exact(written: str) -> None:
    assert supported(written, f"The kite tagger reaches {written} in our tests.") == (written, "exact")


@pytest.mark.parametrize(
    ("value", "written", "code"),
    [
        ("93.2%", "93.7%", "number_not_in_source"),
        ("39.7%", "93.7%", "number_not_in_source"),
        ("94%", "93.7%", "number_not_in_source"),
        ("93%", "93.7%", "number_not_in_source"),
        ("93.75%", "93.7%", "number_not_in_source"),
        ("0.937", "93.7%", "number_not_in_source"),
        ("937%", "93.7%", "number_not_in_source"),
        ("-5%", "5%", "number_not_in_source"),
        ("5%", "-5%", "number_not_in_source"),
        ("76", "76%", "unit_mismatch"),
        ("76%", "76", "unit_mismatch"),
        ("76%", "76 points", "unit_mismatch"),
        ("2", "2x", "unit_mismatch"),
        ("2%", "2x", "unit_mismatch"),
        ("35%", "$35", "unit_mismatch"),
        ("$35", "35%", "unit_mismatch"),
        ("5 ms", "5 s", "unit_mismatch"),
        ("3 hours", "3 days", "unit_mismatch"),
        ("35%", "$35M", "number_not_in_source"),
        ("50", "$50 million", "number_not_in_source"),
        ("10%", "10-20%", "number_not_in_source"),
        ("20%", "10–20%", "number_not_in_source"),
        ("10-20%", "10-25%", "number_not_in_source"),
        ("10-20%", "10% and 20%", "number_not_in_source"),
        ("3.7", "93.7", "number_not_in_source"),
        ("7", "93.7", "number_not_in_source"),
        ("93", "93.7", "number_not_in_source"),
        ("5", "25", "number_not_in_source"),
        ("3.14", "33.14", "number_not_in_source"),
        ("500000", "5000000", "number_not_in_source"),
        ("500", "500,000", "number_not_in_source"),
        ("1976", "1976.01", "number_not_in_source"),
        ("81.2 ± 0.4", "81.2 ± 0.3", "number_not_in_source"),
        ("224x", "224 x 224 pixels", "unit_mismatch"),
        ("10x", "10-fold cross-validation", "unit_mismatch"),
        ("20", "twenty-five", "number_not_in_source"),
        ("10", "10⁻³", "number_not_in_source"),
        ("", "76%", "number_not_in_source"),
        ("   ", "76%", "number_not_in_source"),
        ("high", "76%", "number_not_in_source"),
        ("76% of 80%", "76% and 80%", "number_not_in_source"),
        ("4", "GPT-4", "number_is_name"),
        ("2.0", "SQuAD 2.0", "number_is_name"),
        ("-3 exposures", "3 exposures", "number_not_in_source"),
        ("-$15", "$15", "number_not_in_source"),
        ("$15", "-$15", "number_not_in_source"),
        ("405B", "Llama 3.1 405B", "number_is_name"),
        ("13", "a trick [12, 13]", "number_is_name"),
        ("5", "top-5", "number_is_name"),
        ("1", "the F1 score", "number_is_name"),
        ("2014", "WMT 2014", "number_is_name"),
        ("100", "CIFAR-10/100", "number_is_name"),
        ("42", "https://kite.org/42", "number_is_name"),
        ("1990", "the 1990s", "number_is_name"),
        ("3", "Table 3", "number_is_name"),
    ],
)
def test_near_misses(value: str, written: str, code: str) -> None:
    verdict = check(value, f"The kite tagger reaches {written} in our tests.")
    assert isinstance(verdict, Problem)
    assert verdict.code == code


@pytest.mark.parametrize(
    ("value", "written", "supporting"),
    [
        ("~5%", "5%", "5%"),
        ("up to 5.5%", "5.5%", "5.5%"),
        (">90%", "90%", "90%"),
        ("12.3", "12.3 points", "12.3"),
        ("3", "3 hours", "3"),
        ("70.6%", "70.6% to 79.8%", "70.6%"),
        ("79.8%", "70.6% to 79.8%", "79.8%"),
        ("36", "36/37/38%", "36"),
        ("55.0", "from 45.3 to 48.7 on A, 52.1 to 55.0 on B", "55.0"),
        ("7.7%", "a 7.7% point gain", "7.7%"),
        ("4.05", "HiFi-GAN 4.05 MOS", "4.05"),
        ("0.91", "Dice 0.91", "0.91"),
        ("5.1", "Perplexity 5.1", "5.1"),
        ("36%", "36/37/38%", "36"),
        ("81.2", r"$81.2 \pm 0.3$", "81.2"),
        ("81.2", r"$81.2_{\pm 0.3}$", "81.2"),
        ("4.8", "4.8/5", "4.8"),
        ("four out of the eleven tasks", "gains on four out of the eleven tasks", "four out of the eleven tasks"),
        ("one third", "a cut by one third", "one third"),
    ],
)
def test_parts_that_stand_for_themselves(value: str, written: str, supporting: str) -> None:
    assert supported(value, f"It has {written} here.")[0].startswith(supporting)


@pytest.mark.parametrize(("value", "written"), [("5", "5.0"), (".5", "0.5"), ("5", "5,000 / 1,000 or 5.0")])
def test_an_exact_span_never_cuts_a_number(value: str, written: str) -> None:
    passage, match = supported(value, f"It has {written} here.")
    assert match == "normalized"
    assert passage in ("5.0", "0.5")


def test_number_type_has_no_unit_to_be_held_against() -> None:
    assert supported(76.0, "It reaches 76%.") == ("76%", "normalized")
    assert supported(76.5, "It reaches 76.5.") == ("76.5", "exact")
    assert isinstance(check(77.0, "It reaches 76%."), Problem)
    assert isinstance(check(0.76, "It reaches 76%."), Problem)


def test_number_outside_the_evidence() -> None:
    text = "Kite reaches 81.2% on Alpha. Crow stays at 70.1%."
    verdict = check("70.1%", text, "Kite reaches 81.2% on Alpha")
    assert isinstance(verdict, Problem)
    assert verdict.code == "number_not_in_evidence"


def test_evidence_may_end_before_the_unit_but_not_inside_the_number() -> None:
    text = "Kite gains 12.3 points here."
    assert isinstance(check("12.3", text, "gains 12.3"), Support)
    assert isinstance(check("12.3", text, "gains"), Problem)


def test_of_several_places_the_one_in_the_evidence_supports() -> None:
    text = "Crow has 5% on Alpha. Kite has 5% on Beta."
    verdict = check("5%", text, "Kite has 5% on Beta")
    assert isinstance(verdict, Support)
    assert verdict.span.start == text.rindex("5%")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("21.0%", "Kite has 81.2%, Crow has 60.2%."),
        ("2x", "It takes 30 hours, not 60 hours."),
        ("1.5x", "60 ms against 40 ms"),
    ],
)
def test_a_number_computed_from_two_of_the_text_is_told_from_an_invented_one(value: str, text: str) -> None:
    verdict = check_number(value, SourceText("", text), None)
    assert isinstance(verdict, Problem)
    assert verdict.code == "number_derived"
    assert isinstance(check_number("33.3%", SourceText("", text), None), Problem)


@pytest.mark.parametrize(
    ("value", "text", "code"),
    [
        ("over 90%", "It stays below 90% on Alpha.", "comparison_mismatch"),
        ("<5%", "The error exceeds 5%.", "comparison_mismatch"),
        (r"$\leq$ 5%", "The error is more than 5%.", "comparison_mismatch"),
        (">90%", "It reaches over 90%.", None),
        ("90%", "It reaches over 90%.", None),
        ("over 90%", "It reaches 90%.", None),
    ],
)
def test_a_bound_is_not_turned_round(value: str, text: str, code: str | None) -> None:
    verdict = check_number(value, SourceText("", text), None)
    assert (verdict.code if isinstance(verdict, Problem) else None) == code


@pytest.mark.parametrize("evidence", ["by 10", "improves by 10-2", "by 10-20"])
def test_half_a_range_is_no_evidence(evidence: str) -> None:
    verdict = check("10-20%", "It improves by 10-20% here.", evidence)
    assert isinstance(verdict, Support) == evidence.endswith("20")
