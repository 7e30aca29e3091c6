"""Numbers that plainly are no outcomes, and their like that are."""

from __future__ import annotations

import pytest

from absextract.text.no_outcomes import is_plainly_none
from absextract.text.quantities import read_quantities


def told(text: str, number: str) -> bool:
    (quantity,) = [each for each in read_quantities(text) if text[each.start : each.end].startswith(number)][:1]
    return is_plainly_none(text, quantity)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It has two parts: (1) a loom that weaves; (2) a winder that winds.", "2"),
        (r"The fit is good (R\textsuperscript{2} = 0.91).", "2"),
        (r"It equals Crow within $\pm 5$ pp on GustBench.", "5"),
        ("It is played at 44.1 kHz.", "44.1"),
        ("Of these Kestrel~4.5, Rook~2 and ours are best.", "4.5"),
        ("Kestrel 1.5 Pro reaches 54.3 AP, and with Kestrel 1.5 it takes longer.", "1.5"),
        ("With Kestrel 1.5 it takes longer; Kestrel 1.5 Pro reaches 54.3 AP.", "1.5"),
        ("It has an error of 1.92 using 12 of the 30 features.", "12 of"),
        ("It beats Crow with 95% statistical significance.", "95%"),
        ("It outperforms even 10x larger models such as Crow.", "10x"),
    ],
)
def test_versions_marks_and_tolerances_are_none(text: str, number: str) -> None:
    assert told(text, number)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("It wins (2) and loses once.", "2"),
        (r"It reaches $81.2 \pm 0.4$ on GustBench.", "81.2"),
        ("Its error is about ~4.5 mm.", "4.5"),
        ("It runs at 30 Hz.", "30"),
        ("FID 1.5 on Gust beats FID 1.5 of Crow.", "1.5"),
        ("It solves 12 of 30 tasks.", "12 of"),
        ("It is right in 95% of the flights.", "95%"),
        ("Its index is 10x larger.", "10x"),
        ("It is 10x faster than larger models.", "10x"),
    ],
)
def test_others_may_be_outcomes(text: str, number: str) -> None:
    assert not told(text, number)
