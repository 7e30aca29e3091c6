"""Zip archives as input, and folders, in which one file may be wrong."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from absextract.errors import InputError
from absextract.records import Abstract, BadInput
from absextract.sources import zip_files
from absextract.sources.read import read_abstracts, read_inputs
from formats import WRITERS

KITES = [Abstract(id="k", title="Kites", abstract="On kites.")]


def archive(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in files.items():
            zipped.writestr(name, content)
    return file.getvalue()


def write(folder: Path, content: bytes, name: str = "papers.zip") -> str:
    (folder / name).write_bytes(content)
    return str(folder / name)


def places(path: str) -> list[tuple[str, int, bool]]:
    """Of each item: the file in the archive, its place there, and whether it could be read."""
    items = list(read_inputs([path]))
    return [
        (item.source.path.removeprefix(f"{path}/"), item.source.index, isinstance(item, Abstract)) for item in items
    ]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_files_of_every_format_are_read_by_name(tmp_path: Path, pack: type[bytes]) -> None:
    files = {f"in/{name}": pack(write_as(KITES)) for name, write_as in WRITERS.items()}
    found = places(write(tmp_path, archive(dict(reversed(files.items())))))
    assert found == [(name, 0, True) for name in sorted(files)]


def test_a_packed_archive_is_read_too(tmp_path: Path) -> None:
    path = write(tmp_path, gzip.compress(archive({"a.csv": WRITERS["csv"](KITES)})))
    assert [paper.title for paper in read_abstracts(path)] == ["Kites"]


def test_a_given_format_is_that_of_the_files(tmp_path: Path) -> None:
    path = write(tmp_path, archive({"a": b"Kites, abstract\n\nOn kites.\n"}))
    assert [paper.title for paper in read_abstracts(path, format="text")] == ["Kites, abstract"]


def test_what_systems_and_runs_leave_is_no_input(tmp_path: Path) -> None:
    names = ("__MACOSX/._a.csv", ".git/config", ".DS_Store", "b/.hidden", "out.jsonl.run.json", "run.log", "empty/")
    path = write(tmp_path, archive({"a.csv": WRITERS["csv"](KITES)} | dict.fromkeys(names, b"\0")))
    assert places(path) == [("a.csv", 0, True)]


def test_no_path_of_an_archive_is_written(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    names = ("../../evil.csv", "/tmp/evil.csv", "C:\\evil.csv")
    path = write(tmp_path / "in", archive(dict.fromkeys(names, WRITERS["csv"](KITES))))
    assert len(places(path)) == 3
    assert [file.name for file in tmp_path.rglob("*")] == ["in", "papers.zip"]


def test_a_file_that_cannot_be_read_is_told_in_its_place(tmp_path: Path) -> None:
    good = WRITERS["csv"](KITES)
    inner = archive({"a.csv": good})
    path = write(
        tmp_path, archive({"1": b"", "2.csv": good, "3.zip": inner, "4.csv": good, "5": b"\0\1", "6": b"a;b\n1;2\n"})
    )
    assert places(path) == [
        ("1", 0, False),
        ("2.csv", 0, True),
        ("3.zip", 0, False),
        ("4.csv", 0, True),
        ("5", 0, False),
        ("6", 0, False),
    ]
    told = [item.told for item in read_inputs([path]) if isinstance(item, BadInput)]
    assert told[0] == f"{path}/1#0: the file is empty"
    assert told[1] == f"{path}/3.zip#0: an archive in an archive; unpack it first"
    with pytest.raises(InputError, match="the file is empty"):
        list(read_abstracts(path))


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({}, "the archive holds no files"),
        ({"a/": b""}, "the archive holds no files"),
        ({"1": b"", "2": b"\0"}, "papers.zip/1: the file is empty"),
        ({"a.zip": archive({"b.csv": b"title,abstract\nA,a\n"})}, "an archive in an archive"),
        ({"word/document.xml": b"<x/>"}, "a Word document"),
        ({"mimetype": b"x", "META-INF/manifest.xml": b"<x/>"}, "an OpenDocument file; save its table as .xlsx or CSV"),
        ({"xl/workbook.bin": b"x"}, "a binary Excel workbook"),
    ],
)
def test_an_archive_without_a_readable_file_is_refused(tmp_path: Path, files: dict[str, bytes], reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        list(read_inputs([write(tmp_path, archive(files))]))


def test_damage_is_told(tmp_path: Path) -> None:
    whole = archive({"a.csv": WRITERS["csv"](KITES * 50), "b.csv": WRITERS["csv"](KITES)})
    for content in (whole[:40], whole[: len(whole) // 2], b"PK\3\4"):
        with pytest.raises(InputError, match=r"papers\.zip"):
            places(write(tmp_path, content))
    broken = bytearray(whole)
    broken[60] ^= 255  # in the first of the files
    assert places(write(tmp_path, bytes(broken)))[-1] == ("b.csv", 0, True)


def test_a_password_is_told(tmp_path: Path) -> None:
    content = bytearray(archive({"a.csv": WRITERS["csv"](KITES)}))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        content[content.index(mark) + place] |= 1
    with pytest.raises(InputError, match=r"papers\.zip/a\.csv: .*password"):
        places(write(tmp_path, bytes(content)))


def test_too_many_files_and_too_large_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, archive({f"{number}.csv": WRITERS["csv"](KITES) for number in range(5)}))
    monkeypatch.setattr(zip_files, "_MOST_FILES", 4)
    with pytest.raises(InputError, match="more than 4 files in the archive; unpack it first"):
        places(path)
    monkeypatch.setattr(zip_files, "_MOST_FILES", 5)
    monkeypatch.setattr(zip_files, "_LARGEST", 100)
    with pytest.raises(InputError, match="in the archive; unpack it first"):
        places(path)


class TestSeveralFiles:
    def paths(self, folder: Path, **files: bytes) -> list[str]:
        return [write(folder, content, name) for name, content in files.items()]

    def test_one_that_cannot_be_read_is_told_in_its_place(self, tmp_path: Path) -> None:
        good = WRITERS["jsonl"](KITES)
        torn = WRITERS["json"](KITES * 2)[:-20]
        paths = self.paths(tmp_path, a=b"", b=good, c=torn, d=b"\0", e=b"name,year\nA,1\n", f=good)
        items = list(read_inputs([*paths, str(tmp_path / "gone")], goes_on=True))
        assert [(Path(item.source.path).name, item.source.index, isinstance(item, Abstract)) for item in items] == [
            ("a", 0, False), ("b", 0, True), ("c", 0, True), ("c", 1, False), ("d", 0, False), ("e", 0, False),
            ("f", 0, True), ("gone", 0, False),
        ]  # fmt: skip

    def test_if_none_can_be_read_the_first_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match="a: the file is empty"):
            list(read_inputs(self.paths(tmp_path, a=b"", b=b"\0"), goes_on=True))

    def test_where_records_must_be_readable_so_must_files(self, tmp_path: Path) -> None:
        paths = self.paths(tmp_path, a=WRITERS["csv"](KITES), b=b"")
        with pytest.raises(InputError, match="b: the file is empty"):
            list(read_inputs(paths, on_bad="fail", goes_on=True))
