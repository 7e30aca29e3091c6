"""Several weights in one integer, so that one addition adds them all.

A weight is a whole number of hundredths and has 20 bits for itself: room for the sum of a hundred weights of up to 50,
more than any run of words has features.
"""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["HUNDREDTH", "above", "pack", "unpack"]

HUNDREDTH = 0.01
_BITS = 20
_MASK = (1 << _BITS) - 1
_HALF = 1 << (_BITS - 1)
_SHIFTS = [range(0, _BITS * number, _BITS) for number in range(16)]
_HALVES = [sum(_HALF << shift for shift in shifts) for shifts in _SHIFTS]


def pack(hundredths: Iterable[int]) -> int:
    """The integer that holds weights, given in hundredths."""
    return sum(weight << (_BITS * i) for i, weight in enumerate(hundredths))


def unpack(packed: int, number: int) -> tuple[float, ...]:
    """The `number` sums that a sum of packed weights holds."""
    shifted = packed + _HALVES[number]
    return tuple([(((shifted >> shift) & _MASK) - _HALF) * HUNDREDTH for shift in _SHIFTS[number]])


def above(hundredths: int, number: int) -> tuple[int, int]:
    """What tells at once whether any of the first `number` sums is above a level.

    With `(lift, signs)`, one of them is where `(packed + lift) & signs` is not zero.
    """
    signs = _HALVES[number]
    return pack([-hundredths - 1] * number) + _HALVES[-1], signs
