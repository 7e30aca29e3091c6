"""Which parts of a result are given by default."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.attribution.stage import Role
from absextract.extractors.builtin.numbers.sure_parts import least_sure

Sure = Mapping[Role, float]
NAMES: tuple[Role, ...] = ("metric", "dataset", "method")
PARTS = st.dictionaries(st.sampled_from([*NAMES, "baseline", "setting"]), st.floats(0, 0.99))


def parts_given(sure: Sure, named: Sure) -> set[Role]:
    least = least_sure(sure, named)
    assert least.keys() == sure.keys()
    return {role for role, bar in least.items() if sure[role] >= bar}


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        ({"metric": 0.9, "dataset": 0.9, "method": 0.9}, {"metric", "dataset", "method"}),
        ({"metric": 0.97, "dataset": 0.85, "method": 0.4}, {"metric"}),
        ({"metric": 0.98, "dataset": 0.98, "method": 0.75}, {"metric", "dataset", "method"}),
        ({"metric": 0.98, "dataset": 0.6, "method": 0.75}, {"metric"}),
        ({"metric": 0.5, "dataset": 0.98, "method": 0.98}, {"dataset", "method"}),
        ({"metric": 0.97, "baseline": 0.9}, {"metric"}),
        ({"metric": 0.97, "baseline": 0.98}, {"metric", "baseline"}),
        ({"setting": 0.65}, {"setting"}),
        ({"setting": 0.55}, set()),
        ({}, set()),
    ],
)
def test_a_part_counts_for_more_where_the_others_are_sure(sure: Sure, expected: set[Role]) -> None:
    assert parts_given(sure, dict.fromkeys(NAMES, 1.0)) == expected


def test_a_text_that_may_name_no_dataset_needs_none_to_be_whole() -> None:
    sure: Sure = {"metric": 0.95, "dataset": 0.3, "method": 0.85}
    assert parts_given(sure, {"metric": 1.0, "dataset": 0.3, "method": 1.0}) == {"metric", "method"}
    assert parts_given(sure, {"metric": 1.0, "dataset": 0.95, "method": 1.0}) == {"metric"}


@given(sure=PARTS)
def test_a_surer_part_is_given_where_a_less_sure_one_is(sure: dict[Role, float]) -> None:
    named = dict.fromkeys(NAMES, 0.9)
    for role in parts_given(sure, named):
        surer: dict[Role, float] = {**sure, role: min(0.995, sure[role] + 0.05)}
        assert role in parts_given(surer, named)
    assert all(0 <= bar <= 1 for bar in least_sure(sure, named).values())
