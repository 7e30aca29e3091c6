"""Line breaks of a layout go, those of a text stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.sources.layout import unwrap


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Kites and\n  sails", "Kites and sails"),
        ("  one  two \r\n\tthree\n", "one  two three"),
        ("one\n\n \n two\nthree", "one\n\ntwo three"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_lines_are_joined_and_paragraphs_stay(text: str, line: str) -> None:
    assert unwrap(text) == line


@given(st.text())
def test_once_is_enough_and_no_letter_is_lost(text: str) -> None:
    line = unwrap(text)
    assert unwrap(line) == line
    assert "".join(line.split()) == "".join(text.split())
