"""Trees against sums done by hand."""

from __future__ import annotations

from math import exp, inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.attribution.boosted_trees import BoostedTrees

TREES = BoostedTrees.from_json(
    {"start": -0.5, "trees": [[0, 1.0, 0.25, [1, 10.0, 2.0, -3.0]], [1, 5.0, 0.5, 0.0], 0.125]}
)
"""The first feature up to 1, else the second up to 10; the second up to 5; a leaf alone."""


@pytest.mark.parametrize(
    ("row", "odds"),
    [
        ((0.0, 0.0), -0.5 + 0.25 + 0.5 + 0.125),
        ((1.0, 6.0), -0.5 + 0.25 + 0.0 + 0.125),
        ((1.5, 10.0), -0.5 + 2.0 + 0.0 + 0.125),
        ((1.5, 10.1), -0.5 - 3.0 + 0.0 + 0.125),
        ((inf, 5.0), -0.5 + 2.0 + 0.5 + 0.125),
    ],
)
def test_a_row_falls_into_one_leaf_of_each_tree(row: tuple[float, float], odds: float) -> None:
    assert TREES.probability(row) == pytest.approx(1 / (1 + exp(-odds)))


def test_no_trees_give_what_all_rows_start_with() -> None:
    assert BoostedTrees(0.0, ()).probability([1.0]) == 0.5


@pytest.mark.parametrize(("leaf", "probability"), [(1e6, 1.0), (-1e6, 0.0)])
def test_odds_of_any_size_give_a_probability(leaf: float, probability: float) -> None:
    assert BoostedTrees(0.0, (leaf,)).probability([]) == pytest.approx(probability, abs=1e-9)


def test_what_is_no_number_goes_where_high_values_go() -> None:
    assert TREES.probability((nan, nan)) == TREES.probability((2.0, 11.0))


@pytest.mark.parametrize(
    ("row", "odds"),
    [
        ((nan, nan), -0.5 + 2.0 + 0.5 + 0.125),
        ((0.0, nan), -0.5 + 0.25 + 0.5 + 0.125),
        ((nan, 6.0), -0.5 + 2.0 + 0.0 + 0.125),
        ((nan, 11.0), -0.5 + 0.25 + 0.0 + 0.125),
    ],
)
def test_the_highest_probability_is_that_of_the_best_leaf_of_each_tree(row: tuple[float, float], odds: float) -> None:
    assert TREES.highest(row) == pytest.approx(1 / (1 + exp(-odds)))


_VALUES = st.floats(-1, 12)


@given(st.tuples(_VALUES, _VALUES), st.tuples(st.booleans(), st.booleans()))
def test_no_row_is_likelier_than_the_highest_of_what_is_known_of_it(
    row: tuple[float, float], known: tuple[bool, bool]
) -> None:
    told = [value if is_known else nan for value, is_known in zip(row, known, strict=True)]
    assert TREES.probability(row) <= TREES.highest(told) + 1e-12
    assert TREES.highest(row) == pytest.approx(TREES.probability(row))
