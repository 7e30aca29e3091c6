"""A schema may ask for a year, a count, or an end of a range."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from absextract import Number, validate


class Study(BaseModel):
    year: Annotated[str | int, Number(role="year")] | None = None
    count: Annotated[str | int, Number(role="count")] | None = None
    lower: Annotated[str | float, Number(role="lower")] | None = None
    upper: Annotated[str | float, Number(role="upper")] | None = None


def codes(text: str, **fields: object) -> list[str]:
    return [finding.code for finding in validate(fields, text, schema=Study).findings]


@pytest.mark.parametrize(
    "text",
    [
        "Nests of 2019 were mapped.",
        "It rose (Heron, 2019).",
        "Between 2014 and 2019",
        "From 2019–2021",
        "WMT 2019",
        "on KiteSet2019",
        "Heron (2019a)",
        "Heron (2019c)",
    ],
)
def test_a_year_is_one_in_names_and_citations_too(text: str) -> None:
    assert codes(text, year="2019") == codes(text, year=2019) == []


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("In 2018 it rose.", "2019", "number_not_in_source"),
        ("Doses of 2019 mg", "2019", "unit_mismatch"),
        ("See https://kite.org/2019.", "2019", "number_not_in_source"),
        ("In 2019", "20", "number_not_in_source"),
        ("Of 12019 nests", "2019", "number_not_in_source"),
    ],
)
def test_another_number_is_no_year(text: str, value: str, code: str) -> None:
    assert codes(text, year=value) == [code]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("n = 142 ewes", 142), ("k = 7 nests", "7"), ("one of the nine", "9"), ("a 24-item scale", 24),
        ("20 ewes", "20"), ("20 ewes", "20 ewes"), ("twenty ewes", 20), ("a dozen ewes", 12), ("1,204 cows", "1204"),
        ("3 of 5 cows", "3"),
    ],
)  # fmt: skip
def test_a_count(text: str, value: str | int) -> None:
    assert codes(text, count=value) == []


@pytest.mark.parametrize(
    ("text", "value", "code"),
    [
        ("20 mg", "20", "unit_mismatch"),
        ("20%", 20, "unit_mismatch"),
        ("20 mg", "20 mg", "unit_mismatch"),
        ("Of CIFAR-10", "10", "number_is_name"),
        ("3.5 of them", "3.5", "number_not_in_source"),
        ("21 ewes", "20", "number_not_in_source"),
        ("aged 5–10", "5", "unit_mismatch"),
    ],
)
def test_what_has_a_unit_counts_nothing(text: str, value: str | int, code: str) -> None:
    assert codes(text, count=value) == [code]


@pytest.mark.parametrize("text", ["3–4 mL were given", "3 to 4 ml", "between 3 and 4 mL", "3 mL to 4 mL"])
def test_the_ends_of_a_range_where_they_are_asked_for(text: str) -> None:
    assert codes(text, lower="3 mL", upper="4 mL") == codes(text, lower=3.0, upper="4 millilitres") == []
    assert codes(text, lower="4 mL", upper="3 mL") != []
    assert codes(text, lower="3 L") != []
    assert codes("3 mL were given", lower="3 mL") == []


@pytest.mark.parametrize("text", ["Some 120192 nests", "Kite X2019B flies", "https://a.example/x2019"])
def test_digits_of_a_longer_name_are_no_year(text: str) -> None:
    assert codes(text, year=2019) != []
