"""The nouns of growing and shrinking."""

from __future__ import annotations

__all__ = ["CHANGE"]

CHANGE = (
    r"(?:improvements?|increases?|decreases?|reductions?|gains?|boosts?|drops?|declines?|rises?|speed-?ups?|savings?|"
    r"degradations?|margins?|extensions?|enhancements?|overheads?|uplifts?|lifts?(?=\s(?:in|of|over)\b))"
)
"""Regular expression of any of them."""
