"""The blocking functions: papers as people hand them over, one or many."""

from __future__ import annotations

import asyncio
import datetime
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from absextract import (
    Abstract,
    Mention,
    PaperExtraction,
    RecordList,
    UsageError,
    extract,
    extract_many,
    read_abstracts,
    read_records,
    validate,
    write_records,
)
from absextract.errors import OutputError, SchemaError

EXAMPLES = Path(__file__).parents[2] / "examples"
TITLE, TEXT = "Grebe", "We present Grebe, which reaches 81.2% accuracy on PondBench."


class Bird(BaseModel):
    name: Annotated[str, Mention()]


@pytest.mark.parametrize(
    "given",
    [
        f"{TITLE}\n\n{TEXT}",
        Abstract(title=TITLE, abstract=TEXT),
        {"title": TITLE, "abstract": TEXT},
        {"Title": TITLE, "summary": TEXT},
        {"display_name": TITLE, "ABSTRACT": TEXT, "year": 2031},
    ],
)
def test_a_paper_is_taken_as_it_comes(given: Any) -> None:
    record = extract(given, model="builtin")
    assert (record.title, record.abstract) == (TITLE, TEXT)
    assert record.extraction
    assert record.extraction.datasets == ["PondBench"]
    assert validate({"methods": ["Grebe"]}, given).grounding[0].path == "/methods/0"


def test_title_and_abstract_by_keyword() -> None:
    assert extract(title=TITLE, abstract=TEXT, model="builtin") == extract(f"{TITLE}\n\n{TEXT}", model="builtin")
    assert extract(abstract=TEXT, model="builtin").title == ""


def test_the_rest_of_a_mapping_is_metadata() -> None:
    record = extract({"id": "g1", "title": TITLE, "abstract": TEXT, "year": 2031, "tags": ["pond"]}, model="builtin")
    assert record.id == "g1"
    assert record.metadata == {"year": 2031, "tags": ["pond"]}


def test_values_that_json_does_not_know_become_text() -> None:
    record = extract({"title": TITLE, "abstract": TEXT, "day": datetime.date(2031, 5, 4)}, model="builtin")
    assert record.metadata == {"day": "2031-05-04"}


