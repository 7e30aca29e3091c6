"""Named columns become an abstract and its metadata."""

from __future__ import annotations

import pytest

from absextract.records import Abstract, BadInput, Source
from absextract.sources.columns import has_abstract_column, to_abstract

HERE = Source(path="papers", index=4)


@pytest.mark.parametrize("names", [["abstract"], ["x", " Summary "], [None, "ABSTRACT"]])
def test_an_abstract_column_is_found_in_any_case(names: list[str | None]) -> None:
    assert has_abstract_column(names)


@pytest.mark.parametrize("names", [[], ["title"], ["abstracts"], [None]])
def test_other_columns_hold_no_abstract(names: list[str | None]) -> None:
    assert not has_abstract_column(names)


def test_place_and_metadata_are_kept() -> None:
    paper = to_abstract({"Title": "Kites", "abstract": "On kites.", "Id": "", "n": [1]}, HERE, 9)
    assert isinstance(paper, Abstract)
    assert (paper.source, paper.metadata) == (HERE, {"Id": "", "n": [1]})


def test_an_empty_row_is_a_bad_one() -> None:
    assert to_abstract({}, HERE, 9) == BadInput(source=HERE, line=9, message="neither a title nor an abstract")


@pytest.mark.parametrize("row", [{"Abstract": " "}, {"title": "", "abstract": None}, {"id": "", "summary": ""}])
def test_an_empty_place_for_an_abstract_is_a_paper_without_one(row: dict[str, str | None]) -> None:
    paper = to_abstract(row, HERE, 9)
    assert isinstance(paper, Abstract)
    assert (paper.id, paper.abstract.strip()) == ("papers:9", "")


@pytest.mark.parametrize("row", [{"title": ""}, {"id": "1"}])
def test_a_row_without_title_and_without_a_place_for_an_abstract_is_a_bad_one(row: dict[str, str]) -> None:
    assert isinstance(to_abstract(row, HERE, 9), BadInput)


def test_the_place_of_a_wrong_value_is_named_shortly_and_in_clean_text() -> None:
    value: list[object] = []
    for _ in range(400):
        value = [value]
    row = to_abstract({"abstract": "On kites.", "note": {"deep": value}}, HERE, 9)
    assert isinstance(row, BadInput)
    assert row.message.startswith("metadata.")
    assert len(row.message.encode()) < 200
