"""A score as a person reads it."""

from __future__ import annotations

from typing import Any

import pytest

from absextract.display.told_score import readable, told_score


@pytest.mark.parametrize(
    ("score", "bound", "deviation", "told"),
    [
        ("90%", ">", None, ">90%"),
        ("$90\\%$", "~", None, "~$90\\%$"),
        ("$\\mathbf{90}$", ">", None, ">$\\mathbf{90}$"),
        ("$\\sim 90$", "~", None, "$\\sim 90$"),
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


@pytest.mark.parametrize(
    ("score", "read"),
    [
        (r"83.9\%", "83.9%"),
        (r"$2.5\times$", "2.5×"),
        (r"88.4 $\pm$ 0.3", "88.4 ± 0.3"),
        (r"57\,\%", "57 %"),
        (r"1{,}000", "1,000"),
        ("10--20", "10–20"),
        (r"$\geq \mathbf{3}$", "≥ 3"),
        (r"\left", r"\left"),
        ("$5 to $6", "$5 to $6"),
        ("91.3%", "91.3%"),
    ],
)
def test_a_score_is_read_without_tex(score: str, read: str) -> None:
    assert readable(score) == read
