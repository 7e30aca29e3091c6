"""Records as a DataFrame."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import pytest
from pydantic import BaseModel

from absextract import (
    Mention,
    SchemaError,
    UsageError,
    extract,
    extract_many,
    read_records,
    to_dataframe,
    validate,
    write_records,
)
from absextract.tables.rows import COLUMNS, rows_of
from absextract.tables.table_papers import read_papers

pandas = pytest.importorskip("pandas")

TEXT = (
    "We present Grebe, which reaches 81.2% accuracy on PondBench, and is 2.5x faster. "
    "Code: https://github.com/made-up-pond/grebe"
)


class Bird(BaseModel):
    name: Annotated[str, Mention()]


@pytest.fixture
def records() -> Any:
    return extract_many([f"Grebe\n\n{TEXT}", {"title": "Empty", "abstract": ""}], model="builtin")


def test_results_are_the_rows_of_the_export(records: Any, tmp_path: Path) -> None:
    frame = to_dataframe(records)
    assert list(frame.columns) == list(COLUMNS)
    write_records(records, tmp_path / "facts.jsonl")
    exported = [row for paper in read_papers(str(tmp_path / "facts.jsonl")) for row in rows_of(paper)]
    assert frame.astype(object).where(frame.notna(), None).to_dict("records") == exported
    assert frame.loc[0, ["dataset", "value", "unit"]].tolist() == ["PondBench", 81.2, "%"]
    assert frame["value"].dtype == "float64"


def test_other_tables(records: Any) -> None:
    papers = to_dataframe(records, table="papers")
    assert papers["status"].tolist() == ["ok", "failed"]
    assert papers.loc[0, "datasets"] == ["PondBench"]
    assert papers["results"].tolist() == [2, 0]
    assert papers.loc[1, "error"] == "no_abstract"
    links = to_dataframe(records, table="links")
    assert links[["paper", "url", "kind"]].values.tolist() == [
        ["Grebe", "https://github.com/made-up-pond/grebe", "code"]
    ]
    findings = to_dataframe([validate({"methods": ["Coot"]}, TEXT)], table="findings")
    assert findings.loc[0, ["code", "action", "value"]].tolist() == ["mention_not_in_source", "dropped", '"Coot"']


def test_records_that_were_read_give_the_same(records: Any, tmp_path: Path) -> None:
    write_records(records, tmp_path / "facts.jsonl")
    for table in ("results", "papers", "links", "findings"):
        made = to_dataframe(records, table)
        read = to_dataframe(read_records(tmp_path / "facts.jsonl"), table)
        pandas.testing.assert_frame_equal(made, read)


def test_no_records_give_an_empty_table_with_its_columns() -> None:
    assert list(to_dataframe([]).columns) == list(COLUMNS)
    assert to_dataframe([])["value"].dtype == "float64"


def test_wrong_use(records: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match='table="rows": expected one of results, papers, links, findings'):
        to_dataframe(records, table="rows")  # type: ignore[arg-type]
    own = validate({"name": "Grebe"}, TEXT, schema=Bird)
    with pytest.raises(SchemaError, match="another schema"):
        to_dataframe([own])
    assert len(to_dataframe([own], table="findings")) == len(own.findings)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"absextract\[pandas\]"):
        to_dataframe([extract(TEXT, model="builtin")])
