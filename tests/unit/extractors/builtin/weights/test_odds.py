"""Log odds, probabilities, and what a probability is worth."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.extractors.builtin.weights.odds import AS_IT_IS, confidence_of, probability_of

PROBABILITIES = st.floats(0, 1)
ODDS = st.floats(-20, 20)
SLOPES, OFFSETS = st.floats(0.05, 3), st.floats(-5, 5)


@given(ODDS)
def test_a_probability_gives_its_odds_back(odds: float) -> None:
    probability = probability_of(odds)
    assert log(probability / (1 - probability)) == pytest.approx(odds, abs=1e-6)


@given(st.floats(allow_nan=False))
def test_any_odds_are_a_probability(odds: float) -> None:
    assert 0 <= probability_of(odds) <= 1
    assert probability_of(odds) + probability_of(-odds) == pytest.approx(1)


@given(PROBABILITIES)
def test_without_calibration_a_probability_stays_as_it_is(probability: float) -> None:
    assert confidence_of(probability, AS_IT_IS) == pytest.approx(probability, abs=2e-6)


@given(st.tuples(PROBABILITIES, PROBABILITIES), SLOPES, OFFSETS)
def test_calibration_keeps_the_order(pair: tuple[float, float], slope: float, offset: float) -> None:
    less, more = sorted(pair)
    assert 0 <= confidence_of(less, (slope, offset)) <= confidence_of(more, (slope, offset)) <= 1


@given(st.floats(0.01, 0.99), SLOPES, OFFSETS)
def test_calibration_is_linear_in_log_odds_and_has_an_inverse(probability: float, slope: float, offset: float) -> None:
    sure = confidence_of(probability, (slope, offset))
    odds = log(probability / (1 - probability))
    assert sure == pytest.approx(probability_of(slope * odds + offset))
    if 1e-5 < sure < 1 - 1e-5:
        assert confidence_of(sure, (1 / slope, -offset / slope)) == pytest.approx(probability, rel=1e-4)
