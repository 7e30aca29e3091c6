"""A score as a person reads it: with the bound and the deviation that the text has around it."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["SCORE_PARTS", "told_score"]

SCORE_PARTS = frozenset({"value", "upper", "unit", "deviation", "bound", "own"})
"""Beside a score, which says the same; and whose it is, as its method says."""
_FIRST_DIGIT = re.compile(r"\d")
_HEDGE = re.compile(r"[A-Za-z<>~∼≈≃≤⩽≥⩾]")
_DEVIATES = re.compile(r"±|\\pm|\+/?-")
_MOST = 1e18


def told_score(score: str, bound: Any, deviation: Any) -> str:
    """The score with its bound in front and its deviation behind, where it does not say them itself: ">90%".

    Args:
        score: as it was copied.
        bound: as it stands in a record, whoever wrote it.
        deviation: the same.
    """
    digit = _FIRST_DIGIT.search(score)
    is_hedged = bool(digit and _HEDGE.search(score, 0, digit.start()))
    before = bound if bound in ("<", ">", "~") and not is_hedged else ""
    known = isinstance(deviation, int | float) and not isinstance(deviation, bool) and abs(deviation) < _MOST
    behind = f" ± {deviation:g}" if known and not _DEVIATES.search(score) else ""
    return f"{before}{score}{behind}"
