"""A score as a number, with what its evidence says around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.text.score_reading import ScoreReading, read_score


def test_a_score_is_read_whole() -> None:
    assert read_score("over 10--20 \\%") == ScoreReading(10, 20, "%", None, ">")
    assert read_score("0.874±0.006") == ScoreReading(0.874, None, None, 0.006, None)
    assert read_score("state of the art", "over 90%") == ScoreReading()


@pytest.mark.parametrize(
    ("score", "evidence", "deviation", "bound"),
    [
        ("88.4", "an F1 of 88.4 $\\pm$ 0.3", 0.3, None),
        ("88.4 ± 0.3", "an F1 of about 88.4 ± 0.3", 0.3, "~"),
        ("90\\%", "it reaches more than 90 % of them", None, ">"),
        ("12.3", "by nearly 12.3 points", None, "~"),
        ("79.8%", "rises from 70.6% to 79.8%", None, None),
        ("70.6%", "rises from about 70.6% to 79.8%", None, "~"),
        ("twice", "is about twice as fast", None, "~"),
        ("76%", "over 76 tasks, it solves 76%", None, None),
        ("76%", "it solves over 76, that is 76%", None, None),
        ("5", "GPT-5 gets about 5", None, "~"),
        ("over 90%", "at most 90%", None, ">"),
        ("91%", "over 90%", None, None),
    ],
)
def test_deviation_and_bound_are_looked_up_in_the_evidence(
    score: str, evidence: str, deviation: float | None, bound: str | None
) -> None:
    read = read_score(score, evidence)
    assert (read.deviation, read.bound) == (deviation, bound)


@given(st.text(), st.text())
def test_anything_is_read(score: str, evidence: str) -> None:
    read_score(score, evidence)


@pytest.mark.parametrize(
    ("score", "evidence", "value", "upper", "unit"),
    [
        ("18% and 61.3%", "they answer between 18% and 61.3% of them", 18, 61.3, "%"),
        ("4.1 and 9.6", "better by between 4.1 and 9.6 points", 4.1, 9.6, None),
        ("4.1 and 9.6", "4.1 and 9.6 on Alpha and Beta", 4.1, None, None),
        ("4.1 and 9.6", "", 4.1, None, None),
    ],
)
def test_a_range_without_its_between_is_read_in_the_evidence(
    score: str, evidence: str, value: float, upper: float | None, unit: str | None
) -> None:
    reading = read_score(score, evidence)
    assert (reading.value, reading.upper, reading.unit) == (value, upper, unit)
