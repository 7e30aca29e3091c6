"""One canonical spelling for every unit."""

from __future__ import annotations

import re

import pytest

from absextract.text.units import SCALES, UNIT_PATTERN, canonical_unit


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("%", "%"), (r"\%", "%"), ("percent", "%"), ("per cent", "%"), ("percentage points", "points"),
        ("pp", "points"),
        ("% points", "points"), ("pts", "points"), ("x", "x"), ("×", "x"), (r"\times", "x"), ("-fold", "x"),
        ("times", "x"),
        ("ms", "ms"), ("milliseconds", "ms"), ("µs", "us"), ("h", "hours"), ("hrs", "hours"), ("fps", "FPS"),
        ("GiB", "GB"),
        ("kHz", "kHz"), ("°", "degrees"), ("dollars", "$"), ("per  cent", "%"), ("parsecs", "parsecs"), ("", ""),
    ],
)  # fmt: skip
def test_canonical_unit(written: str, unit: str) -> None:
    assert canonical_unit(written) == unit


@pytest.mark.parametrize(
    "word", ["systems", "minor", "xylophone", "mice", "sets", "hidden", "Watson", "points_to", "x86"]
)
def test_a_unit_ends_its_word(word: str) -> None:
    assert re.match(UNIT_PATTERN, word) is None


def test_case_tells_units_apart() -> None:
    assert canonical_unit("MB") == "MB"
    assert canonical_unit("mb") == "mb"


def test_scales_are_powers_of_ten() -> None:
    assert all(str(scale).strip("0") == "1" for scale in SCALES.values())
