"""Commands of TeX that only set a word."""

import pytest

from absextract.text.tex_fonts import without_fonts


@pytest.mark.parametrize(
    ("text", "read"),
    [
        (r"up to \textbf{20%} fewer", "up to 20% fewer"),
        (r"lowers it by \SI{73.2", "lowers it by 73.2"),
        (r"an {\bf impressive} gain", "an  impressive gain"),
        ("%} improvement", "% improvement"),
        (r"a margin of \approx 3%", r"a margin of \approx 3%"),
        ("plain words", "plain words"),
    ],
)
def test_a_word_is_read_as_it_is_set(text: str, read: str) -> None:
    assert without_fonts(text) == read
