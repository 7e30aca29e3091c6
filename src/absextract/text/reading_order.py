"""Which name goes with which number by the order in which a sentence goes through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

__all__ = ["Reading", "in_lists", "in_turns", "once_more"]

_NUMBER = ""
_LIST_STEP = 40
Token = tuple[int, str]
Reading = Callable[[Sequence[Token], Sequence[int]], dict[int, str]]


def in_turns(names: Sequence[Token], numbers: Sequence[int]) -> dict[int, str]:
    """Pairs names and numbers that take turns: "A reaches 93.7, B 28.4", "93.7 and 91.2 on A, 28.4 and 27.0 on B".

    Args:
        names: where each begins, and the name.
        numbers: where each begins.

    Returns:
        For each number, by where it begins, its name; empty where there are not as many numbers to each name.
    """
    name_runs, number_runs = _runs(names, numbers)
    if len(name_runs) < 2 or len(name_runs) != len(number_runs):
        return {}
    if any(len(run) > 1 for run in name_runs) or len({len(run) for run in number_runs}) > 1:
        return {}
    return {at: name for run, [(_, name)] in zip(number_runs, name_runs, strict=True) for at, _ in run}


def in_lists(names: Sequence[Token], numbers: Sequence[int]) -> dict[int, str]:
    """Pairs two lists of the same length, one behind the other: "93.7 F1 and 28.4 BLEU on A and B".

    Args and returns are those of `in_turns`; what stands far apart is no list.
    """
    name_runs, number_runs = _runs(names, numbers)
    if len(name_runs) != 1 or len(number_runs) != 1 or not 1 < len(name_runs[0]) == len(number_runs[0]):
        return {}
    if not all(_is_list([at for at, _ in run]) for run in (name_runs[0], number_runs[0])):
        return {}
    return {at: name for (at, _), (_, name) in zip(number_runs[0], name_runs[0], strict=True)}


def once_more(names: Sequence[Token], numbers: Sequence[int], read: Reading) -> dict[int, str]:
    """Pairs also further lists that go through the same names: "93.7 and 28.4 on A and B, against 90.1 and 27.5".

    Args and returns are those of `in_turns`; `read` is how the first numbers are paired. Every list behind the last
    name must be as long as there are names.
    """
    last_name = max((at for at, _ in names), default=0)
    first, behind = [at for at in numbers if at < last_name], [at for at in numbers if at > last_name]
    if not first:  # "on A and B 93.7 and 28.4, against 90.1 and 27.5"
        first, behind = behind[: len(names)], behind[len(names) :]
    pairs = read(names, first)
    in_order = [pairs[at] for at in first] if pairs else []
    size = len(in_order)
    lists = [behind[i : i + size] for i in range(0, len(behind), size)] if size else []
    if not lists or len(set(in_order)) < size or any(not _is_list(each) or len(each) < size for each in lists):
        return {}
    return pairs | {at: name for each in lists for at, name in zip(each, in_order, strict=True)}


def _is_list(places: Sequence[int]) -> bool:
    return all(b - a <= _LIST_STEP for a, b in pairwise(places))


def _runs(names: Sequence[Token], numbers: Sequence[int]) -> tuple[list[list[Token]], list[list[Token]]]:
    """The names and the numbers that stand together; a name that is said twice before a number comes is one."""
    in_order = sorted([*names, *((at, _NUMBER) for at in numbers)])
    tokens = in_order[:1] + [b for a, b in pairwise(in_order) if b[1] == _NUMBER or b[1] != a[1]]
    runs = [list(run) for _, run in groupby(tokens, key=lambda token: token[1] == _NUMBER)]
    return [run for run in runs if run[0][1] != _NUMBER], [run for run in runs if run[0][1] == _NUMBER]
