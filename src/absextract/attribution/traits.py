"""What the trees weigh of a name that the linear score ranks high for a role of an outcome: a row of numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from math import log

from ..text.values import value_class
from .finding import COMPARED, Mention
from .stage import NOT_AT_ALL, Role, Stage, type_of

__all__ = ["Share", "odds_of", "traits_of"]

_UNITS = {unit: float(i) for i, unit in enumerate(("%", "x", "points", "cost", "part", "whole", "decimal"))}
_OTHER_UNIT = 7.0
_FAR, _PER_STEP = 500, 50
_IN_TITLE = -9.0
_LEAST = 1e-4
_SIDE = {True: 1.0, False: -1.0, None: 0.0}


@value_class
class Share:
    """One name's share in the linear score of a role of an outcome.

    Attributes:
        thing: the name's key.
        mention: its best mention.
        share: of all names and of "none", 0 to 1.
    """

    thing: str
    mention: Mention
    share: float


def traits_of(
    stage: Stage, role: Role, i: int, ranked: Sequence[Share], none: float, chosen: Sequence[str | None], most: int
) -> list[list[float]]:
    """The rows of the first names, in the order of the trees' features.

    Args:
        stage: the text.
        role: what is asked for.
        i: number of the outcome.
        ranked: the names, the highest share first.
        none: the share of "the text names none".
        chosen: for each outcome of the text the name with the highest share, None for none.
        most: how many rows.
    """
    type_, outcome = type_of(role), stage.outcomes[i]
    peers, run = stage.peers(i), stage.run(i)
    everywhere = Counter(chosen)
    in_sentence = Counter(chosen[k] for k in peers if k != i)
    shares = [each.share for each in ranked]
    of_outcome = [
        float(min(len(peers), 8)), float(run[1] - run[0]), float(stage.names_here(type_, i)),
        float(len(stage.keys[type_])), float(outcome.kind == "change"), stage.rival[i],
        _UNITS.get(stage.units[i], _OTHER_UNIT), float(len(stage.outcomes)),
        max(stage.own_odds.values(), default=NOT_AT_ALL), odds_of(none), float(stage.counted[i]),
    ]  # fmt: skip
    rows = []
    for rank, each in enumerate(ranked[:most]):
        rest = max((share for k, share in enumerate(shares) if k != rank), default=0.0)
        of_share = [odds_of(each.share), odds_of(rest), float(rank)]
        said = [float(min(everywhere[each.thing], 6)), float(in_sentence[each.thing])]
        rows.append(
            [
                *of_share,
                *said,
                *of_outcome,
                *_of_mention(stage, each),
                *_of_place(stage, type_, i, each.mention),
                *stage.odds_of_names[each.thing],
            ]
        )
    return rows


def odds_of(share: float) -> float:
    """Log odds of a share, as those of at least one and at most 9,999 in ten thousand."""
    kept = min(max(share, _LEAST), 1 - _LEAST)
    return log(kept / (1 - kept))


def _of_mention(stage: Stage, each: Share) -> list[float]:
    mention, facts = each.mention, stage.facts
    odds, known = mention.odds, facts.known.get(mention.key, ())
    before, behind = facts.longer(mention)
    return [
        *(odds.get(type_, NOT_AT_ALL) for type_ in ("metric", "dataset", "method", "own")),
        odds.get("metric", 0.0) - odds.get("dataset", 0.0), odds.get("method", 0.0) - odds.get("dataset", 0.0),
        *(float(f"known {names}" in known) for names in ("methods", "datasets", "metrics")),
        float(mention.key == facts.title_name), float(mention.key in facts.acts), float(stage.paper == each.thing),
        stage.own_odds.get(each.thing, NOT_AT_ALL), float(mention.is_ours), float(len(mention.text.split())),
        float(mention.text.islower()), float(facts.count[mention.key]), float(COMPARED in mention.sources),
        float(bool(before)), float(bool(behind)),
    ]  # fmt: skip


def _of_place(stage: Stage, type_: str, i: int, mention: Mention) -> list[float]:
    outcome, rules, in_title = stage.outcomes[i], stage.rules[i], mention.sentence < stage.scene.first_of_abstract
    low, high = (mention.end, outcome.start) if mention.end <= outcome.start else (outcome.end, mention.start)
    return [
        _IN_TITLE if in_title else float(mention.sentence - stage.sentences[i]), float(in_title),
        min(abs(mention.start - outcome.start), _FAR) / _PER_STEP, float(mention.start < outcome.start),
        _SIDE[rules.partner(mention)], _SIDE[rules.attached(mention)],
        float(rules.excluded(mention)),
        float(bisect_left(stage.starts, high) - bisect_left(stage.starts, low)),
        float(bisect_left(stage.likely_starts[type_], high) - bisect_left(stage.likely_starts[type_], low)),
    ]  # fmt: skip
