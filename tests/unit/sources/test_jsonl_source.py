"""JSON Lines as input."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.records import Abstract, BadInput
from absextract.sources.jsonl import read_jsonl

GOOD = b'{"title": "Kites", "abstract": "On kites."}'


def read(lines: bytes) -> list[Abstract | BadInput]:
    return list(read_jsonl(io.BytesIO(lines), "papers.jsonl"))


def paper(line: bytes | dict[str, Any]) -> Abstract:
    (item,) = read(line if isinstance(line, bytes) else json.dumps(line).encode())
    assert isinstance(item, Abstract), item
    return item


def bad(line: bytes) -> str:
    """The message about one bad line between two good ones, which are read all the same."""
    before, item, after = read(b"\n".join([GOOD, line, GOOD]))
    assert isinstance(before, Abstract)
    assert isinstance(after, Abstract)
    assert isinstance(item, BadInput)
    assert (item.line, item.source.index) == (2, 1)
    item.message.encode()
    return item.message


def test_a_line_is_a_paper() -> None:
    assert (paper(GOOD).title, paper(GOOD).abstract, paper(GOOD).metadata) == ("Kites", "On kites.", {})


@pytest.mark.parametrize("line", [b"\xef\xbb\xbf" + GOOD, GOOD + b"\r\n", b"  " + GOOD + b"\t\n"])
def test_byte_order_mark_line_end_and_blanks_are_no_part_of_it(line: bytes) -> None:
    assert paper(line).title == "Kites"


def test_blank_lines_are_passed_over_but_counted() -> None:
    first, second, third = read(b"\n" + GOOD + b"\n\n \r\n" + GOOD + b"\n[]\n\n")
    assert [item.source.index for item in (first, second, third)] == [0, 1, 2]
    assert isinstance(third, BadInput)
    assert third.line == 6


def test_unicode_line_separators_do_not_end_a_line() -> None:
    assert paper('{"abstract": "On\u2028kites\u0085."}'.encode()).abstract == "On\u2028kites\u0085."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b'{"title": "Kites", "abstr', "not valid JSON"),
        (b'{"title": "Kites",}', "not valid JSON"),
        (b'"\xff"', "not UTF-8 text (byte 0xff); convert it first, e.g. iconv"),
        (b'["Kites"]', "expected a JSON object, found list"),
        (b"7", "expected a JSON object, found int"),
        (b"{}", "neither a title nor an abstract"),
        (b'{"title": null, "id": "k"}', "neither a title nor an abstract"),
        (b'{"text": "On kites."}', "neither a title nor an abstract"),
        (b'{"abstract": {"On": [0], "kites": [1]}}', "abstract: "),
        (b'{"title": 3, "abstract": "On kites."}', "title: "),
        (b'{"abstract": "\\ud800"}', "half a character"),
        (b'{"id": "1", "title": "\\udc00", "abstract": "On kites."}', "half a character"),
        (b'{"abstract": "On kites.", "id": "\\ud83d"}', "half a character"),
        (b'{"abstract": "On kites.", "authors": [{"name": "\\ud83d"}]}', "half a character"),
    ],
)
def test_a_line_that_cannot_be_used_is_a_bad_input(line: bytes, reason: str) -> None:
    assert reason in bad(line)


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"-1" + b"0" * 400 + b".0", b"1" * 5000, b"NaN", b"-Infinity"])
def test_a_number_that_nobody_can_count_costs_itself(number: bytes) -> None:
    line = b'{"title": "Kites", "abstract": "On kites.", "x": [%s, 2], "year": %s}' % (number, number)
    assert (paper(line).title, paper(line).metadata) == ("Kites", {"x": [None, 2], "year": None})


@pytest.mark.parametrize("depth", [255, 256, 300, 900, 980, 1000, 100_000])
def test_bottomless_nesting_is_a_bad_input(depth: int) -> None:
    message = bad(b'{"abstract": "On kites.", "x": ' + b"[" * depth + b"]" * depth + b"}")
    assert len(message) < 300


@pytest.mark.parametrize("line", [b'{"abstract": "On kites."}', b'{"title": null, "abstract": "On kites."}'])
def test_a_paper_without_a_title_has_an_empty_one(line: bytes) -> None:
    assert (paper(line).title, paper(line).abstract) == ("", "On kites.")


@pytest.mark.parametrize("line", [b'{"title": "Kites"}', b'{"title": "Kites", "abstract": null}'])
def test_a_paper_without_an_abstract_has_an_empty_one(line: bytes) -> None:
    assert (paper(line).title, paper(line).abstract) == ("Kites", "")


@pytest.mark.parametrize(("given", "id_"), [("a/1", "a/1"), (17, "17"), (0, "0"), (2.5, "2.5")])
def test_an_id_of_any_kind_is_kept_as_text(given: Any, id_: str) -> None:
    read = paper({"abstract": "On kites.", "ID": given})
    assert (read.id, read.metadata) == (id_, {})


@pytest.mark.parametrize("given", [None, ""])
def test_an_empty_id_gives_way_to_the_stable_one(given: str | None) -> None:
    assert paper({"abstract": "On kites.", "id": given}).id == Abstract(abstract="On kites.").id


@pytest.mark.parametrize("key", ["abstract", "Abstract", " ABSTRACT ", "summary", "Summary"])
def test_an_abstract_goes_by_several_names(key: str) -> None:
    assert paper({key: "On kites."}).abstract == "On kites."


@pytest.mark.parametrize("key", ["title", "TITLE", "Title ", "display_name", "Display_Name"])
def test_a_title_goes_by_several_names(key: str) -> None:
    assert paper({key: "Kites", "abstract": "On kites."}).title == "Kites"


def test_the_usual_names_go_before_the_others_which_become_metadata() -> None:
    read = paper({"summary": "Short.", "abstract": "On kites.", "display_name": "Other", "title": "Kites"})
    assert (read.title, read.abstract) == ("Kites", "On kites.")
    assert read.metadata == {"summary": "Short.", "display_name": "Other"}


def test_of_two_names_that_differ_in_case_the_first_is_meant() -> None:
    read = paper({"Title": "Kites", "title": "Sails", "abstract": "On kites."})
    assert (read.title, read.metadata) == ("Kites", {"title": "Sails"})


def test_metadata_stays_as_it_is() -> None:
    metadata = {
        "authors": [{"name": "A. Ner", "orcid": None}, {"name": "Ł. Ódź"}],
        "year": 2024,
        "score": 0.1,
        "big": 2**70,
        "open": True,
        "Mixed Case ": {"title": "inner", "abstract": ["inner"]},
    }
    assert paper({"abstract": "On kites.", **metadata}).metadata == metadata


def test_numbers_that_json_does_not_know_become_null() -> None:
    read = paper(b'{"abstract": "On kites.", "a": NaN, "b": [Infinity, -Infinity]}')
    assert read.metadata == {"a": None, "b": [None, None]}


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert paper(b'{"abstract": "\\ud83e\\ude81"}').abstract == "\U0001fa81"


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["id", "title", "abstract", "x", "Y"]), json_value))
def test_any_json_object_is_a_paper_or_a_bad_input(row: dict[str, Any]) -> None:
    (item,) = read(json.dumps(row).encode())
    if isinstance(item, Abstract):
        item.model_dump_json()


@given(st.binary())
def test_no_bytes_raise(lines: bytes) -> None:
    for item in read(lines):
        assert item.source.path == "papers.jsonl"
