"""Learning what belongs to each number: types of names, rivals' outcomes, a linear score a role, and trees on top.

Each step is learned from what the step before says of texts that it had not learned from (four folds).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from absextract.attribution.beside_cues import beside_cues, none_cues, previous_cues
from absextract.attribution.boosted_trees import BoostedTrees
from absextract.attribution.engine import MOST_RANKED, chosen_of, linear_shares
from absextract.attribution.finding import Mention, find_mentions
from absextract.attribution.learned import ATTRIBUTION_FORMAT, AttributionModel, TypeWeights
from absextract.attribution.name_cues import name_cues
from absextract.attribution.name_facts import NameFacts
from absextract.attribution.rival_cues import rival_cues
from absextract.attribution.stage import ROLES, TYPES, Role, Stage
from absextract.attribution.traits import traits_of
from absextract.text.outcome_numbers import CueWeights
from bound_texts import BoundResult, BoundText, group_numbers
from outcomes_fitting import CueTable, fit_choice, fit_logistic
from scoring import normal, same_name

__all__ = ["Learned", "Ranked", "fit_trees", "learn_attribution", "trees_as_json", "verdict_on"]

_FOLDS = 4
_PENALTY = {"type": 1.0, "rival": 5.0, "role": 1.0}
_OPTIONAL_COUNTS = 0.5
_ALONE_EVERY = 6  # of so many outcomes one is learned from without what was chosen before
_TREES = {
    "max_iter": 80, "learning_rate": 0.15, "max_leaf_nodes": 16, "min_samples_leaf": 20, "l2_regularization": 5.0,
    "max_features": 0.3, "early_stopping": False,
}  # fmt: skip
_LEAST_WEIGHT = 0.04


@dataclass(frozen=True)
class Ranked:
    """One name that the linear score ranks among the first for a role of an outcome, on a text not learned from.

    Attributes:
        text: the number of the text.
        i: the number of the outcome in it.
        name: as the text has it.
        counts: how much is learned from its text.
        share: in the linear score.
        traits: what the trees see.
        verdict: `right`, `wrong` (the text names another), `invented` (it names none) or `null` (either would do).
    """

    text: int
    i: int
    name: str
    counts: float
    share: float
    traits: list[float]
    verdict: str


@dataclass(frozen=True)
class Learned:
    """The content of the model's file, and by role what it was learned from."""

    content: dict[str, Any]
    ranked: dict[Role, list[Ranked]]


@dataclass
class _Set:
    """A text whose mentions have been found."""

    text: BoundText
    mentions: list[Mention]
    facts: NameFacts

    @classmethod
    def of(cls, text: BoundText) -> _Set:
        outcomes = [result.outcome for result in text.results]
        mentions = find_mentions(text.scene, {text.scene.sentence_of(o.start) for o in outcomes}, text.known)
        return cls(text, mentions, NameFacts(text.scene, mentions))

    @cached_property
    def stage(self) -> Stage:
        """Built when the mentions have their odds."""
        return Stage(self.text.scene, self.mentions, self.facts, [result.outcome for result in self.text.results])


def learn_attribution(texts: Sequence[BoundText], seed: int) -> Learned:
    """What is learned from texts; the same texts and seed give the same numbers."""
    folds = _folds_of(group_numbers(texts), seed)
    sets = [_Set.of(text) for text in texts]
    types = _learn_types(sets, folds)
    rival = _learn_rivals(sets, folds)
    roles: dict[Role, CueWeights] = {}
    ranked: dict[Role, list[Ranked]] = {}
    for role in ROLES:
        roles[role], of_folds = _learn_role(sets, folds, role)
        ranked[role] = [
            row for fold, weights in enumerate(of_folds) for row in _rank(sets, folds == fold, role, weights)
        ]
    trees = {role: trees_as_json(fit_trees(ranked[role])) for role in ROLES}
    content = {
        "format": ATTRIBUTION_FORMAT,
        "types": types,
        "rival": _as_json(rival),
        "roles": {role: _as_json(weights) for role, weights in roles.items()},
        "trees": trees,
    }
    return Learned(content, ranked)


def _folds_of(groups: Sequence[int], seed: int) -> np.ndarray:
    """The fold of each text; those of one group share it."""
    of_group = np.random.default_rng(seed).permutation(max(groups) + 1) % _FOLDS
    folds: np.ndarray = of_group[list(groups)]
    return folds


