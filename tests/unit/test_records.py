"""Records: what goes in, what comes out, and how it is written."""

from __future__ import annotations

import copy
import json
import math
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError, computed_field

from absextract.one_shot import validate
from absextract.records import (
    Abstract,
    BadInput,
    ErrorInfo,
    ExtractorInfo,
    Finding,
    Grounding,
    Record,
    Source,
    Usage,
    confidences_in,
)
from absextract.schema.marks import Mention
from absextract.schema.paper import PaperExtraction, PaperLink, Result
from papers import PAPER, truth

INFO = ExtractorInfo(model="builtin", schema="PaperExtraction@0")
FIELDS = [
    "schema_version", "id", "title", "abstract", "source", "metadata", "status", "extraction", "grounding", "findings",
    "extractor", "error",
]  # fmt: skip


class TestAbstract:
    def test_the_id_is_a_hash_of_title_and_abstract_that_never_changes(self) -> None:
        assert Abstract(title="Kites", abstract="On kites.").id == "c5f06df8609a"
        assert Abstract(abstract="Über Drachen.").id == Abstract(title="", abstract="Über Drachen.").id

    def test_an_id_of_its_own_is_kept(self) -> None:
        assert Abstract(id="k1", abstract="On kites.").id == "k1"

    @given(st.text(), st.text(), st.text())
    def test_texts_stay_as_they_are(self, title: str, abstract: str, id_: str) -> None:
        paper = Abstract(id=id_, title=title, abstract=abstract, metadata={"t": title})
        assert (paper.title, paper.abstract, paper.metadata) == (title, abstract, {"t": title})
        assert Abstract.model_validate_json(paper.model_dump_json()) == paper

    @pytest.mark.parametrize(
        ("text", "title", "abstract"),
        [
            ("Kites\n\nOn kites.", "Kites", "On kites."),
            ("\nKites\n\nOn kites.\n\nMore.", "Kites", "On kites.\n\nMore."),
            ("On kites.", "", "On kites."),
            ("On\nkites.\n\nMore.", "", "On\nkites.\n\nMore."),
            ("\n\nOn kites.", "", "On kites."),
            ("", "", ""),
            (f"{'kite ' * 101}\n\nMore.", "", f"{'kite ' * 101}\n\nMore."),
        ],
    )
    def test_a_text_is_a_title_a_blank_line_and_an_abstract(self, text: str, title: str, abstract: str) -> None:
        paper = Abstract.from_text(text)
        assert (paper.title, paper.abstract) == (title, abstract)

    @given(st.text())
    def test_no_character_of_a_text_is_lost_but_line_feeds(self, text: str) -> None:
        paper = Abstract.from_text(text)
        assert (paper.title + paper.abstract).replace("\n", "") == text.replace("\n", "")

    def test_it_is_frozen_and_takes_nothing_else(self) -> None:
        with pytest.raises(ValidationError, match="frozen"):
            PAPER.title = "Other"  # type: ignore[misc]  # that is the point
        with pytest.raises(ValidationError, match="Extra inputs"):
            Abstract(abstract="On kites.", authors=[])  # type: ignore[call-arg]  # that is the point

    def test_papers_share_no_metadata(self) -> None:
        first, second = Abstract(abstract="A."), Abstract(abstract="A.")
        first.metadata["seen"] = True
        assert second.metadata == {}

    @pytest.mark.parametrize(
        "paper", [{"abstract": "\ud800"}, {"id": "k", "abstract": "x", "metadata": {"a": "\udfff"}}]
    )
    def test_what_utf8_cannot_hold_is_refused(self, paper: dict[str, Any]) -> None:
        with pytest.raises(ValidationError, match="surrogates not allowed"):
            Abstract(**paper)

    def test_nesting_without_a_bottom_is_refused(self) -> None:
        for depth in (255, 400):
            nested: Any = "bottom"
            for _ in range(depth):
                nested = [nested]
            with pytest.raises(ValidationError):
                Abstract(abstract="On kites.", metadata={"x": nested})

    def test_a_bad_input_leaves_an_empty_paper_in_its_place(self) -> None:
        source = Source(path="papers.csv", index=6)
        paper = BadInput(source=source, line=8, message="too many fields").as_abstract()
        assert (paper.id, paper.title, paper.abstract, paper.source) == ("papers.csv:8", "", "", source)


class TestUsage:
    def test_tokens_add_up(self) -> None:
        one = Usage(prompt_tokens=1, completion_tokens=20, total_tokens=21)
        assert one + one == Usage(prompt_tokens=2, completion_tokens=40, total_tokens=42)
        assert one + Usage() == one


