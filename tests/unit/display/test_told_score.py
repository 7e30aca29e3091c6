"""A score as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.display.told_score import told_score


@pytest.mark.parametrize(
    ("score", "bound", "deviation", "told"),
    [
        ("90%", ">", None, ">90%"),
        ("$90\\%$", "~", None, "~$90\\%$"),
        ("twice", "~", None, "~twice"),
        ("over 90%", ">", None, "over 90%"),
        ("~90%", "~", None, "~90%"),
        ("88.4", None, 0.3, "88.4 ± 0.3"),
        ("88.4 $\\pm$ 0.3", "~", 0.3, "~88.4 $\\pm$ 0.3"),
        ("90%", None, None, "90%"),
        ("90%", "<script>", "<script>", "90%"),
        ("90%", [">"], 10**400, "90%"),
        ("90%", True, True, "90%"),
    ],
)
def test_bound_and_deviation_are_told_where_the_score_does_not(
    score: str, bound: Any, deviation: Any, told: str
) -> None:
    assert told_score(score, bound, deviation) == told
