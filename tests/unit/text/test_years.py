"""Years, dates, versions and enumerators say which one; four digits behind a measure are measured."""

from __future__ import annotations

import pytest

from absextract.text.quantities import read_quantities


def measured(text: str) -> list[str]:
    return [text[q.start : q.end] for q in read_quantities(text) if not q.in_name]


@pytest.mark.parametrize(
    "text",
    [
        "(Reed et al., 2020)", "Reed et al. [2019]", "by Reed [2016]", "Reed '19", "the kites of (2018)", "during 2019",
        "between 2015 and 2018", "2015 to 2018", "2015-2018", "early 2020", "mid-2019", "the summer of 2019", "© 2020",
        "January 2020", "on Jan. 5, 2020", "on 12 May 2021", "on 2021-05-12", "on 05/12/2021", "KiteSet 2007 and 2012",
        "the 2018 model", "the 2015 KiteSet Detection Challenge", "this 2019 edition",
    ],
)  # fmt: skip
def test_years_and_dates(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("an Elo of 2015", ["2015"]), ("a rating of 1998", ["1998"]), ("a score of 2018 (2019)", ["2018"]),
        ("the 2000 images", ["2000"]), ("in all 12 kites", ["12"]), ("a lift of 5/12", ["5/12"]),
        ("May 81.2", ["81.2"]),
    ],
)  # fmt: skip
def test_numbers_that_look_like_years_and_dates(text: str, found: list[str]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "We 1- wind and 2- fly.", "We 1/ wind 2/ fly.",
        " ".join(f"{i}) fly" for i in range(1, 11)), "in step 2,", "of stage 1.", "(part 1)",
        "see pages 12-15", "vol. 3, no. 4", "seed 42", "kernels 5.10 and 5.15", "kernel version 6.1", "gcc 9.3",
        "Python 3.8, 3.9 and 3.10", "ISO 9001 and RFC 2616", "arXiv:2101.12345", "doi: 10.5281/4",
    ],
)  # fmt: skip
def test_enumerators_places_and_versions(text: str) -> None:
    assert measured(text) == []


@pytest.mark.parametrize(
    ("text", "found"), [("(76 seeds)", ["76"]), ("5- and 10-fold", ["5", "10-fold"]), ("in part 5.3% of", ["5.3%"])]
)
def test_counts_are_no_enumerators(text: str, found: list[str]) -> None:
    assert measured(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("PACS numbers: 42.60.-k. It gains 2.3%.", ["2.3%"]),
        ("IEEE 802.15 networks gain 2.3%.", ["2.3%"]),
        ("(c) 2018 by the authors. It gains 2.3%.", ["2.3%"]),
        ("We give: 1. a map; 2. a proof; it gains 2.3%.", ["2.3%"]),
    ],
)
def test_codes_rights_and_items_of_a_list_measure_nothing(text: str, found: list[str]) -> None:
    assert measured(text) == found
