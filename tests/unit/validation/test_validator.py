"""The walk over the marks: what is dropped, what is kept, and where findings and groundings point."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field, HttpUrl, RootModel

from absextract import Link, Mention, Number, PaperExtraction, Quote
from absextract.validation.validator import Review, review

ABSTRACT = (
    "We study bird tagging. KiteNet attains 93.7% accuracy on Alpha, while CrowNet has 81.2% on Beta. "
    "Code: https://github.com/ann/kite."
)


def result(score: str, evidence: str = "KiteNet attains 93.7% accuracy on Alpha", **more: Any) -> dict[str, Any]:
    return {"score": score, "kind": "value", "evidence": evidence, **more}


def check(schema: BaseModel, abstract: str = ABSTRACT, **options: Any) -> Review[Any]:
    return review(schema, "Tagging birds", abstract, **options)


def paper(**fields: Any) -> Review[PaperExtraction]:
    return check(PaperExtraction.model_validate(fields))


def errors(reviewed: Review[Any]) -> list[tuple[str, str, str]]:
    return [(f.path, f.code, f.action) for f in reviewed.errors]


def paths(reviewed: Review[Any]) -> list[str]:
    return [g.path for g in reviewed.grounding]


def test_a_supported_extraction_is_left_as_it_is() -> None:
    extraction = PaperExtraction.model_validate(
        {
            "tasks": ["bird tagging"],
            "methods": ["KiteNet"],
            "results": [result("93.7%", metric="accuracy", dataset="Alpha", method="KiteNet")],
            "links": [{"url": "https://github.com/ann/kite", "kind": "code"}],
            "code_url": "https://github.com/ann/kite",
        }
    )
    reviewed = check(extraction)
    assert reviewed.extraction is extraction
    assert not reviewed.errors
    assert {g.match for g in reviewed.grounding} == {"exact"}


def test_unsupported_text_of_a_list_goes_and_the_rest_moves_up() -> None:
    reviewed = paper(methods=["CrowNet2", "KiteNet", "JayNet", "CrowNet"])
    assert reviewed.extraction.methods == ["KiteNet", "CrowNet"]
    assert errors(reviewed) == [(f"/methods/{i}", "mention_not_in_source", "dropped") for i in (0, 2)]
    assert paths(reviewed) == ["/methods/0", "/methods/1"]


def test_a_result_without_its_score_is_no_result() -> None:
    reviewed = paper(results=[result("92.7%", metric="accuracy"), result("93.7%", metric="accuracy")])
    assert [r.score for r in reviewed.extraction.results] == ["93.7%"]
    codes = ("number_not_in_source", "number_contradicted")
    assert errors(reviewed) == [("/results/0/score", code, "dropped") for code in codes]
    assert sorted(paths(reviewed)) == ["/results/0/evidence", "/results/0/metric", "/results/0/score"]


def test_an_optional_part_becomes_none() -> None:
    reviewed = paper(results=[result("93.7%", dataset="Gamma", method="KiteNet")])
    (kept,) = reviewed.extraction.results
    assert (kept.dataset, kept.method) == (None, "KiteNet")
    assert errors(reviewed) == [("/results/0/dataset", "mention_not_in_source", "dropped")]


@pytest.mark.parametrize(
    ("score", "evidence", "codes"),
    [
        ("81.2%", "KiteNet attains 93.7% accuracy on Alpha", ["number_not_in_evidence", "number_contradicted"]),
        ("81.2%", "KiteNet attains", ["number_not_in_evidence"]),
        ("93.7%", "KiteNet attains 93.2% accuracy on Alpha", ["evidence_not_in_source"]),
        ("93.7%", "KiteNet reaches 93.7% accuracy", ["evidence_not_in_source"]),
        ("93.7", "KiteNet attains 93.7% accuracy on Alpha", ["unit_mismatch"]),
        ("93.2%", "KiteNet attains 93.7% accuracy on Alpha", ["number_not_in_source", "number_contradicted"]),
        ("93.2%", "KiteNet attains", ["number_not_in_source"]),
    ],
)
def test_score_and_evidence_are_two_answers(score: str, evidence: str, codes: list[str]) -> None:
    reviewed = paper(results=[result(score, evidence)])
    assert reviewed.extraction.results == []
    assert [f.code for f in reviewed.errors] == codes


def test_a_contradiction_says_what_the_evidence_holds() -> None:
    reviewed = paper(results=[result("93.2%", "KiteNet attains 93.7% accuracy on Alpha")])
    assert reviewed.errors[1].path == "/results/0/score"
    assert reviewed.errors[1].message == "the evidence given for it says 93.7%"


@pytest.mark.parametrize(
    "url", ["https://github.com/bob/kite", "https://github.com/ann/kite2", "https://github.com/ann"]
)
def test_a_wrong_link_goes_and_a_wrong_code_url_becomes_null(url: str) -> None:
    reviewed = paper(links=[{"url": url, "kind": "code"}], code_url=url)
    assert (reviewed.extraction.links, reviewed.extraction.code_url) == ([], None)
    assert {f.path for f in reviewed.errors} == {"/links/0/url", "/code_url"}


def test_keep_keeps_with_a_finding() -> None:
    extraction = PaperExtraction.model_validate({"tasks": ["juggling"], "results": [result("92.7%", metric="joy")]})
    reviewed = check(extraction, unsupported="keep")
    assert reviewed.extraction == extraction
    assert [(p, a) for p, _, a in errors(reviewed)] == [
        ("/tasks/0", "kept"), ("/results/0/score", "kept"), ("/results/0/score", "kept"), ("/results/0/metric", "kept"),
    ]  # fmt: skip
    assert paths(reviewed) == ["/results/0/evidence"]


def test_the_argument_is_left_as_it_is() -> None:
    extraction = PaperExtraction.model_validate({"tasks": ["juggling"], "results": [result("92.7%")]})
    before = extraction.model_copy(deep=True)
    check(extraction)
    assert extraction == before


def test_the_same_name_in_two_results_is_grounded_beside_its_score() -> None:
    text = "Kite has 5.1% on Alpha. Kite has 6.2% on Alpha."
    rows = [result(s, f"Kite has {s} on Alpha", dataset="Alpha") for s in ("5.1%", "6.2%")]
    reviewed = check(PaperExtraction.model_validate({"results": rows}), text)
    starts = [g.start for g in reviewed.grounding if g.path.endswith("/dataset")]
    assert starts == [text.index("Alpha"), text.rindex("Alpha")]


def test_offsets_count_code_points_beyond_the_basic_plane() -> None:
    text = "𝒦 🐦 Café: KiteNet"
    (grounding,) = check(PaperExtraction(methods=["KiteNet"]), text).grounding
    assert text[grounding.start : grounding.end] == "KiteNet"


def test_required_at_the_top_becomes_null() -> None:
    class Trial(BaseModel):
        drug: Annotated[str, Mention()]
        dose: Annotated[str, Number()]

    reviewed = check(Trial(drug="KiteNet", dose="99%"))
    assert reviewed.extraction.model_dump(warnings=False) == {"drug": "KiteNet", "dose": None}
    assert (errors(reviewed), paths(reviewed)) == ([("/dose", "number_not_in_source", "dropped")], ["/drug"])


def test_a_default_says_nothing_and_is_not_checked() -> None:
    class Named(BaseModel):
        name: Annotated[str, Mention()] = ""
        place: Annotated[str, Mention()] = "unknown"

    assert not check(Named()).findings
    reviewed = check(Named(name="KiteNet", place="Gamma"))
    assert reviewed.extraction == Named(name="KiteNet")
    assert not check(reviewed.extraction).findings


class Part(BaseModel):
    name: Annotated[str, Mention()]
    score: Annotated[str, Number()]


def test_a_nested_part_that_goes_takes_its_groundings_along() -> None:
    class Whole(BaseModel):
        maybe: Part | None = None
        must: Part

    wrong = Part(name="KiteNet", score="9%")
    reviewed = check(Whole(maybe=wrong, must=wrong))
    assert reviewed.extraction.model_dump(warnings=False) == {"maybe": None, "must": None}
    assert paths(reviewed) == []
    assert [path for path, _, _ in errors(reviewed)] == ["/maybe/score", "/must/score"]


def test_a_broken_required_part_takes_the_list_item_that_needs_it() -> None:
    class Row(BaseModel):
        part: Part

    class Table(BaseModel):
        rows: list[Row]

    rows = [Row(part=Part(name="KiteNet", score=score)) for score in ("9%", "93.7%")]
    reviewed = check(Table(rows=rows))
    assert reviewed.extraction.rows == rows[1:]
    assert set(paths(reviewed)) == {"/rows/0/part/name", "/rows/0/part/score"}


class Kind(Enum):
    KITE = "KiteNet"
    JAY = "JayNet"


class Tree(BaseModel):
    name: Annotated[str, Mention()]
    children: list[Tree] = []


class Foreign(BaseModel):
    grid: list[list[Annotated[str, Mention()]]] = []
    pair: tuple[Annotated[str, Mention()], ...] = ()
    by_name: dict[str, Annotated[str, Number()]] = {}
    level: Annotated[float | None, Number()] = None
    exact: Annotated[Decimal, Number()] | None = None
    page: Annotated[HttpUrl, Link()] | None = None
    kind: Annotated[Kind, Mention()] | None = None
    other: Annotated[str | None, Mention()] = Field(default=None, alias="otherName")
    tree: Tree | None = None
    free: str = ""


@pytest.mark.parametrize(
    ("field", "value", "left", "path"),
    [
        ("grid", [["KiteNet", "x1"], ["x2"]], [["KiteNet"], []], "/grid/0/1"),
        ("pair", ("x1", "Alpha"), ("Alpha",), "/pair/0"),
        ("by_name", {"a/b": "9%", "c": "93.7%"}, {"c": "93.7%"}, "/by_name/a~1b"),
        ("level", 94.0, None, "/level"),
        ("exact", Decimal("93.75"), None, "/exact"),
        ("page", "https://github.com/ann/jay", None, "/page"),
        ("kind", Kind.JAY, None, "/kind"),
        ("otherName", "JayNet", None, "/otherName"),
    ],
)
def test_foreign_schema_drops(field: str, value: object, left: object, path: str) -> None:
    reviewed = check(Foreign.model_validate({field: value}))
    assert reviewed.extraction.model_dump(by_alias=True)[field] == left
    assert errors(reviewed)[0][0] == path


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("grid", [["KiteNet"], ["Alpha", "Beta"]]), ("pair", ("Alpha", "Beta")), ("by_name", {"a": "93.7%"}),
        ("level", 93.7),
        ("exact", Decimal("93.70")), ("page", "https://github.com/ann/kite"), ("kind", Kind.KITE),
        ("otherName", "KiteNet"),
        ("tree", {"name": "Alpha", "children": [{"name": "Beta"}]}), ("free", "nowhere in the text"),
    ],
)  # fmt: skip
def test_foreign_schema_keeps(field: str, value: object) -> None:
    extraction = Foreign.model_validate({field: value})
    reviewed = check(extraction)
    assert (reviewed.extraction, errors(reviewed)) == (extraction, [])
    assert bool(reviewed.grounding) is (field != "free")


def test_recursive_model() -> None:
    tree = Tree(
        name="KiteNet", children=[Tree(name="x1"), Tree(name="Alpha", children=[Tree(name="x2"), Tree(name="Beta")])]
    )
    reviewed = check(tree)
    assert paths(reviewed) == ["/name", "/children/0/name", "/children/0/children/0/name"]
    assert [path for path, _, _ in errors(reviewed)] == ["/children/0/name", "/children/1/children/0/name"]


def test_a_root_model_has_no_key_of_its_own() -> None:
    class Names(RootModel[list[Annotated[str, Mention()]]]):
        pass

    reviewed = check(Names(["JayNet", "KiteNet"]))
    assert (paths(reviewed), [path for path, _, _ in errors(reviewed)]) == (["/0"], ["/0"])


def test_a_quote_anchors_the_other_fields_of_its_object() -> None:
    class Claim(BaseModel):
        who: Annotated[str, Mention()]
        quote: Annotated[str, Quote()]

    text = "Kite was first. Later Kite came back."
    reviewed = check(Claim(who="Kite", quote="Later Kite came back"), text)
    assert {g.path: g.start for g in reviewed.grounding}["/who"] == text.rindex("Kite")


def test_a_long_value_is_shown_shortened() -> None:
    (finding,) = paper(tasks=["x" * 5000]).errors
    assert len(str(finding.value)) == 300


def test_empty_text_supports_nothing_and_is_no_error_for_an_empty_extraction() -> None:
    assert review(PaperExtraction(), "", "") == Review(PaperExtraction(), (), ())
    assert len(review(PaperExtraction(tasks=["a"], code_url="b.com"), "", "").errors) == 2
