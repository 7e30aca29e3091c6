"""How likely a value is right that so many of so many answers have."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import product

__all__ = ["chances"]

Votes = tuple[int, int]
"""How many answers have a value, and how many there are."""

# What a model may be like: how often an answer has a value that is true, how often it has a certain false one, and the
# share of true ones among all values. Each combination counts as much as the votes of the paper bear it out.
_TRUE = (0.6, 0.7, 0.8, 0.9, 0.95, 0.98)
_FALSE = (0.01, 0.03, 0.06, 0.1, 0.2)
_SHARE = (0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
_KINDS = list(product(_TRUE, _FALSE, _SHARE))

_NEVER_SEEN = 0.98
"""What all answers say may still be false: they come from one model. A good one errs so often that nobody notices."""


def chances(votes: Iterable[Votes]) -> Mapping[Votes, float]:
    """For each number of votes that occurs, the probability that a value with them is right.

    The values of one paper are taken for draws from two kinds, true and false, each with its own chance to be in an
    answer; what no answer has is not seen (a mixture of two zero-truncated binomials). The probability is the mean
    over what the model may be like, each weighed with the likelihood of the votes. It grows with the votes.

    Args:
        votes: of every value that some answer has.
    """
    counted = Counter(votes)
    total: Counter[Votes] = Counter()
    weights = []
    for kind in _KINDS:
        seen = {vote: _seen(vote, *kind) for vote in counted}
        weights.append((math.fsum(n * math.log(a + b) for vote, n in counted.items() for a, b in [seen[vote]]), seen))
    most = max((log for log, _ in weights), default=0.0)
    whole = math.fsum(math.exp(log - most) for log, _ in weights)
    for log, seen in weights:
        for vote, (right, wrong) in seen.items():
            total[vote] += math.exp(log - most) / whole * right / (right + wrong)  # type: ignore[assignment]  # a Counter of floats
    return {vote: round(_NEVER_SEEN * chance, 4) for vote, chance in total.items()}


def _seen(vote: Votes, true: float, false: float, share: float) -> tuple[float, float]:
    """The probability of so many votes, at least one, for a true value and for a false one."""
    have, asked = vote
    right, wrong = (
        math.comb(asked, have) * chance**have * (1 - chance) ** (asked - have) / (1 - (1 - chance) ** asked)
        for chance in (true, false)
    )
    return share * right, (1 - share) * wrong
