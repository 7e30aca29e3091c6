"""Records as tables: rows, files, and what untrusted text could do in them."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import sqlite3
import sys
from pathlib import Path
from typing import Any

import bibtexparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pyarrow import parquet

from absextract.errors import InputError, OutputError, UsageError
from absextract.report import building
from absextract.sources.read import read_abstracts
from absextract.tables.bibliography import write_bibtex
from absextract.tables.csv_cells import _FORMULA, _PLAIN_NUMBER, _QUOTED, csv_line
from absextract.tables.exporting import export
from absextract.tables.rows import COLUMNS, rows_of
from absextract.tables.table_files import write_csv
from absextract.tables.table_papers import Paper
from papers import ABSTRACT, TITLE, truth

ASKED = "paper task dataset metric value unit kind method baseline evidence code_url".split()  # noqa: SIM905  # as listed
CODE = "https://github.com/made-up-lab/sandpiper"
FIRST = {
    "paper": TITLE, "task": "Retrieval over long documents", "dataset": "SQuAD 2.0", "metric": "F1", "value": 91.3,
    "unit": "%", "kind": "value", "method": "Sandpiper", "baseline": "DPR",
    "evidence": "Sandpiper reaches an F1 of 91.3%", "code_url": CODE, "score": "91.3%", "upper": None, "paper_id": "p1",
    "confidence": None, "setting": "test split", "deviation": 0.2, "bound": ">", "own": True,
    "dataset_id": "squad-2.0", "dataset_label": "SQuAD 2.0", "metric_id": "f1", "metric_by_default": False,
    "direction": "higher", "value_0_1": 0.913, "year": "2024", "date": "2024-05-17", "arxiv_id": "2405.01234",
    "doi": "10.1000/kite.1", "venue": "Journal of Kites", "url": "https://kites.example/1",
}  # fmt: skip


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "records.jsonl"
    extraction = truth()
    extraction["results"][0] |= {"setting": "test split", "deviation": 0.2, "bound": ">", "own": True}
    lines: list[dict[str, Any]] = [
        {
            "id": "p1",
            "title": TITLE,
            "abstract": ABSTRACT,
            "extraction": extraction,
            "metadata": {
                "authors": ["A. Kite"],
                "date": "2024-05-17",
                "arxiv_id": "2405.01234",
                "doi": "10.1000/kite.1",
                "venue": "Journal of Kites",
                "url": "https://kites.example/1",
            },
        },
        {"id": "p2", "title": "Failed", "abstract": "x", "extraction": None},
        {"id": "p3", "title": "", "abstract": "x", "extraction": {"results": [{"score": "10-20%", "kind": "change"}]}},
        {"id": "bad:1", "title": "", "abstract": "", "extraction": None},
    ]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_the_columns_begin_with_those_of_a_leaderboard() -> None:
    assert list(COLUMNS)[: len(ASKED)] == ASKED


def test_a_row_has_the_confidence_of_its_score() -> None:
    results = [{"score": "1%"}, {"score": "2%"}]
    paper = Paper("p", "", "", {}, {"results": results}, {"/results/1/score": 0.93, "/results/0/metric": 0.5})
    assert [row["confidence"] for row in rows_of(paper)] == [None, 0.93]


def test_csv_has_a_row_for_each_result(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "x.csv")).written == 4
    with open(tmp_path / "x.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    told = {key: "" if value is None else str(value) for key, value in FIRST.items()}
    assert rows[0] == told | {"own": "true", "metric_by_default": "false"}
    last = rows[-1]
    assert (last["paper"], last["value"], last["upper"], last["unit"], last["task"]) == ("p3", "10.0", "20.0", "%", "")


def test_parquet_and_sqlite_hold_the_same_rows(records: str, tmp_path: Path) -> None:
    assert (
        export(records, str(tmp_path / "x.parquet")).written == export(records, str(tmp_path / "x.sqlite")).written == 4
    )
    table = parquet.read_table(tmp_path / "x.parquet").to_pylist()
    assert table[0] == FIRST
    assert [row["own"] for row in table] == [True, None, None, None]
    with sqlite3.connect(tmp_path / "x.sqlite") as database:
        rows = database.execute("SELECT * FROM results").fetchall()
        average = database.execute("SELECT avg(value) FROM results WHERE metric = 'F1'").fetchone()
    database.close()
    assert [dict(zip((*COLUMNS, "paper_key"), row, strict=True)) for row in rows] == [
        {**row, "paper_key": 1 if row["paper_id"] == "p1" else 2} for row in table
    ]
    assert average == (pytest.approx(90.1),)


def test_bibtex_has_an_entry_for_each_paper_and_can_be_read_again(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "x.bib")).written == 2
    first, second = read_abstracts(tmp_path / "x.bib")
    assert (first.id, first.title, first.abstract, second.id) == ("p1", TITLE, ABSTRACT, "p3")
    assert (first.metadata["author"], first.metadata["url"]) == ("A. Kite", "https://kites.example/1")
    assert (
        first.metadata["note"]
        == r"F1 >91.3\% ± 0.2 on SQuAD 2.0 (test split); F1 88.9\% on SQuAD 2.0; change 2.5x; code: https://github.com/made-up-lab/sandpiper"
    )
    assert (first.metadata["doi"], first.metadata["journal"]) == ("10.1000/kite.1", "Journal of Kites")


def test_tsv_and_markdown_have_a_line_for_each_row_whatever_stands_in_a_text(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    result = {"score": "1%", "kind": "value", "method": "=a\tb\nc | `d`"}
    path.write_text(json.dumps({"title": "T", "abstract": "x", "extraction": {"results": [result]}}), encoding="utf-8")
    for name, cell in (("x.tsv", "'=a b c | `d`"), ("x.md", r"=a b c \| \`d\`")):
        assert export(str(path), str(tmp_path / name)).written == 1
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert len(lines) == (2 if name == "x.tsv" else 3)
        assert cell in lines[-1]


def test_a_workbook_holds_texts_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    result = {"score": "91%", "kind": "value", "method": "=1+1\x00", "metric": "accuracy"}
    path.write_text(json.dumps({"title": "T", "abstract": "x", "extraction": {"results": [result]}}), encoding="utf-8")
    assert export(str(path), str(tmp_path / "x.xlsx")).written == 1
    [head, row] = load_workbook(tmp_path / "x.xlsx")["results"].iter_rows()
    cells = {name.value: cell for name, cell in zip(head, row, strict=True)}
    assert (cells["method"].value, cells["method"].data_type) == ("=1+1 ", "s")
    assert (cells["value"].value, cells["value_0_1"].value) == (91, 0.91)


def test_the_tables_of_a_database_belong_together(records: str, tmp_path: Path) -> None:
    export(records, str(tmp_path / "x.sqlite"))
    with contextlib.closing(sqlite3.connect(tmp_path / "x.sqlite")) as database:
        joined = database.execute(
            "SELECT papers.title, results.score, entities.label FROM results "
            "JOIN papers ON papers.key = results.paper_key JOIN entities ON entities.paper_key = papers.key "
            "WHERE entities.path = '/results/0/dataset' LIMIT 1"
        ).fetchall()
        assert joined == [(TITLE, "91.3%", "SQuAD 2.0")]
        assert database.execute("SELECT count(*) FROM links").fetchone() > (0,)
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM results WHERE dataset_id = 'squad-2.0'").fetchall()
        assert "USING INDEX" in str(plan)


def test_each_table_can_be_written_alone(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "p.csv"), table="papers").written == 2
    assert export(records, str(tmp_path / "e.csv"), table="entities").written > 0
    with open(tmp_path / "p.csv", encoding="utf-8", newline="") as file:
        assert next(csv.DictReader(file))["doi"] == "10.1000/kite.1"
    with pytest.raises(UsageError, match=r"--table is for \.csv"):
        export(records, str(tmp_path / "x.bib"), table="links")
    with pytest.raises(UsageError, match='no table "birds"'):
        export(records, str(tmp_path / "x.csv"), table="birds")


def test_a_paper_that_stands_twice_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    rows: list[dict[str, Any]] = [
        {"title": "A", "abstract": "x", "metadata": {"doi": "10.1/K"}},
        {"title": "A (preprint)", "abstract": "y", "metadata": {"doi": "https://doi.org/10.1/k"}},
        {"title": "a", "abstract": "X."},
        {"title": "B", "abstract": "x", "metadata": {"arxiv_id": "2405.00001v2"}},
        {"title": "B2", "abstract": "x", "metadata": {"url": "http://arxiv.org/abs/2405.00001v1"}},
    ]
    lines = [json.dumps({**row, "extraction": {"results": [{"score": "1%"}]}}) for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert export(str(path), str(tmp_path / "x.csv")).written == 2


def test_ris_can_be_read_again(records: str, tmp_path: Path) -> None:
    assert export(records, str(tmp_path / "x.ris")).written == 2
    first, _ = read_abstracts(tmp_path / "x.ris")
    assert (first.title, first.abstract, first.metadata["doi"]) == (TITLE, ABSTRACT, "10.1000/kite.1")


def paper(title: str, **result: Any) -> Paper:
    return Paper("id", title, title, {}, {"results": [result]} if result else {})


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_title_makes_one_whole_bibtex_entry(title: str) -> None:
    file = io.StringIO()
    write_bibtex([paper(title), paper("after")], file)
    library = bibtexparser.parse_string(file.getvalue())
    assert not library.failed_blocks
    assert [entry.key for entry in library.entries] == ["id", "id-2"]


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("R&D at 5% of $x_i$ in a_b", r"R\&D at 5\% of $x_i$ in a\_b"),
        (r"76\% stays", r"76\% stays"),
        ("costs $5 only", r"costs \$5 only"),
        ("a {group} stays", "a {group} stays"),
        ("one { alone", r"one \lbrace{} alone"),
    ],
)
def test_special_signs_are_escaped_once(text: str, tex: str) -> None:
    file = io.StringIO()
    write_bibtex([paper(text)], file)
    assert f"title = {{{tex}}}" in file.getvalue()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=SUM(A1)", "'=SUM(A1)"),
        ("@cmd", "'@cmd"),
        ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0"),
        ("\t=1", "'\t=1"),
        ("+5.4 points", "'+5.4 points"),
        ("+5.4", "+5.4"),
        ("-0.7%", "-0.7%"),
        ("plain = fine", "plain = fine"),
        ("a title\r=1+1", "a title\r'=1+1"),
        ("a\r\n+1\n-1", "a\r\n'+1\n'-1"),
        ("a\n\t@x", "a\n'\t@x"),
        ("a\x0b=1\x0c=1\x85=1\u2028=1", "a\x0b'=1\x0c'=1\x85'=1\u2028'=1"),
        ("\r=1", "'\r'=1"),
        (" \xa0=1", "' \xa0=1"),
        ("\x00=1", "'\x00=1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1＋1", "'＝1＋1"),
        ("-3.2\n", "'-3.2\n"),
        ("a;=1;@x", "a;'=1;'@x"),
        ("better; +5% on A", "better; +5% on A"),
        ("-3.2", "-3.2"),
    ],
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    file = io.StringIO(newline="")
    write_csv([dict.fromkeys(COLUMNS, None) | {"evidence": cell}], file)
    rows = list(csv.DictReader(io.StringIO(file.getvalue(), newline="")))
    assert [row["evidence"] for row in rows] == [written]


@pytest.mark.parametrize("sign", [*map(chr, range(32)), "\x7f", "\x85", "\x9b", "\u2028", "\u2029"])
def test_a_cell_with_a_control_character_is_quoted(sign: str) -> None:
    assert csv_line([f"a{sign}b", "c"]) == f'"a{sign}b",c\n'


def test_the_button_of_the_report_has_the_same_rule() -> None:
    script = (Path(building.__file__).parent / "leaderboards.js").read_text(encoding="utf-8")
    assert f"const FORMULA = /{_FORMULA}/g;" in script
    assert f"const QUOTED = /{_QUOTED}/;" in script
    assert f"const PLAIN_NUMBER = /{_PLAIN_NUMBER}/;" in script


@pytest.mark.parametrize("suffix", ["csv", "tsv", "md", "xlsx", "parquet", "sqlite", "bib", "ris"])
def test_a_table_that_is_there_is_written_over_when_asked(records: str, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"x.{suffix}"
    count = export(records, str(out)).written
    before = out.read_bytes()
    with pytest.raises(OutputError, match="exists already"):
        export(records, str(out))
    assert export(records, str(out), overwrite=True).written == count
    assert suffix in ("sqlite", "xlsx") or out.read_bytes() == before
    out.write_bytes(b"\0" * 10)  # what a power cut may leave
    assert export(records, str(out), overwrite=True).written == count


@pytest.mark.parametrize("suffix", ["csv", "tsv", "md", "xlsx", "parquet", "sqlite", "bib", "ris"])
def test_what_fails_half_way_leaves_what_was_there(tmp_path: Path, suffix: str) -> None:
    out, broken = tmp_path / f"x.{suffix}", tmp_path / "broken.jsonl"
    whole = tmp_path / "whole.jsonl"
    whole.write_text(json.dumps({"title": "T", "extraction": truth()}), encoding="utf-8")
    export(str(whole), str(out))
    before = out.read_bytes()
    whole.unlink()
    good = json.dumps({"title": "T", "extraction": truth()})
    broken.write_text(f"{good}\n{{broken\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.jsonl:2: not valid JSON"):
        export(str(broken), str(out), overwrite=True)
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.jsonl", out.name]


def test_wrong_names_and_missing_packages_are_told(
    records: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(
        UsageError, match=r'the name of a table ends in \.csv, \.tsv, .*, \.eval_results, not in "\.ods"'
    ):
        export(records, str(tmp_path / "x.ods"))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(UsageError, match=r"pip install 'absextract\[parquet\]'"):
        export(records, str(tmp_path / "x.parquet"))
