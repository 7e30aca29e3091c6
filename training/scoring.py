"""The rules by which extractions are scored: one to one, by equal words or a token F1 of 0.67."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from answered import Name

__all__ = ["Counts", "count_matches", "is_right", "is_well_said", "same_name"]

_ENOUGH = 0.67
_BEST = 3
"""So many of the texts of a name are good ones; the others are accepted."""


@dataclass
class Counts:
    """Right, wrong and missing ones, each weighed."""

    right: float = 0.0
    wrong: float = 0.0
    missing: float = 0.0

    def add(self, other: Counts, weight: float = 1.0) -> None:
        """Adds counts of a paper that stands for `weight` papers."""
        self.right += weight * other.right
        self.wrong += weight * other.wrong
        self.missing += weight * other.missing

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1e-9)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missing, 1e-9)

    def f1(self, wrong_counts: float = 1.0) -> float:
        """Their F1, a wrong one counting less than fully where that is asked for."""
        return 2 * self.right / max(2 * self.right + wrong_counts * self.wrong + self.missing, 1e-9)


@cache
def normal(name: str) -> str:
    """A name without case, LaTeX escapes, punctuation and article."""
    name = re.sub(r"[\\${}]", "", name.lower())
    name = re.sub(r"[^\w%.+]+", " ", name).strip(" .")
    return re.sub(r"^(?:the|a|an|our) ", "", name).strip()


@cache
def same_name(name: str, other: str) -> bool:
    """Whether two surfaces are taken for the same thing."""
    name, other = normal(name), normal(other)
    if not name or not other:
        return False
    words, others = Counter(name.split()), Counter(other.split())
    shared = sum((words & others).values())
    return name == other or 2 * shared / (words.total() + others.total()) >= _ENOUGH


def is_well_said(text: str, names: Sequence[Name]) -> bool | None:
    """What is learned of a text: right where it is one of the best texts of a name; None where it is accepted only."""
    best = [Name(name.texts[:_BEST]) for name in names if not name.optional]
    return True if is_right(text, best) else None if is_right(text, names) is not False else False


def is_right(text: str, names: Sequence[Name]) -> bool | None:
    """Whether a text is one of the names: None where it is one that nobody demands."""
    fitting = [name.optional for name in names if any(same_name(accepted, text) for accepted in name.texts)]
    if not fitting:
        return False
    return None if all(fitting) else True


@cache
def count_matches(names: tuple[Name, ...], found: tuple[str, ...]) -> Counts:
    """How texts found compare with the names of a paper; optional names cost nothing either way."""
    used: set[int] = set()
    right = 0
    for name in sorted(names, key=lambda name: name.optional):
        hit = next((i for i, text in enumerate(found) if i not in used and is_right(text, [name]) is not False), None)
        if hit is not None:
            used.add(hit)
            right += not name.optional
    # a second text of what was found already is neither right nor wrong
    wrong = sum(i not in used and is_right(text, names) is False for i, text in enumerate(found))
    return Counts(right, wrong, sum(not name.optional for name in names) - right)
