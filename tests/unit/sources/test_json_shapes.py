"""Papers in JSON as services answer: each comes out once, and nothing that is none."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources.columns import ColumnNames, Columns
from absextract.sources.json_document import read_json
from absextract.sources.json_shape import spine_of
from absextract.sources.jsonl import read_jsonl
from absextract.sources.read import read_abstracts, read_inputs
from json_shapes import SHAPES

A, B = {"title": "Kites", "abstract": "We fly kites."}, {"title": "Sails", "abstract": "We sail."}
BOTH = [("Kites", "We fly kites."), ("Sails", "We sail.")]


def read(value: Any, path: Path, **chosen: str) -> list[Abstract | BadInput]:
    path.write_text(json.dumps(value, indent=1), encoding="utf-8")
    return list(read_inputs([str(path)], chosen=ColumnNames(**chosen)))


def texts(items: Sequence[Abstract | BadInput]) -> list[tuple[str, str]]:
    return [(item.title, item.abstract) if isinstance(item, Abstract) else ("bad", item.message) for item in items]


def document(value: Any, columns: Columns | None = None) -> list[Abstract | BadInput]:
    return list(read_json(io.BytesIO(json.dumps(value).encode()), "papers", columns))


@pytest.mark.parametrize("name", SHAPES)
def test_a_long_document_of_each_shape_is_read_as_a_short_one_is(name: str) -> None:
    papers = [Abstract(id=f"k{i}", title=f"Kites {i}", abstract=f"{i} kites fly." * 20) for i in range(400)]
    data = json.dumps(SHAPES[name](papers), indent=1).encode()
    assert len(data) > 2 * (1 << 16)
    items = list(read_json(io.BytesIO(data), "papers"))
    assert texts(items) == [(paper.title, paper.abstract) for paper in papers]
    assert [item.source.index for item in items] == list(range(400))


@pytest.mark.parametrize("name", SHAPES)
def test_a_value_of_each_shape_a_line_is_read_line_by_line(name: str) -> None:
    papers = [Abstract(id=f"k{i}", title=f"Kites {i}", abstract=f"{i} kites fly.") for i in range(4)]
    lines = [json.dumps({"page": SHAPES[name](half)}).encode() for half in (papers[:2], papers[2:])]
    items = list(read_jsonl(io.BytesIO(b"\n".join(lines)), "papers"))
    assert texts(items) == [(paper.title, paper.abstract) for paper in papers]
    assert [item.source.index for item in items] == list(range(4))


@pytest.mark.parametrize(
    "value",
    [
        {"orals": [A], "more": {"posters": [B]}},
        {"first": A, "others": [B]},
        {"2026": {"01": [A], "02": [B]}},
        {"title": "A meeting", "best": A, "papers": [B]},
        {"title": "A book", "abstract": "On all that flies.", "chapters": {"papers": [A, B]}, "articles": [A, B]},
        {"papers": [A, B], "references": [{"title": "R", "abstract": "An older one."}], "journals": [B]},
        {"references": [A, B]},
        {"author": "A. Kite", "papers": [A, B]},
        [{"name": "A. Kite", "papers": [A]}, {"name": "B. Sail", "papers": [B]}],
        [[A], [B]],
        [{"query": A, "candidate": B}],
        {"meta": {"title": "An export", "summary": "Of all"}, "records": [A, B]},
        {"title": "A feed", "items": [{"name": A["title"], "abstract": A["abstract"]}, B]},
        {"Kites": A, "Sails": {**B, "title": "Sails"}},
    ],
)
def test_all_papers_are_found_wherever_they_stand(value: Any, tmp_path: Path) -> None:
    assert texts(read(value, tmp_path / "papers"))[:2] == BOTH
    assert set(texts(read(value, tmp_path / "papers"))) == set(BOTH)


@pytest.mark.parametrize(
    "value",
    [
        {**A, "references": [B], "citations": [B]},
        {"references": [B] * 3000, **A},
        {**A, "paper": B},
        {**A, "metadata": {"title": "Kites", "abstract": "An earlier text."}},
        {"title": "Kites", "abstract": None, "journal": B, "details": {"abstract": "We fly kites."}},
        {"title": "Kites", "info": {"extra": {"abstract": "We fly kites."}}},
        {"paper": A, "recommendations": [B], "keywords": [{"title": "kites"}]},
        {"status": "ok", "message": {"title": ["Kites"], "abstract": "We fly kites.", "reference": [B]}},
        {"title": [], "titles": [{"title": "Kites"}], "abstracts": [{"value": "We fly kites."}, {"value": "Old."}]},
        {"title": {"value": "Kites"}, "abstract": {"value": "We fly kites."}},
        {"title": "Kites", "abstract": {"sections": [{"text": "We fly"}, {"text": "kites."}]}}
        | {"abstract": ["We fly", "kites."]},
        {"title": "Kites", "descriptions": [{"descriptionType": "Abstract", "description": "We fly kites."}]},
        {"coredata": {"dc:title": "Kites", "dc:description": "We fly kites."}, "item": {"abstract": "We fly kites."}},
        {"meta": {"title": "Kites", "year": 2026}, "abstract": "We fly kites."},
        {
            "uuid": "k",
            "metadata": {"dc.title": [{"value": "Kites"}], "dc.description.abstract": [{"value": "We fly kites."}]},
        },
        {"title": "Kites", "summary": "Short.", "metadata": {"title": "kites ", "abstract": "We fly kites."}} | A,
    ],
)
def test_what_belongs_to_a_paper_is_no_paper(value: Any, tmp_path: Path) -> None:
    assert texts(read(value, tmp_path / "papers")) == BOTH[:1]
    assert texts(read([value], tmp_path / "papers")) == BOTH[:1]


def test_a_table_by_its_columns_is_its_rows(tmp_path: Path) -> None:
    table = {
        "title": {"0": "Kites", "1": "Sails"},
        "abstract": {"0": "We fly kites.", "1": None},
        "n": {"0": 1, "1": 2},
    }
    for indent in (None, 1):
        (tmp_path / "papers").write_text(json.dumps(table, indent=indent), encoding="utf-8")
        one, other = read_abstracts(tmp_path / "papers")
        assert texts([one, other]) == [("Kites", "We fly kites."), ("Sails", "")]
        assert (one.metadata, other.source.index) == ({"n": 1}, 1)
    (tmp_path / "papers").write_text(json.dumps(table | {"n": {"0": 1}}), encoding="utf-8")
    with pytest.raises(InputError):
        list(read_abstracts(tmp_path / "papers"))


def test_a_paper_may_have_thousands_of_columns() -> None:
    (paper,) = document([A | {f"feature {i}": i for i in range(3000)}])
    assert isinstance(paper, Abstract)
    assert (paper.title, len(paper.metadata)) == ("Kites", 3000)


def test_titles_may_be_the_names_of_objects(tmp_path: Path) -> None:
    value = {"Kites at sea": {"abstract": "We fly kites."}, "Sails in 2026": {"abstract": "We sail."}}
    assert texts(read(value, tmp_path / "papers")) == [("Kites at sea", "We fly kites."), ("Sails in 2026", "We sail.")]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"2601.1": A, "2601.2": B}, ["2601.1", "2601.2"]),
        ({"2601.1": A}, ["2601.1"]),
        ({"p1": {**A, "id": "own"}}, ["own"]),
        ({"message": {"DOI": "10.1/a", "title": ["Kites"]}}, ["10.1/a"]),
        ([{"_id": "e1", "_source": A}], ["e1"]),
        ([{"id": "outer", "paper": {**A, "id": "inner"}}], ["inner"]),
        ([{"paper_id": "s1", "title": "Kites", "abstract": [{"text": "We fly."}]}], ["s1"]),
        ([{"title": ["Kites"], "abstract": "We fly.", "id": {"a": 1}, "bibcode": "2026K"}], ["2026K"]),
    ],
)
def test_the_id_is_the_papers_own(value: Any, ids: list[str], tmp_path: Path) -> None:
    assert [item.id for item in read(value, tmp_path / "papers") if isinstance(item, Abstract)] == ids


def test_what_stands_around_a_paper_is_metadata_untouched() -> None:
    (paper,) = document([{"score": 1.5, "title": "Review of Kites", "_source": {**A, "tags": ["x"], "title": "Kites"}}])
    assert isinstance(paper, Abstract)
    assert paper.metadata == {"score": 1.5, "_source": {"tags": ["x"]}, "outer_title": "Review of Kites"}


def test_one_paper_or_many_is_asked_where_it_cannot_be_seen_in_time() -> None:
    parts = [{"title": f"Part {i}", "abstract": "We fly. " * 20} for i in range(1000)]
    with pytest.raises(InputError, match='an abstract, "abstract", behind papers under "parts" in the same object'):
        document({"parts": parts, "abstract": "We fly kites.", "title": "Kites"})
    assert texts(document({"parts": parts[:9], "abstract": "We fly kites.", "title": "Kites"})) == BOTH[:1]
    assert len(document({"papers": parts, "abstract": "All that flies.", "title": "A volume"})) == 1000


def test_sections_before_the_abstract_are_no_papers() -> None:
    sections = [{"title": f"Section {i}", "text": "We fly. " * 20} for i in range(1000)]
    assert texts(document({"sections": sections, **A})) == BOTH[:1]


class TestPapersWithoutAbstracts:
    @pytest.mark.parametrize(
        "value",
        [
            [{"title": "Kites"}, {"title": "Sails", "year": 2026}],
            {"papers": [{"title": "Kites"}]},
            {"title": "Kites", "year": 2026},
            [{"title": "Kites", "journal": {"title": "Flying", "abstract": "On flying."}}],
            {"result": {"hits": [{"info": {"title": "Kites"}}]}},
        ],
    )
    def test_titles_alone_are_a_question(self, value: Any, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r'no column "abstract" or "summary"; found .*title.*--columns abstract='):
            read(value, tmp_path / "papers")

    @pytest.mark.parametrize(
        ("value", "columns"),
        [
            ({"rows": [{"text": "We fly kites.", "heading": "Kites"}]}, {"abstract": "text", "title": "heading"}),
            (
                {"hits": [{"metadata": {"title": "Kites", "description": "We fly kites."}}]},
                {"abstract": "metadata.description"},
            ),
        ],
    )
    def test_the_names_that_are_proposed_are_understood(
        self, value: Any, columns: dict[str, str], tmp_path: Path
    ) -> None:
        proposed = ",".join(f"{part}={name}" for part, name in columns.items())
        with pytest.raises(InputError, match=rf"did you mean --columns {proposed}\?"):
            read(value, tmp_path / "papers")
        assert texts(read(value, tmp_path / "papers", **columns)) == BOTH[:1]

    def test_services_that_leave_abstracts_out_are_known(self, tmp_path: Path) -> None:
        for work in (
            {"message": {"DOI": "10.1/a", "title": ["Kites"], "reference": [{"article-title": "R", "abstract": "r"}]}},
            [{"key": "k", "data": {"itemType": "book", "title": "Kites"}}],
            [{"id": "k", "title": "Kites", "container-title": "Flying"}],
            {"data": [{"attributes": {"titles": [{"title": "Kites"}], "descriptions": []}}]},
        ):
            assert texts(read(work, tmp_path / "papers")) == [("Kites", "")]

    def test_a_work_of_crossref_may_lack_its_title(self, tmp_path: Path) -> None:
        work = {"DOI": "10.1/a", "prefix": "10.1", "is-referenced-by-count": 0, "type": "journal-article"}
        for value in ({"message": work}, {"message": {"items": [work]}}):
            (paper,) = read(value, tmp_path / "papers")
            assert isinstance(paper, Abstract)
            assert (paper.id, paper.title, paper.abstract) == ("10.1/a", "", "")

    def test_they_are_papers_beside_others(self, tmp_path: Path) -> None:
        masts = {"title": "Masts", "authors": ["M. Ast"]}
        value = {"posters": [masts], "orals": [A, {"title": "Oars"}], "sessions": [{"title": "Morning"}]}
        assert texts(read(value, tmp_path / "papers")) == [("Masts", ""), BOTH[0], ("Oars", "")]

    def test_of_many_none_is_kept_in_mind_for_ever(self) -> None:
        value = {"papers": [{"title": f"Kites {i}", "note": "x" * 2000} for i in range(5000)]}
        with pytest.raises(InputError, match='no column "abstract" or "summary"; found title, note'):
            document(value)


class TestWhatIsNoPaper:
    def test_nulls_are_told_once_and_are_no_records(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        with caplog.at_level(logging.WARNING):
            items = read([None] * 6 + [A, None, B], tmp_path / "papers")
        assert texts(items) == BOTH
        assert [item.source.index for item in items] == [0, 1]
        assert [record.getMessage() for record in caplog.records] == [
            f"{tmp_path / 'papers'}: entries that are null are left out: 1, 2, 3, 4, 5, 6, 8"
        ]

    def test_of_many_nulls_the_first_are_named(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        assert texts(read({"data": [None] * 50 + [A]}, tmp_path / "papers")) == BOTH[:1]
        assert "left out: 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, … (50 in all)" in caplog.text

    def test_an_id_without_a_paper_is_named(self, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
        assert texts(read({"p1": A, "p2": None}, tmp_path / "papers")) == BOTH[:1]
        assert "left out: p2" in caplog.text

    @pytest.mark.parametrize("value", [[None, None], {"data": [None]}, [{"citedPaper": None, "contexts": []}]])
    def test_nothing_but_nulls_is_an_error(self, value: Any, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"holds no papers, but [12] entries that are null"):
            read(value, tmp_path / "papers")

    @pytest.mark.parametrize(
        "beside",
        [
            {"id": "r", "forum": "k", "content": {"title": "Review of Kites", "review": "They fly."}},
            {"id": "r", "forum": "k", "content": {"summary": {"value": "They fly kites."}}},
            {"key": "f", "data": {"key": "f", "itemType": "attachment", "title": "Full Text"}},
            {"key": "n", "data": {"key": "n", "itemType": "note", "note": "read!"}},
            {
                "DOI": "10.1/k.g001",
                "type": "component",
                "prefix": "10.1",
                "is-referenced-by-count": 0,
                "title": ["Fig"],
            },
        ],
    )
    def test_reviews_and_attachments_are_told_and_no_records(
        self, beside: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        assert (
            texts(read({"notes": [{"id": "k", "forum": "k", "content": A}, beside]}, tmp_path / "papers")) == BOTH[:1]
        )
        assert "entries that are reviews, notes, attachments or components are left out: 2" in caplog.text

    def test_another_value_among_papers_is_told_in_its_place(self) -> None:
        good, bad, empty, other = document({"data": [A, 5, {"n": 1}, B]})
        assert texts([good, other]) == BOTH
        assert isinstance(bad, BadInput)
        assert isinstance(empty, BadInput)
        assert (bad.place, bad.message) == ("papers#1", "expected a JSON object, found int")
        assert empty.message.startswith("neither a title nor an abstract; found n; ")

    @pytest.mark.parametrize(
        ("value", "said"),
        [
            ({"error": "Paper not found"}, "found error"),
            (
                {"count": 2, "rows": [{"text": "We fly.", "stars": 3}]},
                "found text, stars; did you mean --columns abstract=text",
            ),
            ({"data": None, "error": "Too many requests"}, "found data, error"),
            ({"total": 0, "data": []}, "holds no records"),
            ({"titles": ["Kites", "Sails"], "abstracts": ["We fly.", "We sail."]}, "found titles, abstracts"),
            (
                {"title": ["Kites", "Sails"], "abstract": ["We fly.", "We sail."]},
                "title: Input should be a valid string",
            ),
            ({"items": [{"name": "Kite Press", "coverage": {"all": {"abstracts": 0.0}}}]}, "found name, coverage"),
            ({"items": [], "facets": {}}, "holds no records"),
            ({"title": "Today", "summary": "No papers.", "papers": []}, "holds no records"),
            (["a", "b"], "expected a JSON object, found str"),
            ({"title": "Kites", "abstract": 5}, "abstract: Input should be a valid string"),
        ],
    )
    def test_what_it_is_instead_is_told(self, value: Any, said: str, tmp_path: Path) -> None:
        with pytest.raises(InputError) as caught:
            read(value, tmp_path / "papers")
        assert said in str(caught.value)


@pytest.mark.parametrize(
    ("value", "spine"),
    [
        ([A], "["),
        (A, ""),
        ({"paper": A}, ""),
        ({"data": [A]}, "{["),
        ({"a": {"b": [A]}}, "{{["),
        ([{"papers": [A]}], "[{["),
        ({"p1": A, "p2": B}, "{"),
        ({"first": A, "others": [B]}, "{["),
        ({"references": [A]}, ""),
        ({"tags": [{"title": "x"}], "papers": [A], "more": {"of": [{"title": "y"}]}}, "{["),
    ],
)
def test_the_way_to_the_papers(value: Any, spine: str) -> None:
    assert spine_of(json.dumps(value)) == spine
    assert spine_of(json.dumps(value, indent=1)[: -len("]}\n")]) == spine
