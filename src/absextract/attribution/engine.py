"""What belongs to each number of a text: for each role the names of the text, ranked, with their probabilities.

Three steps. Each mention gets log odds of being a metric, a dataset, a method, the paper's own, a condition, whatever
the number. A linear score over what is seen of an outcome and a mention ranks the mentions of a role, with "none"
among them; outcomes are gone through in order, and each sees what was chosen for those before. Boosted trees then say
of the names ranked first how likely each is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import exp, fsum

from ..text.values import value_class
from .beside_cues import beside_cues, none_cues, previous_cues
from .finding import Mention, find_mentions, key_of
from .learned import AttributionModel, TypeWeights, load_attribution_model
from .name_cues import name_cues
from .name_facts import NameFacts
from .rival_cues import rival_cues
from .scene import Scene
from .stage import ROLES, Outcome, Role, Stage
from .traits import Share, traits_of

__all__ = ["Attribution", "Likely", "attribute", "chosen_of", "linear_shares", "read_stage"]

MOST_RANKED = 4
"""Names of a role that the trees look at."""
_LEAST_SHARE = 0.02
"""Share of the linear score below which the trees are not asked."""


@value_class
class Likely:
    """A name that may be a role of an outcome.

    Attributes:
        thing: its key.
        mention: its best mention.
        share: of all names and of "none" in the linear score, 0 to 1.
        probability: how likely it is right, 0 to 1.
    """

    thing: str
    mention: Mention
    share: float
    probability: float


@value_class
class Attribution:
    """What may belong to one outcome.

    Attributes:
        outcome: the outcome.
        ranked: by role, the names that may be it, the likeliest first; empty where the text has none.
        facts: of the names of the text.
    """

    outcome: Outcome
    ranked: Mapping[Role, Sequence[Likely]]
    facts: NameFacts

    def thing(self, name: str) -> str:
        """The key of what a name stands for, as `Likely.thing` gives it."""
        return self.facts.thing(key_of(name))


def attribute(scene: Scene, outcomes: Sequence[Outcome], known: Mapping[str, Iterable[str]]) -> list[Attribution]:
    """What belongs to each outcome, in their order.

    Args:
        scene: title and abstract.
        outcomes: in order.
        known: `methods`, `datasets` and `metrics` that the text is known to name.
    """
    if not outcomes:
        return []
    model = load_attribution_model()
    stage = read_stage(scene, outcomes, known, model.types)
    stage.rival = [model.rival.score(rival_cues(stage, i)) for i in range(len(outcomes))]
    ranking = _Ranking(stage, model)
    return [Attribution(outcome, _Ranked(ranking, i), stage.facts) for i, outcome in enumerate(outcomes)]


def read_stage(
    scene: Scene, outcomes: Sequence[Outcome], known: Mapping[str, Iterable[str]], types: TypeWeights
) -> Stage:
    """The stage of a text, its mentions with their odds."""
    mentions = find_mentions(scene, {scene.sentence_of(outcome.start) for outcome in outcomes}, known)
    facts = NameFacts(scene, mentions)
    for mention in mentions:
        mention.odds = types.odds(name_cues(scene, mention, facts))
    return Stage(scene, mentions, facts, outcomes)


def linear_shares(stage: Stage, role: Role, model: AttributionModel) -> list[tuple[list[Share], float]]:
    """For each outcome the names by their shares in the linear score, the highest first, and the share of "none".

    What is chosen for one outcome is seen by the next as far as it is likely.
    """
    found: list[tuple[list[Share], float]] = []
    weights, sure = model.roles[role], 1.0
    chosen: list[str | None] = []
    for i in range(len(stage.outcomes)):
        candidates = stage.candidates(role, i)
        alone = [weights.score(beside_cues(stage, role, i, m)) for m in candidates]
        alone.append(weights.score(none_cues(stage, role, i)))
        shares = _shares(alone)
        if i:
            seen = [weights.score(previous_cues(stage, role, i, m, chosen)) for m in (*candidates, None)]
            told = _shares([a + b for a, b in zip(alone, seen, strict=True)])
            shares = [sure * a + (1 - sure) * b for a, b in zip(told, shares, strict=True)]
        ranked = _by_thing(stage, role, candidates, shares)
        found.append((ranked, shares[-1]))
        chosen += chosen_of(found[-1:])
        sure = shares[-1] if chosen[-1] is None else ranked[0].share
    return found


def chosen_of(found: Sequence[tuple[Sequence[Share], float]]) -> list[str | None]:
    """For each outcome the name with the highest share; None where that of "none" is as high."""
    return [ranked[0].thing if ranked and ranked[0].share > none else None for ranked, none in found]


class _Ranking:
    """The names of a text for its outcomes, ranked role by role as they are asked for."""

    def __init__(self, stage: Stage, model: AttributionModel) -> None:
        self._stage, self._model = stage, model
        self._found: dict[Role, list[tuple[list[Share], float]]] = {}
        self._chosen: dict[Role, list[str | None]] = {}

    def ranked(self, role: Role, i: int) -> list[Likely]:
        """The names for a role of an outcome, the likeliest first."""
        if role not in self._found:
            self._found[role] = linear_shares(self._stage, role, self._model)
            self._chosen[role] = chosen_of(self._found[role])
        (ranked, none), trees = self._found[role][i], self._model.trees[role]
        asked = max(1, sum(each.share >= _LEAST_SHARE for each in ranked[:MOST_RANKED]))
        rows = traits_of(self._stage, role, i, ranked, none, self._chosen[role], asked)
        likely = [
            Likely(each.thing, each.mention, each.share, trees.probability(row))
            for each, row in zip(ranked, rows, strict=False)
        ]
        likely += (Likely(each.thing, each.mention, each.share, each.share) for each in ranked[asked:MOST_RANKED])
        return sorted(likely, key=lambda each: -each.probability)


class _Ranked(Mapping[Role, Sequence[Likely]]):
    """By role the names for one outcome, ranked when they are first asked for: who checks a claim asks for its role."""

    def __init__(self, ranking: _Ranking, i: int) -> None:
        self._ranking, self._i = ranking, i
        self._known: dict[Role, Sequence[Likely]] = {}

    def __getitem__(self, role: Role) -> Sequence[Likely]:
        if role not in self._known:
            self._known[role] = self._ranking.ranked(role, self._i)
        return self._known[role]

    def __iter__(self) -> Iterator[Role]:
        return iter(ROLES)

    def __len__(self) -> int:
        return len(ROLES)


def _by_thing(stage: Stage, role: Role, candidates: Sequence[Mention], shares: Sequence[float]) -> list[Share]:
    """The shares of the mentions of each name together."""
    whole: dict[str, float] = {}
    best: dict[str, tuple[float, Mention]] = {}
    for mention, share in zip(candidates, shares, strict=False):
        thing = stage.thing(mention)
        whole[thing] = whole.get(thing, 0.0) + share
        if thing not in best or share > best[thing][0]:
            best[thing] = share, mention
    found = sorted(
        (Share(thing, best[thing][1], share) for thing, share in whole.items()), key=lambda each: -each.share
    )
    return [_by_name(stage, role, each) for each in found[:MOST_RANKED]] + found[MOST_RANKED:]


def _by_name(stage: Stage, role: Role, each: Share) -> Share:
    """With the mention by which a name is given: the paper's own name for "our model", the whole of "macro F1"."""
    thing, mention = each.thing, each.mention
    if role == "metric":
        return Share(thing, stage.whole(mention, role), each.share)
    if role != "method" or thing != stage.paper or not mention.is_ours:
        return each
    named = (m for m in stage.mentions if stage.facts.thing(m.key) == thing and not m.is_ours)
    return Share(thing, max(named, key=lambda m: m.odds["own"]), each.share)


def _shares(scores: Sequence[float]) -> list[float]:
    highest = max(scores)
    raised = [exp(score - highest) for score in scores]
    whole = fsum(raised)
    return [each / whole for each in raised]
