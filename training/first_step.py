"""Training of the first step: linear weights for the features of a run of words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from absextract.extractors.builtin.names.ranking import FIELDS
from absextract.extractors.builtin.names.span_features import features_of, own_features
from absextract.extractors.builtin.names.span_scores import CLASSES
from absextract.extractors.builtin.names.word_runs import places
from absextract.extractors.builtin.weights.packing import HUNDREDTH
from absextract.reading.passage import Passage
from answered import KINDS_OF_NAMES, Paper
from scoring import is_well_said

__all__ = ["KnownNames", "Runs", "SpanWeights", "as_labels", "learn_known_names", "learn_spans"]

_LEAST_COUNT = 5
_LEAST_COUNT_OF_NAMES = 4
_REGULARISATION = 0.1
_REGULARISATION_OF_NAMES = 0.3
_OTHER_RUNS = 40_000
_SCALE = 4.0
"""Likeness to known names is divided by this, so that it is of the size of the other features."""
_LEAST_WEIGHT = 5
"""Features whose weights are all below so many hundredths are left out."""


@dataclass
class Runs:
    """All runs of words of papers: text, features, those of the words alone, number of the paper."""

    texts: list[str]
    features: list[list[str]]
    own: list[list[str]]
    papers: np.ndarray

    @classmethod
    def of(cls, papers: Sequence[Paper]) -> Runs:
        """Reads titles and abstracts."""
        runs = cls([], [], [], np.zeros(0, dtype=int))
        numbers: list[int] = []
        for number, paper in enumerate(papers):
            for text, in_title in ((paper.title, True), (paper.abstract, False)):
                tokens = Passage(text, in_title=in_title).tokens
                for place in [(first, end) for first, ends in places(tokens) for end in ends]:
                    runs.texts.append(text[tokens.starts[place[0]] : tokens.ends[place[1] - 1]])
                    runs.features.append(features_of(tokens, place))
                    runs.own.append(own_features(tokens, *place))
                    numbers.append(number)
        runs.papers = np.array(numbers, dtype=int)
        return runs

    def labels(self, papers: Sequence[Paper], field: str) -> np.ndarray:
        """Whether each run is one of its paper's names: 1 or 0, and -1 where it is one that nobody demands."""
        names = [paper.names[field] for paper in papers]
        pairs = zip(self.texts, self.papers, strict=True)
        return as_labels(is_well_said(text, names[number]) for text, number in pairs)


@dataclass
class KnownNames:
    """Weights of the words that names of the field are made of: features and one row a kind of names."""

    features: list[str]
    weights: np.ndarray

    def likeness(self, rows: Sequence[list[str]]) -> np.ndarray:
        """How like known names each row of features is, one column a kind."""
        return np.asarray(matrix(rows, self.features) @ self.weights.T)


@dataclass
class SpanWeights:
    """The learned weights of the first step, as whole hundredths in the order of `CLASSES`."""

    features: list[str]
    weights: np.ndarray
    bias: list[int]

    def as_json(self) -> dict[str, Any]:
        """The parts of the model file that hold them."""
        columns = [[int(value) for value in column] for column in self.weights.T]
        kinds = groupby((name.split(" ", maxsplit=1) for name in self.features), itemgetter(0))
        features = {kind: [rest for _, rest in names] for kind, names in kinds}
        return {"features": features, "weights": columns, "bias": self.bias}


def learn_known_names(names: dict[str, list[tuple[str, int]]], runs: Runs, seed: int) -> KnownNames:
    """Tells the names of each kind from those of the others and from runs of words met in abstracts."""
    unique = dict(zip(runs.texts, runs.own, strict=True))
    others = [unique[text] for text in sorted(unique)]
    order = np.random.default_rng(seed).permutation(len(others))[:_OTHER_RUNS]
    others = [others[i] for i in order]
    rows = {kind: [_name_features(name, kind) for name, _ in names[kind]] for kind in KINDS_OF_NAMES}
    features = frequent((row for kind in rows.values() for row in kind), _LEAST_COUNT_OF_NAMES)
    weights = []
    for kind in KINDS_OF_NAMES:
        rest = [row for other in KINDS_OF_NAMES if other != kind for row in rows[other]] + others
        labels = np.r_[np.ones(len(rows[kind])), np.zeros(len(rest))]
        counts = np.r_[np.log1p([count for _, count in names[kind]]), np.ones(len(rest))]
        model = LogisticRegression(C=_REGULARISATION_OF_NAMES, solver="liblinear", max_iter=300, random_state=seed)
        weights.append(model.fit(matrix(rows[kind] + rest, features), labels, sample_weight=counts).coef_[0])
    return KnownNames(features, np.vstack(weights))


def learn_spans(
    runs: Runs, labels: dict[str, np.ndarray], chosen: np.ndarray, known: KnownNames, seed: int
) -> SpanWeights:
    """Learns from the runs that are chosen."""
    rows = [runs.features[i] for i in np.flatnonzero(chosen)]
    features = frequent(rows, _LEAST_COUNT)
    likeness = known.likeness([runs.own[i] for i in np.flatnonzero(chosen)]) / _SCALE
    seen = sparse.hstack([matrix(rows, features), likeness]).tocsr()
    every = sorted({*features, *known.features})
    place = {name: i for i, name in enumerate(every)}
    of_features, of_known = ([place[name] for name in names] for names in (features, known.features))
    weights = np.zeros((len(every), len(CLASSES)))
    weights[of_known, len(FIELDS) :] = known.weights.T
    bias = [0.0] * len(CLASSES)
    for column, field in enumerate(FIELDS):
        model = LogisticRegression(C=_REGULARISATION, solver="liblinear", max_iter=300, random_state=seed)
        told = labels[field][chosen]
        model.fit(seen[told >= 0], told[told >= 0])
        learned = model.coef_[0]
        weights[of_features, column] += learned[: len(features)]
        weights[of_known, column] += known.weights.T @ (learned[len(features) :] / _SCALE)
        bias[column] = float(model.intercept_[0])
    whole = np.round(weights / HUNDREDTH).astype(int)
    kept = np.flatnonzero(np.abs(whole).max(axis=1) >= _LEAST_WEIGHT)
    return SpanWeights([every[i] for i in kept], whole[kept], [round(b / HUNDREDTH) for b in bias])


def as_labels(right: Iterable[bool | None]) -> np.ndarray:
    """1, 0, and -1 for None."""
    return np.array([-1 if each is None else each for each in right], dtype=int)


def frequent(rows: Iterable[list[str]], least: int) -> list[str]:
    """The features that stand in so many rows, sorted."""
    counts = Counter(name for row in rows for name in set(row))
    return sorted(name for name, count in counts.items() if count >= least)


def matrix(rows: Sequence[list[str]], features: list[str]) -> Any:
    """How often each row has each feature."""
    place = {name: i for i, name in enumerate(features)}
    ends = [0]
    columns: list[int] = []
    values: list[int] = []
    for row in rows:
        counts = Counter(place[name] for name in row if name in place)
        columns += counts.keys()
        values += counts.values()
        ends.append(len(columns))
    return sparse.csr_matrix((np.array(values, dtype=float), columns, ends), shape=(len(rows), len(features)))


def _name_features(name: str, kind: str) -> list[str]:
    """The features of a listed name's words; only names of datasets keep their case in running text."""
    tokens = Passage(name if kind == "datasets" else name.lower()).tokens
    words = [i for i, word in enumerate(tokens.words) if word[0].isalnum()]
    return own_features(tokens, words[0], words[-1] + 1) if words else []
