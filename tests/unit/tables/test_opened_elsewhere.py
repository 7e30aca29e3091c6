"""What `export` writes, opened with what people open it with."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from openpyxl import load_workbook

from absextract.tables.exporting import export
from papers import ABSTRACT, TITLE, truth

PAPER = {
    "id": "p1",
    "title": TITLE,
    "abstract": ABSTRACT,
    "metadata": {"date": "2031-05-17", "doi": "10.1000/kite.1"},
    "extraction": truth(),
}
FIRST = ("squad-2.0", 0.913, "2031-05-17", "10.1000/kite.1")
ASKED = ["dataset_id", "value_0_1", "date", "doi"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "facts.jsonl").write_text(json.dumps(PAPER), encoding="utf-8")
    for suffix in ("csv", "tsv", "parquet", "xlsx", "sqlite"):
        export(str(tmp_path / "facts.jsonl"), str(tmp_path / f"x.{suffix}"))
    return tmp_path


def test_pandas_opens_each_of_them(folder: Path) -> None:
    pandas = pytest.importorskip("pandas")
    frames = {
        "csv": pandas.read_csv(folder / "x.csv"),
        "tsv": pandas.read_csv(folder / "x.tsv", sep="\t"),
        "parquet": pandas.read_parquet(folder / "x.parquet"),
        "xlsx": pandas.read_excel(folder / "x.xlsx"),
    }
    for suffix, frame in frames.items():
        assert tuple(frame.loc[0, ASKED]) == FIRST, suffix
        assert frame["value_0_1"].dtype == "float64", suffix


@pytest.mark.parametrize("suffix", ["csv", "tsv", "parquet"])
def test_duckdb_opens_them(folder: Path, suffix: str) -> None:
    rows = duckdb.sql(f"SELECT dataset_id, value_0_1, date, doi FROM '{folder / f'x.{suffix}'}' LIMIT 1").fetchall()
    assert [(name, value, str(date), doi) for name, value, date, doi in rows] == [FIRST]


def test_a_spreadsheet_has_one_head_and_numbers_that_are_numbers(folder: Path) -> None:
    page = load_workbook(folder / "x.xlsx").worksheets[0]
    head = [cell.value for cell in page[1]]
    assert page.freeze_panes == "A2"
    assert tuple(page.cell(2, head.index(name) + 1).value for name in ASKED) == FIRST


def test_datasette_shows_tables_rows_and_the_way_from_one_to_the_other(folder: Path) -> None:
    app = pytest.importorskip("datasette.app")

    async def seen() -> list[Any]:
        datasette = app.Datasette([str(folder / "x.sqlite")])
        await datasette.invoke_startup()
        paths = ("/x.json", "/x/results.json?_shape=array&_labels=on&_facet=dataset_id", "/x/papers/1", "/x/entities")
        answers = [await datasette.client.get(path) for path in paths]
        assert [answer.status_code for answer in answers] == [200] * len(paths)
        return [answers[0].json(), answers[1].json(), answers[2].text]

    tables, results, paper = asyncio.run(seen())
    assert {table["name"] for table in tables["tables"]} == {"results", "papers", "links", "findings", "entities"}
    keys = {
        table["name"]: [key["other_table"] for key in table["foreign_keys"]["outgoing"]] for table in tables["tables"]
    }
    assert keys == {name: ["papers"] for name in keys if name != "papers"} | {"papers": []}
    assert tuple(results[0][name] for name in ASKED) == FIRST
    assert results[0]["paper_key"] == {"value": 1, "label": TITLE}
    assert "/x/results?paper_key=1" in paper
