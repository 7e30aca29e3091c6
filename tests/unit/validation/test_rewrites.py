"""The same in other clothes is supported; a near miss in the same clothes is not."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from absextract.schema.paper import PaperExtraction
from absextract.validation.validator import Review, review

DECIMALS = st.builds(lambda whole, part: Decimal(f"{whole}.{part}"), st.integers(1, 99), st.integers(1, 9))
WHOLE = st.integers(1_000, 999_999).map(Decimal)

# What follows the digits, by unit; the spellings of one unit say the same
UNITS = {
    "%": ["%", r"\%", " %", " percent", r"\,\%"],
    "x": ["x", "×", r"\times", " times", "-fold"],
    "points": [" points", " percentage points", "pp"],
    "hours": [" hours", "h", " hrs"],
    "": [""],
}
DIGITS: list[Callable[[Decimal], str]] = [
    str,
    lambda value: f"{value:,}",
    lambda value: f"{value:,}".replace(",", "{,}"),
]
CLOTHES = ["{}", "${}$", "~{}", r"\textbf{{{}}}", "+{}"]
DASHES = ["-", "–", "--", " to "]


@st.composite
def two_spellings(draw: st.DrawFn) -> tuple[str, str, Decimal, str]:
    """A number as the text has it and as an answer has it, its value and its unit."""
    value, unit = draw(DECIMALS | WHOLE), draw(st.sampled_from(sorted(UNITS)))
    written, said = (
        draw(st.sampled_from(DIGITS))(value) + draw(st.sampled_from(UNITS[unit])) for _ in ("written", "said")
    )
    return draw(st.sampled_from(CLOTHES[:4])).format(written), draw(st.sampled_from(CLOTHES)).format(said), value, unit


def checked(written: str, said: str) -> Review[PaperExtraction]:
    text = f"KiteNet reaches {written} on Alpha."
    result = {"score": said, "kind": "value", "evidence": text.rstrip(".")}
    return review(PaperExtraction.model_validate({"results": [result]}), "", text)


@given(two_spellings())
def test_a_number_in_other_clothes_is_supported(spellings: tuple[str, str, Decimal, str]) -> None:
    written, said, _, _ = spellings
    assert checked(written, said).errors == ()


@given(two_spellings(), st.sampled_from(["1", "-1", "0.01", "10", "0.1", "-0.1"]))
def test_another_number_in_the_same_clothes_is_not(spellings: tuple[str, str, Decimal, str], step: str) -> None:
    written, _, value, unit = spellings
    other = value + Decimal(step)
    assume(other != value and other > 0)
    assert checked(written, f"{other}{UNITS[unit][0]}").extraction.results == []


@given(two_spellings(), st.sampled_from(["%", "x", "hours", ""]))
def test_the_number_with_another_unit_is_not(spellings: tuple[str, str, Decimal, str], other: str) -> None:
    written, _, value, unit = spellings
    # "12.3" may stand for "12.3 points": only the units that change what a bare number says must be there
    assume(other != unit and not (other == "" and unit in ("points", "hours")))
    assert checked(written, f"{value}{UNITS[other][0]}").extraction.results == []


@given(st.integers(1, 40), st.integers(41, 99), st.sampled_from(DASHES), st.sampled_from(DASHES))
def test_a_range_is_one_number(low: int, high: int, written: str, said: str) -> None:
    range_ = f"{low}{written}{high}%"
    assert checked(range_, f"{low}{said}{high}%").errors == ()
    assert checked(range_, f"{low}{said}{high + 1}%").extraction.results == []
    if written != " to ":  # "from 3 to 4%" has ends of its own
        assert checked(range_, f"{low}%").extraction.results == []
        assert checked(range_, f"{high}%").extraction.results == []


NAMES = st.builds(
    lambda word, digits, sep: f"{word}{sep}{digits}",
    st.sampled_from(["Kite", "GPT", "Alpha", "CIFAR"]),
    st.integers(1, 999),
    st.sampled_from(["-", " ", ""]),
)


@given(NAMES, st.sampled_from(["-", " ", "–", ""]), st.booleans())
def test_a_name_in_other_clothes_is_supported(name: str, separator: str, upper: bool) -> None:
    said = name.replace("-", separator).replace(" ", separator)
    said = said.upper() if upper else said
    assert review(PaperExtraction(datasets=[said]), "", f"We train on {name} and more.").errors == ()


@given(NAMES, st.sampled_from(["0", "1", ".5", "o", "-v2", "K"]))
def test_a_name_with_something_more_or_less_is_another(name: str, more: str) -> None:
    for written, said in ((name, name + more), (name + more, name)):
        if more == "-v2" and written == name + more:
            continue  # "Kite-3" may well be said of "Kite-3-v2"
        assert review(PaperExtraction(datasets=[said]), "", f"We train on {written} alone.").extraction.datasets == []
