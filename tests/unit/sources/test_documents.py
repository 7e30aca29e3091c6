"""JSON documents, OpenAlex, arXiv's dump, Parquet and plain text as input."""

from __future__ import annotations

import datetime
import decimal
import io
import json
import sys
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from absextract.errors import InputError, UsageError
from absextract.records import Abstract, BadInput
from absextract.sources.arxiv import read_arxiv
from absextract.sources.inverted_index import as_text
from absextract.sources.json_document import read_json
from absextract.sources.json_shape import is_json_document
from absextract.sources.openalex import read_openalex
from absextract.sources.parquet import read_parquet
from absextract.sources.plain_text import read_text
from absextract.sources.read import Reader

A, B = {"title": "A", "abstract": "a"}, {"title": "B", "abstract": "b"}

LONG = {"a" * 100_000: list(range(1000))}  # 100 MB of text from 104 KB
DEEP = "[" * 5000 + "]" * 5000


def read(reader: Reader, content: Any) -> list[Abstract | BadInput]:
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return list(reader(io.BytesIO(data), "papers"))


def titles(items: list[Abstract | BadInput]) -> list[str]:
    return [item.title for item in items if isinstance(item, Abstract)]


class TestJson:
    @pytest.mark.parametrize(
        "document",
        [
            [A, B],
            {"total": 2, "data": [A, B]},
            {"status": "ok", "message": {"facets": {}, "items": [A, B]}},
            {"schema": {"fields": [{"name": "title"}]}, "data": [A, B]},
            {"title": "My papers", "papers": [A, B]},
            {"authors": [{"name": "x", "title": "Dr"}], "papers": [A, B]},
            {"papers": [{"title": "A"}, {"title": "B"}]},
        ],
    )
    @pytest.mark.parametrize("indent", [None, 2])
    def test_the_array_of_papers_is_found(self, document: Any, indent: int | None) -> None:
        text = json.dumps(document, indent=indent)
        assert is_json_document(text)
        assert titles(read(read_json, text.encode())) == ["A", "B"]

    @pytest.mark.parametrize(
        "paper",
        [A, {"references": [{"title": "R"}], **A}, {"title": "A", "authors": [{"name": "x", "title": "Dr"}]}],
    )
    def test_an_object_with_an_abstract_is_a_paper_of_its_own(self, paper: Any) -> None:
        assert not is_json_document(json.dumps(paper))
        assert is_json_document(json.dumps(paper, indent=1))
        assert titles(read(read_json, json.dumps(paper, indent=1).encode())) == ["A"]

    def test_a_broken_line_makes_no_document_of_lines(self) -> None:
        assert not is_json_document('{"title": "T", "abstract": "broken off\n{"title": "A"}\n')

    def test_what_is_no_object_is_a_bad_input(self) -> None:
        paper, bad, other = read(read_json, [A, 5, {"title": None}])
        assert isinstance(paper, Abstract)
        assert isinstance(bad, BadInput)
        assert (bad.line, bad.place, bad.message) == (None, "papers#1", "expected a JSON object, found int")
        assert isinstance(other, BadInput)

    @pytest.mark.parametrize(
        ("content", "line"), [(b'[{"title": "A"},\n{"title": "B"} "x"]', 2), (b'[{"title":\n\n"A"', 3)]
    )
    def test_what_is_no_json_is_an_input_error_with_its_line(self, content: bytes, line: int) -> None:
        with pytest.raises(InputError, match="not valid JSON") as caught:
            read(read_json, content)
        assert caught.value.line == line

    @pytest.mark.parametrize("value", ["NaN", "1e999", "9" * 5000, "tru", '"\\x"', "[1}", '"\xff"', DEEP])
    def test_what_json_cannot_hold_costs_its_record(self, value: str) -> None:
        content = f'{{"n": 2, "data": [{{"title": "A"}}, {{"title": "x", "x": {value}}},\n {{"title": "B"}}]}}'
        items = read(read_json, content.encode("latin-1"))
        assert [item.source.index for item in items] == [0, 1, 2]
        assert titles([items[0], items[2]]) == ["A", "B"]
        assert isinstance(items[1], BadInput) == (value not in ("NaN", "1e999", "9" * 5000))


class TestOpenAlex:
    WORK = {  # noqa: RUF012  # never changed
        "id": "https://openalex.org/W1",
        "title": None,
        "display_name": "Kites",
        "abstract_inverted_index": {"We": [0], "fly": [1, 3], "kites,": [2], "high.": [4]},
        "publication_year": 2026,
    }

    @pytest.mark.parametrize("content", [{"results": [WORK]}, WORK, [WORK]])
    def test_the_abstract_is_put_together_from_its_index(self, content: Any) -> None:
        (paper,) = read(read_openalex, content)
        assert isinstance(paper, Abstract)
        assert (paper.title, paper.abstract) == ("Kites", "We fly kites, fly high.")
        told = {"title": None, "publication_year": 2026, "year": "2026"}
        assert (paper.id, paper.metadata) == ("https://openalex.org/W1", told)

    @pytest.mark.parametrize(("index", "text"), [({}, None), ('{"b": [1], "a": [0]}', "a b"), ({"a": None}, None)])
    def test_an_index_may_be_empty_or_a_string(self, index: Any, text: str | None) -> None:
        assert as_text(index) == text

    @pytest.mark.parametrize("index", [5, [1], {"a": 1}, {"a": ["x", 1]}, {"a": "xy"}, {"a": [-1]}, LONG, "{", "{}x"])
    def test_what_is_no_index_costs_its_work(self, index: Any) -> None:
        (item,) = read(read_openalex, {"title": "T", "abstract_inverted_index": index})
        assert isinstance(item, BadInput) == (not isinstance(index, str))


