"""What may be the metric of an outcome."""

from __future__ import annotations

import re

import pytest

from absextract.extractors.builtin.numbers.metric_candidates import find_candidates_of


def candidates(text: str, score: str) -> list[str]:
    start = text.index(score)
    return [
        candidate.text for candidate in find_candidates_of(text, (0, len(text)), (start, start + len(score)), [], [])
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("We raise a 13B open model to 31.0%.", "31.0%"),
        ("We lower the cost per mAh by 12.5%.", "12.5%"),
        ("The share of failedRuns falls to 3.5%.", "3.5%"),
        ("Our rate of failed runs improves by 4.5%.", "4.5%"),
    ],
)
def test_no_candidate_is_cut_out_of_a_word(text: str, score: str) -> None:
    found = candidates(text, score)
    assert found
    assert [name for name in found if not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text)] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("We lower the share of failed runs to 3.5%.", "share of failed runs"),
        ("We lower the cost per token to 3.5%.", "cost per token"),
        ("The grasp success falls to 3.5%.", "grasp success"),
    ],
)
def test_phrases_are_offered_whole(text: str, name: str) -> None:
    assert name in candidates(text, "3.5%")
