"""What is seen of an outcome and a mention together, as short strings that weights are kept for, role by role."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from ..reading.name_shapes import is_foreign_model
from ..reading.wordlists import words
from ..text.number_cues import classes_of, stem
from ..text.values import value_class
from .finding import Mention
from .order_cues import order_cues
from .seen_once import Between, Named, between, bucket, count_between, named
from .stage import Role, Stage, type_of

__all__ = ["beside_cues", "none_cues", "previous_cues"]

_AGAINST = words("over than against with to versus vs outperforms outperforming surpassing surpasses from of exceeding")
_COMPARING = words("over than against compared outperforms outperforming surpassing versus vs previous exceeds")
_METHODS = ("method", "baseline")


@value_class
class _Pair:
    """An outcome and a mention, with what several cues speak of."""

    stage: Stage
    role: Role
    type_: str
    i: int
    mention: Mention
    named: Named
    kind: str
    unit: str
    odds: str
    """How likely the mention is of the role's type, in steps."""

    @classmethod
    def of(cls, stage: Stage, role: Role, i: int, mention: Mention) -> _Pair:
        type_ = type_of(role)
        odds = bucket(mention.odds.get(type_, 0.0))
        return cls(stage, role, type_, i, mention, named(stage, mention), stage.outcomes[i].kind, stage.units[i], odds)


def beside_cues(stage: Stage, role: Role, i: int, mention: Mention) -> list[str]:
    """The cues of a mention for a role of an outcome."""
    pair = _Pair.of(stage, role, i, mention)
    cues = [f"b={pair.odds}", f"shape={mention.shape}|{pair.odds}"]
    cues += _of_metric(pair) if role == "metric" else _of_name(pair)
    if stage.counted[i]:
        where = "far" if mention.sentence != stage.sentences[i] else "before" if mention.start < stage.starts[i] else ""
        cues += (f"counted|{where}", f"counted|{where}|{pair.odds}")
    if mention.sentence != stage.sentences[i]:
        cues += _elsewhere(pair)
    else:
        seen = between(stage, i, mention)
        cues += seen.rules
        cues += _beside(pair, seen)
        cues += order_cues(stage, pair.type_, i, mention, seen.side)
        if role in _METHODS:
            cues += _method_beside(pair, seen.side)
    if role in _METHODS:
        cues += _method(pair)
    return cues


def previous_cues(stage: Stage, role: Role, i: int, mention: Mention | None, chosen: Sequence[str | None]) -> list[str]:
    """What the choices for the outcomes before say of a mention, or of none; nothing for the first outcome."""
    if not i:
        return []
    joint, previous = stage.joint(i), chosen[i - 1]
    if mention is None:
        return [f"none|prev={previous is None}|{joint}"]
    thing, first = stage.thing(mention), stage.run(i)[0]
    same, far = previous == thing, mention.sentence != stage.sentences[i]
    taken = min(2, chosen[bisect_left(stage.sentences, stage.sentences[i]) : i].count(thing))
    listed = min(2, chosen[first:i].count(thing))
    alike = f"{stage.outcomes[i - 1].kind == stage.outcomes[i].kind}{stage.units[i - 1] == stage.units[i]}"
    cues = [f"same={same}|{joint}", f"same={same}|{joint}|far={far}", f"taken={taken}|{same}"]
    cues += [f"listed={listed}|{first < i}", f"same={same}|{alike}"]
    if previous is not None and not same:
        cues.append(f"earlier={i > 1 and chosen[i - 2] == thing}|{min(taken, 1)}")
    if role in _METHODS:
        cues.append(f"same={same}|rv={(stage.rival[i] > 0) - (stage.rival[i - 1] > 0)}")
    return cues


def none_cues(stage: Stage, role: Role, i: int) -> list[str]:
    """The cues for "the text names none"."""
    scene, outcome, type_ = stage.scene, stage.outcomes[i], type_of(role)
    here = min(stage.names_here(type_, i), 2)
    total, unit = min(len(stage.keys[type_]), 3), stage.units[i]
    first, behind = scene.tokens_in(outcome.start, outcome.end)
    cues = [
        "none", f"none|{outcome.kind}", f"none|{unit}", f"none|here={here}", f"none|total={total}",
        f"none|{unit}|{outcome.kind}", f"none|here={here}|total={total}",
        f"none|{stage.speaks_of_us(i)}|here={min(here, 1)}", f"none|counted={stage.counted[i]}|here={min(here, 1)}",
    ]  # fmt: skip
    cues += [f"none|b{k}={stem(scene.word(first - 1 - k))}" for k in range(2)]
    cues += [f"none|a{k}={stem(scene.word(behind + k))}" for k in range(3)]
    if role in _METHODS:
        cues += (f"none|rv={bucket(stage.rival[i])}", f"none|paper={stage.paper is not None}")
    if role == "baseline":
        start, end = scene.tokens_in(*scene.sentences[stage.sentences[i]])
        cues.append(f"none|cmp={not _COMPARING.isdisjoint(scene.words[start:end])}")
    return cues


def _of_metric(pair: _Pair) -> list[str]:
    mention, kind, unit = pair.mention, pair.kind, pair.unit
    head, seen = mention.head, pair.named
    cues = [f"{unit}|h={stem(head)}", f"{kind}|h={stem(head)}", f"h={head[:9]}", f"l={seen.left}"]
    cues.append(f"r={seen.right}")
    cues += [f"{unit}|hc={letter}" for letter in classes_of(head)]
    cues += [f"src={source}|{kind}" for source in sorted(mention.sources)]
    return cues


