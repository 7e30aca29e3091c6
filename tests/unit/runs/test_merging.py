"""Two record files become one: each paper once, and nothing that is worth something is lost."""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from absextract.errors import InputError, OutputError, UsageError
from absextract.runs.merging import Merged, merge_files


def record(given: str, title: str = "", abstract: str = "", **more: Any) -> dict[str, Any]:
    return {
        "schema_version": "2",
        "id": given,
        "title": title or f"Title {given}",
        "abstract": abstract or f"Abstract {given}.",
        "source": {"path": "p", "index": 0},
        "metadata": {},
        "status": "ok",
        "extraction": {"tasks": []},
        "grounding": [],
        "findings": [],
        "extractor": {"model": "builtin", "prompt": None, "schema": "PaperExtraction@0", "attempts": 1, "usage": None},
        "error": None,
    } | more


def failed(given: str) -> dict[str, Any]:
    return record(given, status="failed", extraction=None, error={"code": "timeout", "message": "no answer"})


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(path: Path, rows: Iterable[object]) -> None:
    path.write_text("".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows), encoding="utf-8")


def merged(desk: Path, old: Iterable[object], new: Iterable[object]) -> tuple[Merged, list[dict[str, Any]]]:
    write(desk / "old.jsonl", old)
    write(desk / "new.jsonl", new)
    found = merge_files("old.jsonl", "new.jsonl", "out.jsonl")
    return found, [json.loads(line) for line in (desk / "out.jsonl").read_text(encoding="utf-8").splitlines()]


