"""How far figures would move with other papers: percentile bootstrap, 95%."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

__all__ = ["Figures", "Row", "intervals", "sums"]

Row = Sequence[int]
"""The counts of one paper, or their sums over papers."""

Figures = dict[str, float]

_SAMPLES = 1000
_SEED = 0
_TAILS = (0.025, 0.975)


def sums(rows: Sequence[Row]) -> list[int]:
    """The sum of each column."""
    return [sum(column) for column in zip(*rows, strict=True)]


def intervals(rows: Sequence[Row], figures: Callable[[Row], Figures]) -> dict[str, list[float]]:
    """The ends between which 95% of each figure lie, in 1,000 samples of as many papers, drawn with replacement.

    Args:
        rows: the counts of each paper, all of one length.
        figures: makes the figures of summed counts, always under the same names.
    """
    draw = random.Random(_SEED)
    samples = [figures(sums(draw.choices(rows, k=len(rows)))) for _ in range(_SAMPLES)]
    return {name: _ends([sample[name] for sample in samples]) for name in samples[0]}


def _ends(values: list[float]) -> list[float]:
    values.sort()
    return [values[round(tail * (len(values) - 1))] for tail in _TAILS]
