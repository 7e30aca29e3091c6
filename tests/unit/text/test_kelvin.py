"""A K right behind a number is kelvin or a thousand by the words around it, and neither where they do not tell."""

from __future__ import annotations

import pytest

from absextract.text.kelvin import is_kelvin
from absextract.text.score_reading import read_score

KELVIN = [
    "The tide pool freezes at 260K.", "Mussel shells were annealed at 700K.", "It superconducts below 39K.",
    "a brown dwarf of 900K", "stars with Teff of 5800K", "magnetization at 5K", "liquid nitrogen (77K)",
    "a 4K refrigerator", "the resistivity at 20K", "dust of 18K",
]  # fmt: skip
THOUSANDS = [
    "a vocabulary of 32K", "32K tokens", "we label 15K posts", "a price of $55K", "8K classes", "64K entries",
    "trained for 300K steps", "10K sentences", "20K lines",
]  # fmt: skip
UNCLEAR = ["It was 32K here.", "32K", "about 12K, then less"]


def kelvin(text: str) -> bool | None:
    end = text.index("K", next(i for i, sign in enumerate(text) if sign.isdigit())) + 1
    start = end - 1
    while start and text[start - 1].isdigit():
        start -= 1
    return is_kelvin(text, start, end)


@pytest.mark.parametrize("text", KELVIN)
def test_kelvin_where_something_is_warm_or_cold(text: str) -> None:
    assert kelvin(text) is True


@pytest.mark.parametrize("text", THOUSANDS)
def test_thousands_where_something_is_counted(text: str) -> None:
    assert kelvin(text) is False


@pytest.mark.parametrize("text", UNCLEAR)
def test_neither_where_nothing_tells(text: str) -> None:
    assert kelvin(text) is None


@pytest.mark.parametrize(
    ("score", "evidence", "read"),
    [
        ("300K–600K", "heated to 300K–600K", (300.0, 600.0, "K")),
        ("300–600K", "heated to 300–600K", (300.0, 600.0, "K")),
        ("32K", "it was 32K here", (None, None, None)),
        ("32K", "a context of 32K tokens", (32000.0, None, None)),
    ],
)
def test_the_value_of_a_score(score: str, evidence: str, read: tuple[float | None, float | None, str | None]) -> None:
    found = read_score(score, evidence)
    assert (found.value, found.upper, found.unit) == read
