"""How good the models of numbers are on texts that they were not learned from, and writing them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from absextract import text as text_package
from absextract.extractors import builtin
from absextract.extractors.builtin.learned_model import LearnedModel
from absextract.extractors.builtin.measures import choose_measures
from absextract.extractors.builtin.number_model import NUMBERS_FILE, NumberModel
from absextract.extractors.builtin.scores import find_scores
from absextract.text.outcome_numbers import OUTCOMES_FILE, CueWeights, read_numbers
from answered import Paper
from outcomes import (
    NumberedText,
    is_measure,
    learn_numbers,
    learn_outcomes,
    outcomes_as_json,
    read_passages,
    texts_of_papers,
)
from scoring import Counts

__all__ = ["train_numbers"]

_FOLDS = 5


def train_numbers(papers: Sequence[Paper], passages: Path, names: LearnedModel, seed: int, folder: Path | None) -> None:
    """Learns from papers and passages, prints what held-out folds of each reach, and writes both files.

    Args:
        papers: answered ones.
        passages: file of our own passages.
        names: the model of names, which tells the measures of a text.
        seed: of the folds.
        folder: where the files go; None for their places in the package.
    """
    sources = {"papers": texts_of_papers(papers, names), "passages": read_passages(passages, names)}
    texts = [text for source in sources.values() for text in source]
    folds = np.random.default_rng(seed).permutation(len(texts)) % _FOLDS
    models = [_learned([t for t, other in zip(texts, folds, strict=True) if other != f], seed) for f in range(_FOLDS)]
    print(f"{'numbers, held out':24s}{'P':>7s}{'R':>7s}{'F1':>7s}")
    first = 0
    for source, of_source in sources.items():
        own_folds = folds[first : first + len(of_source)]
        first += len(of_source)
        counts = [_count(models[fold], text) for fold, text in zip(own_folds, of_source, strict=True)]
        for field, of_field in zip(("scores", "results"), zip(*counts, strict=True), strict=True):
            total = Counts(*(sum(column) for column in zip(*map(_as_row, of_field), strict=True)))
            print(f"{field + ' of ' + source:24s}{total.precision:7.3f}{total.recall:7.3f}{total.f1():7.3f}")
    words, content = _learn(texts, seed)
    _write((folder or Path(text_package.__file__).parent) / OUTCOMES_FILE, words)
    _write((folder or Path(builtin.__file__).parent) / NUMBERS_FILE, content)


def _learn(texts: Sequence[NumberedText], seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The content of both files."""
    words = learn_outcomes(texts)
    return outcomes_as_json(words), learn_numbers(texts, words, seed)


def _learned(texts: Sequence[NumberedText], seed: int) -> tuple[CueWeights, NumberModel]:
    words, content = _learn(texts, seed)
    return CueWeights(words["bias"], words["weights"]), NumberModel.from_json(content)


def _count(learned: tuple[CueWeights, NumberModel], text: NumberedText) -> tuple[Counts, Counts]:
    """How the scores and the results found in a text compare with what it holds; optional ones cost nothing."""
    words, model = learned
    scores = find_scores(model, text.passage, read_numbers(text.passage.text, words), text.known)
    measures = choose_measures(model, text.passage, scores, text.known, text.possible)
    required = sum(not result.optional for result in text.results)
    found = right = wrong = 0
    for score, measure in zip(scores, measures, strict=True):
        result = text.result_at(score.start, score.end)
        if result is not None and result.optional:
            continue
        found += result is not None
        wrong += result is None
        if result is not None and result.kind == score.kind:
            right += not result.metric or is_measure(result, measure.text)
    return Counts(found, wrong, required - found), Counts(right, wrong + found - right, required - right)


def _as_row(counts: Counts) -> tuple[float, float, float]:
    return counts.right, counts.wrong, counts.missing


def _write(path: Path, content: dict[str, Any]) -> None:
    """Writes a weights file without a time in it."""
    data = json.dumps(content, separators=(",", ":"), sort_keys=True, ensure_ascii=False).encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f"{path.name}: {path.stat().st_size / 1e6:.2f} MB")
