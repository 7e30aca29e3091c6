"""Learning when a text gives a number to another name than one that is claimed for it.

True results, and results with one part traded (`benchmarks/traded_parts.py`), go through the validator under a model
that had not learned from their texts; what it weighs of each claim is learned from.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.traded_parts import Paper, Trade, trades

from absextract import Abstract, validate
from absextract.attribution.learned import AttributionModel
from absextract.attribution.stage import ROLES
from absextract.reading.sentences import clause_around, sentence_at, split_sentences
from absextract.validation import binding, validator
from bound_texts import BoundText

__all__ = ["NO_DOUBT", "Doubted", "doubted_claims", "fit_doubts", "paper_of", "show_doubts"]

NO_DOUBT: dict[str, Any] = {"start": 0.0, "trees": []}
"""Trees that doubt nothing, while none are learned."""

_TREES = {
    "max_iter": 80, "learning_rate": 0.08, "max_leaf_nodes": 8, "min_samples_leaf": 20, "l2_regularization": 3.0,
    "early_stopping": False,
}  # fmt: skip
_TRUE_COUNTS = 3.0
_ALONE_COUNTS = 0.5
_FOLDS = 5
_ROLES = ("metric", "dataset", "method")


@dataclass(frozen=True)
class _Said:
    """A name beside a score, and what it is said to be to it."""

    name: str
    role: str | None
    score: str


@dataclass(frozen=True)
class Doubted:
    """What the validator weighs of one claim, and whether the claim is false.

    Attributes:
        paper: number of the text.
        traits: what the trees see.
        is_false: whether the claim is.
        alone: no other result of the paper stands beside it.
    """

    paper: int
    traits: list[float]
    is_false: bool
    alone: bool = False


def fit_doubts(rows: Iterable[Doubted]) -> HistGradientBoostingClassifier:
    """Trees that tell false claims; a true one that is blamed counts three times, one that stands alone half."""
    rows = list(rows)
    counts = [(1.0 if row.is_false else _TRUE_COUNTS) * (_ALONE_COUNTS if row.alone else 1.0) for row in rows]
    model = HistGradientBoostingClassifier(random_state=0, **_TREES)
    return model.fit(np.array([row.traits for row in rows]), [row.is_false for row in rows], sample_weight=counts)


def doubted_claims(papers: Iterable[tuple[int, Paper]], model: AttributionModel) -> Iterator[Doubted]:
    """The claims of true results, and the traded ones, of papers that the model had not learned from."""
    for number, paper in papers:
        true = paper.truth.extraction["results"]
        for _, traits in _claims(paper, true, model):
            yield Doubted(number, traits, is_false=False)
        for result in true if len(true) > 1 else ():
            for _, traits in _claims(paper, [result], model):
                yield Doubted(number, traits, is_false=False, alone=True)
        for trade in trades(paper):
            role = trade.kind.split()[0]
            if role in ("metric", "dataset"):
                for traits in _traded(paper, true, trade, role, model):
                    yield Doubted(number, traits, is_false=True)
                for traits in _traded(paper, [true[trade.index]], replace(trade, index=0), role, model):
                    yield Doubted(number, traits, is_false=True, alone=True)


def show_doubts(rows: Sequence[Doubted]) -> None:
    """Prints, for folds of papers that the trees had not learned from, how much is blamed and caught at each bar."""
    rows = [row for row in rows if not row.alone]
    folds = np.array([row.paper % _FOLDS for row in rows])
    doubt = np.zeros(len(rows))
    for fold in range(_FOLDS):
        model = fit_doubts([row for row, other in zip(rows, folds, strict=True) if other != fold])
        taken = np.flatnonzero(folds == fold)
        doubt[taken] = model.predict_proba(np.array([rows[k].traits for k in taken.tolist()]))[:, 1]
    false = np.array([row.is_false for row in rows])
    print(f"\n{'doubt':8s}{'true claims blamed':>20s}{'traded caught':>16s}")
    for bar in (0.5, 0.7, 0.8, 0.85, 0.9, 0.95):
        print(f"{bar:<8.2f}{(doubt[~false] >= bar).mean():20.4f}{(doubt[false] >= bar).mean():16.3f}")


def paper_of(text: BoundText) -> Paper:
    """A text as the benchmark of traded parts takes it; the evidence of a score is the clause around it."""
    scene = text.scene
    results: list[dict[str, Any]] = []
    for result in text.results:
        start, end = result.outcome.start - scene.offset, result.outcome.end - scene.offset
        clause = clause_around(scene.abstract, sentence_at(split_sentences(scene.abstract), start), (start, end))
        names = {role: list(result.names.get(role, ())) for role in ROLES}
        said = {
            "score": scene.abstract[start:end],
            "kind": result.outcome.kind,
            "evidence": scene.abstract[slice(*clause)],
        }
        results.append(said | names)
    lists: dict[str, list[list[str]]] = {}
    for role in _ROLES:
        wordings: list[list[str]] = [result[role] for result in results if result[role]]
        lists[f"{role}s"] = list({tuple(each): each for each in wordings}.values())
    return Paper(scene.title, scene.abstract, results, lists, whole_sentences=False)


def _traded(
    paper: Paper, true: Sequence[dict[str, Any]], trade: Trade, role: str, model: AttributionModel
) -> Iterator[list[float]]:
    """What is weighed of the false name of a trade."""
    results = [dict(result) for result in true]
    results[trade.index] |= trade.changed
    score = true[trade.index]["score"]
    for claim, traits in _claims(paper, results, model):
        if claim.name in trade.changed.values() and claim.role == role and claim.score.startswith(score):
            yield traits


def _claims(
    paper: Paper, results: Sequence[dict[str, Any]], model: AttributionModel
) -> list[tuple[_Said, list[float]]]:
    """The claims of results that attribution knows, with what is weighed of each."""
    found: list[tuple[_Said, list[float]]] = []

    def look(claim: binding.Claim, source: Any) -> None:
        weighed = claim.weighed() if claim.role in _ROLES else None
        if weighed is not None:
            traits = binding.doubt_traits(claim, weighed, source, binding.by_rules(claim, source))
            found.append((_Said(claim.name, claim.role, source.slice(claim.number)), traits))

    with (
        patch.object(validator, "check_binding", look),
        patch("absextract.attribution.engine.load_attribution_model", lambda: model),
    ):
        validate({**paper.truth.extraction, "results": results}, Abstract(title=paper.title, abstract=paper.abstract))
    return found
