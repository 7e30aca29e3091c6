"""Torn, doubled and shuffled JSON: no traceback, and no paper that is not there."""

from __future__ import annotations

import io
import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.opening import Ahead
from absextract.sources.read import FORMATS
from absextract.sources.recognise import recognise
from json_shapes import SHAPES

PAPERS = [Abstract(id=f"k{i}", title=f"Kites {i}", abstract=f"We fly {i} kites.") for i in range(6)]
THERE = [(paper.title, paper.abstract) for paper in PAPERS]
WRITTEN = {name: shape(PAPERS) for name, shape in SHAPES.items()}
names = st.sampled_from(sorted(SHAPES))
indents = st.sampled_from([None, 1])


def read(data: bytes) -> tuple[list[tuple[str, str]], bool]:
    """What papers with an abstract are read, and whether something was wrong."""
    found: list[tuple[str, str]] = []
    is_wrong = False
    try:
        name = recognise(Ahead(io.BytesIO(data)), "papers", FORMATS)
        for item in FORMATS[name](io.BytesIO(data), "papers"):
            if isinstance(item, BadInput):
                is_wrong = True
            elif item.abstract:
                found.append((item.title, item.abstract))
    except InputError:
        is_wrong = True
    return found, is_wrong


def shuffled(value: Any, rng: random.Random) -> Any:
    """The same with the names of all objects in another order."""
    if isinstance(value, list):
        return [shuffled(item, rng) for item in value]
    if not isinstance(value, dict):
        return value
    pairs = [(key, shuffled(inner, rng)) for key, inner in value.items()]
    rng.shuffle(pairs)
    return dict(pairs)


def without_some(value: Any, rng: random.Random) -> Any:
    """The same without some of what is in its objects and arrays."""
    if isinstance(value, list):
        return [without_some(item, rng) for item in value if rng.random() > 0.1]
    if not isinstance(value, dict):
        return value
    return {key: without_some(inner, rng) for key, inner in value.items() if rng.random() > 0.1}


@pytest.mark.parametrize("name", SHAPES)
def test_unharmed_all_papers_are_there(name: str) -> None:
    assert read(json.dumps(WRITTEN[name]).encode()) == (THERE, False)


@given(names, indents, st.floats(0, 1))
def test_a_torn_document_gives_whole_papers_and_says_so(name: str, indent: int | None, part: float) -> None:
    data = json.dumps(WRITTEN[name], indent=indent).encode()
    torn = data[: int(part * (len(data) - 1))]
    found, is_wrong = read(torn)
    assert is_wrong
    assert all(paper in THERE for paper in found)
    assert len(set(found)) == len(found)


@given(names, indents, st.sampled_from([b"", b"\n", b" \n\n"]))
def test_a_document_twice_is_its_papers_twice(name: str, indent: int | None, between: bytes) -> None:
    data = json.dumps(WRITTEN[name], indent=indent).encode()
    found, is_wrong = read(data + between + data)
    assert is_wrong or found == THERE * 2
    assert all(paper in THERE for paper in found)


@given(names, indents, st.randoms(use_true_random=False))
def test_the_order_of_names_does_not_matter(name: str, indent: int | None, rng: random.Random) -> None:
    found, is_wrong = read(json.dumps(shuffled(WRITTEN[name], rng), indent=indent).encode())
    assert sorted(found) == THERE
    assert not is_wrong


@given(names, indents, st.randoms(use_true_random=False))
def test_where_parts_are_missing_nothing_else_is_taken_for_them(
    name: str, indent: int | None, rng: random.Random
) -> None:
    found, _ = read(json.dumps(without_some(WRITTEN[name], rng), indent=indent).encode())
    abstracts = {abstract for _, abstract in THERE}
    # what comes next to them: another version, or what a meeting or a day without papers says of itself
    abstracts |= {"Another version of it.", "Drachen fliegen.", "On kites.", "There are some."}
    assert all(abstract in abstracts for _, abstract in found)


@settings(max_examples=300)
@given(names, indents, st.integers(0, 10**6), st.binary(min_size=1, max_size=4))
def test_wrong_bytes_raise_nothing_but_input_errors(name: str, indent: int | None, place: int, wrong: bytes) -> None:
    data = json.dumps(WRITTEN[name], indent=indent).encode()
    place %= len(data)
    read(data[:place] + wrong + data[place + len(wrong) :])


json_values = st.recursive(
    st.none() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["title", "abstract", "summary", "titles", "data", "paper", "k1", "items", "references", "id", "forum"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=30,
)


@given(json_values, indents)
def test_any_document_is_read_or_refused(value: Any, indent: int | None) -> None:
    for document in (value, [value], {"papers": [value, value]}):
        read(json.dumps(document, indent=indent).encode())
