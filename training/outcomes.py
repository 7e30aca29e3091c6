"""Training of what is learned about numbers: which are outcomes, and of which kind.

Learns from answered papers, from other texts whose results are known (`bound_texts.py`) and from passages of our own
writing (`outcomes.jsonl`), in which every number that is no result is no outcome. What is read of a passage: {"title"?,
"text", "results": [{"start", "score", "kind", "optional"?}]}; an optional result teaches nothing of outcomes, for a
reader may take it for one or not. What belongs to each result is learned apart (`attribution.py`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from absextract.extractors.builtin.fill import find_by_patterns, with_mentions
from absextract.extractors.builtin.names.choosing import choose_names
from absextract.extractors.builtin.names.metrics import find_metrics
from absextract.extractors.builtin.names.model import LearnedModel
from absextract.extractors.builtin.numbers.model import NUMBERS_FORMAT
from absextract.extractors.builtin.numbers.scores import kind_cues, outcome_cues
from absextract.extractors.builtin.weights.odds import AS_IT_IS
from absextract.reading.passage import Mention, Passage
from absextract.text.outcome_numbers import OUTCOMES_FORMAT, CueWeights, read_numbers
from answered import HeldOut, Outcome, Paper
from bound_texts import BoundText
from outcomes_fitting import Rows, logistic

__all__ = [
    "NumberedText",
    "learn_numbers",
    "learn_outcomes",
    "outcomes_as_json",
    "read_passages",
    "texts_of_bound",
    "texts_of_papers",
]

_INNER_FOLDS = 5
_REGULARISATION = {"words": 1.0, "patterns": 1.0, "kind": 0.5}
_LEAST_OUTCOME = 0.5
_LEAST_WEIGHT = 0.02
_OPENING = "We present the following. "
_OWN_WORK = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Tt]his (?:paper|work|study|article|survey)|[Rr]esults?|[Ee]xperiment)")


@dataclass(frozen=True)
class NumberedText:
    """An abstract or a passage with its results.

    Attributes:
        passage: the text.
        known: the metrics in it.
        results: those of the text, in order.
    """

    passage: Passage
    known: list[Mention]
    results: list[Outcome]

    @classmethod
    def of(cls, model: LearnedModel, title: str, text: str, results: Iterable[Outcome]) -> NumberedText:
        """The text with the metrics that the learned model of names finds in it."""
        passage, head = Passage(text), Passage(title, in_title=True)
        mentions = find_metrics(passage)
        chosen = choose_names(model, head, passage, find_by_patterns(head, passage, mentions))
        return cls(
            passage,
            with_mentions(mentions, passage, chosen.metrics),
            sorted(results, key=lambda result: result.start),
        )

    def result_at(self, start: int, end: int) -> Outcome | None:
        """The result whose score touches an interval."""
        return next((result for result in self.results if result.start < end and start < result.end), None)


def read_passages(path: Path, model: LearnedModel, held_out: HeldOut) -> list[NumberedText]:
    """The passages of a file; two in three that do not speak of their authors' work are made to, as abstracts do."""
    texts = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if held_out.holds(row):
            continue
        first = min((result["start"] for result in row["results"]), default=0)
        own_work = _OWN_WORK.search(row["text"])
        lacks_it = row["results"] and (own_work is None or own_work.start() > first)
        opening = _OPENING if lacks_it and number % 3 else ""
        results = [
            Outcome(r["start"] + len(opening), r["score"], r["kind"], r.get("optional", False)) for r in row["results"]
        ]
        texts.append(NumberedText.of(model, row.get("title", ""), opening + row["text"], results))
    return texts


def texts_of_papers(papers: Iterable[Paper], model: LearnedModel) -> list[NumberedText]:
    """The abstracts of answered papers."""
    return [NumberedText.of(model, paper.title, paper.abstract, paper.results) for paper in papers]


def texts_of_bound(texts: Iterable[BoundText], model: LearnedModel) -> list[NumberedText]:
    """The abstracts of texts whose results are known."""
    return [NumberedText.of(model, text.scene.title, text.scene.abstract, _placed(text)) for text in texts]


def _placed(text: BoundText) -> Iterator[Outcome]:
    scene = text.scene
    for result in text.results:
        start, end = result.outcome.start - scene.offset, result.outcome.end - scene.offset
        yield Outcome(start, scene.abstract[start:end], result.outcome.kind, result.optional)


def learn_outcomes(texts: Sequence[NumberedText]) -> CueWeights:
    """The weights of `text.outcome_numbers`."""
    rows: Rows = []
    labels = []
    for text in texts:
        known = {q.start: text.result_at(q.start, q.end) is not None for q in text.passage.quantities}
        for reading in read_numbers(text.passage.text, CueWeights(0.0, {}), known):
            result = text.result_at(reading.quantity.start, reading.quantity.end)
            if result is None or not result.optional:
                rows.append(reading.cues)
                labels.append(result is not None)
    return logistic(rows, labels, _REGULARISATION["words"])


def learn_numbers(texts: Sequence[NumberedText], words: CueWeights, seed: int) -> dict[str, Any]:
    """The content of the number model's file, given the weights that `learn_outcomes` learned from the same texts."""
    return {
        "format": NUMBERS_FORMAT,
        "outcome": _as_json(_learn_patterns(texts, seed)),
        "change": _as_json(_learn_kinds(texts, words)),
        "least_outcome": _LEAST_OUTCOME,
        "outcome_calibration": AS_IT_IS,
    }


def outcomes_as_json(words: CueWeights) -> dict[str, Any]:
    """The content of the file of `text.outcome_numbers`."""
    return {"format": OUTCOMES_FORMAT, **_as_json(words)}


def _learn_patterns(texts: Sequence[NumberedText], seed: int) -> CueWeights:
    """What patterns add to the words' score, by scores for texts that the words were not learned from."""
    folds = np.random.default_rng(seed).permutation(len(texts)) % _INNER_FOLDS
    rows: Rows = []
    labels, offsets = [], []
    for fold in range(_INNER_FOLDS):
        words = learn_outcomes([text for text, other in zip(texts, folds, strict=True) if other != fold])
        for text in (text for text, other in zip(texts, folds, strict=True) if other == fold):
            for reading in read_numbers(text.passage.text, words):
                result = text.result_at(reading.quantity.start, reading.quantity.end)
                if result is None or not result.optional:
                    rows.append(outcome_cues(text.passage.text, reading.quantity, text.known))
                    labels.append(result is not None)
                    offsets.append(reading.score)
    return logistic(rows, labels, _REGULARISATION["patterns"], offsets)


def _learn_kinds(texts: Sequence[NumberedText], words: CueWeights) -> CueWeights:
    rows: Rows = []
    labels = []
    for text in texts:
        last_end, last_kind = 0, None
        known = {q.start: text.result_at(q.start, q.end) is not None for q in text.passage.quantities}
        for reading in read_numbers(text.passage.text, words, known):
            result = text.result_at(reading.quantity.start, reading.quantity.end)
            if result is not None:
                rows.append(kind_cues(text.passage.text, reading, last_end, last_kind))
                labels.append(result.kind == "change")
                last_end, last_kind = reading.quantity.end, result.kind
    return logistic(rows, labels, _REGULARISATION["kind"])


def _as_json(learned: CueWeights) -> dict[str, Any]:
    kept = {cue: round(weight, 2) for cue, weight in learned.weights.items() if abs(weight) >= _LEAST_WEIGHT}
    return {"bias": round(learned.bias, 2), "weights": kept}
