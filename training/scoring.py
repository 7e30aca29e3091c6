"""The rules by which extractions are scored: one to one, by equal words or a token F1 of 0.67."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

__all__ = ["Counts", "Surfaces", "count_matches", "required_and_optional", "same_name"]

Surfaces = list[str]
"""The accepted texts of one thing."""

_ENOUGH = 0.67


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


def normal(name: str) -> str:
    """A name without case, LaTeX escapes, punctuation and article."""
    name = re.sub(r"[\\${}]", "", name.lower())
    name = re.sub(r"[^\w%.+]+", " ", name).strip(" .")
    return re.sub(r"^(?:the|a|an|our) ", "", name).strip()


def same_name(name: str, other: str) -> bool:
    """Whether two surfaces are taken for the same thing."""
    name, other = normal(name), normal(other)
    if not name or not other:
        return False
    words, others = Counter(name.split()), Counter(other.split())
    shared = sum((words & others).values())
    return name == other or 2 * shared / (words.total() + others.total()) >= _ENOUGH


def required_and_optional(items: Iterable[Any]) -> tuple[list[Surfaces], list[Surfaces]]:
    """The items of a field: of an answer each one text and required, of gold as they say."""
    required: list[Surfaces] = []
    optional: list[Surfaces] = []
    for item in items:
        if isinstance(item, str):
            required.append([item])
        else:
            (optional if item.get("optional") else required).append(item["any_of"])
    return required, optional


def count_matches(items: Iterable[Any], names: list[str], same: Callable[[str, str], bool] = same_name) -> Counts:
    """How names compare with the items of an answer or of gold; optional items cost nothing either way."""
    required, optional = required_and_optional(items)
    used: set[int] = set()
    right = 0
    for is_required, surfaces in [(True, s) for s in required] + [(False, s) for s in optional]:
        hit = next((i for i, name in enumerate(names) if i not in used and any(same(s, name) for s in surfaces)), None)
        if hit is not None:
            used.add(hit)
            right += is_required
    # a second surface of what was found already is neither right nor wrong
    everything = [surface for surfaces in required + optional for surface in surfaces]
    wrong = sum(i not in used and not any(same(s, name) for s in everything) for i, name in enumerate(names))
    return Counts(right, wrong, len(required) - right)