def fit_trees(rows: Sequence[Ranked]) -> HistGradientBoostingClassifier:
    """Trees that tell the right ones of the names that are ranked first."""
    model = HistGradientBoostingClassifier(random_state=0, **_TREES)
    right = [row.verdict in ("right", "null") for row in rows]
    return model.fit(np.array([row.traits for row in rows]), right, sample_weight=[row.counts for row in rows])


def _learn_types(sets: Sequence[_Set], folds: np.ndarray) -> dict[str, Any]:
    """The weights of all types; the mentions get odds by weights that had not learned from their text."""
    mentions = [mention for each in sets for mention in each.mentions]
    of_text = np.array([i for i, each in enumerate(sets) for _ in each.mentions])
    table = CueTable.of([name_cues(each.text.scene, mention, each.facts) for each in sets for mention in each.mentions])
    of_mention = np.array([each.text.counts for each in sets for _ in each.mentions])
    columns, bias = [], []
    for type_ in TYPES:
        labels = [label for each in sets for label in _type_labels(each, type_)]
        truth, counts = (
            np.array([label is True for label in labels], float),
            np.array([x is not None for x in labels], float) * of_mention,
        )
        for fold in range(_FOLDS):
            others = (folds[of_text] != fold) & (counts > 0)
            found = fit_logistic(table.matrix[others], truth[others], counts[others], _PENALTY["type"])
            held = np.flatnonzero(folds[of_text] == fold)
            for i, odds in zip(held.tolist(), (table.matrix[held] @ found[1:] + found[0]).tolist(), strict=True):
                mentions[i].odds[type_] = odds
        found = fit_logistic(table.matrix, truth, counts, _PENALTY["type"])
        columns.append(np.round(found[1:] * 100).astype(int))
        bias.append(round(float(found[0]) * 100))
    kept = np.flatnonzero(np.abs(columns).max(axis=0) >= _LEAST_WEIGHT * 100)
    return {
        "bias": bias,
        "cues": [table.names[k] for k in kept],
        "columns": [column[kept].tolist() for column in columns],
    }


def _type_labels(each: _Set, type_: str) -> Iterator[bool | None]:
    """For each mention whether it is of a type; None where nobody looked or it is nearly one that is."""
    role = "method" if type_ == "own" else type_
    looked = [result for result in each.text.results if role in result.names]
    surfaces = {
        text
        for result in looked
        if type_ != "own" or not result.rival
        for text in result.names[role]  # type: ignore[index]
    } | set(each.text.told.get(type_, ()))
    alike: dict[str, bool] = {}
    for mention in each.mentions:
        if not looked:
            yield None
        elif mention.text in surfaces:
            yield True
        else:
            form = normal(mention.text)
            if form not in alike:
                alike[form] = any(same_name(mention.text, surface) for surface in surfaces)
            yield None if alike[form] else False


def _learn_rivals(sets: Sequence[_Set], folds: np.ndarray) -> CueWeights:
    """The weights; the stages get odds by weights that had not learned from their text."""
    places = [(t, i) for t, each in enumerate(sets) for i in range(len(each.text.results))]
    table = CueTable.of([rival_cues(sets[t].stage, i) for t, i in places])
    said = [sets[t].text.results[i].rival for t, i in places]
    truth, counts = (
        np.array([x is True for x in said], float),
        np.array([x is not None for x in said], float) * np.array([sets[t].text.counts for t, _ in places]),
    )
    of_text = folds[np.array([t for t, _ in places])]
    for fold in range(_FOLDS):
        others = of_text != fold
        found = fit_logistic(table.matrix[others], truth[others], counts[others], _PENALTY["rival"])
        for k in np.flatnonzero(~others):
            t, i = places[k]
            sets[t].stage.rival[i] = float((table.matrix[k] @ found[1:])[0] + found[0])
    found = fit_logistic(table.matrix, truth, counts, _PENALTY["rival"])
    return table.weights(found[1:], float(found[0]))


def _learn_role(sets: Sequence[_Set], folds: np.ndarray, role: Role) -> tuple[CueWeights, list[CueWeights]]:
    """The weights of a role, and those of each fold that had not learned from it."""
    rows: list[list[str]] = []
    groups: list[int] = []
    right: list[bool] = []
    counts: list[float] = []
    of_text: list[int] = []
    for t, each in enumerate(sets):
        for group in _groups(each, role):
            cues, fits, count = group
            rows += cues
            groups += [len(counts)] * len(cues)
            right += fits
            counts.append(count)
            of_text.append(t)
    table = CueTable.of(rows)
    group_of, is_right, count_of, fold_of = (
        np.array(groups),
        np.array(right, float),
        np.array(counts),
        folds[np.array(of_text)],
    )

    def learned(taken: np.ndarray) -> CueWeights:
        chosen = taken[group_of]
        numbers = np.asarray(np.searchsorted(np.flatnonzero(taken), group_of[chosen]))
        return table.weights(
            fit_choice(table.matrix[chosen], numbers, is_right[chosen], count_of[taken], _PENALTY["role"])
        )

    return learned(np.ones(len(counts), bool)), [learned(fold_of != fold) for fold in range(_FOLDS)]


