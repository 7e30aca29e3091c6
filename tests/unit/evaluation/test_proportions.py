"""Intervals of shares of things that come in papers."""

from __future__ import annotations

import random

import pytest

from absextract.evaluation.proportions import _student, share, share_interval


def test_nothing_has_no_share() -> None:
    assert share([]) is None
    assert share([(0, 0)]) is None
    assert share_interval([(0, 0)]) is None


@pytest.mark.parametrize(("freedom", "quantile"), [(1, 12.706), (2, 4.303), (3, 3.182), (9, 2.262), (49, 2.010)])
def test_the_quantiles_are_those_of_the_tables(freedom: int, quantile: float) -> None:
    assert _student(freedom) == pytest.approx(quantile, rel=0.01)


def test_many_papers_of_one_value_have_wilsons_interval() -> None:
    papers = [(1, 1)] * 800 + [(0, 1)] * 200
    assert share_interval(papers) == pytest.approx((0.774, 0.824), abs=0.001)


def test_one_paper_tells_next_to_nothing_however_much_it_holds() -> None:
    ends = share_interval([(60, 60)])
    assert ends is not None
    assert ends[0] < 0.3
    few, many = share_interval([(10, 10)] * 3), share_interval([(10, 10)] * 50)
    assert few is not None
    assert many is not None
    assert few[0] < 0.9 < many[0] < many[1] == 1


def test_values_that_are_right_and_wrong_together_tell_less() -> None:
    together = share_interval([(10, 10), (0, 10)] * 25)
    apart = share_interval([(5, 10)] * 50)
    assert together is not None
    assert apart is not None
    assert together[1] - together[0] > 2 * (apart[1] - apart[0])


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    """Papers of 5 to 15 values whose chance to be right differs from paper to paper, 0.85 on the average."""
    draw = random.Random(7)
    hits = 0
    for _ in range(400):
        papers = []
        for _ in range(30):
            size, chance = draw.randint(5, 15), draw.betavariate(8.5, 1.5)
            papers.append((sum(draw.random() < chance for _ in range(size)), size))
        ends = share_interval(papers)
        assert ends is not None
        hits += ends[0] <= 0.85 <= ends[1]
    assert 0.92 <= hits / 400 <= 0.99
