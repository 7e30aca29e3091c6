"""Fitting linear scores over named cues: yes or no, and one of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from absextract.text.outcome_numbers import CueWeights

__all__ = ["CueTable", "Rows", "fit_choice", "fit_logistic", "logistic"]

Rows = list[list[str]]
"""The cues of each case."""
_SEEN_IN = 2
_MOST_STEPS = 300


@dataclass(frozen=True)
class CueTable:
    """The cues of cases as a matrix: one row a case, one column for each cue that is seen more than once."""

    matrix: csr_matrix
    names: list[str]

    @classmethod
    def of(cls, rows: Rows) -> CueTable:
        """The table of cases."""
        counts = Counter(cue for row in rows for cue in set(row))
        names = sorted(cue for cue, count in counts.items() if count >= _SEEN_IN)
        columns = {cue: i for i, cue in enumerate(names)}
        ends, across = [0], []
        for row in rows:
            across += [columns[cue] for cue in row if cue in columns]
            ends.append(len(across))
        matrix = csr_matrix((np.ones(len(across)), across, ends), shape=(len(rows), len(names)))
        return cls(matrix, names)

    def weights(self, found: np.ndarray, bias: float = 0.0) -> CueWeights:
        """Fitted numbers by the names of their cues."""
        return CueWeights(bias, dict(zip(self.names, map(float, found), strict=True)))


def fit_logistic(
    matrix: csr_matrix, truth: np.ndarray, counts: np.ndarray, strength: float, offsets: np.ndarray | None = None
) -> np.ndarray:
    """The bias and the weights of a logistic regression.

    Args:
        matrix: the cases.
        truth: 1 or 0 for each.
        counts: how much each counts.
        strength: of the penalty on large weights.
        offsets: what is added to the log odds of each as it is.
    """
    given = np.zeros(len(truth)) if offsets is None else offsets
    turned = matrix.T.tocsr()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w[1:] + w[0] + given
        error = (1 / (1 + np.exp(-np.clip(z, -40, 40))) - truth) * counts
        value = float(counts @ (np.logaddexp(0, z) - truth * z) + 0.5 * strength * w[1:] @ w[1:])
        return value, np.concatenate([[error.sum()], turned @ error + strength * w[1:]])

    start = np.zeros(matrix.shape[1] + 1)
    found: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}).x
    return found


def fit_choice(
    matrix: csr_matrix, groups: np.ndarray, right: np.ndarray, counts: np.ndarray, strength: float
) -> np.ndarray:
    """Weights that make the right rows of each group likely among its rows.

    Args:
        matrix: the rows, those of a group behind each other.
        groups: the number of the group of each row, from 0.
        right: 1 for the right rows; every group has one.
        counts: how much each group counts.
        strength: of the penalty on large weights.
    """
    starts = np.searchsorted(groups, np.arange(len(counts)))
    turned = matrix.T.tocsr()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        z = z - np.maximum.reduceat(z, starts)[groups]
        likely = np.exp(z)
        whole, good = np.add.reduceat(likely, starts), np.add.reduceat(likely * right, starts)
        value = float(-(counts * (np.log(good) - np.log(whole))).sum() + 0.5 * strength * w @ w)
        pull = (likely / whole[groups] - likely * right / good[groups]) * counts[groups]
        return value, turned @ pull + strength * w

    start = np.zeros(matrix.shape[1])
    found: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": _MOST_STEPS}).x
    return found


def logistic(rows: Rows, labels: Sequence[bool], strength: float, offsets: Sequence[float] | None = None) -> CueWeights:
    """Weights of a logistic regression; `offsets` are added to the log odds as they are."""
    table = CueTable.of(rows)
    given = None if offsets is None else np.array(offsets)
    found = fit_logistic(table.matrix, np.array(labels, dtype=float), np.ones(len(labels)), strength, given)
    return table.weights(found[1:], float(found[0]))
