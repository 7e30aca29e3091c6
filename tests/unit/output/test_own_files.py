"""Tables and pages take the place of nothing that absextract did not write."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from absextract.errors import OutputError
from absextract.output.own_files import _COLUMNS, is_own_page, is_own_table
from absextract.report.building import write_report
from absextract.tables.exporting import export
from absextract.tables.rows import COLUMNS
from papers import truth

Write = Callable[[str, str], object]
REPORT: Write = lambda records, out: write_report(records, out, overwrite=True)  # noqa: E731
EXPORT: Write = lambda records, out: export(records, out, overwrite=True)  # noqa: E731


@pytest.fixture
def records(tmp_path: Path) -> str:
    path = tmp_path / "facts.jsonl"
    path.write_text(json.dumps({"id": "p", "title": "T", "extraction": truth()}) + "\n", encoding="utf-8")
    return str(path)


def foreign_database(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE results (paper, mark)")
    database.commit()
    database.close()


def foreign_parquet(path: Path) -> None:
    parquet.write_table(pyarrow.table({"paper": ["p"], "mark": [1]}), path)


FOREIGN: dict[str, bytes | Callable[[Path], None]] = {
    "text.csv": b"mine",
    "other.csv": b"paper,mark\np,1\n",
    "records.csv": b'{"schema_version":"2","id":"p"}\n',
    "page.html": b"<!doctype html>\n<html><title>Mine</title></html>\n",
    "first.bib": b"@article{me, title = {Mine}}\n",
    "later.bib": b"@misc{a,\n  title = {T},\n}\n\n@book{b,\n  title = {Mine},\n}\n",
    "fields.bib": b"@misc{a,\n  title = {T},\n  doi = {10.1/2},\n}\n",
    "remark.bib": b"% my library\n@misc{a,\n  title = {T},\n}\n",
    "string.bib": b'@string{acl = "ACL"}\n@misc{a,\n  title = {T},\n}\n',
    "other.sqlite": foreign_database,
    "broken.sqlite": b"SQLite format 3\0" + b"\xff" * 100,
    "other.parquet": foreign_parquet,
    "broken.parquet": b"PAR1" + b"\xff" * 100 + b"PAR1",
}


@pytest.mark.parametrize("name", FOREIGN)
@pytest.mark.parametrize("linked", [False, True])
def test_a_foreign_file_is_never_written_over(tmp_path: Path, records: str, name: str, linked: bool) -> None:
    out = path = tmp_path / name
    content = FOREIGN[name]
    content(path) if callable(content) else path.write_bytes(content)
    if linked:
        out = tmp_path / f"link{path.suffix}"
        out.symlink_to(path)
    before = path.read_bytes()
    for write in (REPORT, EXPORT):
        if write is EXPORT and path.suffix == ".html":
            continue
        with pytest.raises(OutputError, match="not written by absextract"):
            write(records, str(out))
    assert path.read_bytes() == before
    assert out.is_symlink() is linked


def test_a_table_that_somebody_went_on_with_is_not_written_over(tmp_path: Path, records: str) -> None:
    out = tmp_path / "x.sqlite"
    export(records, str(out))
    database = sqlite3.connect(out)
    database.execute("CREATE TABLE notes (note)")
    database.commit()
    database.close()
    with pytest.raises(OutputError, match="not written by absextract"):
        export(records, str(out), overwrite=True)


@pytest.mark.parametrize(("write", "name"), [(REPORT, "x.html"), (EXPORT, "x.csv")])
def test_a_link_to_a_file_of_ours_stays_one(tmp_path: Path, records: str, write: Write, name: str) -> None:
    there, out = tmp_path / f"there-{name}", tmp_path / name
    write(records, str(there))
    out.symlink_to(there)
    inode = there.stat().st_ino
    write(records, str(out))
    assert out.is_symlink()
    assert there.stat().st_ino != inode
    assert sorted(os.listdir(tmp_path)) == sorted(["facts.jsonl", there.name, name])


@pytest.mark.parametrize("write", [REPORT, EXPORT])
@pytest.mark.parametrize("how", ["itself", "link", "hard link"])
def test_an_input_is_never_written_over(tmp_path: Path, records: str, write: Write, how: str) -> None:
    source = tmp_path / "facts.csv"  # the name says nothing about what is read
    os.rename(records, source)
    out = source if how == "itself" else tmp_path / "out.csv"
    if how == "link":
        out.symlink_to(source)
    if how == "hard link":
        out.hardlink_to(source)
    before = source.read_bytes()
    with pytest.raises(OutputError, match=r"is (an|the) input"):
        write(str(source), str(out))
    assert source.read_bytes() == before


def test_a_page_among_its_records_is_made_anew(tmp_path: Path, records: str) -> None:
    for _ in range(2):
        write_report(str(tmp_path), str(tmp_path / "report.html"))
    assert is_own_page(str(tmp_path / "report.html"))


def test_a_table_may_become_a_page_when_asked(tmp_path: Path, records: str) -> None:
    out = str(tmp_path / "x.csv")
    export(records, out)
    with pytest.raises(OutputError, match="not written by absextract"):
        write_report(records, out)
    assert is_own_table(out)
    write_report(records, out, overwrite=True)
    assert is_own_page(out)


def test_tables_begin_with_the_columns_that_they_are_known_by() -> None:
    assert tuple(COLUMNS)[: len(_COLUMNS)] == _COLUMNS
