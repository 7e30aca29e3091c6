"""How a text hedges a number, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.text.comparisons import bound_of, comparison_before

# a text with the number between bars, its bound
HEDGED = [
    ("reaches over |90%| accuracy", ">"),
    ("more than |90%|", ">"),
    ("at least $|90\\%|$", ">"),
    ("no less than |90%|", ">"),
    ("exceeding |90%|", ">"),
    ("as low as |3%|", ">"),
    ("an accuracy (>|95%|)", ">"),
    ("$\\geq|90\\%|$", ">"),
    ("by more than a factor of |3|", ">"),
    ("improves by over a |3x| margin", ">"),
    ("|90%| or more", ">"),
    ("|90%|+ accuracy", ">"),
    ("less than |5%|", "<"),
    ("No more than |5%|", "<"),
    ("under |$20|", "<"),
    ("within |7%| of the best", "<"),
    ("by up to |3x|", "<"),
    ("gains of up to |3x|", "<"),
    ("raises it by up to |5%|", "<"),
    ("at most |5%|", "<"),
    ("as high as |90%|", "<"),
    ("p < |0.05|", "<"),
    ("|5%| or less", "<"),
    ("about |40%|", "~"),
    ("~|40%| of them", "~"),
    ("$\\sim |40\\%|$", "~"),
    ("≈|91.2|", "~"),
    ("～|91.2%|", "~"),
    ("nearly |40%|", "~"),
    ("almost a |40%| cut", "~"),
    ("approximately |12.3| points", "~"),
    ("around |40%|", "~"),
    ("up to about |40%|", "~"),
    ("from 70.6% to nearly |79.8%|", "~"),
    ("from 80% to over |90%|", ">"),
]
BARE = [
    "reaches |90%|",
    "of~|40%| on the test set",
    "2.1 points over |81.4%|",
    "a 2.3% absolute improvement over |81.4%|",
    "3% higher than |81.4%|",
    "-> |90%|",
    "<b>|90%|</b>",
    "under an hour; |90%|",
    "brings the rate up to |19.3%|",
    "from 40% up to |60%|",
    "over the 90 tasks, |60%|",
    "|90%| + 3%",
]


def read(marked: str) -> str | None:
    before, number, _ = marked.split("|")
    return bound_of(marked.replace("|", ""), len(before), len(before) + len(number))


@pytest.mark.parametrize(("marked", "bound"), HEDGED)
def test_a_hedge_around_a_number_bounds_it(marked: str, bound: str) -> None:
    assert read(marked) == bound


@pytest.mark.parametrize("marked", BARE)
def test_what_compares_leads_to_it_or_stands_elsewhere_is_no_hedge(marked: str) -> None:
    assert read(marked) is None


@pytest.mark.parametrize(
    ("before", "comparison"),
    [("over ", ">"), ("nearly ", "<"), ("about ", None), ("of ", None), ("2 points over ", ">")],
)
def test_a_comparison_takes_nearly_for_less_and_about_for_none(before: str, comparison: str | None) -> None:
    assert comparison_before(f"{before}90%", len(before)) == comparison


@given(st.text(), st.integers(0, 50), st.integers(0, 50))
def test_any_text_is_read(text: str, start: int, end: int) -> None:
    assert bound_of(text, start, end) in ("<", ">", "~", None)
