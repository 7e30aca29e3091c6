"""How good the models of numbers are on texts that they were not learned from, and writing them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from absextract import text as text_package
from absextract.extractors.builtin.names.model import LearnedModel
from absextract.extractors.builtin.numbers.model import NumberModel
from absextract.extractors.builtin.numbers.scores import Score, find_scores
from absextract.extractors.builtin.weights.packed_files import FOLDER, NUMBERS_FILE
from absextract.text.outcome_numbers import OUTCOMES_FILE, CueWeights, read_numbers
from answered import HeldOut, Paper
from bound_texts import BoundText
from calibration import Judged, calibration_of, show_reliability
from model_files import write_model
from outcomes import (
    NumberedText,
    learn_numbers,
    learn_outcomes,
    outcomes_as_json,
    read_passages,
    texts_of_bound,
    texts_of_papers,
)
from scoring import Counts

__all__ = ["train_numbers"]

_FOLDS = 5


def train_numbers(
    papers: Sequence[Paper],
    passages: Sequence[Path],
    bound: Sequence[BoundText],
    held_out: HeldOut,
    names: LearnedModel,
    seed: int,
    folder: Path | None,
) -> None:
    """Learns from papers and passages, prints what held-out folds of each reach, and writes both files.

    Args:
        papers: answered ones.
        passages: files of our own texts.
        bound: other texts whose results are known.
        held_out: papers after which none of these may have been written.
        names: the model of names, which tells the metrics of a text.
        seed: of the folds.
        folder: where the files go; None for their places in the package.
    """
    sources = {"papers": texts_of_papers(papers, names)}
    sources |= {path.stem: read_passages(path, names, held_out) for path in passages}
    if bound:
        sources["other texts"] = texts_of_bound(bound, names)
    texts = [text for source in sources.values() for text in source]
    folds = (np.random.default_rng(seed).permutation(len(texts)) % _FOLDS).tolist()
    models = [_learned([t for t, other in zip(texts, folds, strict=True) if other != f], seed) for f in range(_FOLDS)]
    found = [_found(models[fold], text) for text, fold in zip(texts, folds, strict=True)]
    print(f"{'numbers, held out':24s}{'P':>7s}{'R':>7s}{'F1':>7s}")
    first = 0
    for source, of_source in sources.items():
        last = first + len(of_source)
        for field in ("scores", "kinds"):
            counts = Counts()
            for text, scores in zip(of_source, found[first:last], strict=True):
                counts.add(_count_scores(text, scores, with_kind=field == "kinds"))
            print(f"{field + ' of ' + source:24s}{counts.precision:7.3f}{counts.recall:7.3f}{counts.f1():7.3f}")
        first = last
    judged = _judged(texts, found, folds)
    show_reliability([judged])
    words, content = _learn(texts, seed)
    content["outcome_calibration"] = calibration_of(judged)
    write_model((folder or Path(text_package.__file__).parent) / OUTCOMES_FILE, words)
    write_model((folder or FOLDER) / NUMBERS_FILE, content)


def _learn(texts: Sequence[NumberedText], seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """The content of both files."""
    words = learn_outcomes(texts)
    return outcomes_as_json(words), learn_numbers(texts, words, seed)


def _learned(texts: Sequence[NumberedText], seed: int) -> tuple[CueWeights, NumberModel]:
    words, content = _learn(texts, seed)
    return CueWeights(words["bias"], words["weights"]), NumberModel.from_json(content)


def _found(learned: tuple[CueWeights, NumberModel], text: NumberedText) -> list[Score]:
    words, model = learned
    return find_scores(model, text.passage, read_numbers(text.passage.text, words), text.known)


def _count_scores(text: NumberedText, scores: Sequence[Score], *, with_kind: bool) -> Counts:
    """How the scores found in a text compare with what it holds; optional ones cost nothing."""
    right = wrong = 0
    for score in scores:
        result = text.result_at(score.start, score.end)
        if result is None or not result.optional:
            is_right = result is not None and (result.kind == score.kind or not with_kind)
            right += is_right
            wrong += not is_right
    return Counts(right, wrong, sum(not result.optional for result in text.results) - right)


def _judged(texts: Sequence[NumberedText], found: Sequence[Sequence[Score]], folds: Sequence[int]) -> Judged:
    """What was found in all texts: right where a result stands there, demanded or not."""
    verdicts = [
        (score.probability, text.result_at(score.start, score.end) is not None, fold)
        for text, scores, fold in zip(texts, found, folds, strict=True)
        for score in scores
    ]
    likely, right, of_fold = (np.array(column) for column in zip(*verdicts, strict=True))
    return Judged(likely, np.zeros(len(likely), dtype=bool), right.astype(bool), of_fold)
