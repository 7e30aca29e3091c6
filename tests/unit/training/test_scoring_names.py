"""How names found compare with those accepted, as gold says."""

from __future__ import annotations

import pytest

from answered import Name
from scoring import count_matches, is_right

DEMANDED, OPTIONAL = Name(("kite", "red kite")), Name(("gust",), optional=True)


@pytest.mark.parametrize(
    ("names", "found", "counts"),
    [
        ((Name(("a b c",)), Name(("d",))), ("A b-c", "e"), (1, 1, 1)),
        ((DEMANDED,), ("red kite", "the kite"), (1, 0, 0)),
        ((DEMANDED, Name(("kite", "sail"))), ("kite",), (1, 0, 1)),
        ((DEMANDED,), (), (0, 0, 1)),
    ],
)
def test_each_name_is_found_once_by_any_of_its_texts(
    names: tuple[Name, ...], found: tuple[str, ...], counts: tuple[int, int, int]
) -> None:
    counted = count_matches(names, found)
    assert (counted.right, counted.wrong, counted.missing) == counts


@pytest.mark.parametrize("found", [("gust",), ()])
def test_optional_names_cost_nothing_found_or_not(found: tuple[str, ...]) -> None:
    counted = count_matches((OPTIONAL,), found)
    assert (counted.right, counted.wrong, counted.missing) == (0, 0, 0)


def test_an_optional_name_does_not_stand_in_for_one_that_is_demanded() -> None:
    names = (Name(("kite", "gust"), optional=True), Name(("kite",)))
    assert (count_matches(names, ("gust",)).right, count_matches(names, ("gust",)).missing) == (0, 1)
    assert (count_matches(names, ("kite", "gust")).right, count_matches(names, ("kite", "gust")).wrong) == (1, 0)


def test_what_nobody_demands_is_neither_right_nor_wrong() -> None:
    names = (DEMANDED, OPTIONAL, Name(("kite",), optional=True))
    assert [is_right(text, names) for text in ("red kite", "gust", "kite", "sail")] == [True, None, True, False]
