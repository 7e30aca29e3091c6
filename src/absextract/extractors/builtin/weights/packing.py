"""Several weights in one integer, so that one addition adds them all.

A weight is a whole number of hundredths and has 32 bits for itself, as many as a machine's integers, so that sums are
read out as such.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from itertools import chain

__all__ = ["HUNDREDTH", "LANES", "above", "pack", "pack_columns", "unpack"]

HUNDREDTH = 0.01
LANES = 7
"""Weights in one integer."""
_BITS = 32
_HALF = 1 << (_BITS - 1)
_BYTES = LANES * _BITS // 8
_INTEGERS = struct.Struct(f"<{LANES}i")


def _halves(number: int) -> int:
    return sum(_HALF << (_BITS * i) for i in range(number))


_HALVES = _halves(LANES)


def pack(hundredths: Iterable[int]) -> int:
    """The integer that holds up to `LANES` weights, given in hundredths."""
    weights = tuple(hundredths)
    if len(weights) < LANES:
        weights += (0,) * (LANES - len(weights))
    return _joined(_INTEGERS.pack(*weights))


def pack_columns(columns: Sequence[Sequence[int]]) -> list[int]:
    """The same as `pack` for each row of `LANES` columns of equal length."""
    integers = list(chain.from_iterable(zip(*columns, strict=True)))
    data = struct.pack(f"<{len(integers)}i", *integers)
    rows = (data[start : start + _BYTES] for start in range(0, len(data), _BYTES))
    return list(map(_joined, rows))


def _joined(row: bytes) -> int:
    """One integer of those that stand in a row, so that a negative one borrows from the next."""
    return (int.from_bytes(row, "little") ^ _HALVES) - _HALVES


def unpack(packed: int) -> tuple[int, ...]:
    """The `LANES` sums, in hundredths, that a sum of packed weights holds."""
    # Adding and taking away the sign bits leaves each sum as its own two's complement.
    return _INTEGERS.unpack(((packed + _HALVES) ^ _HALVES).to_bytes(_BYTES, "little"))


def above(levels: Sequence[int]) -> tuple[int, int]:
    """What tells at once whether any of the first sums is above its level, in hundredths.

    With `(lift, signs)`, one of them is where `(packed + lift) & signs` is not zero.
    """
    return pack([-level - 1 for level in levels]) + _HALVES, _halves(len(levels))
