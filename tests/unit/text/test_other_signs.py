"""Hyphens, crosses, arrows and dollar signs as files have them: the number is read, and nothing else with it."""

from __future__ import annotations

import pytest

from absextract.text.quantities import read_quantities


def read(text: str) -> list[tuple[str, str | None]]:
    return [(text[q.start : q.end], q.unit) for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("The gain is 3.4\u20105.6% here.", [("3.4\u20105.6%", "%")]),
        ("It fell (\u20113.1%).", [("\u20113.1%", "%")]),
        ("GPT\u20114 and COVID\u201019 are names.", []),
        ("Speed went up 2.1×and cost fell.", [("2.1×", "x")]),
        ("from 45.1%-to-32.0% in all", [("45.1%-to-32.0%", "%")]),
        ("a 3-to-1 ratio", [("3", None)]),
        ("It costs \\$ 1,200 each.", [("\\$ 1,200", "$")]),
        ("It costs \\$ 1 200 or €1 300 each.", [("\\$ 1 200", "$"), ("1 300", None)]),
        ("It costs US$ 5 million.", [("$ 5 million", "$")]),
        ("where $ x = 3 $ 5 nests lie", [("3", None), ("5", None)]),
    ],
)
def test_numbers_beside_other_signs(text: str, numbers: list[tuple[str, str | None]]) -> None:
    assert read(text) == numbers


def test_a_range_with_another_hyphen_goes_up() -> None:
    (quantity,) = read_quantities("3.4\u20105.6% of the nests")
    assert (str(quantity.value), str(quantity.upper)) == ("3.4", "5.6")