def test_a_mapping_without_an_abstract_is_a_record_that_says_so() -> None:
    record = extract({"title": TITLE, "abstract": None}, model="builtin")
    assert record.error
    assert record.error.code == "no_abstract"


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"args": [TEXT], "abstract": TEXT}, "not both"),
        ({"args": [TEXT], "title": TITLE}, "not both"),
        ({"title": TITLE}, "without abstract="),
        ({}, "expected a text, a mapping, an Abstract, or title= and abstract=, not NoneType"),
        ({"args": [7]}, "not int"),
        ({"args": [{"text": TEXT}]}, "its keys: text"),
    ],
)
def test_what_is_no_paper_is_wrong_use(given: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        extract(*given.pop("args", []), model="builtin", **given)


def test_many_are_done_in_order_also_in_a_running_loop() -> None:
    papers = list(read_abstracts(EXAMPLES / "trending.txt"))
    records = extract_many(papers, model="builtin")
    assert [record.id for record in records] == [paper.id for paper in papers]

    async def inside() -> RecordList[PaperExtraction]:
        return extract_many(iter(papers), model="builtin", concurrency=2)

    assert asyncio.run(inside()) == records


def test_many_of_all_kinds() -> None:
    records = extract_many([f"{TITLE}\n\n{TEXT}", {"title": "None", "abstract": ""}], model="builtin")
    assert [record.status for record in records] == ["ok", "failed"]


@pytest.mark.parametrize("given", ["papers.jsonl", {"abstract": TEXT}, Abstract(abstract=TEXT)])
def test_one_paper_is_not_many(given: Any) -> None:
    with pytest.raises(UsageError, match="many papers"):
        extract_many(given, model="builtin")


def test_progress_is_shown_in_a_terminal_alone(capsys: pytest.CaptureFixture[str], monkeypatch: Any) -> None:
    extract_many([TEXT], model="builtin")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    extract_many([TEXT, TEXT], model="builtin")
    assert "2 of 2 done" in capsys.readouterr().err
    extract_many(iter([TEXT]), model="builtin")
    assert "1 done" in capsys.readouterr().err
    extract_many([TEXT], model="builtin", progress=False)
    assert capsys.readouterr().err == ""


def test_records_and_lists_are_short_to_look_at() -> None:
    record = extract(title=TITLE, abstract=TEXT, model="builtin")
    assert record.extraction
    counts = {name: len(getattr(record.extraction, name)) for name in ("methods", "datasets", "metrics", "results")}
    told = ", ".join(
        f"{name} {number}" for name, number in {**counts, "findings": len(record.findings)}.items() if number
    )
    assert repr(record) == f"<Record {record.id}, ok: 'Grebe'; {told}>"
    assert "results 1" in told
    assert str(record) == repr(record)
    assert repr(Abstract(title="A\x1b[31m" + "b" * 200, abstract="c")).endswith("bbb…'>")
    assert "\x1b" not in repr(Abstract(title="A\x1b[31m", abstract="c"))
    failed = extract(title=TITLE, abstract="", model="builtin")
    assert repr(failed).endswith("failed: 'Grebe'; no_abstract>")
    assert repr(RecordList([record, record, failed])) == "<3 records: 2 ok, 1 failed>"
    assert repr(RecordList([])) == "<0 records>"


def test_a_list_is_a_table_in_a_notebook_and_escapes() -> None:
    hostile = extract(title="<script>alert(1)</script>", abstract=TEXT, model="builtin")
    html = RecordList([hostile] * 60)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert html.count("<tr>") == 51
    assert "and 10 more" in html


def test_a_schema_of_ones_own_comes_out(tmp_path: Path) -> None:
    record = validate({"name": "Grebe"}, TEXT, schema=Bird)
    assert record.extraction
    assert record.extraction.name == "Grebe"
    assert validate(Bird(name="Grebe"), TEXT).extraction == record.extraction


def test_records_are_written_and_read_again(tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    records = extract_many(read_abstracts(EXAMPLES / "trending.txt"), model="builtin")
    assert write_records(records, out) == len(records)
    assert out.read_text(encoding="utf-8").splitlines() == [record.to_json() for record in records]
    read = list(read_records(out))
    copy = tmp_path / "copy.jsonl"
    write_records(read, copy)
    again = list(read_records(copy))
    assert [each.model_copy(update={"place": ""}) for each in again] == [
        each.model_copy(update={"place": ""}) for each in read
    ]
    assert repr(read[0]).startswith(f"<SavedRecord {records[0].id}, {records[0].status}: 'Tidepool")


def test_a_file_is_written_over_when_asked_and_only_ours(tmp_path: Path) -> None:
    out = tmp_path / "facts.jsonl"
    record = extract(TEXT, model="builtin")
    write_records([record], out)
    with pytest.raises(OutputError, match="overwrite=True"):
        write_records([record], out)
    assert write_records([record, record], out, overwrite=True) == 2
    notes = tmp_path / "notes.txt"
    notes.write_text("mine\n", encoding="utf-8")
    with pytest.raises(OutputError, match="was not written by absextract"):
        write_records([record], notes, overwrite=True)
    assert notes.read_text(encoding="utf-8") == "mine\n"


def test_a_file_is_whole_or_not_there(tmp_path: Path) -> None:
    def broken() -> Any:
        yield extract(TEXT, model="builtin")
        raise RuntimeError("in between")

    with pytest.raises(RuntimeError, match="in between"):
        write_records(broken(), tmp_path / "facts.jsonl")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("schema", [dict, "paper", 5])
def test_what_is_no_schema_is_told(schema: Any) -> None:
    with pytest.raises(SchemaError, match="expected a class, a Pydantic model"):
        extract("We present Heron.", schema=schema)
    with pytest.raises(SchemaError, match="expected a class, a Pydantic model"):
        validate({}, "We present Heron.", schema=schema)


def test_records_are_not_written_into_what_is_named_like_a_table(tmp_path: Path) -> None:
    with pytest.raises(
        UsageError, match=r"facts\.csv: records are written as JSON Lines, e\.g\. .*facts\.jsonl; absextract export"
    ):
        write_records([], tmp_path / "facts.csv")