# Strategies build what a record may hold, without regard for whether the text supports it.

no_surrogates = st.text(max_size=20)
score = st.sampled_from(["76\\%", "2x", "10--20 points", "twice", "81.2", "", "no number"])
result = st.builds(
    Result,
    score=score,
    kind=st.sampled_from(["value", "change"]),
    metric=st.none() | no_surrogates,
    dataset=st.none() | no_surrogates,
    method=st.none() | no_surrogates,
    baseline=st.none() | no_surrogates,
    evidence=no_surrogates,
)
link = st.builds(
    PaperLink, url=no_surrogates, kind=st.sampled_from(["code", "project", "data", "model", "demo", "other"])
)
names = st.lists(no_surrogates, max_size=3)
extraction = st.builds(
    PaperExtraction,
    tasks=names,
    methods=names,
    datasets=names,
    metrics=names,
    results=st.lists(result, max_size=3),
    links=st.lists(link, max_size=2),
    code_url=st.none() | no_surrogates,
)
json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
paper = st.builds(
    Abstract,
    id=no_surrogates,
    title=no_surrogates,
    abstract=no_surrogates,
    source=st.builds(Source, path=no_surrogates, index=st.integers(0, 9)),
    metadata=st.dictionaries(st.text(), json_value, max_size=3),
)
usage = st.builds(Usage, prompt_tokens=st.integers(0), completion_tokens=st.integers(0), total_tokens=st.integers(0))
info = st.builds(
    ExtractorInfo,
    model=no_surrogates,
    prompt=st.none() | no_surrogates,
    schema=no_surrogates,
    attempts=st.integers(0, 9),
    usage=st.none() | usage,
)
grounding = st.builds(
    Grounding,
    path=no_surrogates,
    field=st.sampled_from(["title", "abstract"]),
    start=st.integers(0, 9),
    end=st.integers(0, 9),
    match=st.sampled_from(["exact", "normalized", "fuzzy"]),
)
finding = st.builds(
    Finding,
    path=no_surrogates,
    code=no_surrogates,
    severity=st.sampled_from(["error", "warning"]),
    message=no_surrogates,
    value=json_value,
    action=st.sampled_from(["dropped", "kept"]),
)
checked = st.builds(
    Record[PaperExtraction].checked,
    paper,
    info,
    extraction,
    st.lists(grounding, max_size=3).map(tuple),
    st.lists(finding, max_size=3).map(tuple),
)
failed = st.builds(
    Record[PaperExtraction].failed, paper, info, st.builds(ErrorInfo, code=no_surrogates, message=no_surrogates)
)


