"""Every number as it is written in abstracts, and what it is read as."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given

from absextract.text.quantities import parse_quantity, read_quantities
from strategies import TEXTS

# text, value, upper, unit of its first number
QUANTITIES = [
    ("81.2", "81.2", None, None),
    ("(81.2)", "81.2", None, None),
    ("81.2.", "81.2", None, None),
    ("81.2, and", "81.2", None, None),
    (".05", "0.05", None, None),
    ("+5.4", "5.4", None, None),
    ("-5.4", "-5.4", None, None),
    ("\u22125.4", "-5.4", None, None),
    ("–5.4", "-5.4", None, None),
    ("fell by -0.3 points", "-0.3", None, "points"),
    ("~5%", "5", None, "%"),
    (r"\sim 5%", "5", None, "%"),
    (r"$\sim$5%", "5", None, "%"),
    (r"$\sim 5\%$", "5", None, "%"),
    ("76%", "76", None, "%"),
    ("76 %", "76", None, "%"),
    (r"76\%", "76", None, "%"),
    ("76 percent", "76", None, "%"),
    ("76 per cent", "76", None, "%"),
    ("76-percent", "76", None, "%"),
    (r"76\textpercent", "76", None, "%"),
    (r"$81.2\%$", "81.2", None, "%"),
    (r"$81.2$\%", "81.2", None, "%"),
    ("$81.2$%", "81.2", None, "%"),
    (r"57\,\%", "57", None, "%"),
    (r"57~\%", "57", None, "%"),
    (r"57\ \%", "57", None, "%"),
    (r"\textbf{81.2\%}", "81.2", None, "%"),
    ("80,5%", "80.5", None, "%"),
    (".5,3%", "0.5", None, None),
    ("2.5,3%", "2.5", None, None),
    ("1,000", "1000", None, None),
    ("1{,}000", "1000", None, None),
    ("1\u2009000", "1000", None, None),
    ("12\u202f345", "12345", None, None),
    ("1,234,567.5", "1234567.5", None, None),
    ("3.2e-4", "0.00032", None, None),
    ("1e5", "100000", None, None),
    (r"$3.2\times10^{-4}$", "0.00032", None, None),
    ("3.2 x 10^5", "320000", None, None),
    ("3.2×10^-4", "0.00032", None, None),
    ("10^{-5}", "0.00001", None, None),
    ("10⁻³", "0.001", None, None),
    ("7B", "7000000000", None, None),
    ("1.5M", "1500000", None, None),
    ("10k", "10000", None, None),
    ("10K", "10000", None, None),
    ("2.5 million", "2500000", None, None),
    ("ten million", "10000000", None, None),
    ("two hundred", "200", None, None),
    ("5 billion", "5000000000", None, None),
    ("12.3 points", "12.3", None, "points"),
    ("12.3 pp", "12.3", None, "points"),
    ("12.3pp", "12.3", None, "points"),
    ("5 percentage points", "5", None, "points"),
    (r"5\% points", "5", None, "points"),
    ("5%p", "5", None, "points"),
    ("2x", "2", None, "x"),
    ("2.5 ×", "2.5", None, "x"),
    ("2$\\times$", "2", None, "x"),
    (r"$2\times$", "2", None, "x"),
    ("2-fold", "2", None, "x"),
    ("twofold", "2", None, "x"),
    ("ten-fold", "10", None, "x"),
    ("5 times", "5", None, "x"),
    ("three times", "3", None, "x"),
    ("twice", "2", None, "x"),
    ("half", "0.5", None, "x"),
    ("halving", "0.5", None, "x"),
    ("doubles", "2", None, "x"),
    ("triples", "3", None, "x"),
    ("an order of magnitude", "10", None, "x"),
    ("two orders of magnitude", "100", None, "x"),
    ("3 orders of magnitude", "1000", None, "x"),
    ("3-4 orders of magnitude", "1000", "10000", "x"),
    ("10-20%", "10", "20", "%"),
    ("10–20", "10", "20", None),
    (r"10--20\%", "10", "20", "%"),
    (r"$10$--$20\%$", "10", "20", "%"),
    ("10%-20%", "10", "20", "%"),
    ("10 – 20", "10", "20", None),
    ("between 10 and 20", "10", "20", None),
    ("between 10% and 20%", "10", "20", "%"),
    ("between $10$ and $20$", "10", "20", None),
    ("from 10 to 20", "10", "20", None),
    ("70.6% to 79.8%", "70.6", "79.8", "%"),
    ("1.5-3 times", "1.5", "3", "x"),
    ("2x-5x", "2", "5", "x"),
    ("-5 to 5", "-5", "5", None),
    ("5ms", "5", None, "ms"),
    ("3-hour", "3", None, "hours"),
    ("two hours", "2", None, "hours"),
    ("30fps", "30", None, "FPS"),
    ("8 GB", "8", None, "GB"),
    (r"$5^\circ$", "5", None, "degrees"),
    ("4-bit", "4", None, "bits"),
    ("fifteen percent", "15", None, "%"),
    ("twenty-five", "25", None, None),
    ("ninety-nine percent", "99", None, "%"),
    ("4.8/5", "4.8", None, "/5"),
    ("4.8 / 5", "4.8", None, "/5"),
    ("3 of 5", "3", None, "/5"),
    ("three out of the five", "3", None, "/5"),
    ("p < 0.01", "0.01", None, None),
    ("AUC=0.91", "0.91", None, None),
    ("BLEU 2.1", "2.1", None, None),
    ("$15", "15", None, "$"),
    (r"\$15", "15", None, "$"),
    ("$15 million", "15000000", None, "$"),
    ("15 dollars", "15", None, "$"),
    ("from $20 to $30", "20", "30", "$"),
    ("costs $20, not $30", "20", None, "$"),
    ("$15$", "15", None, None),
    (r"$81.2 \pm 0.3$", "81.2", None, None),
    ("5 systems", "5", None, None),
    ("10-fold cross-validation", "10", None, None),
    ("224 x 224", "224", None, None),
    (r"224 \times 224", "224", None, None),
    ("٣", "3", None, None),
    ("10 000", "10000", None, None),
    ("816\u00a0512", "816512", None, None),
    ("91 200", "91", None, None),
    ("5 100%", "5", None, None),
    ("0·73", "0.73", None, None),
    ("12·5%", "12.5", None, "%"),
    ("2·10^5", "200000", None, None),
    ("87.2% -96.7%", "87.2", "96.7", "%"),
    ("21.4 -37.3%", "21.4", "37.3", "%"),
    ("15 − 40%", "15", "40", "%"),
    ("10- 20%", "10", "20", "%"),
    ("9+%", "9", None, "%"),
    ("F 0.5 of 65.0", "65.0", None, None),
    ("F 1 of 93.1", "93.1", None, None),
    ("a ROUGE 2 score of 21.3", "21.3", None, None),
    ("MR -2 falls to 8.1", "8.1", None, None),
    ("BLEU 9", "9", None, None),
    ("on both kites-97.55% accuracy", "97.55", None, "%"),
    ("on KiteNet-88.5%", "88.5", None, "%"),
    ("on Kite-10-97.5%", "97.5", None, "%"),
    ("of tags-91.21 F1", "91.21", None, None),
    ("a 95% CI of [0.71, 0.83]", "95", None, "%"),
    ("[0.71, 0.83]", "0.71", None, None),
    ("kernel 5 times", "5", None, "x"),
    ("(3) of them", "3", None, None),
    ("2020 kites", "2020", None, None),
]


@pytest.mark.parametrize(("text", "value", "upper", "unit"), QUANTITIES)
def test_reads_a_quantity(text: str, value: str, upper: str | None, unit: str | None) -> None:
    quantity = parse_quantity(text)
    assert quantity is not None
    read = (quantity.value, quantity.upper, quantity.unit)
    assert read == (Decimal(value), Decimal(upper) if upper else None, unit)


@pytest.mark.parametrize(
    "name",
    [
        "GPT-4", "GPT4", "GPT-4o", "top-5", "Top-1", "F1", "F_1", "F$_1$", "F_{1}", "SQuAD 2.0", "WMT 2014", "WMT14",
        "wav2vec 2.0",
        "COVID-19", "Llama-2", "LLaMA-2-70B", "Qwen2.5-72B", "v1.5", "R^2", "R2", "https://github.com/a/b2", "Figure 2",
        "Fig. 2", "Table 3", "Section 4.1", "CIFAR-10/100", "CIFAR10", "ImageNet-1K", "ResNet-50", "3D", "1st", "1990s",
        "Gemini 1.5", "in 2023", "since 2019", "100x100", "github.com/a/b/42", "[12]", "[12, 13]", "[3,4,5]",
        "Llama 3.1 405B", "Qwen2.5 7B", "kernel 5.10", "CUDA 11.3", "Ubuntu 20.04", "[23-25]", "#1", "top-5%", "sub-1%",
        "Reed et al., 2020", "Reed et al. (2020)", "(Reed, 2019)", "(Reed, 2019; Li, 2020b)", "Reed and Li (2020)",
        "the 2012 kite challenge", "(2019-2022)", "a Pruned-50% kite", "the ubuntu-20.04 kite",
    ],
)  # fmt: skip
def test_digits_of_names_measure_nothing(name: str) -> None:
    found = read_quantities(f"on {name}.")
    assert found
    assert all(q.in_name for q in found)
    assert parse_quantity(name) is None


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("It has 1) a reel and 2) a kite, and scores (3).", ["1", "2"]),
        ("We (1) fly, (2) dive and (3) land (4) of 5 kites.", ["1", "2", "3", "4"]),
        ("Ours: 1. A reel. 2. A kite. Its rank is 1. It flies.", ["1", "2"]),
        ("It scores (31) and dives (32) times.", []),
        ("It wins (best of 1) here and (of 2) there.", []),
        ("Only 2) is left.", []),
    ],
)
def test_enumerators_measure_nothing(text: str, items: list[str]) -> None:
    assert [text[q.start : q.end] for q in read_quantities(text) if q.in_name] == items


def test_a_digit_behind_a_unit_refers_to_a_note() -> None:
    noted = [q.in_name for q in read_quantities("It errs by 33.4 mm 1 on kites, and 5% 3 times.")]
    assert noted == [False, True, False, False]


@pytest.mark.parametrize(
    ("text", "value", "otherwise"),
    [
        ("best in kite modelling -17.1 perplexity", "17.1", "-17.1"),
        ("good results –91.2% F1", "91.2", "-91.2"),
        ("a drop of -3.2% accuracy", "-3.2", None),
        ("losing -3.2% accuracy", "-3.2", None),
        ("an energy -7.4 eV", "-7.4", None),
    ],
)
def test_a_dash_between_a_word_and_a_metric_is_no_minus(text: str, value: str, otherwise: str | None) -> None:
    quantity = read_quantities(text)[0]
    assert quantity.value == Decimal(value)
    assert (quantity.otherwise and quantity.otherwise.value) == (Decimal(otherwise) if otherwise else None)


@pytest.mark.parametrize("text", ["", "no digits", "one third of it", "two-thirds", "bones", "history", "hundred", "½"])
def test_reads_no_number(text: str) -> None:
    assert read_quantities(text) == ()


@pytest.mark.parametrize(
    "text",
    ["81.2 ± 0.3", "81.2±0.3%", r"$81.2 \pm 0.3$", r"$81.2_{\pm 0.3}$", "81.2 (±0.3)", "81.2+/-0.3", "81.2 +- 0.3"],
)
def test_deviation_belongs_to_its_number(text: str) -> None:
    (quantity,) = read_quantities(text)
    assert (quantity.value, quantity.deviation) == (Decimal("81.2"), Decimal("0.3"))


def test_slashed_list_shares_its_unit() -> None:
    found = read_quantities("36/37/38%")
    assert [(int(q.value), str(q.unit), q.unit_shared) for q in found] == [
        (36, "%", True),
        (37, "%", True),
        (38, "%", False),
    ]


def test_fractions_in_a_range_stay_fractions() -> None:
    assert [(int(q.value), str(q.unit)) for q in read_quantities("38/80 to 61/80")] == [(38, "/80"), (61, "/80")]


def test_ends_of_a_labelled_range_can_be_read_alone() -> None:
    (whole,) = read_quantities("rose from 70.6% to 79.8%")
    assert [(p.value, p.unit) for p in whole.parts] == [(Decimal("70.6"), "%"), (Decimal("79.8"), "%")]
    assert read_quantities("10-20%")[0].parts == ()


def test_list_of_names_and_scores() -> None:
    found = read_quantities("81.3, 70.2 and 65.1 on CIFAR-10, CIFAR-100 and SQuAD 2.0")
    assert [str(q.value) for q in found if not q.in_name] == ["81.3", "70.2", "65.1"]


def test_span_covers_sign_number_and_unit() -> None:
    text = r"drops by −0.3\% on it"
    (quantity,) = read_quantities(text)
    assert text[quantity.start : quantity.end] == r"−0.3\%"


@pytest.mark.parametrize(
    "text",
    [
        "0^{-1}",
        "0^0",
        "-0^{-5}",
        "9^999",
        "1e999",
        "7" * 3000 + "^999",
        "999999999 orders of magnitude",
        "1" + ",000" * 40,
    ],
)
def test_extreme_numbers_stay_finite(text: str) -> None:
    assert all(q.value.is_finite() for q in read_quantities(text))


def test_long_mantissas_are_not_rounded() -> None:
    assert read_quantities("-12345678901234567890123456789.12")[0].value == Decimal("-12345678901234567890123456789.12")


def test_float_of_a_number_beyond_floats_is_none() -> None:
    quantity = parse_quantity("1e999")
    assert quantity is not None
    assert quantity.value_as_float is None


@given(TEXTS)
@example("0/0")
@example("1\\times 10^")
def test_never_raises_and_spans_are_ordered_and_in_bounds(text: str) -> None:
    found = read_quantities(text)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(q.start <= p.start < p.end <= q.end for q in found for p in q.parts)


def test_both_ends_can_be_read_where_a_dash_lacks_its_blank() -> None:
    (quantity,) = [q for q in read_quantities("Accuracy lies at 84.1% -93.3% here.") if not q.in_name]
    assert [float(part.value) for part in quantity.parts] == [84.1, 93.3]


@pytest.mark.parametrize("text", ["our score -87.3 mAP -is best", "the results -91.2% accuracy"])
def test_a_dash_behind_a_word_for_scores_is_no_minus_before_a_large_number(text: str) -> None:
    assert float(next(q for q in read_quantities(text) if not q.in_name).value) > 0


def test_a_small_change_behind_a_word_for_scores_keeps_its_minus() -> None:
    assert float(next(q for q in read_quantities("the score -2.3 points") if not q.in_name).value) == -2.3


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("On BTCV it scores 91.2 and on AMOS 88.4.", "88.4"),
        ("On Julia it scores 91.2.", "91.2"),
        ("With Excel 88.4.", "88.4"),
    ],
)
def test_a_score_behind_the_name_of_a_program_is_no_version(text: str, number: str) -> None:
    assert [q.in_name for q in read_quantities(text) if text[q.start : q.end] == number] == [False]


@pytest.mark.parametrize("text", ["with SPSS 26.0", "on Ubuntu 22.04", "with Excel 2019", "with Python 3.11.2"])
def test_the_version_of_a_program_is_one(text: str) -> None:
    assert all(q.in_name for q in read_quantities(text))
