"""The words that hedge a number: "up to 5%", "about 5%", "more than 5%"."""

from __future__ import annotations

__all__ = ["HEDGES"]

HEDGES = (
    r"up to|as (?:much|high|low) as|over|about|around|roughly|approximately|nearly|almost|merely|only|just|more than"
    r"|less than|greater than|fewer than|well over|at least|at most"
)
"""Alternatives of a regular expression, without the white space around them."""
