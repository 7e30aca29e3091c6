"""Sums of weights are exact, since the built-in `sum` of Python 3.12 rounds otherwise than that of 3.11.

At a threshold of a tree the last bit decides, and the same input gave another confidence.
"""

from __future__ import annotations

import pytest

from absextract.attribution.boosted_trees import BoostedTrees
from absextract.extractors.builtin.names.model import FieldRanker
from absextract.text.outcome_numbers import CueWeights

LARGE = 1e16  # beside it, 1 is rounded away


def test_cues_of_numbers_are_added_exactly() -> None:
    assert CueWeights(1.0, {"a": LARGE, "b": 1.0, "c": -LARGE}).score(["a", "b", "c"]) == 2.0


def test_weights_of_names_are_added_exactly() -> None:
    ranker = FieldRanker([LARGE, 1.0, -LARGE], bias=-1.0, first=0.5, further=0.5, most=1)
    assert ranker.probability([1.0, 1.0, 1.0]) == 0.5


def test_leaves_of_trees_are_added_exactly() -> None:
    assert BoostedTrees(-1.0, (LARGE, 1.0, -LARGE)).highest([]) == 0.5


def test_a_row_in_trees_without_branches_is_as_likely_as_can_be() -> None:
    trees = BoostedTrees(0.25, (0.5, -0.125))
    assert trees.probability([]) == pytest.approx(trees.highest([]))
