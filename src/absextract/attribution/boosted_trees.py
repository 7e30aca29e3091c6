"""Probabilities from boosted decision trees, read from JSON and asked without a library."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, fsum, isnan
from typing import Any

__all__ = ["BoostedTrees"]

Node = float | tuple[int, float, Any, Any]
"""A leaf's log odds; or a feature, the highest value that goes to the first node, and two nodes."""
_HIGHEST_ODDS = 30.0


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """The sum of the leaves that a row falls into, and of what all rows start with, as log odds."""

    start: float
    trees: tuple[Node, ...]

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> BoostedTrees:
        """The trees that a parsed file describes."""
        return cls(data["start"], tuple(_node(tree) for tree in data["trees"]))

    def probability(self, row: Sequence[float]) -> float:
        """How likely a row is right, 0 to 1."""
        odds = self.start
        for node in self.trees:
            while type(node) is tuple:
                feature, most, low, high = node
                node = low if row[feature] <= most else high
            odds += node  # type: ignore[operator]  # a leaf
        return _probability(odds)

    def highest(self, row: Sequence[float]) -> float:
        """What no row can be likelier than that has these values; nan stands for any value."""
        return _probability(fsum([self.start, *(_highest(tree, row) for tree in self.trees)]))


def _probability(odds: float) -> float:
    return 1 / (1 + exp(-max(-_HIGHEST_ODDS, min(_HIGHEST_ODDS, odds))))


def _highest(node: Node, row: Sequence[float]) -> float:
    """The highest leaf that a row can fall into."""
    if not isinstance(node, tuple):
        return node
    feature, most, low, high = node
    if isnan(row[feature]):
        return max(_highest(low, row), _highest(high, row))
    return _highest(low if row[feature] <= most else high, row)


def _node(data: Any) -> Node:
    if not isinstance(data, list):
        return float(data)
    feature, threshold, low, high = data
    return feature, threshold, _node(low), _node(high)
