"""Which ways to write a name are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.entities.folding import fold, slug, split_in, without_qualifiers, year_forms


@pytest.mark.parametrize(
    "one",
    ["Plover-10", "plover 10", "PLOVER10", r"\textsc{Plover}-10", "Plôver–10", "$Plover_{10}$", "plover_10"],
)
def test_case_signs_accents_and_tex_make_no_difference(one: str) -> None:
    assert fold(one) == "plover10"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("PloverEval", "PloverEval+"),
        ("PloverEval+", "PloverEval++"),
        ("Plover-10", "Plover-100"),
        ("Plover 1 2", "Plover 12"),
        ("Plover 1.1", "Plover 11"),
        ("pass@4", "pass^4"),
    ],
)
def test_what_means_two_things_stays_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_a_raised_plus_is_a_plus() -> None:
    assert fold("PloverEval^{+}") == fold("PloverEval+")


def test_greek_letters_are_their_names() -> None:
    assert fold(r"$\tau^2$-plover") == fold("τ²-plover") == fold("tau2-plover")


@given(st.text())
def test_folding_never_fails_and_leaves_no_blanks(text: str) -> None:
    assert not any(map(str.isspace, fold(text)))


@pytest.mark.parametrize(
    "name",
    ["the Plover dataset", "Plover test set", "Plover benchmark", "our Plover corpus", "Plover (test)", "Plover"],
)
def test_what_only_says_what_sort_of_thing_it_is_falls_away(name: str) -> None:
    assert without_qualifiers(name) == "Plover"


def test_a_name_that_is_all_qualifier_stays() -> None:
    assert without_qualifiers("test set") in ("test set", "test")


def test_a_year_may_have_two_digits() -> None:
    assert year_forms("plover2014") == ("plover2014", "plover14")
    assert year_forms("plover10") == ("plover10",)
    assert year_forms("2014") == ("2014",)


def test_slugs_keep_what_tells_things_apart() -> None:
    assert [slug(name) for name in ("MS Plover", "Plover+", "Plover 2.0", "Plover'14", "P&Q")] == [
        "ms-plover", "plover+", "plover-2.0", "plover-14", "p-and-q",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("NestVista testmini", "testmini"), ("Nest validation set", "validation"), ("Nest (dev)", "dev"),
        ("Nest test-dev", "test-dev"), ("Nest minival", "minival"),
        ("Nest test set", ""), ("Nest", ""), ("validation", ""),
    ],
)  # fmt: skip
def test_the_part_of_a_dataset_is_told_where_it_is_not_the_usual_one(name: str, part: str) -> None:
    assert split_in(name) == part
