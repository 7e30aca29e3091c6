"""What probabilities are worth on papers not learned from: names, outcomes and their metrics."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from sklearn.linear_model import LogisticRegression

from absextract.extractors.builtin.names.model import FieldRanker
from absextract.extractors.builtin.weights.odds import AS_IT_IS, Calibration, odds_of
from answered import Paper
from scoring import is_right
from second_step import FieldTable, chosen

__all__ = ["Judged", "calibrated", "calibration_of", "judge", "show_reliability"]

_EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_HARDLY = 1e-6
"""Strength of the regularisation, which two weights do not need."""
_NOTHING_LEARNED = FieldRanker([], 0.0, 0.0, 0.0, 0)


@dataclass
class Judged:
    """Chosen things of one kind: the probability of each, whether patterns told it, whether it is right, its fold."""

    probabilities: np.ndarray
    told: np.ndarray
    right: np.ndarray
    folds: np.ndarray

    def only(self, these: np.ndarray) -> Judged:
        """Those of the names for which the argument holds."""
        return Judged(self.probabilities[these], self.told[these], self.right[these], self.folds[these])


def judge(
    table: FieldTable, probabilities: np.ndarray, thresholds: FieldRanker, papers: Sequence[Paper], folds: np.ndarray
) -> Judged:
    """Holds what the thresholds choose against what readers accept, whether they demand it or not."""
    names = [
        (name.probability, name.told, is_right(name.text, paper.names[table.field]) is not False, fold)
        for paper, names, fold in zip(papers, chosen(table, probabilities, thresholds), folds, strict=True)
        for name in names
    ]
    likely, told, right, of_fold = (np.array(column) for column in zip(*names, strict=True))
    return Judged(likely, told.astype(bool), right.astype(bool), of_fold)


def calibrated(ranker: FieldRanker, judged: Judged) -> FieldRanker:
    """The ranker with what makes its probabilities hold, and with the share of right names among those told."""
    told = round(float(judged.right[judged.told].mean()), 3) if judged.told.any() else None
    return replace(ranker, told=told, calibration=calibration_of(judged.only(~judged.told)))


def calibration_of(judged: Judged) -> Calibration:
    """Slope and offset, in log odds, that make the probabilities hold."""
    if len(set(judged.right.tolist())) < 2:
        return AS_IT_IS
    odds = [[odds_of(probability)] for probability in judged.probabilities.tolist()]
    model = LogisticRegression(C=1 / _HARDLY).fit(odds, judged.right)
    return round(float(model.coef_[0][0]), 3), round(float(model.intercept_[0]), 3)


def show_reliability(fields: Iterable[Judged]) -> None:
    """Prints, for confidences from and to, how many things have them, their mean and the share that is right.

    The confidences of a fold come from the other folds.
    """
    sure, right = [], []
    for judged in fields:
        for fold in np.unique(judged.folds):
            fitted = calibrated(_NOTHING_LEARNED, judged.only(judged.folds != fold))
            held_out = judged.only(judged.folds == fold)
            for probability, told in zip(held_out.probabilities.tolist(), held_out.told.tolist(), strict=True):
                sure.append((fitted.told or 0.0) if told else fitted.confidence(probability))
            right += held_out.right.tolist()
    confidence, is_right_one = np.array(sure), np.array(right)
    print(f"{'confidence':14s}{'things':>7s}{'mean':>7s}{'right':>7s}")
    for low, high in pairwise(_EDGES):
        inside = (confidence >= low) & (confidence < high)
        if inside.any():
            shares = f"{confidence[inside].mean():7.2f}{is_right_one[inside].mean():7.2f}"
            print(f"{low:.2f} to {min(high, 1):.2f}  {inside.sum():7d}{shares}")