CASES: dict[str, tuple[list[Any], list[Any], list[Any]]] = {
    "new ones at the top": ([record("a"), record("b")], [record("d"), record("c")],
                            [record("d"), record("c"), record("a"), record("b")]),
    "the whole input again": ([record("a"), record("b")], [record("c"), record("a"), record("b")],
                              [record("c"), record("a"), record("b")]),
    "the newer counts": ([record("a", metadata={"n": 1})], [record("a", metadata={"n": 2})],
                         [record("a", metadata={"n": 2})]),
    "another abstract": ([record("a", abstract="We fly.")], [record("a", abstract="We fly far.")],
                         [record("a", abstract="We fly far.")]),
    "another title": ([record("a", "Kites")], [record("a", "KITES and Sails")], [record("a", "KITES and Sails")]),
    "one id for two papers": ([record("1", "Kites", "We fly.")], [record("1", "Sails", "We sail.")],
                              [record("1", "Sails", "We sail."), record("1", "Kites", "We fly.")]),
    "a failure is no better": ([record("a")], [failed("a"), failed("b")], [record("a"), failed("b")]),
    "a failure is replaced": ([failed("a")], [record("a")], [record("a")]),
    "two failures": ([failed("a")], [failed("a")], [failed("a")]),
    "a person's review stays": ([record("a", review={"by": "person"})], [record("a"), record("b")],
                                [record("a", review={"by": "person"}), record("b")]),
    "a newer review counts": ([record("a", review={"by": "person"})], [record("a", review={"by": "person", "at": "n"})],
                              [record("a", review={"by": "person", "at": "n"})]),
    "twice in one file": ([record("a"), record("a")], [record("b"), record("b")],
                          [record("b"), record("b"), record("a"), record("a")]),
    "an earlier version": ([record("a", schema_version="1")], [record("b")],
                           [record("b"), record("a", schema_version="1")]),
    "no text at all": ([record("p:3") | {"title": "", "abstract": ""}], [record("p:4") | {"title": "", "abstract": ""}],
                       [record("p:4") | {"title": "", "abstract": ""}, record("p:3") | {"title": "", "abstract": ""}]),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_paper_stands_once_in_the_order_of_the_new_file(desk: Path, case: str) -> None:
    old, new, expected = CASES[case]
    assert merged(desk, old, new)[1] == expected


def test_it_is_told_what_became_of_the_records(desk: Path) -> None:
    other = record("d") | {"extractor": record("d")["extractor"] | {"model": "openai/m"}}
    found, _ = merged(desk, [record("a"), record("b"), record("c")], [failed("a"), record("b"), other])
    assert list(found.lines()) == [
        "2 records of the new file, then 1 of the old one that it does not have",
        "1 of the old file replaced by newer ones",
        "1 of the old file stay in place of newer ones that failed or were not reviewed",
        "made by builtin (3), openai/m (1)",
    ]
    told = json.loads((desk / "out.jsonl.run.json").read_text(encoding="utf-8"))
    assert (told["finished"], told["records"], told["status"]["ok"]) == (True, 4, 4)


def test_lines_stay_byte_for_byte(desk: Path) -> None:
    line = json.dumps(record("a", abstract="Größe  \u2028 é")) + "  "
    (desk / "old.jsonl").write_text(f"\n{line}", encoding="utf-8")  # without a line feed at its end
    write(desk / "new.jsonl", [record("b")])
    merge_files("old.jsonl", "new.jsonl", "out.jsonl")
    assert (desk / "out.jsonl").read_text(encoding="utf-8").split("\n")[1:] == [line.strip(), ""]


def test_what_is_no_record_is_told_and_left_out(desk: Path) -> None:
    found, rows = merged(desk, [record("a"), {"title": "A", "extraction": {}}, 3], [record("b")])
    assert [row["id"] for row in rows] == ["b", "a"]
    assert [line.partition(": ")[0] for line in found.left_out] == ["old.jsonl:2", "old.jsonl:3"]


@pytest.mark.parametrize("out", ["old.jsonl", "./new.jsonl", "link.jsonl", "hard.jsonl"])
def test_no_input_is_written_over(desk: Path, out: str) -> None:
    write(desk / "old.jsonl", [record("a")])
    write(desk / "new.jsonl", [record("b")])
    (desk / "link.jsonl").symlink_to("old.jsonl")
    os.link("new.jsonl", "hard.jsonl")
    before = (desk / "old.jsonl").read_bytes(), (desk / "new.jsonl").read_bytes()
    with pytest.raises(OutputError, match="input"):
        merge_files("old.jsonl", "new.jsonl", out)
    assert ((desk / "old.jsonl").read_bytes(), (desk / "new.jsonl").read_bytes()) == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("none.jsonl", "good.jsonl", "no such file"),
        ("good.jsonl", "notes.txt", r"notes\.txt: is not a file of records, as extract writes them; line 1"),
        ("empty.jsonl", "good.jsonl", "holds no records"),
        ("good.jsonl", "-", "more than once"),
        ("torn.jsonl.gz", "good.jsonl", "torn"),
    ],
)
def test_where_something_cannot_be_read_the_output_stays(desk: Path, old: str, new: str, reason: str) -> None:
    write(desk / "good.jsonl", [record("a")])
    (desk / "notes.txt").write_text("my notes\n", encoding="utf-8")
    (desk / "empty.jsonl").touch()
    (desk / "torn.jsonl.gz").write_bytes(b"\x1f\x8b\x08\0\0\0\0\0\0\3abc")
    write(desk / "out.jsonl", [record("z")])
    before = (desk / "out.jsonl").read_bytes()
    with pytest.raises(UsageError, match=reason):
        merge_files(old, new, "out.jsonl")
    assert (desk / "out.jsonl").read_bytes() == before
    assert not list(desk.glob("*.partial"))


def test_a_file_of_something_else_is_not_written_over(desk: Path) -> None:
    (desk / "out.jsonl").write_text("precious\n", encoding="utf-8")
    with pytest.raises(OutputError, match="was not written by absextract"):
        merged(desk, [record("a")], [record("b")])


def test_memory_stays_flat(desk: Path) -> None:
    def peak(count: int) -> int:
        write(desk / "old.jsonl", (record(f"o{n}", abstract="We fly. " * 50) for n in range(count)))
        write(desk / "new.jsonl", (record(f"n{n}") for n in range(count)))
        tracemalloc.start()
        merge_files("old.jsonl", "new.jsonl", "out.jsonl")
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(5)
    assert peak(2000) - peak(200) < 1_000_000


def test_an_error_names_the_file(desk: Path) -> None:
    write(desk / "good.jsonl", [record("a")])
    with pytest.raises(InputError, match=r"^none: "):
        merge_files("good.jsonl", "none", "out.jsonl")
