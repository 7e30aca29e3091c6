"""The same papers in every format are the same records."""

from __future__ import annotations

import gzip
import sys
from pathlib import Path
from typing import Any

import pytest

from absextract.records import Abstract
from absextract.sources.markup import shown
from absextract.sources.read import FORMATS, read_abstracts
from formats import VARIANTS, WRITERS, papers

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

WITHOUT_IDS = ("text", "trending")
ALL = WRITERS | VARIANTS


def essence(paper: Abstract, name: str) -> tuple[str, ...]:
    return (paper.title, paper.abstract) if name in WITHOUT_IDS else (paper.id, paper.title, paper.abstract)


def as_read(written: list[Abstract]) -> list[Abstract]:
    """With what a reader sees of the one title that has tags in it."""
    return [paper.model_copy(update={"title": shown(paper.title)}) for paper in written]


def test_every_format_has_a_writer() -> None:
    assert set(WRITERS) == set(FORMATS)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
@pytest.mark.parametrize("name", ALL)
def test_thirty_papers_are_the_same_in_every_format(tmp_path: Path, name: str, pack: Any) -> None:
    written = papers()
    assert len(written) == 30
    path = tmp_path / "papers"
    path.write_bytes(pack(ALL[name](written)))
    read = list(read_abstracts(path))
    assert [essence(paper, name) for paper in read] == [essence(paper, name) for paper in as_read(written)]
    assert [paper.source.index for paper in read] == list(range(30))


@pytest.mark.parametrize("name", [name for name in WRITERS if name not in ("parquet", "xlsx")])
def test_line_ends_of_windows_and_a_byte_order_mark_change_nothing(tmp_path: Path, name: str) -> None:
    written = papers()
    content = WRITERS[name](written).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    path = tmp_path / "papers"
    path.write_bytes(b"\xef\xbb\xbf" + content)
    assert [essence(paper, name) for paper in read_abstracts(path)] == [
        essence(paper, name) for paper in as_read(written)
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_a_named_format_reads_what_is_recognised(tmp_path: Path, name: str) -> None:
    path = tmp_path / "papers"
    path.write_bytes(WRITERS[name](papers()))
    assert list(read_abstracts(path, format=name)) == list(read_abstracts(path))


def test_metadata_is_what_else_there_was(tmp_path: Path) -> None:
    expected = [
        ("arxiv", "authors", ["A. Kite"]),
        ("bibtex", "author", "Kite, A. and Sail, B."),
        ("ris", "authors", ["Kite, A."]),
    ]
    for name, key, value in expected:
        path = tmp_path / name
        path.write_bytes(WRITERS[name](papers()[:1]))
        (paper,) = read_abstracts(path)
        assert paper.metadata[key] == value
