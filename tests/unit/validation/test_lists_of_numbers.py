"""The numbers of a list whose last alone has its unit, and other spellings of units that texts have."""

from __future__ import annotations

from typing import Annotated

import pytest
from pydantic import BaseModel

from absextract import Abstract, Number, validate


class Amount(BaseModel):
    amount: Annotated[str | None, Number()] = None
    year: Annotated[str | None, Number(role="year")] = None


def is_supported(claim: str, text: str, name: str = "amount") -> bool:
    record = validate(Amount(**{name: claim}), Abstract(id="k", title="", abstract=text), schema=Amount)
    return not any(finding.severity == "error" for finding in record.findings)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("3 mg", "Mussels got 3, 6 and 12 mg of salt."),
        ("6 mg", "Mussels got 3, 6 and 12 mg of salt."),
        ("12 mg", "Mussels got 3, 6 and 12 mg of salt."),
        ("3 mg", "Mussels received 3 or 6 mg of salt."),
        ("8%", "Losses were 8, 12 and 30%."),
        ("$4.2 million", "It cost $4.2m."),
        ("€4,200,000", "It cost €4.2m."),
        ("36 bar", "A pressure of 3.6 MPa."),
        ("12.4 fb^-1", "We use 12.4 fb−1 of data."),
        ("30 frames/s", "It runs at 30 fps."),
        ("0.75", "Half of the crabs and three quarters of the mussels left."),
        ("10^-3", "A rate of 10−3 was seen."),
        ("210 mAh/g", "It held 210 mAh g−1."),
    ],
)
def test_the_same_in_another_spelling_is_supported(claim: str, text: str) -> None:
    assert is_supported(claim, text)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("3 g", "Mussels got 3, 6 and 12 mg of salt."),
        ("7 mg", "Mussels got 3, 6 and 12 mg of salt."),
        ("7.9 mM", "The water had pH 7.9 and 40 mM of salt."),
        ("14 mg", "We used n = 14, 20 mg each."),
        ("76%", "An accuracy of 76 and 20% fewer steps."),
        ("4.2 m", "It cost $4.2m."),
        ("12.4 fb", "We use 12.4 fb−1 of data."),
        ("210 mAh", "It held 210 mAh g−1."),
    ],
)
def test_another_unit_or_number_is_not(claim: str, text: str) -> None:
    assert not is_supported(claim, text)


def test_a_number_that_counts_is_no_year() -> None:
    assert not is_supported("2018", "We counted 2018 mussels in 2019.", "year")
    assert is_supported("2019", "We counted 2018 mussels in 2019.", "year")
    assert is_supported("2018", "We use the 2018 surveys.", "year")
