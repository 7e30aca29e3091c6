"""Shares of things that come in papers, and between which ends they lie."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf, pi, sqrt, tan

__all__ = ["share", "share_interval"]

_Z = 1.959963984540054  # 95%


def share(papers: Iterable[tuple[int, int]]) -> float | None:
    """The share of what is right; None where there is nothing.

    Args:
        papers: of each paper how many are right, and how many there are.
    """
    rows = list(papers)
    right, given = sum(row[0] for row in rows), sum(row[1] for row in rows)
    return right / given if given else None


def share_interval(papers: Iterable[tuple[int, int]]) -> tuple[float, float] | None:
    """The ends of the 95% interval of a share; None where there is nothing.

    Wilson's score interval (Wilson 1927) at the effective sample size of Korn and Graubard (1998): the values of one
    paper are right or wrong together, so that they tell less than as many from different papers (design effect of the
    ratio estimator), and few papers tell little of how much less (Student's t at one degree fewer than papers). Where
    all are right, it still has a width.
    """
    rows = [row for row in papers if row[1]]
    right, given = sum(row[0] for row in rows), sum(row[1] for row in rows)
    if not given:
        return None
    p = right / given
    size = max(1.0, given / _design_effect(rows, p, given) * (_Z / _student(len(rows) - 1)) ** 2)
    middle, width = p + _Z**2 / (2 * size), _Z * sqrt(p * (1 - p) / size + _Z**2 / (4 * size**2))
    scale = 1 + _Z**2 / size
    return max(0.0, (middle - width) / scale), min(1.0, (middle + width) / scale)


def _design_effect(rows: list[tuple[int, int]], p: float, given: int) -> float:
    """By how much the variance is that of fewer values than there are."""
    count, alone = len(rows), p * (1 - p) / given
    if count < 2 or not alone:
        return 1.0
    apart = sum((right - p * size) ** 2 for right, size in rows)
    return max(1.0, count / (count - 1) * apart / given**2 / alone)


def _student(freedom: int) -> float:
    """The 97.5% quantile of Student's t: exact for two degrees of freedom and less, else by Fisher's expansion."""
    if freedom <= 0:
        return inf
    if freedom == 1:
        return tan(0.475 * pi)
    if freedom == 2:
        return 0.95 / sqrt(2 * 0.975 * 0.025)
    z = _Z
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )
