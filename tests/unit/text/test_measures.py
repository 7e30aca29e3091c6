"""Numbers with their whole units, in all ways they can be meant."""

from __future__ import annotations

import pytest

from absextract.text.kelvin import is_kelvin
from absextract.text.measures import read_measures
from absextract.text.unit_forms import read_unit


def meanings(text: str) -> list[tuple[str, str | None, str]]:
    """Value, upper end and unit as the texts give them, of all numbers."""
    return [
        (f"{m.value.normalize():f}", None if m.upper is None else f"{m.upper.normalize():f}", text[m.end :])
        for measure in read_measures(text).inline
        for m in measure.meanings
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10,308 kg/ha", [("10308", None, "")]),
        ("10 kg ha−1 of", [("10", None, " of")]),
        ("40 µm to 50 µm", [("40", "50", "")]),
        ("between 40 and 50 µm", [("40", "50", "")]),
        ("0.5 g cm−3 to 1.5 g cm−3", [("0.5", "1.5", "")]),
        ("1.2 × 10−5 mol", [("0.000012", None, "")]),
        ("2 x 10(5) cells/mL", [("200000", None, ""), ("200000", None, " cells/mL")]),
        ("3.2×10⁻⁴ M", [("0.00032", None, "")]),
        ("1½ h", [("1.5", None, ""), ("1.5", None, " h"), ("3", None, " h")]),
        ("a dozen mice", [("12", None, " mice")]),
        ("5μM", [("5", None, "")]),
        ("6.0-sigma", [("6", None, "")]),
        ("€5 million", [("5000000", None, "")]),
        ("cooled to 77K", [("77", None, "")]),
        ("3T of", [("3", None, " of"), ("3000000000000", None, " of")]),
        ("10–5 M", [("10", "5", ""), ("0.00001", None, "")]),
        ("CIFAR-10, the 1990s, GPT-4", []),
        ("12 (± 3) cm", [("12", None, "")]),
    ],
)
def test_meanings(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert meanings(text) == expected


def test_an_exponent_that_lost_its_raising() -> None:
    (raised,) = read_measures("1.2 x 105 cells").raised
    assert raised.meanings[0].value == 120_000
    assert read_measures("224 x 224 pixels").raised == ()
    assert read_measures("64 x 105 pixels").raised == ()


def test_the_ends_that_stand_alone() -> None:
    (change,) = read_measures("rose from 40 to 50 µm").inline
    unit = read_unit("5 µm", 1)[0].form
    assert [int(end.meanings[0].value) for end in change.ends] == [40, 50]
    assert [end.meanings[0].form for end in change.ends] == [unit, unit]
    assert read_measures("40 to 50 µm").inline[0].ends == ()
    (share,) = read_measures("one of the nine").inline
    assert [end.meanings[0].value for end in share.ends] == [9]


@pytest.mark.parametrize(
    ("text", "kelvin"),
    [
        ("cooled to 77K", True), ("a bath of 77K", True), ("at T = 77K", True), ("with 77K tokens", False),
        ("$77K", False), ("a context of 77K", False), ("up to 77K", None), ("77K", None),
    ],
)  # fmt: skip
def test_kelvin_or_thousand(text: str, kelvin: bool | None) -> None:
    start = text.index("77K")
    assert is_kelvin(text, start, start + 3) is kelvin
