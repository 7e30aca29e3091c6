"""Names and scores that a sentence lists, as many of the one as of the other: the first goes with the first."""

from __future__ import annotations

from collections.abc import Sequence

from ....attribution.finding import Mention
from ....patterns import regex

__all__ = ["list_of", "runs_of"]

_JOINT = regex(r"[\s$%~+±(]*(?:,|/|,?\s?(?:and|or|&)\b)[\s$~+(]*(?:and\s|on\s|the\s|an?\s)*[\s$~+(]*")


def runs_of(text: str, spans: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The numbers of the spans that stand in one list, by list; a lone span is none."""
    runs: list[list[int]] = []
    for i, (start, _) in enumerate(spans):
        if i and _JOINT.fullmatch(text, spans[i - 1][1], start):
            runs[-1].append(i)
        else:
            runs.append([i])
    return [run for run in runs if len(run) > 1]


def list_of(text: str, names: Sequence[Mention], many: int, among: Sequence[Mention]) -> list[Mention]:
    """The names of the one list of so many that holds one of some names, in order; empty where there is none or more.

    Args:
        text: the text that they stand in.
        names: those that may be listed, in any order.
        many: how many the list has to hold.
        among: one of them is in it.
    """
    apart = sorted({(name.start, name.end): name for name in names}.values(), key=lambda name: (name.start, -name.end))
    apart = [name for k, name in enumerate(apart) if not any(o.overlaps(name.start, name.end) for o in apart[:k])]
    lists = [[apart[i] for i in run] for run in runs_of(text, [(name.start, name.end) for name in apart])]
    places = {name.start for name in among}
    fitting = [found for found in lists if len(found) == many and any(name.start in places for name in found)]
    return fitting[0] if len(fitting) == 1 else []