def _groups(each: _Set, role: Role) -> Iterator[tuple[list[list[str]], list[bool], float]]:
    """For each outcome whose role can be found the cues of its candidates and of "none", which fit, and its weight."""
    stage = each.stage
    chosen: list[str | None] = []
    for i, result in enumerate(each.text.results):
        candidates = stage.candidates(role, i)
        fits = _fitting(stage, role, candidates, result)
        if role in result.names and any(fits):
            cues = [beside_cues(stage, role, i, mention) for mention in candidates] + [none_cues(stage, role, i)]
            if (i + len(each.text.scene.text)) % _ALONE_EVERY:
                for row, mention in zip(cues, [*candidates, None], strict=True):
                    row += previous_cues(stage, role, i, mention, chosen)
            yield cues, fits, each.text.counts * (_OPTIONAL_COUNTS if result.optional else 1.0)
        chosen.append(next((stage.thing(m) for m, fit in zip(candidates, fits, strict=False) if fit), None))


def _fitting(stage: Stage, role: Role, candidates: Sequence[Mention], result: BoundResult) -> list[bool]:
    """Which candidates, and whether "none", fit a result: those that are accepted as they stand, else alike ones."""
    accepted = result.names.get(role, ())
    if not accepted:
        return [False] * len(candidates) + [True]
    fits = [mention.text in accepted for mention in candidates]
    if not any(fits):
        fits = [any(same_name(mention.text, text) for text in accepted) for mention in candidates]
    if role == "method" and stage.paper in {stage.thing(m) for m, fit in zip(candidates, fits, strict=True) if fit}:
        fits = [fit or stage.thing(m) == stage.paper for m, fit in zip(candidates, fits, strict=True)]
    return [*fits, role == "dataset" and result.described]


def _rank(sets: Sequence[_Set], taken: np.ndarray, role: Role, weights: CueWeights) -> Iterator[Ranked]:
    model = AttributionModel(TypeWeights((), {}, ()), weights, {role: weights}, {}, BoostedTrees(0.0, ()))
    for t in np.flatnonzero(taken).tolist():
        each = sets[t]
        found = linear_shares(each.stage, role, model)
        chosen = chosen_of(found)
        for i, (ranked, none) in enumerate(found):
            result = each.text.results[i]
            if role in result.names:
                rows = traits_of(each.stage, role, i, ranked, none, chosen, MOST_RANKED)
                for share, row in zip(ranked, rows, strict=False):
                    yield Ranked(
                        t,
                        i,
                        share.mention.text,
                        each.text.counts,
                        share.share,
                        row,
                        verdict_on(result, role, share.mention.text),
                    )


def verdict_on(result: BoundResult, role: Role, name: str | None) -> str:
    """What is to be said of a name, or of none, for a role of a result; see `Ranked`, and `missing`."""
    accepted = result.names.get(role, ())
    if accepted and name:
        return "right" if any(same_name(name, text) for text in accepted) else "wrong"
    if accepted:
        return "null" if role == "dataset" and result.described else "missing"
    return "invented" if name else "null"


def _as_json(learned: CueWeights) -> dict[str, Any]:
    kept = {cue: round(weight, 2) for cue, weight in learned.weights.items() if abs(weight) >= _LEAST_WEIGHT}
    return {"bias": round(learned.bias, 2), "weights": kept}


def trees_as_json(model: HistGradientBoostingClassifier) -> dict[str, Any]:
    """What `BoostedTrees` reads."""
    trees = [stage[0].nodes for stage in model._predictors]
    return {"start": round(float(model._baseline_prediction[0][0]), 4), "trees": [_node(nodes, 0) for nodes in trees]}


def _node(nodes: Any, at: int) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]), 4)
    threshold = round(float(node["num_threshold"]), 4)
    return [int(node["feature_idx"]), threshold, _node(nodes, int(node["left"])), _node(nodes, int(node["right"]))]
