"""Records of a schema of one's own as tables: a row for each innermost item, a column for each path."""

from __future__ import annotations

import contextlib
import csv
import json
import sqlite3
from pathlib import Path
from typing import Annotated, Any

import duckdb
import pytest
from openpyxl import load_workbook
from pyarrow import parquet
from pydantic import BaseModel

from absextract import Mention, Number, UsageError, to_dataframe, validate
from absextract.errors import SchemaError
from absextract.tables.exporting import export
from absextract.tables.item_rows import item_tables
from absextract.tables.table_papers import Paper

TRIAL: dict[str, Any] = {
    "drug": "grebine",
    "site": {"country": "Laos", "beds": 12},
    "arms": [
        {"name": "low", "effects": [{"what": "sleep", "share": 0.25}, {"what": "=1+1", "share": 1}]},
        {"name": "high", "effects": []},
    ],
    "doses": ["5 mg", "10 mg"],
    "year": 2031,
}
PATHS = ["drug", "site.country", "site.beds", "extraction.year", "arms.name", "arms.effects.what", "arms.effects.share"]


class Effect(BaseModel):
    what: Annotated[str, Mention()]
    share: Annotated[str, Number()]


class Trial(BaseModel):
    drug: Annotated[str, Mention()] | None = None
    effects: list[Effect] = []


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "trials.jsonl"
    about = {"abstract": "x", "extractor": {"schema": "Trial@0f"}}
    lines = [
        {"id": "t1", "title": "Grebes", "metadata": {"date": "2031-05-01"}, "extraction": TRIAL} | about,
        {"id": "t2", "title": "Coots", "extraction": {"drug": "cootine", "arms": [], "doses": []}} | about,
        {"id": "t3", "title": "Rails", "extraction": {"drug": None, "arms": []}, "findings": [{"code": "x"}]} | about,
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_each_innermost_item_is_a_row_with_all_that_it_stands_in(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "x.csv")).written == 6
    with open(tmp_path / "x.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0])[:3] == ["paper_id", "paper", "path"]
    assert [column for column in PATHS if column not in rows[0]] == []
    told = [(row["path"], row["drug"], row["arms.name"], row["arms.effects.what"], row["doses"]) for row in rows]
    assert told == [
        ("/arms/0/effects/0", "grebine", "low", "sleep", ""),
        ("/arms/0/effects/1", "grebine", "low", "'=1+1", ""),
        ("/arms/1", "grebine", "high", "", ""),
        ("/doses/0", "grebine", "", "", "5 mg"),
        ("/doses/1", "grebine", "", "", "10 mg"),
        ("", "cootine", "", "", ""),
    ]
    assert {(row["site.country"], row["site.beds"], row["extraction.year"], row["year"]) for row in rows[:5]} == {
        ("Laos", "12", "2031", "2031")
    }


def test_all_kinds_of_files_hold_the_same_rows(records: str, tmp_path: Path) -> None:
    for suffix in ("csv", "tsv", "md", "parquet", "xlsx", "sqlite"):
        assert export(records, str(tmp_path / f"x.{suffix}")).written == 6
        assert export(records, str(tmp_path / f"x.{suffix}"), overwrite=True).written == 6
    columns = parquet.read_table(tmp_path / "x.parquet").to_pydict()
    assert columns["arms.effects.share"] == [0.25, 1.0, None, None, None, None]
    assert columns["site.beds"] == [12, 12, 12, 12, 12, None]
    [head, *rows] = load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(values_only=True)
    assert [dict(zip(head, row, strict=True))["arms.effects.what"] for row in rows] == columns["arms.effects.what"]
    with contextlib.closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        found = database.execute('SELECT papers.title, "arms.name" FROM items JOIN papers ON papers.key = paper_key')
        assert found.fetchall()[0] == ("Grebes", "low")
        assert database.execute("SELECT count(*) FROM findings").fetchone() == (1,)
    for name in ("x.csv", "x.parquet"):
        found = duckdb.sql(f"SELECT \"arms.effects.what\" FROM '{tmp_path / name}' WHERE path = '/arms/0/effects/0'")
        assert found.fetchall() == [("sleep",)]


def test_other_tables_of_such_records(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "p.csv"), table="papers").written == 3
    assert export(records, str(tmp_path / "f.csv"), table="findings").written == 1
    assert export(records, str(tmp_path / "x.bib")).written == export(records, str(tmp_path / "x.ris")).written == 3
    with pytest.raises(UsageError, match=r'no table "results" of .*; there are items, papers, findings'):
        export(records, str(tmp_path / "x.csv"), table="results")
    for suffix in ("eee", "eval_results"):
        with pytest.raises(SchemaError, match="records of the schema Trial; only those of PaperExtraction"):
            export(records, str(tmp_path / f"x.{suffix}"))


def test_records_of_two_schemas_make_no_table(records: str, tmp_path: Path) -> None:
    with open(records, "a", encoding="utf-8") as file:
        file.write(json.dumps({"title": "A", "abstract": "y", "extraction": {"results": [], "tasks": []}}) + "\n")
    with pytest.raises(SchemaError, match="PaperExtraction and of another schema"):
        export(records, str(tmp_path / "x.csv"))


def test_a_dataframe_has_the_same_rows() -> None:
    text = "Grebine lets 25% sleep and 3% dream."
    found = {"drug": "Grebine", "effects": [{"what": "sleep", "share": "25%"}, {"what": "dream", "share": "3%"}]}
    pytest.importorskip("pandas")
    frame = to_dataframe([validate(found, text, schema=Trial)], table="items")
    assert frame[["drug", "effects.what", "effects.share"]].values.tolist() == [
        ["Grebine", "sleep", "25%"],
        ["Grebine", "dream", "3%"],
    ]


@pytest.mark.parametrize(
    ("extraction", "columns"),
    [
        ({"paper_id": 1, "Path": 2}, {"extraction.paper_id": int, "extraction.Path": int}),
        ({"a": 1, "A": 2}, {"a": int, "extraction.A": int}),
        ({"a": [1, 2.5]}, {"a": float}),
        ({"a": [1, "x"]}, {"a": str}),
        ({"a": 2**70}, {"a": str}),
        ({'"; DROP TABLE items --': True}, {'"; DROP TABLE items --': bool}),
        ({"a": [[1], [2]]}, {"a": int}),
    ],
)
def test_columns_have_names_of_their_own_and_one_kind(
    extraction: dict[str, Any], columns: dict[str, type], tmp_path: Path
) -> None:
    tables = item_tables([Paper("p", "", "", {}, extraction, schema="Own")])
    found = {name: kind for name, kind in tables["items"].columns.items() if name in columns}
    assert found == columns
    (tmp_path / "r.jsonl").write_text(
        json.dumps({"title": "T", "extraction": extraction, "extractor": {"schema": "Own"}})
    )
    for suffix in ("sqlite", "parquet", "xlsx"):
        assert export(str(tmp_path / "r.jsonl"), str(tmp_path / f"x.{suffix}")).written >= 1


def test_what_is_nested_without_end_stands_in_one_cell() -> None:
    deep: Any = 1
    for _ in range(200):
        deep = {"a": [deep]}
    tables = item_tables([Paper("p", "", "", {}, deep, schema="Own")])
    [row] = tables["items"].rows(Paper("p", "", "", {}, deep, schema="Own"))
    assert [value for value in row.values() if isinstance(value, str) and value.startswith(("{", "["))]
