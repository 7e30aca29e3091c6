"""What the order of names and numbers in a sentence says of an outcome and a mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from ..patterns import regex
from .finding import Mention
from .stage import Outcome, Stage

__all__ = ["order_cues"]

_PATTERNS = {
    name: regex(pattern) for name, pattern in (("#n", "(#n)+"), ("n#", "(n#)+"), ("##nn", "#+n+"), ("nn##", "n+#+"))
}
_FARTHEST = 3
_MOST_TURNS = 24
"""What has more names and numbers is no sentence."""


def order_cues(stage: Stage, type_: str, i: int, mention: Mention, side: str) -> list[str]:
    """Which of the likely mentions of its sentence a mention is, beside which of the outcomes."""
    likely, outcome = stage.likely_beside(type_, i), stage.outcomes[i]
    own = stage.touched_beside(type_, i, mention)
    keys = min(stage.names_here(type_, i), 3)
    cues = [f"keys={keys}|among={own is not None}", f"keys={keys}|among={own is not None}|{side}"]
    if own is None:
        return cues
    peers = stage.peers(i)
    rank = _nearer(likely, mention, outcome)
    cues += (f"rank={rank}{side}", f"rank={rank}|{len(peers) > 1}")
    if keys == 1:
        cues.append(f"sole{side}")
    if len(peers) > 1 and len(likely) > 1:
        cues += _turns(stage, peers, likely, own, i)
    cues += _lists(stage, type_, i, own, side)
    return cues


def _nearer(likely: Sequence[Mention], mention: Mention, outcome: Outcome) -> int:
    """How many of the names stand nearer to the outcome than a mention, 3 for more; none overlaps another."""
    at, own = bisect_left(likely, outcome.start, key=attrgetter("start")), _distance(mention, outcome)
    return min(_FARTHEST, sum(_distance(m, outcome) < own for m in likely[max(0, at - _FARTHEST) : at + _FARTHEST]))


def _turns(stage: Stage, peers: range, likely: Sequence[Mention], own: int, i: int) -> list[str]:
    """Whether a mention has the outcome's turn where there are as many of both, or some numbers for each name."""
    place, size = peers.index(i), len(likely)
    if size == len(peers) <= _MOST_TURNS:
        signs = sorted([(stage.outcomes[p].start, "#") for p in peers] + [(m.start, "n") for m in likely])
        order = "".join(sign for _, sign in signs)
        shape = next((name for name, pattern in _PATTERNS.items() if pattern.fullmatch(order)), "mixed")
        return [f"turn={own == place}", f"turn={own == place}|{shape}"]
    if len(peers) % size == 0:
        return [f"block={own == place // (len(peers) // size)}", f"cycle={own == place % size}"]
    return []


def _lists(stage: Stage, type_: str, i: int, own: int, side: str) -> list[str]:
    """How a list of names goes with the list of numbers."""
    names, place_of_name = stage.list_beside(type_, i, own)
    first, last = stage.run(i)
    size, peers = last - first + 1, stage.peers(i)
    place = peers.index(i)
    if size == 1:
        cues = [f"list1|{min(names, 3)}|{place_of_name == 0}{side}"]
    elif names == size:
        cues = [f"lists=True|{place_of_name == i - first}"]
    else:
        cues = [f"lists=no|{min(names, 3)}"]
    if names == len(peers) > 1:
        cues.append(f"listp={place_of_name == place}{side}")
    elif len(peers) > names > 1 and len(peers) % names == 0:
        each = len(peers) // names
        cues.append(f"listb={place_of_name == place // each}|{size == each}")
        cues.append(f"listc={place_of_name == place % names}|{size == names}")
    return cues


def _distance(mention: Mention, outcome: Outcome) -> int:
    return max(mention.start - outcome.end, outcome.start - mention.end)
