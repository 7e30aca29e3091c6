"""Names of columns that are of no use are wrong use, and are never passed over in silence."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from absextract.errors import UsageError
from absextract.sources.columns import ColumnNames
from absextract.sources.read import read_inputs
from formats import WRITERS, arxiv_dump, papers

NAMED = ColumnNames(abstract="abstract")


def written(folder: Path, names: Sequence[str]) -> list[str]:
    for name in names:
        (folder / name).write_bytes(WRITERS[name](papers()[:2]))
    return [str(folder / name) for name in names]


@pytest.mark.parametrize("name", ["arxiv", "bibtex", "nbib", "pubmed", "ris", "text", "trending", "wos"])
@pytest.mark.parametrize("given", ["file", "zip", "pipe"])
def test_where_nothing_has_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, given: str) -> None:
    (path,) = written(tmp_path, [name])
    if given == "zip":
        with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
            archive.write(path)
        path = str(tmp_path / "all.zip")
    elif given == "pipe":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(Path(path).read_bytes()), encoding="utf-8"))
        path = "-"
    with pytest.raises(UsageError, match=rf"^--columns is for tables and JSON; {name} has no columns"):
        list(read_inputs([path], chosen=NAMED))


def test_of_several_files_it_takes_one_that_has_columns(tmp_path: Path) -> None:
    assert len(list(read_inputs(written(tmp_path, ["ris", "csv"]), chosen=NAMED))) == 4
    with pytest.raises(UsageError, match="bibtex, ris has no columns"):
        list(read_inputs(written(tmp_path, ["ris", "bibtex"]), chosen=NAMED))


@pytest.mark.parametrize("name", ["csv", "json", "jsonl", "openalex", "parquet", "tsv", "xlsx"])
def test_where_there_are_columns(tmp_path: Path, name: str) -> None:
    named = ColumnNames(title="display_name" if name == "openalex" else "title")
    assert len(list(read_inputs(written(tmp_path, [name]), chosen=named))) == 2


def test_the_dump_of_arxiv_has_columns(tmp_path: Path) -> None:
    (tmp_path / "dump").write_bytes(arxiv_dump(papers()[:2]))
    assert len(list(read_inputs([str(tmp_path / "dump")], chosen=ColumnNames(title="title")))) == 2
