"""Names and numbers of a sentence in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.text.reading_order import Reading, in_lists, in_turns, once_more


def read(line: str, *, lists: bool = True) -> str:
    """The names that the numbers of a line such as "A 1 2 B 3 4" get, each in its number's place, or nothing."""
    tokens = list(enumerate(line.split()))
    names = [(at, word) for at, word in tokens if word.isalpha()]
    numbers = [at for at, word in tokens if word.isdigit()]
    pairs = (lists and in_lists(names, numbers)) or in_turns(names, numbers)
    return "".join(pairs[at] for at in sorted(pairs))


@pytest.mark.parametrize(
    ("line", "lists", "pairs"),
    [
        ("A 1 B 2", True, "AB"),
        ("1 A 2 B", True, "AB"),
        ("A 1 2 B 3 4", True, "AABB"),
        ("1 2 A 3 4 B", True, "AABB"),
        ("A 1 B 2 C 3", False, "ABC"),
        ("A A 1 B 2", True, "AB"),
        ("1 2 A B", True, "AB"),
        ("A B 1 2", True, "AB"),
        ("A B C 1 2 3", True, "ABC"),
        ("1 2 A B", False, ""),
        ("A 1", True, ""),
        ("A 1 2", True, ""),
        ("A 1 B", True, ""),
        ("1 A 2", True, ""),
        ("A 1 2 B 3", True, ""),
        ("A B 1 2 3", True, ""),
        ("A B 1 C 2", True, ""),
        ("A B", True, ""),
        ("1 2", True, ""),
        ("", True, ""),
    ],
)
def test_one_reading_or_none(line: str, lists: bool, pairs: str) -> None:
    assert read(line, lists=lists) == pairs


@given(st.lists(st.sampled_from("AB12"), max_size=8), st.booleans())
def test_every_number_gets_a_name_or_none_does(tokens: list[str], lists: bool) -> None:
    assert len(read(" ".join(tokens), lists=lists)) in (0, sum(token.isdigit() for token in tokens))


def read_more(line: str, read: Reading) -> str:
    """As `read`, of lists that go through the same names once more."""
    tokens = list(enumerate(line.split()))
    names = [(at, word) for at, word in tokens if word.isalpha()]
    pairs = once_more(names, [at for at, word in tokens if word.isdigit()], read)
    return "".join(pairs[at] for at in sorted(pairs))


@pytest.mark.parametrize(
    ("line", "how", "pairs"),
    [
        ("1 2 A B 3 4", in_lists, "ABAB"),
        ("A B 1 2 3 4", in_lists, "ABAB"),
        ("1 2 A B 3 4 5 6", in_lists, "ABABAB"),
        ("1 A 2 B 3 4", in_turns, "ABAB"),
        ("1 2 A B 3", in_lists, ""),
        ("1 2 A B", in_lists, ""),
        ("1 A 2 A 3 4", in_turns, ""),
        ("1 A 2 B 3 4", in_lists, ""),
    ],
)
def test_the_same_names_once_more(line: str, how: Reading, pairs: str) -> None:
    assert read_more(line, how) == pairs
