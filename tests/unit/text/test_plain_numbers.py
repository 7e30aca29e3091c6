"""Numbers in other scripts, marks and without their blanks, read as what they are and where they stand."""

from __future__ import annotations

import pytest
from hypothesis import given

from absextract.text.plain_numbers import plain_numbers
from absextract.text.quantities import read_quantities
from absextract.text.score_reading import read_score
from strategies import TEXTS


def measured(text: str) -> dict[str, tuple[str, str | None]]:
    """The numbers as they are written, each with value (and upper end) and unit; those without a sure value as "?"."""
    found = {}
    for q in read_quantities(text):
        if not q.in_name:
            value = f"{q.value.normalize():f}" + (f"-{q.upper.normalize():f}" if q.upper is not None else "")
            found[text[q.start : q.end]] = ("?" if q.unsure else value, q.unit)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("风筝方法的准确率为81.2%,召回率达0.87。", {"81.2%": ("81.2", "%"), "0.87": ("0.87", None)}),
        (
            "凧の精度は８１．２％で、１２，３４５枚を使う。",
            {"８１．２％": ("81.2", "%"), "１２，３４５": ("12345", None)},
        ),
        ("연의 정확도는 81.2퍼센트이고 3.4배 빠르다.", {"81.2퍼센트": ("81.2", "%"), "3.4배": ("3.4", "x")}),
        ("ความแม่นยำ81.2%บนว่าว", {"81.2%": ("81.2", "%")}),
        ("提升了2.4个百分点,耗时3.1秒", {"2.4个百分点": ("2.4", "points"), "3.1秒": ("3.1", "seconds")}),
        ("参数为1.5亿,样本为12万", {"1.5亿": ("150000000", None), "12万": ("120000", None)}),
        ("约为1.2×10⁻³秒", {"1.2×10⁻³秒": ("0.0012", "seconds")}),
        ("误差下降-3.2%，得分81，92", {"-3.2%": ("-3.2", "%"), "81": ("81", None), "92": ("92", None)}),
        ("共1亿2000万次", {"1亿": ("?", None), "2000万": ("?", None)}),
        ("10～20％的风筝", {"10～20％": ("10-20", "%")}),
        ("دقة ٨١٫٢٪ للطائرات", {"٨١٫٢٪": ("81.2", "%")}),
    ],
)
def test_scripts_without_blanks_and_other_digits(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize(
    "text",
    ["在2020年放飞", "第3位", "（王等，2020）", "王（2019）的工作", "KiteNet2上", "GPT-4在风中", "F1เท่ากับ", "3月5日"],
)
def test_what_says_which_one_is_no_number_in_any_script(text: str) -> None:
    assert measured(text) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("81\u200b.2%", {"81\u200b.2%": ("81.2", "%")}),
        ("8\u00ad1.2\u2060 %", {"8\u00ad1.2\u2060 %": ("81.2", "%")}),
        ("8\u00001.2%", {"8\u00001.2%": ("81.2", "%")}),
        ("by 12&nbsp;% or 3&middot;5&#160;%", {"12&nbsp;%": ("12", "%"), "3&middot;5&#160;%": ("3.5", "%")}),
        ("to 10<sup>6</sup> or 10⁻³", {"10<sup>6</sup>": ("1000000", None), "10⁻³": ("0.001", None)}),
        ("3·5×10⁴ and 1.2×10−3", {"3·5×10⁴": ("35000", None), "1.2×10−3": ("0.0012", None)}),
        ("a lift of 0·73 in 14·5 months", {"0·73": ("0.73", None), "14·5 months": ("14.5", "months")}),
    ],
)
def test_what_nobody_sees_and_markup_part_no_number(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("gains (4.1%rightarrow9.3%)", {"4.1%rightarrow9.3%": ("4.1-9.3", "%")}),
        (r"gains 4.1 \rightarrow 9.3%", {r"4.1 \rightarrow 9.3%": ("4.1-9.3", "%")}),
        ("gains 4.1->9.3", {"4.1->9.3": ("4.1-9.3", None)}),
        ("from 4.1to9.3 F", {"4.1to9.3": ("4.1-9.3", None)}),
        ("+3.4on kites, 45.3%on birds", {"+3.4": ("3.4", None), "45.3%": ("45.3", "%")}),
        ("reaches 54.3AP and 91.2%accuracy", {"54.3": ("54.3", None), "91.2%": ("91.2", "%")}),
        ("a rate of92.1% and a share of0.91", {"92.1%": ("92.1", "%"), "0.91": ("0.91", None)}),
        ("about sim5% of kites and geq90.5%", {"5%": ("5", "%"), "90.5%": ("90.5", "%")}),
        ("81.2pm0.3%", {"81.2pm0.3%": ("81.2", "%")}),
        (
            "-2.1%/-3.4%, +1.2/-0.5",
            {"-2.1%": ("-2.1", "%"), "-3.4%": ("-3.4", "%"), "+1.2": ("1.2", None), "-0.5": ("-0.5", None)},
        ),
        ("lower by-5.4%", {"5.4%": ("5.4", "%")}),
        ("at minus 5 °C, 9 minus 3", {"minus 5 °C": ("-5", "°C"), "9": ("9", None), "3": ("3", None)}),
        (
            "2.5xfaster, 3.4timesfaster, 12msper kite",
            {"2.5x": ("2.5", "x"), "3.4times": ("3.4", "x"), "12ms": ("12", "ms")},
        ),
        ("45.3 %on kites and 1.5%points", {"45.3 %": ("45.3", "%"), "1.5%points": ("1.5", "points")}),
        ("accuracy-93.2, an F1-score-0.91", {"93.2": ("93.2", None), "0.91": ("0.91", None)}),
        ("on the test set -88.2% accuracy", {"88.2%": ("88.2", "%")}),
        ("on KiteSet -88.2% accuracy", {"88.2%": ("88.2", "%")}),
        ("on KiteSet -2.1% accuracy, a drop of -60% accuracy", {"-2.1%": ("-2.1", "%"), "-60%": ("-60", "%")}),
        ("mAP 50 of 43.1, top 5 accuracy of 91.2", {"43.1": ("43.1", None), "91.2": ("91.2", None)}),
    ],
)
def test_words_tex_and_dashes_that_stick_to_numbers(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize(
    "text",
    ["seq2to3", "wind2kite", "top5%", "ResNet50.2", "Kite-3.5on", "GPT-4.5in", "v2.1and", "5pmo", "sim2real", "3in1"],
)
def test_names_keep_their_digits(text: str) -> None:
    assert measured(text) == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("eine Quote von 81,2 % und ein Wert von 0,87", {"81,2 %": ("81.2", "%"), "0,87": ("0.87", None)}),
        ("die Quote stieg um 3,5 auf 81,2 Punkte", {"3,5": ("3.5", None), "81,2": ("81.2", None)}),
        ("la sensibilidad de 0,85 (0,81-0,89)", {"0,85": ("0.85", None), "0,81-0,89": ("0.81-0.89", None)}),
        ("точность 81,2% из 12 345 змеев", {"81,2%": ("81.2", "%"), "12 345": ("12345", None)}),
        ("der Wert von 1.234,5 bei 1.234.567 Drachen", {"1.234,5": ("1234.5", None), "1.234.567": ("1234567", None)}),
        ("die Quote von 81,2 bei 1,234 Drachen", {"81,2": ("81.2", None), "1,234": ("?", None)}),
        ("die Quote von 81,2 bei 12.345 Drachen", {"81,2": ("81.2", None), "12.345": ("12345", None)}),
        ("die Quote von 8.12 bei 12.345 Drachen", {"8.12": ("8.12", None), "12.345": ("12.345", None)}),
        ("Il vento è del 4,5% in 12.000 casi", {"4,5%": ("4.5", "%"), "12.000": ("12000", None)}),
        ("la précision est de 0,123 pour les oiseaux", {"0,123": ("?", None)}),
        ("an accuracy of 0,85 for the kites", {"0,85": ("0.85", None)}),
        ("the accuracy of 0,85 was above 0.81", {"0,85": ("?", None), "0.81": ("0.81", None)}),
        ("the 1,234 kites and a loss of 0.123", {"1,234": ("1234", None), "0.123": ("0.123", None)}),
        ("in [3,4] and {0,1}, the lift is 0.5", {"0": ("0", None), "1": ("1", None), "0.5": ("0.5", None)}),
    ],
)
def test_decimal_commas_where_the_language_has_them(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f", "\u2007", "'"])
def test_groups_of_three_digits_are_one_number(blank: str) -> None:
    assert measured(f"all 816{blank}000 kites")[f"816{blank}000"] == ("816000", None)
    assert measured(f"all 12{blank}345 kites")[f"12{blank}345"] == ("12345", None)


def test_numbers_side_by_side_stay_two() -> None:
    assert list(measured("at 128 128 resolution")) == ["128"]
    assert list(measured("with 50 100 150 200 kites")) == ["50", "100", "150", "200"]
    assert list(measured("on CIFAR 10 100 kites")) == ["10", "100"]
    assert list(measured("of Kite 1 210 000 strings")) == ["1 210 000"]


@pytest.mark.parametrize(
    ("score", "evidence", "value"),
    [
        ("81,2", "die Quote lag bei 81,2 und stieg", 81.2),
        ("81,2", "the rate was 81,2 for the kites", None),
        ("1,234", "die Zahl der Drachen betrug 1,234 und stieg", None),
        ("1,234", "the number of the kites was 1,234", 1234),
        ("0,123", "the loss of the kite was 0,123", None),
        ("12 345", "all 12 345 kites", 12345),
        ("12 345", "at 12 345", None),
        ("1 234 567", "all 1 234 567 kites", 1234567),
        ("81,2 %", "", 81.2),
        ("８１．２％", "精度は８１．２％だ", 81.2),
        ("1.2×105", "a lift of 1.2×105 units", None),
    ],
)
def test_a_score_that_can_be_read_in_two_ways_has_no_value(score: str, evidence: str, value: float | None) -> None:
    assert read_score(score, evidence).value == value


@given(TEXTS)
def test_places_lead_back_into_the_text(text: str) -> None:
    plain = plain_numbers(text)
    for at in range(len(plain.text)):
        start, end = plain.place(at, at + 1)
        assert 0 <= start <= end <= len(text)
    for quantity in read_quantities(text):
        assert 0 <= quantity.start < quantity.end <= len(text)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It halves the error, twice.", "It halves the error, twice."),
        ("it is t\x00wice as fast", "it is twice as fast"),
        ("three&nbsp;hours", "three\u2009hours"),
        ("two\u200b hours", "two hours"),
    ],
)
def test_what_has_no_digits_may_have_signs_to_be_changed_all_the_same(text: str, plain: str) -> None:
    assert plain_numbers(text).text.replace("\u00a0", "\u2009") == plain


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("uçurtmaların %93,7'si ve %12-15", {"%93,7": ("93.7", "%"), "%12-15": ("12-15", "%")}),
        ("12,34,567 kites and 1,00,000 reels", {"12,34,567": ("1234567", None), "1,00,000": ("100000", None)}),
        ("lists of 5,10,100", {"5,10,100": ("?", None)}),
        ("In India 5,10,100 rupees", {"5,10,100": ("510100", None)}),
        ("of 12 450 kites, 3 210 fell", {"12 450": ("12450", None), "3 210": ("3210", None)}),
        ("(n = 1 024)", {"1 024": ("1024", None)}),
        ("by 12 500 kg", {"12 500 kg": ("12500", "kg")}),
        ("in group 1 250 kites", {"1": ("?", None), "250": ("?", None)}),
        ("อุณหภูมิ4องศาเซลเซียสนาน7วัน", {"4องศาเซลเซียส": ("4", "°C"), "7วัน": ("7", "days")}),
        ("ร้อยละ 45.2 ของว่าว", {"ร้อยละ 45.2": ("45.2", "%")}),
        ("น้ำหนัก3.5กิโลกรัม", {"3.5กิโลกรัม": ("3.5", "kg")}),
        ("凧の3分の2と10分間", {"3分の2": ("2", "/3"), "10分間": ("10", "minutes")}),
        ("연의 5분의 1, 3분 동안", {"5분의 1": ("1", "/5"), "3분": ("3", "minutes")}),
        ("风筝得分85分", {"85": ("85", None)}),
        (
            "from3.1to 4.2, vs.88.1%, 45patients",
            {"3.1to 4.2": ("3.1-4.2", None), "88.1%": ("88.1", "%"), "45": ("45", None)},
        ),
        ("pH7.4and AUC0.93", {"7.4": ("7.4", None), "0.93": ("0.93", None)}),
        ("a drop of - 3.2 %", {"- 3.2 %": ("-3.2", "%")}),
        ("from − 40 to + 85 °C", {"− 40 to + 85 °C": ("-40-85", "°C")}),
    ],
)
def test_numbers_of_other_houses_scripts_and_files(text: str, found: dict[str, tuple[str, str | None]]) -> None:
    assert measured(text) == found


def test_a_year_in_thai_is_no_number() -> None:
    assert measured("ในปี2019") == {}
