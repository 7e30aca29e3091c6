"""When two values are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.evaluation.matching import plain_name, same_name, same_score, same_url


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SQuAD 2.0", "squad 2.0"),
        ("the Kestrel framework", "Kestrel framework"),
        ("$\\alpha$-divergence", "alpha divergence"),
        ("mean-field theory.", "Mean field theory"),
    ],
)
def test_names_are_the_same_in_other_clothes(one: str, other: str) -> None:
    assert same_name(one, other, exact=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("multimodal mathematical reasoning", "mathematical reasoning", True),  # 2 * 2 / 5 = 0.8
        ("GapPairs dataset of pairs", "GapPairs dataset", False),  # 2 * 2 / 6 = 0.667, just not enough
        ("graph learning", "graph theory", False),
        ("", "", False),
        ("...", "...", False),
    ],
)
def test_names_may_share_most_of_their_words(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) == same
    assert not same_name(one, other, exact=True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("76\\%", "76%"),
        ("76 percent", "76%"),
        ("1{,}000", "1,000"),
        ("$\\sim$5%", "5 %"),
        ("twice", "2x"),
        ("1.5-3 times", "1.5--3x"),
        ("−0.3", "-0.3"),
        (".5", "0.50"),
    ],
)
def test_scores_are_the_same_in_other_clothes(one: str, other: str) -> None:
    assert same_score(one, other)


@pytest.mark.parametrize(
    ("one", "other"), [("76%", "76"), ("76%", "67%"), ("10-20%", "10%"), ("2x", "2%"), ("1,5", "15")]
)
def test_other_numbers_and_units_are_other_scores(one: str, other: str) -> None:
    assert not same_score(one, other)


def test_a_missing_times_is_forgiven_unless_exact() -> None:
    assert same_score("2x", "2")
    assert not same_score("2x", "2", exact=True)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://github.com/a/b", "http://www.github.com/a/b/", True),
        ("https://github.com/a/b.git", "github.com/A/B.", True),
        ("https://github.com/a/b_c", "https: //github.com/ a/b\\_c", True),
        ("https://github.com/a/b", "https://github.com/a/bc", False),
    ],
)
def test_urls(one: str, other: str, same: bool) -> None:
    assert same_url(one, other) == same


@given(st.text(), st.text())
def test_matching_is_symmetric_and_never_raises(one: str, other: str) -> None:
    for same in (same_name, same_score):
        for exact in (False, True):
            assert same(one, other, exact=exact) == same(other, one, exact=exact)
    assert same_url(one, other) == same_url(other, one)
    assert not plain_name(one) or same_name(one, one, exact=True)
