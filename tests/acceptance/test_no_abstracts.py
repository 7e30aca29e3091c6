"""Papers without an abstract, files without a column for one, and folders in which a file is wrong."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from absextract import InputError, UsageError, extract, read_abstracts
from command_line import absextract, records_in
from formats import WRITERS, papers
from openai_server import OpenAIServer, completion

TABLE = (
    "Title,Abstract,Year\nKites,[No abstract available],1\nSails,,2\nMasts,NA,3\n"
    "Ropes,We reach 91.3% accuracy on KiteBench.,4\n"
)
ROWS: list[dict[str, Any]] = [
    {"title": "Kites", "abstract": "Abstract not available."},
    {"title": "Sails", "abstract": None},
    {"title": "Masts"},
    {"title": "Ropes", "abstract": "We reach 91.3% accuracy on KiteBench."},
]


@pytest.mark.parametrize(
    "content", [TABLE, json.dumps(ROWS), "".join(f"{json.dumps(row)}\n" for row in ROWS)], ids=["csv", "json", "jsonl"]
)
def test_they_are_failed_records_that_are_no_failure(tmp_path: Path, content: str) -> None:
    path, out = tmp_path / "papers", tmp_path / "out.jsonl"
    path.write_text(content, encoding="utf-8")
    done = absextract("extract", path, "-o", out)
    assert done.returncode == 0, done.stderr
    records = records_in(out)
    assert [(record["title"], record["status"]) for record in records] == [
        ("Kites", "failed"), ("Sails", "failed"), ("Masts", "failed"), ("Ropes", "ok"),
    ]  # fmt: skip
    assert {record["error"]["code"] for record in records[:3]} == {"no_abstract"}
    assert "3 of 4 papers have no abstract" in done.stderr
    assert "--retry-failed" not in done.stderr
    assert json.loads(Path(f"{out}.run.json").read_text(encoding="utf-8"))["no_abstract"] == 3


def test_they_are_not_sent_to_a_model(tmp_path: Path) -> None:
    path, out = tmp_path / "papers.csv", tmp_path / "out.jsonl"
    path.write_text(TABLE, encoding="utf-8")
    model = ("--model", "openai/m", "--no-cache", "--max-reasks", "0")
    with OpenAIServer(lambda request: completion(request, {"tasks": []})) as server:
        done = absextract("extract", path, "-o", out, *model, "--base-url", server.base_url)
        assert done.returncode == 0, done.stderr
        assert len(server.requests) == 1
        again = absextract("extract", path, "-o", out, *model, "--base-url", server.base_url, "--retry-failed")
        assert again.returncode == 0, again.stderr
        assert len(server.requests) == 1
    rehearsed = absextract("extract", path, *model, "--dry-run")
    assert "1 papers, 3 more without an abstract; nothing was sent" in rehearsed.stderr


def test_python_says_the_same() -> None:
    error = extract("Kites\n\n[No abstract available]", cache=None, model="builtin").error
    assert error is not None
    assert error.code == "no_abstract"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("papers.csv", "Titel;Zusammenfassung\nKites;We fly.\n"),
        ("papers.json", '[{"Titel": "Kites", "Zusammenfassung": "We fly."}]'),
        ("papers.jsonl", '{"Titel": "Kites", "Zusammenfassung": "We fly."}\n'),
    ],
)
def test_a_file_without_a_column_for_one_stops_and_the_user_names_it(tmp_path: Path, name: str, content: str) -> None:
    path, out = tmp_path / name, tmp_path / "out.jsonl"
    path.write_text(content, encoding="utf-8")
    done = absextract("extract", path, "-o", out)
    assert done.returncode == 2
    assert 'no column "abstract" or "summary"; found Titel, Zusammenfassung; did you mean' in done.stderr
    assert not out.exists()
    named = "abstract=Zusammenfassung,title=Titel"
    assert f"--columns {named}?" in done.stderr
    done = absextract("extract", path, "-o", out, "--columns", named, "-q")
    assert done.returncode == 0, done.stderr
    assert [(record["title"], record["abstract"]) for record in records_in(out)] == [("Kites", "We fly.")]
    for columns in (named, {"abstract": "Zusammenfassung", "title": "Titel"}):
        (paper,) = read_abstracts(path, columns=columns)
        assert (paper.title, paper.abstract) == ("Kites", "We fly.")


def test_titles_alone_are_no_abstracts(tmp_path: Path) -> None:
    path = tmp_path / "papers.jsonl"
    path.write_text('{"title": "Kites", "doi": "1"}\n' * 30, encoding="utf-8")
    done = absextract("extract", path, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 2
    assert "found title, doi; name it with --columns abstract=COL" in done.stderr


def test_columns_that_are_none_are_wrong_use(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text(TABLE, encoding="utf-8")
    for columns in ("Abstract", "text=Abstract", "abstract="):
        done = absextract("extract", path, "-o", "-", "--columns", columns)
        assert done.returncode == 2
        assert "expected abstract=COL,title=COL,id=COL" in done.stderr
    with pytest.raises(UsageError, match="expected abstract=COL"):
        list(read_abstracts(path, columns={"text": "Abstract"}))
    with pytest.raises(InputError, match='no column "Text" for the abstract; found Title, Abstract, Year'):
        list(read_abstracts(path, columns={"abstract": "Text"}))


class TestFolders:
    def folder(self, tmp_path: Path) -> Path:
        folder = tmp_path / "in"
        folder.mkdir()
        for number in range(4):
            (folder / f"{number}.csv").write_bytes(WRITERS["csv"](papers()[number : number + 1]))
        (folder / "1.csv").write_bytes(b"")
        (folder / "2.csv").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
        return folder

    def test_an_empty_or_unreadable_file_is_one_failed_record(self, tmp_path: Path) -> None:
        folder, out = self.folder(tmp_path), tmp_path / "out.jsonl"
        done = absextract("extract", folder, "-o", out)
        assert done.returncode == 1
        assert [record["status"] == "failed" for record in records_in(out)] == [False, True, True, False]
        assert records_in(out)[1]["error"] == {"code": "bad_input", "message": f"{folder}/1.csv#0: the file is empty"}
        assert f"{folder}/2.csv#0: a binary file, not text" in done.stderr

    def test_it_ends_the_run_where_that_is_asked_for(self, tmp_path: Path) -> None:
        folder, out = self.folder(tmp_path), tmp_path / "out.jsonl"
        done = absextract("extract", folder, "-o", out, "--on-bad-input", "fail")
        assert (done.returncode, out.exists()) == (2, False)
        assert f"error: {folder}/1.csv: the file is empty" in done.stderr

    def test_if_no_file_can_be_read_nothing_is_written(self, tmp_path: Path) -> None:
        folder, out = self.folder(tmp_path), tmp_path / "out.jsonl"
        for number in (0, 3):
            (folder / f"{number}.csv").unlink()
        done = absextract("extract", folder, "-o", out)
        assert (done.returncode, out.exists()) == (2, False)
        assert f"error: {folder}/1.csv: the file is empty" in done.stderr

    def test_an_archive_is_read_as_its_folder(self, tmp_path: Path) -> None:
        folder, out = self.folder(tmp_path), tmp_path / "out.jsonl"
        with zipfile.ZipFile(tmp_path / "in.zip", "w") as archive:
            for path in folder.iterdir():
                archive.write(path, path.name)
        done = absextract("extract", tmp_path / "in.zip", "-o", out, "-q")
        assert done.returncode == 1
        assert [record["status"] == "failed" for record in records_in(out)] == [False, True, True, False]
        assert records_in(out)[3]["source"] == {"path": f"{tmp_path}/in.zip/3.csv", "index": 0}


def test_repeated_ids_are_told(tmp_path: Path) -> None:
    path = tmp_path / "papers.csv"
    path.write_text("id,title,abstract\nk1,A,We fly.\nk2,B,We sail.\nk1,C,We row.\n", encoding="utf-8")
    done = absextract("extract", path, "-o", tmp_path / "out.jsonl")
    assert done.returncode == 0
    assert "1 record has the id of an earlier one, the first of them k1" in done.stderr
