"""Nothing precious is written over, and no pipe or device is waited for."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from absextract.errors import OutputError
from absextract.output.jsonl import RecordFile, check_replaceable, check_writable, tally_of
from absextract.output.places import check_companions, check_is_no_input, create_anew, open_special, written_whole

PRECIOUS = b"my only copy\n"
COMPANIONS = ("out.jsonl.run.json", "out.jsonl.partial", "out.jsonl.run.json.partial", ".out.jsonl.absextract.lock")
OURS = {
    ".run.json": [b'{\n  "finished": true', b"", bytes(9)],
    ".partial": [b'{"schema_version":"1"', b"<!doctype html>", b"PAR1", b"SQLite format 3\0", b"@misc{a", b""],
}


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "folder"
    folder.mkdir()
    return folder / "out.jsonl"


@pytest.mark.parametrize("name", COMPANIONS)
@pytest.mark.parametrize("kind", ["link", "dangling", "file", "hard link", "folder", "pipe"])
def test_what_is_in_the_way_and_not_ours_is_refused_and_stays(out: Path, tmp_path: Path, name: str, kind: str) -> None:
    precious, way = tmp_path / "precious", out.parent / name
    precious.write_bytes(PRECIOUS)
    make: dict[str, Callable[[], object]] = {
        "link": lambda: way.symlink_to(precious),
        "dangling": lambda: way.symlink_to(tmp_path / "none"),
        "file": lambda: way.write_bytes(PRECIOUS),
        "hard link": lambda: way.hardlink_to(precious),
        "folder": way.mkdir,
        "pipe": lambda: os.mkfifo(way),
    }
    make[kind]()
    with pytest.raises(OutputError, match="is in the way and was not written by absextract"):
        check_writable(str(out))
    assert precious.read_bytes() == PRECIOUS
    assert not (tmp_path / "none").exists()
    if name.endswith("partial"):
        with pytest.raises(OutputError, match="in the way"):
            create_anew(str(way))
        assert precious.read_bytes() == PRECIOUS


@pytest.mark.parametrize(("end", "content"), [(end, each) for end, all_ in OURS.items() for each in all_])
def test_what_a_run_left_is_not_in_the_way(out: Path, end: str, content: bytes) -> None:
    Path(f"{out}{end}").write_bytes(content)
    check_companions(str(out))


def test_a_partial_file_is_a_new_one_even_where_its_name_leads_to_another(out: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_bytes(b'{"schema_version":"1"}\n')
    Path(f"{out}.partial").hardlink_to(other)
    with written_whole(str(out)) as path:
        Path(path).write_bytes(b"new")
    assert out.read_bytes() == b"new"
    assert other.read_bytes() == b'{"schema_version":"1"}\n'


def test_a_hard_link_of_an_input_is_no_output(out: Path, tmp_path: Path) -> None:
    paper = tmp_path / "papers.jsonl"
    paper.write_bytes(PRECIOUS)
    check_is_no_input(str(out), [str(paper), "-", "none"])
    out.hardlink_to(paper)
    with pytest.raises(OutputError, match=r"out\.jsonl: is the input .*papers\.jsonl under another name"):
        check_is_no_input(str(out), ["-", "none", str(paper)])


@pytest.mark.parametrize("name", ["x" * 255, "x" * 240, "x" * 5000, "ü" * 125, "a\0b", "\ud800"])
def test_a_name_that_no_file_can_have_is_an_error_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputError, match=r"the name is too long; with what|is not a possible name of a file"):
        check_writable(str(tmp_path / name))


def test_the_longest_name_is_enough_for_everything_beside_it(tmp_path: Path) -> None:
    out = tmp_path / ("x" * (255 - 18))
    check_writable(str(out))


@pytest.mark.parametrize("content", [bytes(100) + b"disk image", bytes(100) + b"\n{}\n", bytes(5000) + b"x"])
def test_a_file_of_zeros_and_something_else_is_not_ours(out: Path, content: bytes) -> None:
    out.write_bytes(content)
    with pytest.raises(OutputError, match="was not written by absextract"):
        check_replaceable(str(out))
    with pytest.raises(OutputError, match="not a record of absextract"):
        tally_of(next(RecordFile(str(out)).existing()), 1, out=str(out))
    assert out.read_bytes() == content


def test_a_pipe_without_a_reader_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("absextract.output.places._WAIT_SECONDS", 0.0)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="nobody reads this pipe; start its reader first"):
        open_special(str(tmp_path / "pipe"))
    with pytest.raises(OutputError, match="nobody reads this pipe"):
        RecordFile(str(tmp_path / "pipe"))


@pytest.mark.parametrize("device", ["/dev/zero", "/dev/random", "/dev/mem"])
def test_a_device_that_holds_something_is_refused(device: str) -> None:
    if not Path(device).exists():
        pytest.skip("no such device here")
    with pytest.raises(OutputError, match="is a device"):
        check_writable(device)


def test_an_output_that_is_removed_is_told_at_the_next_record(out: Path) -> None:
    file = RecordFile(str(out))
    file.add("{1}")
    out.unlink()
    with pytest.raises(OutputError, match=r"out\.jsonl: was removed while it was written"):
        file.add("{2}")
    file.close(complete=False)


@pytest.mark.parametrize("how", ["removed", "moved", "replaced"])
def test_an_output_that_is_gone_is_told_at_the_end(out: Path, how: str) -> None:
    file = RecordFile(str(out))
    file.add("{1}")
    if how == "removed":
        out.unlink()
    else:
        other = out.parent / "other"
        other.write_bytes(b"")
        os.replace(*((out, other) if how == "moved" else (other, out)))
    with pytest.raises(OutputError, match=r"out\.jsonl: was removed while it was written"):
        file.close(complete=True)
