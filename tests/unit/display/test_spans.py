"""Overlapping spans become pieces that lie in each other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from absextract.display.spans import Marked, Part, nest

TEXT = "Heron reaches 81.2% on NestBench."


def said(parts: list[Part]) -> str:
    return "".join(part if isinstance(part, str) else said(part.parts) for part in parts)


def pieces(parts: list[Part]) -> list[tuple[str, list[int]]]:
    found = []
    for part in parts:
        if isinstance(part, Marked):
            found += [(said(part.parts), part.labels), *pieces(part.parts)]
    return found


def test_inner_spans_lie_in_outer_ones_and_equal_ones_are_one() -> None:
    parts = nest(TEXT, [(14, 19, 1), (0, 19, 2), (14, 19, 3), (23, 32, 4)])
    assert pieces(parts) == [("Heron reaches 81.2%", [2]), ("81.2%", [1, 3]), ("NestBench", [4])]


def test_a_crossing_span_is_cut_where_the_other_ends() -> None:
    assert pieces(nest("abcdef", [(0, 4, 1), (2, 6, 2)])) == [("abcd", [1]), ("cd", [2]), ("ef", [2])]


def test_spans_outside_the_text_are_left_out() -> None:
    assert nest("abc", [(-1, 2, 0), (2, 9, 1), (2, 2, 2), (3, 1, 3)]) == ["abc"]


SPANS = st.lists(st.tuples(st.integers(-2, 40), st.integers(-2, 40), st.integers(0, 9)), max_size=60)


@given(SPANS)
def test_no_character_is_lost_and_every_span_is_covered_by_its_label(spans: list[tuple[int, int, int]]) -> None:
    parts = nest(TEXT, spans)
    assert said(parts) == TEXT
    lengths: dict[int, int] = {}
    for text, labels in pieces(parts):
        assert text
        for label in labels:
            lengths[label] = lengths.get(label, 0) + len(text)
    for start, end, label in spans:
        if 0 <= start < end <= len(TEXT):
            assert lengths[label] >= end - start


def test_thousands_of_spans_in_each_other_neither_nest_without_end_nor_take_long() -> None:
    text = "x" * 20_000
    parts = nest(text, [(number, 20_000 - number // 2, number) for number in range(5_000)])

    def depth(parts: list[Part]) -> int:
        return max((1 + depth(part.parts) for part in parts if isinstance(part, Marked)), default=0)

    assert said(parts) == text
    assert depth(parts) < 50
