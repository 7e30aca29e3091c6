"""Log odds and probabilities, and what a probability is worth on papers not learned from."""

from __future__ import annotations

from math import exp, log

__all__ = ["AS_IT_IS", "Calibration", "confidence_of", "odds_of", "probability_of"]

Calibration = tuple[float, float]
"""Slope and offset, in log odds, that make a probability hold."""
AS_IT_IS: Calibration = (1.0, 0.0)
_HIGHEST_ODDS = 30.0
_LEAST = 1e-6


def probability_of(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1 / (1 + exp(-max(-_HIGHEST_ODDS, min(_HIGHEST_ODDS, odds))))


def odds_of(probability: float) -> float:
    """The log odds of a probability; finite also for 0 and 1."""
    sure = max(_LEAST, min(1 - _LEAST, probability))
    return log(sure / (1 - sure))


def confidence_of(probability: float, calibration: Calibration) -> float:
    """How many of the things of such a probability are right, as measured."""
    slope, offset = calibration
    return probability_of(slope * odds_of(probability) + offset)