class TestRecord:
    @given(checked | failed)
    def test_a_record_that_is_written_and_read_is_the_same(self, record: Record[PaperExtraction]) -> None:
        line = record.to_json()
        assert "\n" not in line
        again = Record[PaperExtraction].model_validate_json(line)
        assert again == record
        assert again.to_json() == line

    def test_its_fields_stand_in_the_order_of_the_contract(self) -> None:
        line = json.loads(validate(truth(), PAPER).to_json())
        assert list(line) == FIELDS
        assert list(line["source"]) == ["path", "index"]
        assert list(line["extraction"]) == ["tasks", "methods", "datasets", "metrics", "results", "links", "code_url"]
        assert list(line["extraction"]["results"][0]) == [
            "score", "kind", "metric", "dataset", "method", "baseline", "setting", "evidence", "own", "value", "upper",
            "unit", "deviation", "bound",
        ]  # fmt: skip
        assert list(line["grounding"][0]) == ["path", "field", "start", "end", "match"]
        assert list(line["extractor"]) == ["model", "prompt", "schema", "attempts", "usage"]

    def test_a_confidence_stands_in_the_grounding_where_it_is_known(self) -> None:
        record = validate(truth(), PAPER, confidence={"/results/0/score": 0.93})
        places = {place["path"]: place for place in json.loads(record.to_json())["grounding"]}
        assert list(places["/results/0/score"]) == ["path", "field", "start", "end", "match", "confidence"]
        assert [path for path, place in places.items() if "confidence" in place] == ["/results/0/score"]
        assert Record[PaperExtraction].model_validate_json(record.to_json()) == record

    @pytest.mark.parametrize("grounding", [None, "x", [3], [{"path": "/tasks/0", "confidence": 2}]])
    def test_no_confidence_is_read_from_what_is_no_grounding(self, grounding: Any) -> None:
        assert confidences_in(grounding) == {}

    def test_findings_and_errors_stand_in_the_order_of_the_contract(self) -> None:
        flagged = json.loads(validate({**truth(), "tasks": ["Juggling"]}, PAPER).to_json())
        assert list(flagged["findings"][0]) == ["path", "code", "severity", "message", "value", "action"]
        failed = json.loads(Record[Any].failed(PAPER, INFO, ErrorInfo(code="a", message="b")).to_json())
        assert list(failed) == FIELDS
        assert (failed["extraction"], failed["error"]) == (None, {"code": "a", "message": "b"})

    def test_input_is_carried_over_whole(self) -> None:
        source, metadata = Source(path="in.jsonl", index=3), {"authors": [{"name": "A. Ner"}], "source": "elsewhere"}
        given = Abstract(id="k1", title="Kites", abstract="On kites.", source=source, metadata=metadata)
        line = json.loads(validate({"tasks": []}, given).to_json())
        assert line["metadata"] == metadata
        assert (line["id"], line["source"]) == ("k1", {"path": "in.jsonl", "index": 3})

    def test_a_paper_given_in_python_has_an_empty_source_and_no_metadata(self) -> None:
        record = validate({"tasks": []}, "On kites.")
        assert (record.source, record.metadata) == (Source(path="", index=0), {})

    def test_its_status_says_whether_there_are_findings(self) -> None:
        found = Finding(path="", code="number_unclaimed", severity="warning", message="76%", action="kept")
        make = Record[PaperExtraction].checked
        assert make(PAPER, INFO, PaperExtraction(), (), ()).status == "ok"
        assert make(PAPER, INFO, PaperExtraction(), (), (found,)).status == "flagged"
        assert Record[PaperExtraction].failed(PAPER, INFO, ErrorInfo(code="a", message="b")).status == "failed"

    def test_it_is_frozen(self) -> None:
        record = validate(truth(), PAPER)
        with pytest.raises(ValidationError, match="frozen"):
            record.status = "failed"  # type: ignore[misc]  # that is the point
        assert isinstance(record.grounding, tuple)
        assert copy.deepcopy(record) == record

    def test_a_required_value_that_was_dropped_is_written_as_null_without_a_warning(self) -> None:
        class Flight(BaseModel):
            kite: Annotated[str, Mention()]
            wind: Annotated[str, Mention()]

        record = validate(Flight(kite="Sandpiper", wind="Mistral"), PAPER)
        assert json.loads(record.to_json())["extraction"] == {"kite": "Sandpiper", "wind": None}

    def test_characters_beyond_ascii_are_written_as_they_are(self) -> None:
        assert '"Über 🪁 ½"' in validate({"tasks": []}, Abstract(title="Über 🪁 ½", abstract="x")).to_json()

    def test_numbers_that_json_does_not_know_are_written_as_null(self) -> None:
        class Flight(BaseModel):
            height: float
            notes: Any

        given = Abstract(abstract="x", metadata={"a": math.inf, "b": [math.nan]})
        line = validate(Flight(height=math.inf, notes={"wind": -math.inf}), given).to_json()
        record = json.loads(line, parse_constant=pytest.fail)
        assert record["metadata"] == {"a": None, "b": [None]}
        assert record["extraction"] == {"height": None, "notes": {"wind": None}}

    def test_a_record_comes_with_its_line(self) -> None:
        record = validate(truth(), PAPER)
        assert record.written() == (record, record.to_json())

    @pytest.mark.parametrize("wind", [0.0, "\ud83e"])
    def test_one_that_cannot_be_written_gives_a_failed_record(self, wind: Any) -> None:
        class Flight(BaseModel):
            wind: float | str

            @computed_field
            def speed(self) -> float:
                return 1 / self.wind if isinstance(self.wind, float) else 0

        given = PAPER.model_copy(update={"source": Source(path="in.jsonl", index=3)})
        record, text = validate(Flight(wind=wind), given, extractor=INFO).written()
        line = json.loads(text)
        assert list(line) == FIELDS
        assert (record.status, line["status"], line["extraction"], line["findings"]) == ("failed", "failed", None, [])
        assert line["error"]["code"] == "internal"
        assert ("division" in line["error"]["message"]) == (wind == 0.0)
        assert (line["id"], line["abstract"], line["source"]["index"]) == (PAPER.id, PAPER.abstract, 3)

    def test_a_bad_input_is_a_failed_record_that_says_where(self) -> None:
        bad = BadInput(source=Source(path="papers.csv", index=6), line=8, message="too many fields")
        record = Record[Any].unreadable(bad, INFO)
        assert (record.id, record.status, record.source) == ("papers.csv:8", "failed", bad.source)
        assert record.error == ErrorInfo(code="bad_input", message="papers.csv:8: too many fields")
