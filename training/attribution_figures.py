"""How good the learned attribution is on texts that it was not learned from: roles, reliability, whole results."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from absextract.attribution.stage import ROLES, Role
from attribution import Ranked, fit_trees, verdict_on
from bound_texts import BoundText

__all__ = ["show_figures"]

_FOLDS = 5
_BANDS = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)
_JUDGED: tuple[Role, ...] = ("metric", "dataset", "method", "baseline")
_MOST_FALSE = 0.1


@dataclass(frozen=True)
class _Guess:
    """The likeliest name for a role of an outcome, and what is to be said of it."""

    probability: float
    name: str
    verdict: str


Guesses = dict[tuple[int, int], _Guess]


def show_figures(texts: Sequence[BoundText], ranked: Mapping[Role, Sequence[Ranked]]) -> None:
    """Prints all tables, from rows of texts that the linear score had not learned from."""
    folds = np.random.default_rng(1).permutation(len(texts)) % _FOLDS
    ways: dict[str, Callable[[Sequence[Ranked], np.ndarray], np.ndarray]] = {
        "linear score alone": lambda rows, _: np.array([row.share for row in rows]),
        "logistic regression on top": _by_logistic,
        "boosted trees on top": _by_trees,
    }
    for name, probabilities in ways.items():
        guesses = {
            role: _best(rows, probabilities(rows, folds[np.array([row.text for row in rows])]))
            for role, rows in ranked.items()
        }
        _show_ways(name, texts, guesses)
    _show_roles(texts, guesses)
    _show_bands(guesses)


def _by_trees(rows: Sequence[Ranked], folds: np.ndarray) -> np.ndarray:
    return _by_folds(rows, folds, fit_trees)


def _by_logistic(rows: Sequence[Ranked], folds: np.ndarray) -> np.ndarray:
    def fit(rows: Sequence[Ranked]) -> object:
        model = make_pipeline(StandardScaler(), LogisticRegression(C=0.3, max_iter=800))
        return model.fit([row.traits for row in rows], [row.verdict in ("right", "null") for row in rows])

    return _by_folds(rows, folds, fit)


def _by_folds(rows: Sequence[Ranked], folds: np.ndarray, fit: Callable[[Sequence[Ranked]], Any]) -> np.ndarray:
    found = np.zeros(len(rows))
    for fold in range(_FOLDS):
        model = fit([row for row, other in zip(rows, folds, strict=True) if other != fold])
        taken = folds == fold
        found[taken] = model.predict_proba(np.array([rows[k].traits for k in np.flatnonzero(taken).tolist()]))[:, 1]
    return found


def _best(rows: Sequence[Ranked], probabilities: np.ndarray) -> Guesses:
    best: Guesses = {}
    for row, probability in zip(rows, map(float, probabilities), strict=True):
        place = row.text, row.i
        if place not in best or probability > best[place].probability:
            best[place] = _Guess(probability, row.name, row.verdict)
    return best


def _show_ways(way: str, texts: Sequence[BoundText], guesses: Mapping[Role, Guesses]) -> None:
    """Of the results of each file the share that is whole, where one in ten holds something false."""
    print(f"\n{way}: whole results where at most {_MOST_FALSE:.0%} hold something false; and where all is given")
    by_origin: dict[str, list[int]] = defaultdict(list)
    for t, text in enumerate(texts):
        by_origin[text.origin].append(t)
    for origin, numbers in by_origin.items():
        places = [(t, i) for t in numbers for i in range(len(texts[t].results))]
        whole, false = max(
            (
                shares
                for bar in np.arange(0.3, 1, 0.02).tolist()
                if (shares := _shares(texts, guesses, places, bar))[1] <= _MOST_FALSE
            ),
            default=(0.0, 0.0),
        )
        everything = _shares(texts, guesses, places, 0.0)
        print(f"  {origin:16s}{len(places):5d}{whole:8.3f}{false:8.3f}{everything[0]:10.3f}{everything[1]:8.3f}")


def _shares(
    texts: Sequence[BoundText], guesses: Mapping[Role, Guesses], places: Sequence[tuple[int, int]], least: float
) -> tuple[float, float]:
    whole = false = 0
    for t, i in places:
        said = {}
        for role in _JUDGED:
            guess = guesses[role].get((t, i))
            name = guess.name if guess and guess.probability >= least else None
            said[role] = verdict_on(texts[t].results[i], role, name)
        false += any(verdict in ("wrong", "invented") for verdict in said.values())
        whole += all(said[role] in ("right", "null") for role in ("metric", "dataset", "method"))
    return whole / len(places), false / len(places)


def _show_roles(texts: Sequence[BoundText], guesses: Mapping[Role, Guesses]) -> None:
    print(
        f"\n{'boosted trees, from 0.5':28s}"
        + "".join(f"{v:>10s}" for v in ("right", "wrong", "missing", "invented", "null"))
    )
    for role in ROLES:
        counts = Counter(
            verdict_on(
                result, role, guess.name if (guess := guesses[role].get((t, i))) and guess.probability >= 0.5 else None
            )
            for t, text in enumerate(texts)
            for i, result in enumerate(text.results)
            if role in result.names
        )
        print(f"{role:28s}" + "".join(f"{counts[v]:10d}" for v in ("right", "wrong", "missing", "invented", "null")))


def _show_bands(guesses: Mapping[Role, Guesses]) -> None:
    print("\nprobability" + "".join(f"{role:>20s}" for role in ROLES))
    for low, high in pairwise(_BANDS):
        row = f"{low:.2f} to {min(high, 1):.2f}"
        for role in ROLES:
            inside = [g for g in guesses[role].values() if low <= g.probability < high]
            right = sum(g.verdict in ("right", "null") for g in inside) / max(len(inside), 1)
            row += f"{len(inside):14d}{right:6.2f}"
        print(row)
