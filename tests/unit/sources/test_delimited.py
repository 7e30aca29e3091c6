"""CSV and TSV as input."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract import read_abstracts
from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.delimited import read_csv, read_tsv


def read(table: str | bytes) -> list[Abstract | BadInput]:
    return list(read_csv(io.BytesIO(table.encode() if isinstance(table, str) else table), "papers.csv"))


def papers(table: str | bytes) -> list[Abstract]:
    rows = read(table)
    assert all(isinstance(row, Abstract) for row in rows), rows
    return [row for row in rows if isinstance(row, Abstract)]


def test_the_header_names_the_columns() -> None:
    (paper,) = papers("Year,ABSTRACT,id,Title\n2024,On kites.,k1,Kites\n")
    assert (paper.id, paper.title, paper.abstract, paper.metadata) == (
        "k1",
        "Kites",
        "On kites.",
        {"Year": "2024", "year": "2024"},
    )


def test_tabs_part_the_fields_of_tsv() -> None:
    (paper,) = list(read_tsv(io.BytesIO(b'display_name\tsummary\nKites, etc.\t"On\tkites."\n'), "papers.tsv"))
    assert isinstance(paper, Abstract)
    assert (paper.title, paper.abstract) == ("Kites, etc.", "On\tkites.")


def test_quoted_fields_hold_commas_quotes_and_line_breaks() -> None:
    table = 'title,abstract\n"Kites, ""Sails""","One.\nTwo.\r\nThree."\nMasts,On masts.\n'
    first, second = papers(table)
    assert (first.title, first.abstract) == ('Kites, "Sails"', "One.\nTwo.\r\nThree.")
    assert (second.title, second.source.index) == ("Masts", 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_ends_a_row(end: str) -> None:
    table = end.join(["title,abstract", "Kites,On kites.", "Sails,On sails."])
    assert [paper.title for paper in papers(table)] == ["Kites", "Sails"]


def test_a_byte_order_mark_is_no_part_of_the_first_column() -> None:
    assert papers(b"\xef\xbb\xbftitle,abstract\nKites,On kites.\n")[0].title == "Kites"


def test_blank_rows_are_passed_over() -> None:
    assert [paper.source.index for paper in papers("title,abstract\n\nA,a\n\n\nB,b\n\n")] == [0, 1]


def test_a_field_may_be_larger_than_the_default_of_python() -> None:
    abstract = "kite " * 60_000
    assert papers(f"title,abstract\nKites,{abstract}\n")[0].abstract == abstract


@pytest.mark.parametrize("table", ["title,text\nKites,On kites.\n", "Kites\n", "", "\n"])
def test_a_header_without_an_abstract_is_an_input_error(table: str) -> None:
    with pytest.raises(InputError, match=r'papers\.csv:1: no column "abstract" or "summary"'):
        read(table)


def test_a_row_with_too_many_fields_is_a_bad_input() -> None:
    first, second = read("title,abstract\nKites,On kites, big and small.\nSails,On sails.\n,\n")
    assert isinstance(first, BadInput)
    assert (first.line, first.message) == (2, "more fields than the header has columns")
    assert isinstance(second, Abstract)


def test_missing_fields_at_the_end_of_a_row_are_null() -> None:
    (paper,) = papers("abstract,title,year\nOn kites.\n")
    assert (paper.title, paper.metadata) == ("", {"year": None})


def test_wrong_bytes_cost_their_row_and_no_other() -> None:
    table = b"title,abstract,note\nA,a,\xff\nB,\xc3(,\n\xe9,c,\nD,d,\xc3\xa9\n"
    *wrong, right = read(table)
    assert all(isinstance(row, BadInput) for row in wrong)
    assert [row.line for row in wrong if isinstance(row, BadInput)] == [2, 3, 4]
    assert isinstance(right, Abstract)
    assert right.metadata == {"note": "é"}


def test_the_stream_stays_open_for_its_owner() -> None:
    stream = io.BytesIO(b"title,abstract\nA,a\nB,b\n")
    rows = read_csv(stream, "papers.csv")
    next(rows)
    del rows
    assert not stream.closed


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.lists(st.tuples(cell, cell.filter(str.strip), cell), max_size=5))
def test_what_is_written_as_csv_is_read_from_it(rows: list[tuple[str, str, str]]) -> None:
    table = io.StringIO(newline="")
    csv.writer(table, quoting=csv.QUOTE_ALL).writerows([("title", "abstract", "note"), *rows])
    assert [(paper.title, paper.abstract, paper.metadata["note"]) for paper in papers(table.getvalue())] == rows


@given(st.binary())
def test_no_bytes_raise(rows: bytes) -> None:
    for row in read(b"title,abstract\n" + rows):
        assert row.source.path == "papers.csv"


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_header_of_a_further_table_is_no_paper(tmp_path: Path, caplog: pytest.LogCaptureFixture, mark: str) -> None:
    one, other = "Title,Abstract\nMussels,We count 12.\n", f"{mark}Title,Abstract\nCrabs,We count 7.\n"
    (tmp_path / "both.csv").write_text(one + other, encoding="utf-8")
    papers = list(read_abstracts(tmp_path / "both.csv"))
    assert [(paper.title, paper.source.index) for paper in papers] == [("Mussels", 0), ("Crabs", 1)]
    assert "both.csv:3: the header stands there once more" in caplog.text
