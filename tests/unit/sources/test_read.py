"""Opening inputs, recognising what they are, and reading them one after the other."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from absextract.errors import InputError, UsageError
from absextract.records import Abstract, BadInput
from absextract.sources.read import FORMATS, expand, read_abstracts, read_inputs
from formats import WRITERS

JSONL = b'{"title": "Kites", "abstract": "On kites."}\n'
CSV = b"title,abstract\nKites,On kites.\n"
TSV = b"title\tabstract\nKites\tOn kites.\n"
TRENDING = b"Get trending papers in your email inbox!\nSubscribeKites\nOn kites.\n"
KITES = [Abstract(id="k", title="Kites", abstract="On kites.")]
PAGES = {name: write_as(KITES) for name, write_as in WRITERS.items()}
PAGES |= {"jsonl": JSONL, "csv": CSV, "tsv": TSV, "trending": TRENDING}
WHOLE = ("bibtex", "parquet")  # formats that are not read before they are there as a whole


def write(folder: Path, name: str, content: bytes) -> str:
    path = folder / name
    path.write_bytes(content)
    return str(path)


def titles(path: str, **options: Any) -> list[str]:
    return [paper.title for paper in read_abstracts(path, **options)]


def line(title: str) -> bytes:
    return json.dumps({"title": title, "abstract": f"On {title}."}).encode() + b"\n"


class Reads(io.RawIOBase):
    """A raw stream that counts what is taken from it and hands out at most `at_once` bytes."""

    def __init__(self, content: bytes, at_once: int = sys.maxsize) -> None:
        self._rest = memoryview(content)
        self._at_once = at_once
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = min(len(buffer), self._at_once, len(self._rest))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        self.taken += size
        return size


def pipe_in(monkeypatch: pytest.MonkeyPatch, raw: Reads) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8"))


class TestFormats:
    @pytest.mark.parametrize("name", FORMATS)
    def test_a_format_is_recognised_by_content(self, tmp_path: Path, name: str) -> None:
        path = write(tmp_path, "papers", PAGES[name])
        assert titles(path) == ["Kites"]

    @pytest.mark.parametrize("name", FORMATS)
    def test_gzip_and_byte_order_mark_hide_no_format(self, tmp_path: Path, name: str) -> None:
        mark = b"" if name == "parquet" else b"\xef\xbb\xbf"
        path = write(tmp_path, "papers", gzip.compress(mark + PAGES[name]))
        assert titles(path) == ["Kites"]

    @pytest.mark.parametrize("header", [b'"Year","Abstract"\n', b"year,SUMMARY\r\n", b"abstract\n"])
    def test_a_header_with_an_abstract_is_enough_for_csv(self, tmp_path: Path, header: bytes) -> None:
        assert titles(write(tmp_path, "papers.txt", header)) == []

    def test_a_given_format_goes_before_the_content(self, tmp_path: Path) -> None:
        path = write(tmp_path, "papers", b"title\tabstract,x\n")
        with pytest.raises(InputError, match="no column"):
            list(read_inputs([path], format="csv"))

    def test_an_unknown_format_is_wrong_use(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match='unknown format "xml"; there are arxiv, bibtex, csv, json'):
            titles(write(tmp_path, "papers", JSONL), format="xml")

    @pytest.mark.parametrize("content", [b"Just a text.\n", b"<html></html>", b"title,text\nA,B\n", b"\xe9\n", b"\xc3"])
    def test_what_is_not_recognised_says_what_to_do(self, tmp_path: Path, content: bytes) -> None:
        path = write(tmp_path, "papers", content)
        with pytest.raises(InputError, match=r"papers:1: format not recognised by content; choose one with --format"):
            titles(path)

    @pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", "\u00a0\n".encode(), gzip.compress(b"")])
    def test_an_empty_file_is_an_input_error(self, tmp_path: Path, content: bytes) -> None:
        path = write(tmp_path, "papers", content)
        with pytest.raises(InputError, match="the file is empty"):
            titles(path)

    @pytest.mark.parametrize(
        ("content", "reason"),
        [
            (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not text"),
            (gzip.compress(b"\0\1\2"), "a binary file, not text"),
            (b"PK\x03\x04\x14\0xlsx", "an Office file; unpack it, or save its table as CSV"),
            (b"%PDF-1.7\n%\xe2\xe3", "a PDF; what is read are abstracts"),
            (b"SQLite format 3\0", "an SQLite database; export its table as CSV"),
            (CSV.decode().encode("utf-16"), "UTF-16 text; convert it"),
            (CSV.decode().encode("utf-16-le"), "a binary file, not text"),
            ("title,abstract\nÉté,Où à é è ô ü ß.\n".encode("latin-1"), r"not UTF-8 text \(byte 15\); convert it"),
        ],
    )
    def test_what_is_no_utf8_text_is_an_input_error(self, tmp_path: Path, content: bytes, reason: str) -> None:
        path = write(tmp_path, "papers", content)
        with pytest.raises(InputError, match=reason):
            titles(path)

    def test_a_character_cut_in_two_by_the_end_of_the_head_is_no_error(self, tmp_path: Path) -> None:
        for shift in range(4):
            content = CSV + b"x" * shift + b"," + "🪁".encode() * 20_000 + b"\n"
            assert [paper.abstract[-1] for paper in read_abstracts(write(tmp_path, "papers", content))] == [".", "🪁"]

    @given(st.binary(max_size=80))
    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_no_file_raises_anything_but_an_input_error(self, tmp_path: Path, content: bytes) -> None:
        path = write(tmp_path, "papers", content)
        for format_ in (None, *FORMATS):
            with contextlib.suppress(InputError):
                list(read_inputs([path], format=format_))


class TestFiles:
    def test_a_path_may_be_a_path_object(self, tmp_path: Path) -> None:
        write(tmp_path, "papers", JSONL)
        (paper,) = read_abstracts(tmp_path / "papers")
        assert paper.source.path == str(tmp_path / "papers")

    def test_a_missing_file_is_an_input_error(self, tmp_path: Path) -> None:
        path = str(tmp_path / "none.jsonl")
        for read in (titles, lambda path: list(read_inputs([path]))):
            with pytest.raises(InputError, match=r"none\.jsonl: [Nn]o such file"):
                read(path)

    def test_a_torn_gzip_file_is_an_input_error(self, tmp_path: Path) -> None:
        whole = gzip.compress(b"".join(line(os.urandom(40).hex()) for _ in range(5000)))
        path = write(tmp_path, "papers.jsonl.gz", whole[: len(whole) - 40])
        with pytest.raises(InputError, match=r"papers\.jsonl\.gz: Compressed file ended"):
            titles(path)

    @pytest.mark.parametrize("content", [b"\x1f\x8b", b"\x1f\x8bnot gzip", gzip.compress(JSONL) + b"rest"])
    def test_a_damaged_gzip_file_is_an_input_error(self, tmp_path: Path, content: bytes) -> None:
        with pytest.raises(InputError, match=r"papers\.gz: "):
            titles(write(tmp_path, "papers.gz", content))

    def test_gzip_files_in_a_row_are_one(self, tmp_path: Path) -> None:
        content = gzip.compress(line("A")) + gzip.compress(line("B"))
        assert titles(write(tmp_path, "papers.gz", content)) == ["A", "B"]

    def test_a_folder_is_read_by_name_without_hidden_files_and_what_runs_leave(self, tmp_path: Path) -> None:
        for name in ("b.jsonl", "a.jsonl", ".hidden", "out.jsonl.run.json", "out.jsonl.partial"):
            write(tmp_path, name, line(name))
        (tmp_path / "folder").mkdir()
        assert titles(str(tmp_path)) == ["a.jsonl", "b.jsonl"]

    def test_a_folder_without_files_is_an_input_error(self, tmp_path: Path) -> None:
        (tmp_path / "folder").mkdir()
        with pytest.raises(InputError, match="the folder holds no files"):
            expand([str(tmp_path)])

    def test_a_glob_is_read_by_name(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        for name in ("in/c.jsonl", "b.jsonl", "a.jsonl", "x.txt"):
            write(tmp_path, name, line(name))
        assert titles(f"{tmp_path}/*.jsonl") == ["a.jsonl", "b.jsonl"]
        assert titles(f"{tmp_path}/**/*.jsonl") == ["a.jsonl", "b.jsonl", "in/c.jsonl"]

    def test_a_file_whose_name_looks_like_a_glob_is_that_file(self, tmp_path: Path) -> None:
        write(tmp_path, "a1.jsonl", line("other"))
        assert titles(write(tmp_path, "a[1].jsonl", line("meant"))) == ["meant"]

    def test_inputs_stand_in_the_order_they_were_named(self, tmp_path: Path) -> None:
        b, a = write(tmp_path, "b", JSONL), write(tmp_path, "a", JSONL)
        assert expand([b, "-", a, b]) == [b, "-", a, b]
        assert expand([]) == []

    def test_the_output_is_left_out_however_it_was_found(self, tmp_path: Path) -> None:
        paper, out = write(tmp_path, "a.jsonl", JSONL), write(tmp_path, "out.jsonl", JSONL)
        (tmp_path / "link.jsonl").symlink_to(out)
        for inputs in ([str(tmp_path)], [f"{tmp_path}/*.jsonl"], [paper, out], [out, paper]):
            assert expand(inputs, exclude=out) == [paper]

    def test_the_output_alone_is_no_input(self, tmp_path: Path) -> None:
        out = write(tmp_path, "out.jsonl", JSONL)
        for inputs in ([out], [str(tmp_path)], [f"{tmp_path}/*"]):
            with pytest.raises(InputError, match="nothing to read there but the output itself"):
                expand(inputs, exclude=out)

    def test_each_file_counts_its_own_papers(self, tmp_path: Path) -> None:
        paths = [write(tmp_path, "a", JSONL * 2), write(tmp_path, "b", TSV)]
        sources = [item.source for item in read_inputs(paths)]
        assert [(source.path, source.index) for source in sources] == [(paths[0], 0), (paths[0], 1), (paths[1], 0)]

    def test_a_name_that_is_no_utf8_can_be_written_all_the_same(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/\xff.jsonl"
        try:
            Path(os.fsdecode(path)).write_bytes(JSONL + b"[]\n")
        except OSError:
            pytest.skip("no such names on this file system")
        good, bad = read_inputs([os.fsdecode(path)])
        assert good.source.path.endswith("/\\udcff.jsonl")
        assert isinstance(bad, BadInput)
        bad.as_abstract().model_dump_json()


class TestBadRecords:
    @pytest.mark.parametrize("content", [b"\n{}\n", b"\n{}\n" * 4, b"\n" + b"{}\n" * 5 + JSONL])
    def test_nothing_but_bad_records_stop_the_reading_at_the_first(self, tmp_path: Path, content: bytes) -> None:
        path = write(tmp_path, "papers.jsonl", content)
        with pytest.raises(InputError, match="neither a title nor an abstract") as caught:
            list(read_inputs([path]))
        assert (caught.value.path, caught.value.line) == (path, 2)
        assert str(caught.value).startswith(f"{path}:2: ")

    @pytest.mark.parametrize("bad", range(5))
    def test_bad_records_before_a_good_one_are_values_in_their_order(self, tmp_path: Path, bad: int) -> None:
        path = write(tmp_path, "papers.jsonl", b"{}\n" * bad + JSONL + b"{}\n" * 9)
        items = list(read_inputs([path]))
        assert [type(item) for item in items] == [*[BadInput] * bad, Abstract, *[BadInput] * 9]
        assert [item.source.index for item in items] == list(range(bad + 10))

    @pytest.mark.parametrize("content", [CSV[:15] + b"\n".join([b","] * 9), b'{"Summary": null}\n' * 9])
    def test_rows_without_text_are_no_reason_to_refuse(self, tmp_path: Path, content: bytes) -> None:
        items = list(read_inputs([write(tmp_path, "papers", content)]))
        assert [type(item) for item in items] == [BadInput] * 9

    def test_a_bad_first_record_of_a_later_file_stops_it_too(self, tmp_path: Path) -> None:
        items = read_inputs([write(tmp_path, "a", JSONL), write(tmp_path, "b", b"{}\n")])
        assert isinstance(next(items), Abstract)
        with pytest.raises(InputError, match=r"b:1: "):
            next(items)

    def test_a_later_bad_record_is_a_value(self, tmp_path: Path) -> None:
        items = list(read_inputs([write(tmp_path, "papers", JSONL + b"{\n" + JSONL)]))
        assert [type(item) for item in items] == [Abstract, BadInput, Abstract]
        assert [item.source.index for item in items] == [0, 1, 2]

    def test_reading_abstracts_raises_at_a_bad_record(self, tmp_path: Path) -> None:
        path = write(tmp_path, "papers", JSONL + b"\n{}\n")
        papers = read_abstracts(path)
        assert next(papers).title == "Kites"
        with pytest.raises(InputError) as caught:
            next(papers)
        assert (caught.value.path, caught.value.line) == (path, 3)


class TestStandardInput:
    @pytest.mark.parametrize("pack", [bytes, gzip.compress])
    @pytest.mark.parametrize("at_once", [1, 7, 1 << 20])
    @pytest.mark.parametrize("name", FORMATS)
    def test_every_format_is_read_from_a_pipe_however_slow(
        self, monkeypatch: pytest.MonkeyPatch, name: str, at_once: int, pack: Any
    ) -> None:
        pipe_in(monkeypatch, Reads(pack(PAGES[name]), at_once))
        (paper,) = read_abstracts("-")
        assert (paper.title, paper.source.path) == ("Kites", "-")

    @pytest.mark.parametrize("name", FORMATS)
    def test_standard_input_stays_open(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        pipe_in(monkeypatch, Reads(WRITERS[name](KITES * 2)))
        assert next(read_abstracts("-")).title == "Kites"
        assert not sys.stdin.buffer.closed

    def test_errors_name_it_as_the_user_did(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for content, reason in ((b"", "-: the file is empty"), (b"{}", "-:1: neither a title")):
            pipe_in(monkeypatch, Reads(content))
            with pytest.raises(InputError, match=f"^{reason}"):
                list(read_abstracts("-"))

    def test_a_record_is_there_when_its_line_is(self, monkeypatch: pytest.MonkeyPatch) -> None:
        reading, writing = os.pipe()
        with open(reading, encoding="utf-8") as stdin, open(writing, "wb", buffering=0) as pipe:
            monkeypatch.setattr(sys, "stdin", stdin)
            papers = read_inputs(["-"])
            for title in ("A", "B", "C"):
                pipe.write(line(title))  # were more waited for, this would never end
                assert next(papers).source.path == "-"
            papers.close()

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_named_pipe_that_delivers_slowly_is_read_to_its_end(self, tmp_path: Path) -> None:
        path = str(tmp_path / "pipe")
        os.mkfifo(path)

        def deliver() -> None:
            with open(path, "wb", buffering=0) as pipe:
                for byte in TRENDING:
                    pipe.write(bytes([byte]))

        writer = threading.Thread(target=deliver)
        writer.start()
        try:
            assert titles(path) == ["Kites"]
        finally:
            writer.join()


class TestStreaming:
    @pytest.mark.parametrize("name", [name for name in FORMATS if name not in WHOLE])
    def test_papers_come_before_the_rest_is_read(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        raw = Reads(WRITERS[name](KITES * 20_000))
        pipe_in(monkeypatch, raw)
        papers = read_abstracts("-")
        assert [next(papers).source.index for _ in range(100)] == list(range(100))
        assert raw.taken < 300_000 < len(WRITERS[name](KITES * 20_000))

    def test_a_large_gzip_file_is_unpacked_bit_by_bit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        raw = Reads(gzip.compress(b"".join(line(os.urandom(100).hex()) for _ in range(10_000))))
        pipe_in(monkeypatch, raw)
        next(read_abstracts("-"))
        assert raw.taken < 300_000

    def test_a_later_file_is_opened_when_its_turn_comes(self, tmp_path: Path) -> None:
        def paths() -> Iterator[str]:
            yield write(tmp_path, "a", JSONL)
            raise AssertionError("too early")

        assert next(read_inputs(paths())).source.index == 0

    def test_leaving_early_closes_the_file(self, tmp_path: Path) -> None:
        items = read_inputs([write(tmp_path, "papers.csv", CSV * 3)])
        next(items)
        items.close()  # an open file left behind would be a ResourceWarning, and so a failure


def test_a_folder_gives_its_papers_and_not_what_was_made_of_them(tmp_path: Path) -> None:
    (tmp_path / "papers.jsonl").write_text('{"title": "T", "abstract": "A."}\n', encoding="utf-8")
    (tmp_path / "facts.jsonl").write_text("{}\n", encoding="utf-8")
    (tmp_path / "facts.jsonl.run.json").write_text("{}\n", encoding="utf-8")
    assert expand([str(tmp_path)]) == [str(tmp_path / "papers.jsonl")]
