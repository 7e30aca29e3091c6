"""Candidates: every run of words in title and abstract that may name a task, method, dataset or metric."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ....reading.tokens import Tokens
from ....reading.word_facts import NEITHER, STANDS

__all__ = ["LONGEST", "Place", "lengths_of_runs", "places"]

Place = tuple[int, int]
"""Half-open interval of tokens."""

_BLANKS = frozenset((" ", "  ", "\n"))
LONGEST = 5
"""So many words has a name at most."""


def places(tokens: Tokens) -> Iterator[tuple[int, list[int]]]:
    """Where runs of up to five words begin that begin and end as names do, and where those that begin there end.

    A run holds at most one joining word.
    """
    for first, lengths in lengths_of_runs(tokens):
        yield first, [first + length for length in lengths]


def lengths_of_runs(tokens: Tokens) -> list[tuple[int, tuple[int, ...]]]:
    """The same as `places`, with the numbers of words in place of the ends."""
    # One character for each token, so that a slice of them tells how runs go on.
    parts = [part if gap in _BLANKS else NEITHER for part, gap in zip(tokens.parts, tokens.gaps, strict=True)]
    behind = "".join(parts)
    return [
        (first, _lengths(behind[first + 1 : first + LONGEST]))
        for first, part in enumerate(tokens.parts)
        if part == STANDS
    ]


@cache  # there are 121
def _lengths(behind: str) -> tuple[int, ...]:
    """How many words the runs have that begin before some tokens, given by what these are to a run."""
    lengths = [1]
    joined = False
    for length, part in enumerate(behind, start=2):
        if part == STANDS:
            lengths.append(length)
        elif joined or part == NEITHER:
            break
        else:
            joined = True
    return tuple(lengths)
