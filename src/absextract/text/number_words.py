"""Numbers in several words: "two thousand three hundred and five"."""

from __future__ import annotations

from decimal import Decimal

__all__ = ["goes_on_in_words"]

_STEPS = (100, 10**3, 10**6, 10**9)


def goes_on_in_words(first: Decimal, second: Decimal) -> bool:
    """Whether a number in words, "two thousand", is followed by the rest of it, "three hundred" or "and five"."""
    step = next((step for step in _STEPS if second < step), 10**12)
    return second >= 1 and first % step == 0
