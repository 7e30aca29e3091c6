"""What the cues of all roles speak of, found out once for each mention, and for each outcome that stands beside it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from ..patterns import regex
from ..text.number_cues import stem
from ..text.values import value_class
from .finding import Mention
from .scene import squeezed
from .stage import NOT_AT_ALL, Stage

__all__ = ["Between", "Named", "between", "bucket", "count_between", "named"]

_CLAUSE = regex(r"[;:]|, (?:and|while|but|whereas|which|where|with)\b|\b(?:while|whereas|but)\b")
_DISTANCES = (0, 1, 2, 3, 4, 6, 8, 12, 18, 30)
_LONGEST_GAP = 6
_OPENS_WITHIN = 4
_KEPT = 1024
"""More than the text has that is being read; its roles come one behind the other."""


@value_class
class Named:
    """A mention, whatever the outcome.

    Attributes:
        own: letters for what speaks for the paper's own.
        own_odds: log odds that its name is the paper's own, in steps.
        rank: which of the names likeliest to be that it is.
        word_before: the word before it.
        left2, left, right: the beginnings of the two words before it and of the one behind it.
        opens: whether it stands at the beginning of its sentence.
        acts: whether a verb of reaching stands behind it.
    """

    own: str
    own_odds: str
    rank: int
    word_before: str
    left2: str
    left: str
    right: str
    opens: bool
    acts: bool


@value_class
class Between:
    """A mention and an outcome of its sentence.

    Attributes:
        rules: the cues of plain rules.
        side: `B` for a mention before the outcome, else `A`.
        low, high: half-open interval between the two; the list of the outcome counts as one number.
        near, far: the words at its ends, that beside the outcome and that beside the mention.
        steps: how many words it has, in steps.
        outcomes, numbers: how many of them begin in it.
        parted: whether another clause does.
        brackets: 1 if one opens in it, 2 if one closes, 3 for both.
        words: all that stands in it, None where that is much.
    """

    rules: Sequence[str]
    side: str
    low: int
    high: int
    near: str
    far: str
    steps: int
    outcomes: int
    numbers: int
    parted: bool
    brackets: int
    words: str | None


@lru_cache(maxsize=_KEPT)
def named(stage: Stage, mention: Mention) -> Named:
    """What all outcomes see of a mention."""
    scene = stage.scene
    first, behind = scene.tokens_in(mention.start, mention.end)
    opening, _ = scene.tokens_in(*scene.sentences[mention.sentence])
    before = scene.word(first - 1)
    return Named(
        own=_own_signs(stage, mention),
        own_odds=bucket(stage.own_odds.get(stage.thing(mention), NOT_AT_ALL)),
        rank=stage.own_rank(mention),
        word_before=before,
        left2=stem(scene.word(first - 2)),
        left=stem(before),
        right=stem(scene.word(behind)),
        opens=first - opening < _OPENS_WITHIN,
        acts=stage.facts.is_acting(mention),
    )


@lru_cache(maxsize=_KEPT)
def between(stage: Stage, i: int, mention: Mention) -> Between:
    """What all roles see between a mention and an outcome of its sentence."""
    scene = stage.scene
    side = "B" if mention.end <= stage.outcomes[i].start else "A"
    low, high = _interval(stage, i, mention)
    gap = scene.gap(low, high)
    short = squeezed(gap)
    ends = (short[0], short[-1]) if short else ("", "")
    far, near = ends if side == "B" else ends[::-1]
    return Between(
        rules=stage.rules[i].cues(mention),
        side=side,
        low=low,
        high=high,
        near=near,
        far=far,
        steps=next((most for most in _DISTANCES if len(gap) <= most), 99),
        outcomes=count_between(stage.starts, low, high),
        numbers=count_between(scene.number_starts, low, high),
        parted=_CLAUSE.search(scene.text, low, high) is not None,
        brackets=("(" in gap) + 2 * (")" in gap),
        words=" ".join(short) if len(short) <= _LONGEST_GAP else None,
    )


@lru_cache(maxsize=4096)
def bucket(odds: float) -> str:
    """Log odds in nine steps."""
    return str(max(-4, min(4, round(odds / 1.2))))


def count_between(starts: Sequence[int], low: int, high: int) -> int:
    """How many places, given in order, lie in a half-open interval."""
    return max(0, bisect_left(starts, high) - bisect_left(starts, low))


def _interval(stage: Stage, i: int, mention: Mention) -> tuple[int, int]:
    outcome = stage.outcomes[i]
    first, last = (stage.outcomes[k] for k in stage.run(i))
    if mention.end <= outcome.start:
        return mention.end, first.start if mention.end <= first.start else outcome.start
    return last.end if last.end <= mention.start else outcome.end, mention.start


def _own_signs(stage: Stage, mention: Mention) -> str:
    """Letters for what speaks for the paper's own: known as a method, the title's name, in the title, proposed."""
    facts, key = stage.facts, mention.key
    signs = "K" if "known methods" in facts.known.get(key, ()) else ""
    signs += "N" if key == facts.title_name else "t" if key in facts.in_title else ""
    return signs + ("p" if key in facts.proposed else "")
