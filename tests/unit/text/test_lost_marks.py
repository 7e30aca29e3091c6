"""Numbers that lost a mark, money with a letter behind it, and numbers in several words."""

from __future__ import annotations

import pytest

from absextract.text.quantities import read_quantities

WORDS = "We counted {} mussels."


def values(text: str) -> list[tuple[str, float | None, str | None]]:
    return [(text[q.start : q.end], q.value_as_float, q.unit) for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It scores 88 .4% on TideSet.", [("88 .4%", 88.4, "%")]),
        ("A gain of 2 .5 points", [("2 .5 points", 2.5, "points")]),
        ("We saw 10(6) larvae.", [("10(6)", 1e6, None)]),
        ("A grant of $4.2m was spent.", [("$4.2m", 4.2e6, "$")]),
        ("It cost US$7bn in all.", [("$7bn", 7e9, "$")]),
        ("About 3 bn people eat fish.", [("3 bn", 3e9, None)]),
        ("Some 4 lakh boats sail.", [("4 lakh", 4e5, None)]),
        ("The wall is 4.2m high.", [("4.2m", 4.2, "m")]),
        ("The journal 10(6): 12 says so.", [("10", 10.0, None), ("6", 6.0, None), ("12", 12.0, None)]),
    ],
)
def test_what_was_lost_or_shortened_is_read(text: str, expected: list[tuple[str, float, str | None]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("two thousand three hundred", 2300),
        ("four hundred and twelve", 412),
        ("one thousand two hundred and five", 1205),
        ("sixty-one", 61),
    ],
)
def test_a_number_in_several_words_is_one(words: str, value: int) -> None:
    assert values(WORDS.format(words)) == [(words, value, None)]


def test_numbers_that_only_stand_side_by_side_are_several() -> None:
    assert [value for _, value, _ in values("We took two hundred and three hundred mussels.")] == [200, 300]


@pytest.mark.parametrize(
    "text", ["top-1 accuracy -78.3%, top-5 -94.1%.", "Recall -78.3%, precision -94.1% on TideSet."]
)
def test_a_dash_behind_a_metric_is_no_minus(text: str) -> None:
    assert [value for _, value, _ in values(text)] == [78.3, 94.1]


def test_a_small_change_of_a_metric_keeps_its_minus() -> None:
    assert [value for _, value, _ in values("We see accuracy -2.3% with it.")] == [-2.3]


def test_a_range_may_begin_a_sentence_and_be_french_or_german() -> None:
    ranges = ["From 3 000 to 4 000 steps", "Il s'agit de 12 % à 15,5 %", "Es waren 12 % bis 15 %"]
    assert [(float(q.value), float(q.upper or 0)) for text in ranges for q in read_quantities(text)] == [
        (3000, 4000), (12, 15.5), (12, 15)
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["um 18,3 Prozent auf 9,1", "de 18,3 pour cent et 9,1", "18,3 por ciento y 9,1", "на 18,3 процента и 9,1"]
)
def test_percent_may_be_a_word_of_other_languages(text: str) -> None:
    assert (read_quantities(text)[0].value_as_float, read_quantities(text)[0].unit) == (18.3, "%")


def test_a_gain_may_stick_to_both_of_its_words() -> None:
    assert values("We see a gain of1.5points on TideSet.") == [("1.5points", 1.5, "points")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It scores 88. 4% on TideSet.", [("88. 4%", 88.4, "%")]),
        ("A loss of 0. 12 and an AUC of 0. 987", [("0. 12", 0.12, None), ("0. 987", 0.987, None)]),
        ("(95% CI 1. 2-3. 4), P = 0. 02", [("95%", 95, "%"), ("1. 2-3. 4", 1.2, None), ("0. 02", 0.02, None)]),
        ("8. 2 ± 0. 3 mm", [("8. 2 ± 0. 3 mm", 8.2, "mm")]),
        ("scores of 45. 3, 67. 8 and 71. 2", [("45. 3", 45.3, None), ("67. 8", 67.8, None), ("71. 2", 71.2, None)]),
        ("a 2. 5-fold rise", [("2. 5-fold", 2.5, "x")]),
        ("5 × 10 3 larvae", [("5 × 10 3", 5000, None)]),
        ("5 10-3 mol of salt", [("5 10-3 mol", 0.005, "mol")]),
        ("10(-6) M of salt", [("10(-6)", 1e-6, None)]),
        ("1.2 × 10**5 larvae", [("1.2 × 10**5", 120000, None)]),
    ],
)
def test_what_a_blank_or_lost_raising_broke(text: str, expected: list[tuple[str, float, str | None]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mean age was 45. 62% were women.", [45, 62]),
        ("We enrolled 120. 60 were men.", [120, 60]),
        ("In group 3. 2 mussels died.", [3, 2]),
        ("Only 12. 3 of them died.", [12, 3]),
    ],
)
def test_a_number_may_begin_a_sentence(text: str, expected: list[float]) -> None:
    assert [value for _, value, _ in values(text)] == expected
