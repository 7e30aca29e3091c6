"""Which papers a person sees first: those that need eyes most, or a random sample."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..schema.marks import Quote
from .shapes import Shape, model_of, parts_of

__all__ = ["Need", "by_need", "drawn", "need_of", "values_of"]

_DOUBTFUL = 0.7  # of a value's confidence; below it, a person should look
_COST = {"error": 1.0, "warning": 0.5}
_UNLIKE = 0.5  # two runs differ, and one of them is wrong

Value = tuple[str, str]
"""Name of a field without the places in lists, and what stands there."""


@dataclass(frozen=True, slots=True)
class Need:
    """Why a person should look at a paper.

    Attributes:
        findings: errors and warnings of the validator.
        lowest: the lowest confidence of its values, None where none is known.
        unlike: values on which two runs differ.
        wrong: about how many values are wrong, as far as these tell.
    """

    findings: int
    lowest: float | None
    unlike: int
    wrong: float

    @property
    def rank(self) -> tuple[int, float]:
        """Findings first, then doubtful values, then values on which the runs differ, then the rest."""
        if self.findings:
            tier = 0
        elif self.lowest is not None and self.lowest < _DOUBTFUL:
            tier = 1
        else:
            tier = 2 if self.unlike else 3
        return tier, -self.wrong if tier < 3 else 0.0

    def told(self) -> list[str]:
        """The same in words."""
        reasons = []
        if self.findings:
            reasons.append(f"{self.findings} finding{'' if self.findings == 1 else 's'}")
        if self.lowest is not None and self.lowest < _DOUBTFUL:
            reasons.append(f"lowest confidence {self.lowest:.2f}")
        if self.unlike:
            reasons.append(f"{self.unlike} value{'' if self.unlike == 1 else 's'} on which the runs differ")
        return reasons


def need_of(row: Mapping[str, Any], unlike: int = 0) -> Need:
    """Why a person should look at a record.

    Args:
        row: the record as JSON.
        unlike: on how many values it differs from another run's record of the paper.
    """
    severities = [each.get("severity") for each in _objects(row.get("findings"))]
    costs = [_COST[each] for each in severities if each in _COST]
    known = [each.get("confidence") for each in _objects(row.get("grounding"))]
    sure = [each for each in known if isinstance(each, int | float) and 0 <= each <= 1]
    wrong = sum(costs) + sum(1 - each for each in sure) + _UNLIKE * unlike
    return Need(len(costs), min(sure, default=None), unlike, wrong)


def by_need(needs: Mapping[int, Need]) -> list[int]:
    """The papers, those that need eyes most first, equal ones as they stand."""
    return sorted(needs, key=lambda paper: (*needs[paper].rank, paper))


def drawn(papers: Sequence[int], count: int, seed: str) -> list[int]:
    """A random sample; the same for everybody who draws as many from the same records."""
    return random.Random(seed).sample(sorted(papers), min(count, len(papers)))


def values_of(extraction: Any, shape: Shape, field: str = "") -> Iterator[Value]:
    """The marked texts of an extraction with the names of their fields; quotes are chosen freely and left out."""
    if shape.kind == "text" and isinstance(extraction, str) and not isinstance(shape.mark, Quote):
        yield field, " ".join(extraction.split())
    elif shape.kind == "object" and isinstance(extraction, dict):
        for part in parts_of(model_of(shape.models, extraction)):
            yield from values_of(extraction.get(part.key), part.shape, f"{field}/{part.key}")
    elif shape.inner and isinstance(extraction, dict | list):
        for item in extraction.values() if isinstance(extraction, dict) else extraction:
            yield from values_of(item, shape.inner, field)


def _objects(value: Any) -> Iterable[dict[str, Any]]:
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else ()
