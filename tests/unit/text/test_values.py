"""Classes of values that are made by the thousand."""

from __future__ import annotations

import pytest

from absextract.text.values import value_class


@value_class
class Place:
    field: str
    start: int = 0


def test_values_that_hold_the_same_are_one() -> None:
    assert Place("title") == Place("title", 0) != Place("abstract")
    assert len({Place("title"), Place("title", 0), Place("title", 1)}) == 2


def test_values_have_no_further_attributes() -> None:
    with pytest.raises(AttributeError):
        Place("title").end = 3  # type: ignore[attr-defined]


def test_values_are_shown_with_what_they_hold() -> None:
    assert repr(Place("title", 2)) == "Place(field='title', start=2)"
