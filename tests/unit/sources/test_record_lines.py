"""Record files as all commands read them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from absextract import InputError, read_records
from absextract.records import BadInput
from absextract.sources.record_lines import _MOST_ITEMS, SavedRecord, read_saved
from absextract.validation.budget import MOST_IN_ALL
from command_line import absextract

LINES = [
    b'{"title": "A", "abstract": "B", "extraction": null}',
    b"",
    b"{torn",
    b"[1]",
    b'{"title": "A", "abstract": "B"}',
    b'{"title": "A", "abstract": "\xff", "extraction": {}}',
    b'{"abstract": 7, "extraction": {}}',
    b'{"abstract": "B\xe2\x80\xa8C", "extraction": {"x": NaN}}',
]


def test_bad_lines_are_told_with_their_number_and_the_others_read(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(LINES))
    items = list(read_saved([str(path)]))
    bad = [item.told.removeprefix(f"{path}:") for item in items if isinstance(item, BadInput)]
    assert [text.partition(":")[0] for text in bad] == ["3", "4", "5", "6", "7"]
    assert "holds no extraction" in bad[2]
    assert "not UTF-8" in bad[3]
    assert "abstract: Input should be a valid string" in bad[4]
    good = [item for item in items if isinstance(item, SavedRecord)]
    assert [record.status for record in good] == ["failed", "ok"]
    assert good[1].abstract == "B\u2028C"


def test_a_file_of_no_records_is_refused_and_so_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"hello\nworld\n")
    with pytest.raises(InputError, match="is not a file of records, as extract writes them; line 1: not valid JSON"):
        list(read_saved([str(path)]))
    path.write_bytes(b"")
    with pytest.raises(InputError, match=r"holds no records$"):
        list(read_saved([str(path)]))


def test_records_are_read_from_files_and_folders_in_order(tmp_path: Path) -> None:
    for name in ("a", "b"):
        line: dict[str, object] = {
            "schema_version": "1",
            "id": name,
            "abstract": "On kites.",
            "extraction": {"tasks": []},
        }
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
        (tmp_path / f"{name}.jsonl.run.json").write_text("{}", encoding="utf-8")  # as beside what a run has written
    assert [record.id for record in read_records(tmp_path)] == ["a", "b"]
    assert [record.place for record in read_records(tmp_path / "b.jsonl")] == [f"{tmp_path / 'b.jsonl'}:1"]


def test_a_line_that_is_no_record_stops_the_reading_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(b"\n".join(LINES))
    records = read_records(path)
    assert next(records).status == "failed"
    with pytest.raises(InputError, match=r"records\.jsonl:3: not valid JSON"):
        next(records)


def test_of_a_folder_what_runs_have_written_is_read_alone(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "abstract": "On kites.", "extraction": {}}) + "\n"
    (tmp_path / "papers.jsonl").write_text('{"abstract": "On kites."}\n', encoding="utf-8")
    (tmp_path / "facts.jsonl").write_text(line, encoding="utf-8")
    (tmp_path / "facts.jsonl.run.json").write_text("{}", encoding="utf-8")
    assert [record.id for record in read_records(tmp_path)] == ["a"]


def test_bad_lines_at_the_beginning_and_marks_in_the_middle_cost_no_record(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "abstract": "On kites.", "extraction": {}}).encode() + b"\n"
    (tmp_path / "facts.jsonl").write_bytes(b"[]\n" * 6 + line + b"\xef\xbb\xbf" + line)
    items = list(read_saved([str(tmp_path / "facts.jsonl")]))
    assert [isinstance(item, BadInput) for item in items] == [True] * 6 + [False] * 2


def test_a_report_beside_its_records_is_made_again(tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "abstract": "On kites.", "extraction": {}}) + "\n"
    (tmp_path / "facts.jsonl").write_text(line, encoding="utf-8")
    for _ in range(2):
        assert absextract("report", tmp_path, "-o", tmp_path / "report.html").returncode == 0


def test_a_record_may_hold_all_that_is_checked() -> None:
    assert _MOST_ITEMS == MOST_IN_ALL  # two stages, which do not import each other
