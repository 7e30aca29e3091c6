"""A score as a person reads it: without the signs of TeX, with the bound and the deviation of the text around it.

`report/cards.js` has the same patterns for the values of a paper; a test holds them together.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["SCORE_PARTS", "plain_score", "told_score"]

SCORE_PARTS = frozenset({"value", "upper", "unit", "deviation", "bound", "own"})
"""Beside a score, which says the same; and whose it is, as its method says."""
_FIRST_DIGIT = re.compile(r"\d")
_HEDGE = re.compile(r"[A-Za-z<>~∼≈≃≤⩽≥⩾]")
_DEVIATES = re.compile(r"±|\\pm|\+/?-")
_MOST = 1e18
_TEX = (
    (r"\$([^$]*)\$", r"\1"),
    (r"\\times", "×"),
    (r"\\pm", "±"),
    (r"\\(?:sim|approx)", "~"),
    (r"\\([%#&_])", r"\1"),
    (r"\{,\}", ","),
    (r"(\d)--(\d)", r"\1–\2"),
)


def plain_score(score: str) -> str:
    r"""The score without signs of TeX: `83.9%` of `83.9\%`."""
    if "\\" in score or "$" in score or "--" in score or "{" in score:
        for signs, instead in _TEX:
            score = re.sub(signs, instead, score)
    return score


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
