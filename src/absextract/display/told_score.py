"""A score as a person reads it: with its bound and its deviation, and without the signs of TeX."""

from __future__ import annotations

from typing import Any

from ..patterns import regex

__all__ = ["RESULT_ORDER", "SCORE_PARTS", "readable", "told_score"]

SCORE_PARTS = frozenset({"value", "upper", "unit", "deviation", "bound", "own"})
"""Beside a score, which says the same; and whose it is, as its method says."""
RESULT_ORDER = ("score", "metric", "dataset", "method", "baseline", "setting", "kind", "evidence")
"""The parts of a result in the order in which every view shows them."""
_FIRST_DIGIT = regex(r"\d")
_HEDGE = regex(r"[A-Za-z<>~∼≈≃≤⩽≥⩾]")
_DEVIATES = regex(r"±|\\pm|\+/?-")
_MOST = 1e18
_TEX = tuple(
    (regex(signs), instead)
    for signs, instead in (
        (r"\$(?!\s)([^$]+)(?<!\s)\$(?!\d)", r"\1"),  # but not the money of "$5 to $6"
        (r"\\(?:mathbf|mathrm|textbf|text)\{([^{}]*)\}", r"\1"),
        (r"\\times(?![a-z])", "×"),
        (r"\\pm(?![a-z])", "±"),
        (r"\\(?:sim|approx)(?![a-z])", "~"),
        (r"\\geq?(?![a-z])", "≥"),
        (r"\\leq?(?![a-z])", "≤"),
        (r"\\[,;:]", " "),
        (r"\\([%#&_$])", r"\1"),
        (r"\{,\}", ","),
        (r"(?<=\d)--(?=\d)", "–"),
    )
)


def told_score(score: str, bound: Any, deviation: Any) -> str:
    """The score with its bound in front and its deviation behind, where it does not say them itself: ">90%".

    Args:
        score: as it was copied.
        bound: as it stands in a record, whoever wrote it.
        deviation: the same.
    """
    read = readable(score)  # the letters of a font are no hedge
    digit = _FIRST_DIGIT.search(read)
    is_hedged = bool(digit and _HEDGE.search(read, 0, digit.start()))
    before = bound if bound in ("<", ">", "~") and not is_hedged else ""
    known = isinstance(deviation, int | float) and not isinstance(deviation, bool) and abs(deviation) < _MOST
    behind = f" ± {deviation:g}" if known and not _DEVIATES.search(score) else ""
    return f"{before}{score}{behind}"


def readable(score: str) -> str:
    r"""A score without the signs of TeX: `83.9\%` is `83.9%`."""
    for signs, instead in _TEX:
        score = signs.sub(instead, score)
    return score
