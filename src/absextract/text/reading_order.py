"""Which name goes with which number by the order in which a sentence goes through them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

__all__ = ["paired_in_order"]

_NUMBER = ""


def paired_in_order(names: Sequence[tuple[int, str]], numbers: Sequence[int], *, lists: bool) -> dict[int, str]:
    """Pairs numbers with names where the order leaves one reading, else says nothing.

    There is one where names and numbers take turns ("A reaches 93.7, B 28.4", "93.7 and 91.2 on A, 28.4 and 27.0
    on B": as many numbers to each name), and where as many names as numbers stand behind one another.

    Args:
        names: where each begins, and the name.
        numbers: where each begins.
        lists: whether to read two lists in order ("93.7 F1 and 28.4 BLEU on A and B").

    Returns:
        For each number, by where it begins, its name; empty where the order does not tell.
    """
    in_order = sorted([*names, *((at, _NUMBER) for at in numbers)])
    # a name that is said twice before a number comes is one
    tokens = in_order[:1] + [b for a, b in pairwise(in_order) if b[1] == _NUMBER or b[1] != a[1]]
    runs = [list(run) for _, run in groupby(tokens, key=lambda token: token[1] == _NUMBER)]
    name_runs = [run for run in runs if run[0][1] != _NUMBER]
    number_runs = [run for run in runs if run[0][1] == _NUMBER]
    if len(runs) == 2 and lists and 1 < len(name_runs[0]) == len(number_runs[0]):
        return {at: name for (at, _), (_, name) in zip(number_runs[0], name_runs[0], strict=True)}
    if len(runs) < 4 or len(name_runs) != len(number_runs):
        return {}
    if any(len(run) > 1 for run in name_runs) or len({len(run) for run in number_runs}) > 1:
        return {}
    return {at: name for run, [(_, name)] in zip(number_runs, name_runs, strict=True) for at, _ in run}