def test_the_dump_of_arxiv_wraps_and_we_do_not() -> None:
    row = {"id": "0704.1", "title": "Kites and\n  sails", "abstract": "  On kites\nand sails.\n", "categories": "cs.CL"}
    (paper,) = read(read_arxiv, row)
    assert isinstance(paper, Abstract)
    assert (paper.title, paper.abstract, paper.metadata) == (
        "Kites and sails",
        "On kites and sails.",
        {"categories": "cs.CL"},
    )


class TestParquet:
    def table(self, **columns: list[Any]) -> bytes:
        file = io.BytesIO()
        parquet.write_table(pyarrow.table(columns), file)
        return file.getvalue()

    def test_cells_that_json_does_not_know_become_text(self) -> None:
        (paper,) = read(
            read_parquet,
            self.table(
                Title=["A"],
                Abstract=["a"],
                day=[datetime.date(2026, 1, 2)],
                price=[decimal.Decimal("1.50")],
                nothing=[float("nan")],
                raw=[b"\0"],
                people=[[{"name": "x"}]],
            ),
        )
        assert isinstance(paper, Abstract)
        assert paper.metadata == {
            "day": "2026-01-02",
            "price": "1.50",
            "nothing": None,
            "raw": "AA==",
            "people": [{"name": "x"}],
        }

    def test_rows_without_text_and_tables_without_abstracts(self) -> None:
        good, empty = read(read_parquet, self.table(title=["A", None], abstract=["a", None]))
        assert isinstance(good, Abstract)
        assert isinstance(empty, Abstract)
        assert (empty.id, empty.abstract) == ("papers#1", "")
        with pytest.raises(InputError, match='no column "abstract" or "summary"; found title'):
            read(read_parquet, self.table(title=["A"]))

    def test_a_cell_that_cannot_be_read_costs_its_row(self) -> None:
        wrong = pyarrow.array([b"a", b"\xff", b"c", b"d"], pyarrow.binary())
        texts = pyarrow.Array.from_buffers(pyarrow.string(), 4, wrong.buffers())
        days = pyarrow.array([1, 1, 2**30, 1], pyarrow.date32())
        items = read(read_parquet, self.table(title=["A", "B", "C", "D"], abstract=texts, day=days))
        assert titles(items) == ["A", "D"]
        assert [item.message[:30] for item in items if isinstance(item, BadInput)] == [
            "the column 'abstract' cannot b",
            "the column 'day' cannot be rea",
        ]
        assert [item.source.index for item in items] == [0, 1, 2, 3]

    @pytest.mark.parametrize("content", [b"PAR1", b"PAR1" + b"x" * 100, b""])
    def test_what_is_no_table_is_an_input_error(self, content: bytes) -> None:
        with pytest.raises(InputError, match=r"papers: not a Parquet table"):
            read(read_parquet, content)

    def test_without_pyarrow_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)
        with pytest.raises(UsageError, match=r"pip install 'absextract\[parquet\]'"):
            read(read_parquet, b"PAR1")


class TestText:
    def test_a_title_a_blank_line_and_an_abstract_of_paragraphs(self) -> None:
        (paper,) = read(read_text, b"\n\nKites\r\n\r\nOn kites.\r\n\r\nAnd sails.\r\n\r\n")
        assert isinstance(paper, Abstract)
        assert (paper.title, paper.abstract) == ("Kites", "On kites.\n\nAnd sails.")

    def test_a_line_of_dashes_or_a_form_feed_parts_papers(self) -> None:
        items = read(read_text, b"A\n\na\n---\nB\n\nb -- b\n-----\n\f\nC\n\nc\n---\n")
        assert titles(items) == ["A", "B", "C"]
        assert [item.source.index for item in items] == [0, 1, 2]

    def test_a_paragraph_alone_is_an_abstract(self) -> None:
        (paper,) = read(read_text, b"On kites.\nAnd sails.")
        assert isinstance(paper, Abstract)
        assert (paper.title, paper.abstract) == ("", "On kites.\nAnd sails.")

    def test_wrong_bytes_cost_their_paper_and_say_their_line(self) -> None:
        good, bad = read(read_text, b"A\n\na\n---\nB\n\n\xe9\n")
        assert isinstance(good, Abstract)
        assert isinstance(bad, BadInput)
        assert bad.line == 7
