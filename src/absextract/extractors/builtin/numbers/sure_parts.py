"""How sure each part of a result must be to be given by default.

A result is whole where its metric, dataset and method are right, and false where any part is. A part is given where the
result gains by it: what is more likely to become whole outweighs what is more likely to become false. So a part counts
for more where the others are sure, and stays out where the result could not be whole anyway.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import fsum, prod

from ....attribution.stage import Role

__all__ = ["SURE_SETTING", "least_sure"]

_MAKES_WHOLE: tuple[Role, ...] = ("metric", "dataset", "method")
_MAKES_FALSE: tuple[Role, ...] = (*_MAKES_WHOLE, "baseline")
_COST_OF_FALSE = 2.4
"""What a false result costs, where one that is whole is worth 1."""
_WORTH: Mapping[Role, float] = {"metric": 0.7, "dataset": 0.1, "method": 0.1, "baseline": 0.1}
"""What a right part is worth by itself."""
SURE_SETTING = 0.6
"""A setting makes no result whole or false, so it is weighed alone."""


def least_sure(sure: Mapping[Role, float], named: Mapping[Role, float]) -> dict[Role, float]:
    """For each part of a result the probability from which it is given, 0 to 1.

    Args:
        sure: for each part that may be given how likely it is right.
        named: for each role how likely the text names one at all.
    """
    told = [role for role in _MAKES_FALSE if role in sure]
    best = max(_choices(told), key=lambda given: _gain(given, sure, named))
    least = {role: _bar(role, [each for each in best if each != role], sure, named) for role in told}
    return least | ({"setting": SURE_SETTING} if "setting" in sure else {})


def _choices(roles: Sequence[Role]) -> Iterator[list[Role]]:
    for given in product((True, False), repeat=len(roles)):
        yield [role for role, is_given in zip(roles, given, strict=True) if is_given]


def _gain(given: Sequence[Role], sure: Mapping[Role, float], named: Mapping[Role, float]) -> float:
    whole = prod(_right(role, role in given, sure, named) for role in _MAKES_WHOLE)
    false = 1 - prod(sure[role] for role in given)
    return whole - _COST_OF_FALSE * false + fsum(_WORTH[role] * sure[role] for role in given)


def _bar(role: Role, others: Sequence[Role], sure: Mapping[Role, float], named: Mapping[Role, float]) -> float:
    """The probability at which the result gains as much with a part as without, beside other parts that are given."""
    lost = _COST_OF_FALSE * prod(sure[other] for other in others)
    if role not in _MAKES_WHOLE:
        return lost / (lost + _WORTH[role])
    whole = prod(_right(each, each in others, sure, named) for each in _MAKES_WHOLE if each != role)
    return (whole * _right(role, False, sure, named) + lost) / (whole + lost + _WORTH[role])


def _right(role: Role, is_given: bool, sure: Mapping[Role, float], named: Mapping[Role, float]) -> float:
    return sure[role] if is_given else 1 - named.get(role, 0.0)
