"""Record files: whole lines only, in input order."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absextract.errors import OutputError
from absextract.output.jsonl import RecordFile, check_replaceable, check_same_run, check_writable, tally_of
from absextract.output.summary import Tally
from absextract.records import ErrorInfo, ExtractorInfo, Record
from papers import PAPER

INFO = ExtractorInfo(model="a/b", prompt="p1", schema="S@1")
FULL = Path("/dev/full")
NULL = Path("/dev/null")
BEGINNING = '{"schema_version":"2","id":'
EARLIER = '{"schema_version":"1","id":'
TORN = f'{BEGINNING}"k'.encode()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def run(out: Path, new: list[str], *, complete: bool = True, **options: bool) -> list[bytes]:
    """Keeps what is there and adds the new records; gives what was there."""
    file = RecordFile(str(out), **options)
    kept = []
    for line in file.existing():
        file.keep(line)
        kept.append(line)
    for record in new:
        file.add(record)
    file.close(complete=complete)
    return kept


class TestAppending:
    def test_a_new_file_holds_its_records_as_lines(self, out: Path) -> None:
        assert run(out, ["{1}", "{ü}"]) == []
        assert out.read_bytes() == "{1}\n{ü}\n".encode()

    def test_records_are_added_behind_those_that_are_there(self, out: Path) -> None:
        out.write_bytes(b"{1}\n{2}\n")
        assert run(out, ["{3}"]) == [b"{1}\n", b"{2}\n"]
        assert out.read_bytes() == b"{1}\n{2}\n{3}\n"

    @pytest.mark.parametrize(
        "torn", [b"{", BEGINNING[:9].encode(), BEGINNING.encode(), EARLIER.encode(), TORN, TORN + b"\xc3", b"\0"]
    )
    def test_a_torn_line_goes(self, out: Path, torn: bytes) -> None:
        out.write_bytes(b"{1}\n" + torn)
        assert run(out, ["{3}"]) == [b"{1}\n"]
        assert out.read_bytes() == b"{1}\n{3}\n"

    def test_zeros_where_a_power_cut_left_room_go_with_what_is_behind_them(self, out: Path) -> None:
        out.write_bytes(b"{1}\n" + bytes(4096) + b"{3}\n")
        assert run(out, ["{2}"]) == [b"{1}\n"]
        assert out.read_bytes() == b"{1}\n{2}\n"

    @pytest.mark.parametrize("tail", [b"my notes", b'{"id": "k', b'{"schema_version": 1}', b"[]", b"\xc3", b" "])
    @pytest.mark.parametrize("before", [b"", b"{1}\n"])
    @pytest.mark.parametrize("options", [{}, {"rewrite": True}])
    def test_what_is_no_torn_record_stays(
        self, out: Path, before: bytes, tail: bytes, options: dict[str, bool]
    ) -> None:
        out.write_bytes(before + tail)
        file = RecordFile(str(out), **options)
        with pytest.raises(OutputError, match=rf"out\.jsonl:{before.count(10) + 1}: not a record of absextract"):
            list(file.existing())
        file.close(complete=False)
        assert out.read_bytes() == before + tail

    def test_a_torn_line_goes_even_where_nothing_is_added(self, out: Path) -> None:
        out.write_bytes(b"{1}\n" + TORN)
        assert run(out, []) == [b"{1}\n"]
        assert out.read_bytes() == b"{1}\n"

    def test_a_run_that_fails_at_its_start_changes_nothing(self, out: Path) -> None:
        run(out, [], complete=False)
        assert not out.exists()
        out.write_bytes(b"{1}\n{2")
        for options in ({}, {"fresh": True}, {"rewrite": True}):
            RecordFile(str(out), **options).close(complete=False)
            assert out.read_bytes() == b"{1}\n{2"

    def test_a_run_without_records_makes_an_empty_file(self, out: Path) -> None:
        run(out, [])
        assert out.read_bytes() == b""

    def test_lines_that_were_not_looked_at_stay(self, out: Path) -> None:
        out.write_bytes(b"{1}\n{2}\n{3}\n")
        file = RecordFile(str(out))
        lines = file.existing()
        next(lines)
        lines.close()
        file.close(complete=True)
        assert out.read_bytes() == b"{1}\n{2}\n{3}\n"

    def test_each_record_is_in_the_file_as_soon_as_it_is_added(self, out: Path) -> None:
        file = RecordFile(str(out))
        file.add("{1}")
        assert out.read_bytes() == b"{1}\n"
        file.close(complete=False)
        assert out.read_bytes() == b"{1}\n"

    @given(st.lists(st.sampled_from([f"{BEGINNING}1}}", f"{BEGINNING}22}}", f"{BEGINNING}ü}}"]), max_size=6), st.data())
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_a_file_cut_anywhere_becomes_whole_again(self, out: Path, records: list[str], data: Any) -> None:
        whole = "".join(f"{record}\n" for record in records).encode()
        out.write_bytes(whole[: data.draw(st.integers(0, len(whole)))])
        there = out.read_bytes().count(b"\n")
        run(out, records[there:])
        assert out.read_bytes() == whole


class TestFresh:
    @pytest.mark.parametrize("new", [[], ["{3}"]])
    def test_what_was_there_is_written_over(self, out: Path, new: list[str]) -> None:
        out.write_bytes(b"{1}\n{2}\n")
        assert run(out, new, fresh=True) == []
        assert out.read_bytes() == b"".join(line.encode() + b"\n" for line in new)


class TestRewriting:
    def test_records_are_replaced_in_their_place(self, out: Path) -> None:
        out.write_bytes(b"{1}\n{2}\n{3}\n" + TORN)
        file = RecordFile(str(out), rewrite=True)
        for number, line in enumerate(file.existing()):
            if number == 1:
                file.add("{new}")
            else:
                file.keep(line)
        assert out.read_bytes() == b"{1}\n{2}\n{3}\n" + TORN
        file.close(complete=True)
        assert out.read_bytes() == b"{1}\n{new}\n{3}\n"
        assert os.listdir(out.parent) == [out.name]

    def test_the_old_file_stays_where_the_new_one_is_not_complete(self, out: Path) -> None:
        out.write_bytes(b"{1}\n{2}\n")
        run(out, ["{3}"], rewrite=True, complete=False)
        assert out.read_bytes() == b"{1}\n{2}\n"
        assert os.listdir(out.parent) == [out.name]

    def test_a_file_without_a_record_takes_its_place_too(self, out: Path) -> None:
        out.write_bytes(b"{1}\n")
        RecordFile(str(out), rewrite=True).close(complete=True)
        assert out.read_bytes() == b""

    def test_a_file_that_is_not_there_is_written_bit_by_bit_as_ever(self, out: Path) -> None:
        run(out, ["{1}"], rewrite=True, complete=False)
        assert out.read_bytes() == b"{1}\n"

    def test_a_file_left_by_a_run_that_was_killed_is_written_over(self, out: Path) -> None:
        out.write_bytes(b"{1}\n")
        (out.parent / "out.jsonl.partial").write_bytes(TORN)
        run(out, ["{2}"], rewrite=True)
        assert out.read_bytes() == b"{1}\n{2}\n"
        assert os.listdir(out.parent) == [out.name]

    def test_a_link_stays_one_and_the_file_keeps_its_mode(self, out: Path) -> None:
        out.write_bytes(b"{1}\n")
        out.chmod(0o600)
        link = out.parent / "link.jsonl"
        link.symlink_to(out)
        run(link, ["{2}"], rewrite=True)
        assert link.is_symlink()
        assert out.read_bytes() == b"{1}\n{2}\n"
        assert out.stat().st_mode & 0o777 == 0o600

    def test_once_settled_further_records_go_behind(self, out: Path) -> None:
        out.write_bytes(b"{1}\n")
        file = RecordFile(str(out), rewrite=True)
        for _ in file.existing():
            file.add("{new}")
        file.settle()
        assert out.read_bytes() == b"{new}\n"
        file.add("{2}")
        assert out.read_bytes() == b"{new}\n{2}\n"
        file.close(complete=False)
        assert out.read_bytes() == b"{new}\n{2}\n"
        assert os.listdir(out.parent) == [out.name]


class TestStandardOutput:
    @pytest.mark.parametrize("options", [{}, {"fresh": True}, {"rewrite": True}])
    def test_records_go_there_and_nowhere_else(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, bool]
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("-").write_bytes(b"{old}\n")
        stdout = io.BytesIO()
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(stdout, encoding="ascii"))
        assert run(Path("-"), ["{ü}"], **options) == []
        assert stdout.getvalue() == "{ü}\n".encode()
        assert not stdout.closed
        assert Path("-").read_bytes() == b"{old}\n"

    def test_a_reader_that_has_gone_is_not_an_output_error(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reading, writing = os.pipe()
        os.close(reading)
        raw = os.fdopen(writing, "wb", buffering=0)
        monkeypatch.setattr(sys, "stdout", type("Stdout", (), {"buffer": raw}))
        file = RecordFile("-")
        with pytest.raises(BrokenPipeError):
            file.add("{1}")
        file.close(complete=False)
        raw.close()


class TestDevices:
    @pytest.mark.skipif(not FULL.exists(), reason="no full device here")
    @pytest.mark.parametrize("fresh", [True, False])
    def test_a_full_disk_is_an_output_error_that_says_what_helps(self, fresh: bool) -> None:
        file = RecordFile(str(FULL), fresh=fresh)
        assert list(file.existing()) == []
        with pytest.raises(OutputError, match=r"/dev/full: No space left on device; the same command goes on"):
            file.add("{1}")
        file.close(complete=False)

    @pytest.mark.skipif(not FULL.exists(), reason="no full device here")
    def test_a_disk_that_is_full_at_the_last_record_is_an_output_error(self) -> None:
        file = RecordFile(str(FULL))
        with pytest.raises(OutputError):
            file.add("{1}")
        with pytest.raises(OutputError, match="No space left on device"):
            file.close(complete=True)

    @pytest.mark.skipif(not NULL.exists(), reason="no null device here")
    @pytest.mark.parametrize("options", [{}, {"fresh": True}, {"rewrite": True}])
    def test_the_null_device_takes_everything(self, options: dict[str, bool]) -> None:
        check_writable(str(NULL))
        assert run(NULL, ["{1}"], **options) == []
        assert run(NULL, [], **options) == []

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_named_pipe_is_written_to(self, tmp_path: Path) -> None:
        path = tmp_path / "pipe"
        os.mkfifo(path)
        reading = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        try:
            run(path, ["{1}", "{2}"])
            assert os.read(reading, 100) == b"{1}\n{2}\n"
        finally:
            os.close(reading)

    def test_a_file_that_cannot_be_opened_is_an_output_error(self, tmp_path: Path) -> None:
        for options in ({}, {"fresh": True}):
            file = RecordFile(str(tmp_path / "none" / "out.jsonl"), **options)
            with pytest.raises(OutputError, match=r"none/out\.jsonl: No such file or directory"):
                file.add("{1}")
            file.close(complete=False)


class TestCheckWritable:
    def test_standard_output_and_files_in_a_folder_are_writable(self, out: Path) -> None:
        check_writable("-")
        check_writable(str(out))
        out.write_bytes(b"{1}\n")
        check_writable(str(out))
        assert out.read_bytes() == b"{1}\n"

    def test_looking_makes_no_file(self, out: Path) -> None:
        check_writable(str(out))
        assert not out.exists()

    def test_a_bare_name_is_in_the_current_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        check_writable("out.jsonl")

    def test_a_folder_is_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"is a folder; name a file, e\.g\. .*[^/]/records\.jsonl$"):
            check_writable(f"{tmp_path}/")

    def test_the_folder_must_be_there(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"the folder .*none does not exist"):
            check_writable(str(tmp_path / "none" / "out.jsonl"))

    def test_a_file_is_no_folder(self, out: Path) -> None:
        out.write_bytes(b"")
        with pytest.raises(OutputError, match="does not exist"):
            check_writable(str(out / "out.jsonl"))

    @pytest.mark.parametrize("exists", [True, False])
    def test_writing_must_be_allowed(self, out: Path, monkeypatch: pytest.MonkeyPatch, exists: bool) -> None:
        if exists:
            out.write_bytes(b"")
        asked = []

        def refuse(path: Path, mode: int) -> bool:  # the tests may run as root, to whom nothing is forbidden
            asked.append((path, mode))
            return False

        monkeypatch.setattr(os, "access", refuse)
        with pytest.raises(OutputError, match=r"out\.jsonl: no permission to write there"):
            check_writable(str(out))
        assert asked == [(out if exists else out.parent, os.W_OK)]


class TestCheckReplaceable:
    @pytest.mark.parametrize(
        "content", [b"", TORN, TORN + b'"}\n{more}\n', BEGINNING.encode() + b"1}\n", EARLIER.encode() + b"1}\n"]
    )
    def test_records_and_nothing_may_be_written_over(self, out: Path, content: bytes) -> None:
        check_replaceable("-")
        check_replaceable(str(out))
        out.write_bytes(content)
        check_replaceable(str(out))

    @pytest.mark.parametrize(
        "content",
        [b"my notes\n", b"\n", b"{}\n", b'{"title": "T"}\n' + TORN, b'{"schema_version":"3","id":1}', b"\xff"],
    )
    def test_anything_else_may_not(self, out: Path, content: bytes) -> None:
        out.write_bytes(content)
        with pytest.raises(OutputError, match=r"out\.jsonl: exists and was not written by absextract; choose"):
            check_replaceable(str(out))

    @pytest.mark.skipif(not NULL.exists(), reason="no null device here")
    def test_a_device_holds_nothing(self) -> None:
        check_replaceable(str(NULL))


class TestSameRun:
    def line(self, **changes: Any) -> bytes:
        record = Record[Any].failed(PAPER, INFO, ErrorInfo(code="timeout", message="no answer"))
        line = json.dumps({**json.loads(record.to_json()), **changes}, ensure_ascii=False, separators=(",", ":"))
        return line.encode()

    def check(self, line: bytes, info: ExtractorInfo = INFO) -> Tally:
        return check_same_run(line, 7, out="out.jsonl", paper=PAPER, extractor=info)

    def test_a_record_of_this_run_gives_what_counts_of_it(self) -> None:
        assert self.check(self.line()) == Tally("failed", (), "timeout")
        findings = [{"code": "number_unclaimed"}, {"code": "url_unclaimed"}]
        line = self.line(status="flagged", error=None, findings=findings)
        assert self.check(line) == Tally("flagged", ("number_unclaimed", "url_unclaimed"), None)

    def test_attempts_and_usage_do_not_matter(self) -> None:
        assert self.check(self.line(), INFO.model_copy(update={"attempts": 2})) == self.check(self.line())

    @pytest.mark.parametrize("metadata", [{}, {"a": [1, 2.0, None, "é\u2028"]}, {"x": float("nan")}, {"big": 10**30}])
    def test_whatever_the_metadata_are_the_same_are_the_same(self, metadata: dict[str, Any]) -> None:
        paper = PAPER.model_copy(update={"metadata": metadata})
        record = Record[Any].failed(paper, INFO, ErrorInfo(code="timeout", message="no answer"))
        line = record.to_json().encode()
        assert check_same_run(line, 1, out="out.jsonl", paper=paper, extractor=INFO).status == "failed"

    @pytest.mark.parametrize(
        ("changed", "text"),
        [
            ({"model": "c/d"}, "made with model a/b, this run has c/d"),
            ({"prompt": None}, "made with prompt p1, this run has None"),
            ({"schema_": "S@2"}, "made with schema S@1, this run has S@2"),
        ],
    )
    def test_another_extractor_is_another_run(self, changed: dict[str, str | None], text: str) -> None:
        with pytest.raises(OutputError, match=rf"out\.jsonl:7: {text}; choose another -o, or --overwrite"):
            self.check(self.line(), INFO.model_copy(update=changed))

    @pytest.mark.parametrize("version", ["1", "3", None])
    def test_another_version_of_the_record_is_told_before_all_else(self, version: str | None) -> None:
        text = (
            rf"out\.jsonl:7: written by another version of absextract \(schema version {version}, this one writes 2\)"
        )
        line = self.line(schema_version=version, id="k")
        with pytest.raises(OutputError, match=f"{text}; choose another -o, or --overwrite"):
            self.check(line)
        with pytest.raises(OutputError, match=text):
            tally_of(line, 7, out="out.jsonl")

    def test_another_input_is_another_run(self) -> None:
        with pytest.raises(OutputError, match=rf"belongs to another input \(id k, the input has {PAPER.id}\)"):
            self.check(self.line(id="k"))

    @pytest.mark.parametrize(("name", "value"), [("title", "T."), ("abstract", "A."), ("metadata", {"year": 2020})])
    def test_other_content_under_the_same_id_is_another_input(self, name: str, value: Any) -> None:
        with pytest.raises(OutputError, match=rf"belongs to another input \(the {name} of id {PAPER.id} is not what"):
            self.check(self.line(**{name: value}))

    def test_a_record_from_another_place_is_another_input(self) -> None:
        with pytest.raises(
            OutputError, match=rf"\(id {PAPER.id} was read from a.jsonl#3, now from {PAPER.source.path}#"
        ):
            self.check(self.line(source={"path": "a.jsonl", "index": 3}))

    @pytest.mark.parametrize(
        "line",
        [
            b"\n",
            b"{",
            b"[]",
            b"3",
            b"null",
            b'"id"',
            b"\xff",
            b"{}",
            b'{"id": "k"}',
            b"[" * 100_000,
            json.dumps({"id": PAPER.id, "extractor": None}).encode(),
            json.dumps({"id": PAPER.id, "extractor": "a/b"}).encode(),
            json.dumps({"id": PAPER.id, "extractor": [1]}).encode(),
        ],
    )
    def test_what_is_no_record_is_not_touched(self, line: bytes) -> None:
        with pytest.raises(OutputError, match=r"out\.jsonl:7: not a record of absextract; choose another -o"):
            self.check(line)

    def test_a_record_without_its_extractor_is_another_run(self) -> None:
        with pytest.raises(OutputError, match="made with model None"):
            self.check(self.line(extractor={}))
