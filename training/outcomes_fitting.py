"""Fitting linear scores over named cues: yes or no, and one of several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from absextract.text.outcome_numbers import CueWeights

__all__ = ["Rows", "choosing", "logistic"]

Rows = list[list[str]]
"""The cues of each case."""
_SEEN_IN = 2


def _matrix(rows: Rows) -> tuple[csr_matrix, list[str]]:
    """One column for each cue that is seen more than once."""
    counts = Counter(cue for row in rows for cue in set(row))
    names = sorted(cue for cue, count in counts.items() if count >= _SEEN_IN)
    columns = {cue: i for i, cue in enumerate(names)}
    places = [(i, columns[cue]) for i, row in enumerate(rows) for cue in row if cue in columns]
    across, down = zip(*places, strict=True) if places else ((), ())
    return csr_matrix((np.ones(len(places)), (across, down)), shape=(len(rows), len(names))), names


def logistic(rows: Rows, labels: Sequence[bool], strength: float, offsets: Sequence[float] | None = None) -> CueWeights:
    """Weights of a logistic regression; `offsets` are added to the log odds as they are."""
    matrix, names = _matrix(rows)
    truth = np.array(labels, dtype=float)
    given = np.zeros(len(truth)) if offsets is None else np.array(offsets)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w[1:] + w[0] + given
        error = 1 / (1 + np.exp(-np.clip(z, -40, 40))) - truth
        value = float(np.sum(np.logaddexp(0, z) - truth * z) + 0.5 * strength * w[1:] @ w[1:])
        return value, np.concatenate([[error.sum()], matrix.T @ error + strength * w[1:]])

    found = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return CueWeights(float(found.x[0]), dict(zip(names, map(float, found.x[1:]), strict=True)))


def choosing(rows: Rows, groups: np.ndarray, right: np.ndarray, weights: np.ndarray, strength: float) -> CueWeights:
    """Weights that make the right rows of each group likely among its rows."""
    matrix, names = _matrix(rows)
    starts = np.searchsorted(groups, np.arange(len(weights)))

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        z = z - np.maximum.reduceat(z, starts)[groups]
        likely = np.exp(z)
        whole, good = np.add.reduceat(likely, starts), np.add.reduceat(likely * right, starts)
        value = float(-(weights * (np.log(good) - np.log(whole))).sum() + 0.5 * strength * w @ w)
        pull = (likely / whole[groups] - likely * right / good[groups]) * weights[groups]
        return value, matrix.T @ pull + strength * w

    if not len(weights):
        return CueWeights(0.0, {})
    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return CueWeights(0.0, dict(zip(names, map(float, found.x), strict=True)))