def _of_name(pair: _Pair) -> list[str]:
    mention, seen = pair.mention, pair.named
    cues = [
        f"own={seen.own}", f"own={seen.own}|{pair.kind}", f"oo={seen.own_odds}",
        f"oo={seen.own_odds}|{pair.odds}", f"ol={seen.rank}", f"src={mention.found_as}",
        f"l={seen.left}", f"h={stem(mention.head)}", f"r={seen.right}", f"ll={seen.left2} {seen.left}",
    ]  # fmt: skip
    return [*cues, "foreign"] if is_foreign_model(mention.text) else cues


def _elsewhere(pair: _Pair) -> list[str]:
    """The cues of a mention in another sentence."""
    stage, mention, i = pair.stage, pair.mention, pair.i
    type_, here = pair.type_, stage.sentences[i]
    others = min(stage.names_here(type_, i), 2)
    where, total = _where(stage, mention, here), len(stage.keys[type_])
    us, nearest = stage.speaks_of_us(i), stage.nearest_before(type_, i) == mention.key
    own, own_odds, rank = pair.named.own, pair.named.own_odds, pair.named.rank
    cues = [
        f"rel={where}", f"rel={where}|b={pair.odds}", f"rel={where}|here={others}", f"far|own={own}|here={others}",
        f"far|total={min(total, 4)}|{pair.odds}", f"far|total={min(total, 3)}|here={others}", f"rel={where}|own={own}",
        f"far|{pair.unit}", f"far|{pair.kind}", f"far|nearest={nearest}|here={others}",
        f"far|{us}|own={own}", f"far|{us}|own={own}|here={min(others, 1)}", f"far|{us}|oo={own_odds}",
        f"far|{us}|oo={own_odds}|here={min(others, 1)}",
    ]  # fmt: skip
    if total == 1 and mention.key in stage.keys[type_]:
        cues += ("only", f"only|here={others}")
    if pair.role in _METHODS:
        cues += (f"far|oo={own_odds}", f"far|ol={rank}", f"far|ol={rank}|here={others}", f"far|ol={rank}|oo={own_odds}")
        cues.append(f"far|ours={here in stage.names_own}|{rank}")
    return cues


def _where(stage: Stage, mention: Mention, here: int) -> str:
    if mention.sentence < stage.scene.first_of_abstract:
        return "T"
    if mention.sentence > here:
        return "+"
    return f"-{min(here - mention.sentence, 3)}"


def _beside(pair: _Pair, seen: Between) -> list[str]:
    """The cues of a mention in the outcome's sentence: what stands between the two."""
    mention, side, odds = pair.mention, seen.side, pair.odds
    near, far, steps, outcomes, parted = seen.near, seen.far, seen.steps, seen.outcomes, seen.parted
    names = count_between(pair.stage.likely_starts[pair.type_], seen.low, seen.high)
    few = f"{side}{min(outcomes, 2)}{min(names, 2)}"
    cues = [
        f"side={side}", f"d={side}{steps}", f"d={side}{steps}|{odds}", f"near={side}{near}", f"far={side}{far}",
        f"nf={side}{near}|{far}", f"near={side}{near}|{odds}", f"l={pair.named.left}|{side}",
        f"{side}|{pair.unit}|{mention.shape}", f"{side}|own={pair.named.own}", f"outs={side}{min(outcomes, 3)}",
        f"nums={side}{min(seen.numbers, 3)}", f"types={side}{min(names, 3)}", f"ot={few}", f"ot={few}{parted}|{odds}",
        f"clause={side}{parted}", f"br={side}{seen.brackets}|{min(outcomes, 2)}",
    ]  # fmt: skip
    if seen.words is not None:
        cues += (f"gap={side}{seen.words}", f"gap={side}{seen.words}|{odds}")
    return cues


def _method_beside(pair: _Pair, side: str) -> list[str]:
    seen = pair.named
    acts, against, rank = seen.acts, seen.word_before in _AGAINST, seen.rank
    return [
        f"acts={acts}{side}", f"acts={acts}{side}|{pair.odds}", f"acts={acts}|{against}|{side}",
        f"against={against}|{side}|{pair.kind}", f"opens={seen.opens}|{acts}",
        f"here|oo={seen.own_odds}|{against}", f"here|ol={rank}|{side}",
        f"here|oo={seen.own_odds}|{side}|{pair.kind}",
    ]  # fmt: skip


def _method(pair: _Pair) -> list[str]:
    stage, mention = pair.stage, pair.mention
    rival, rank = bucket(stage.rival[pair.i]), pair.named.rank
    far, ours = mention.sentence != stage.sentences[pair.i], mention.is_ours
    cues = [f"rv={rival}|ol={rank}", f"rv={rival}|oo={pair.named.own_odds}", f"rv={rival}|far={far}|{rank}"]
    cues += (f"ours={ours}", f"ours={ours}|rv={rival}")
    if stage.paper:
        is_paper = stage.thing(mention) == stage.paper
        cues += (f"paper={is_paper}", f"paper={is_paper}|rv={rival}")
    return cues
