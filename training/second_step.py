"""Training of the second step: which of a paper's strongest candidates are its names, and how sure to be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import product
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from absextract.extractors.builtin.fill import find_by_patterns
from absextract.extractors.builtin.names.candidates import Candidate
from absextract.extractors.builtin.names.choosing import (
    TOLD_BY_PATTERNS,
    LearnedName,
    choose_field,
    ranked_candidates,
)
from absextract.extractors.builtin.names.metrics import find_metrics
from absextract.extractors.builtin.names.model import FieldRanker, LearnedModel
from absextract.extractors.builtin.names.ranking import FIELDS
from absextract.reading.passage import Passage
from answered import Paper
from first_step import as_labels
from scoring import Counts, count_matches, is_well_said

__all__ = ["FieldTable", "chosen", "learn_ranker", "out_of_fold", "paper_weights", "rank_papers", "tune"]

_REGULARISATION = 0.05
_WITH_RESULTS, _WITHOUT = 4.0, 0.75
_LEAST_PROBABILITIES = (0.1, 0.12, 0.15, 0.18, 0.2, 0.22, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.8)
_SHARES_OF_FIRST = (1.0, 0.5, 0.25)
_MOST = {"tasks": (2, 3, 4), "methods": (2, 3, 4), "datasets": (8,), "metrics": (8,)}

_HIDDEN = 0.25
"""Share of the datasets and metrics told by patterns that training does not see: the patterns were written with these
papers in view, and tell less of others."""

Fit = Callable[[np.ndarray, np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]
"""Learns from rows, labels and weights; gives what tells the probabilities of rows."""


@dataclass
class FieldTable:
    """One field of all papers: names by patterns and candidates of each; row, label and paper of each candidate."""

    field: str
    by_patterns: list[list[str]]
    candidates: list[list[Candidate]]
    rows: np.ndarray
    labels: np.ndarray
    papers: np.ndarray

    def of_paper(self, values: np.ndarray) -> list[list[float]]:
        """A value of each row, put together paper by paper."""
        ends = np.cumsum([len(candidates) for candidates in self.candidates])[:-1]
        return [part.tolist() for part in np.split(values, ends)]


def paper_weights(papers: Sequence[Paper]) -> np.ndarray:
    """Papers with results count more: answered papers have them more rarely than papers to be read."""
    return np.array([_WITH_RESULTS if paper.results else _WITHOUT for paper in papers])


def rank_papers(papers: Sequence[Paper], model_of: Callable[[int], LearnedModel], seed: int) -> dict[str, FieldTable]:
    """The candidates of each paper as the model of its number ranks them."""
    chance = np.random.default_rng(seed)
    candidates: dict[str, list[list[Candidate]]] = {field: [] for field in FIELDS}
    rows: dict[str, list[list[float]]] = {field: [] for field in FIELDS}
    told: dict[str, list[list[str]]] = {field: [] for field in FIELDS}
    for number, paper in enumerate(papers):
        title, abstract = Passage(paper.title, in_title=True), Passage(paper.abstract)
        by_patterns = find_by_patterns(title, abstract, find_metrics(abstract))
        for field in TOLD_BY_PATTERNS:
            by_patterns[field] = [name for name in by_patterns[field] if chance.random() >= _HIDDEN]
        found = ranked_candidates(model_of(number), title, abstract, by_patterns)
        for field, ranked, numbers in zip(FIELDS, *found, strict=True):
            told[field].append(by_patterns.get(field, []))
            candidates[field].append(ranked)
            rows[field] += numbers
    return {field: _table(field, papers, told[field], candidates[field], rows[field]) for field in FIELDS}


def _table(
    field: str,
    papers: Sequence[Paper],
    told: list[list[str]],
    candidates: list[list[Candidate]],
    rows: list[list[float]],
) -> FieldTable:
    labels = as_labels(
        is_well_said(candidate.text, paper.names[field])
        for paper, ranked in zip(papers, candidates, strict=True)
        for candidate in ranked
    )
    numbers: np.ndarray = np.repeat(np.arange(len(papers)), [len(ranked) for ranked in candidates])
    return FieldTable(field, told, candidates, np.array(rows, dtype=float), labels, numbers)


def linear(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression over rows as they are."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    spread[spread == 0] = 1.0
    model = LogisticRegression(C=_REGULARISATION, max_iter=2000)
    model.fit((rows - mean) / spread, labels, sample_weight=weights)
    learned = np.round(model.coef_[0] / spread, 4)
    return learned, round(float(model.intercept_[0] - learned @ mean), 4)


def fit_linear(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """A logistic regression: what the package runs."""
    learned, bias = linear(rows, labels, weights)
    return lambda others: 1 / (1 + np.exp(-(others @ learned + bias)))


def out_of_fold(table: FieldTable, folds: np.ndarray, weights: np.ndarray, fit: Fit = fit_linear) -> np.ndarray:
    """The probability of each row by a model that has not seen its paper."""
    probabilities = np.zeros(len(table.rows))
    fold, weight = folds[table.papers], _row_weights(table, weights)
    for number in np.unique(folds):
        seen = (fold != number) & (table.labels >= 0)
        predict = fit(table.rows[seen], table.labels[seen], weight[seen])
        probabilities[fold == number] = predict(table.rows[fold == number])
    return probabilities


def _row_weights(table: FieldTable, weights: np.ndarray) -> np.ndarray:
    return np.where(weights[table.papers] > 1, 1.5, 1.0)


def tune(
    table: FieldTable, probabilities: np.ndarray, papers: Sequence[Paper], weights: np.ndarray
) -> tuple[FieldRanker, Counts]:
    """The thresholds that give the best F1, as a ranker without weights, and what they give."""
    field = table.field
    reached = []
    for share, most, least in product(_SHARES_OF_FIRST, _MOST[field], _LEAST_PROBABILITIES):
        ranker = FieldRanker([], 0.0, least * share, least, most)
        counts = Counts()
        for paper, names, weight in zip(papers, chosen(table, probabilities, ranker), weights, strict=True):
            counts.add(count_matches(paper.names[field], tuple(name.text for name in names)), weight)
        reached.append((ranker, counts))
    best = int(np.argmax(_smoothed([counts.f1() for _, counts in reached])))
    return reached[best]


def chosen(table: FieldTable, probabilities: np.ndarray, ranker: FieldRanker) -> list[list[LearnedName]]:
    """The names that a ranker's thresholds take of each paper."""
    by_paper = zip(table.candidates, table.of_paper(probabilities), table.by_patterns, strict=True)
    return [choose_field(table.field, candidates, likely, ranker, told) for candidates, likely, told in by_paper]


def _smoothed(values: Sequence[float]) -> np.ndarray:
    """The mean of each value and those of the probabilities next to its own, so that chance decides less."""
    rows = np.array(values).reshape(-1, len(_LEAST_PROBABILITIES))
    padded = np.pad(rows, ((0, 0), (1, 1)), mode="edge")
    return ((padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3).ravel()


def learn_ranker(table: FieldTable, weights: np.ndarray, thresholds: FieldRanker) -> FieldRanker:
    """The ranker learned from all papers."""
    told = table.labels >= 0
    learned, bias = linear(table.rows[told], table.labels[told], _row_weights(table, weights)[told])
    return replace(thresholds, weights=learned.tolist(), bias=bias)


def ranker_as_json(ranker: FieldRanker) -> dict[str, Any]:
    """The part of the model file that holds a ranker."""
    return asdict(ranker)
