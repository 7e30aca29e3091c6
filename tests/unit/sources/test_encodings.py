"""Text that is no UTF-8 is told in every format with its place and the command that converts it, or read."""

from __future__ import annotations

from pathlib import Path

import pytest

from absextract.records import Abstract, BadInput
from absextract.sources.read import read_inputs
from formats import WRITERS

PAPERS = [
    *(Abstract(id=f"k{n}", title=f"Kites {n}", abstract="We fly kites over the sea. " * 9) for n in range(9)),
    Abstract(id="m", title="Sails of Müller", abstract="We sail over the sea."),
]
TEXTS = (
    "bibtex", "csv", "json", "jsonl", "nbib", "numbered", "openalex", "proquest", "pubtator", "refer", "refworks",
    "ris", "text", "trending", "tsv", "wos",
)  # fmt: skip


def told(path: Path) -> list[str]:
    return [item.told for item in read_inputs([str(path)]) if isinstance(item, BadInput)]


def written_with_an_accent_of_windows(path: Path, name: str) -> bytes:
    """The content in UTF-8 of a file that is written with one byte of another encoding."""
    content = WRITERS[name](PAPERS)
    if name in ("json", "jsonl", "openalex"):
        content = content.replace(b"\\u00fc", "ü".encode())
    path.write_bytes(content.replace("ü".encode(), b"\xfc"))
    return content


@pytest.mark.parametrize("name", TEXTS)
def test_one_accent_of_windows_costs_its_paper_and_is_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "papers"
    written_with_an_accent_of_windows(path, name)
    (message,) = told(path)
    assert "not UTF-8" in message
    assert message.startswith(f"{path}")
    assert "surrogate" not in message
    assert "UnicodeEncodeError" not in message


@pytest.mark.parametrize("name", TEXTS)
def test_line_byte_and_the_command_that_converts_it_are_told(tmp_path: Path, name: str) -> None:
    path = tmp_path / "my papers"
    content = written_with_an_accent_of_windows(path, name)
    (message,) = told(path)
    line = content[: content.index("ü".encode())].count(b"\n") + 1
    assert name in ("json", "openalex") or message.startswith(f"{path}:{line}: ")  # an object's line is its first
    assert message.endswith(f"convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8 '{path}'")
    assert "(byte 0xfc)" in message


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", TEXTS)
def test_utf_16_with_its_mark_is_read(tmp_path: Path, name: str, encoding: str) -> None:
    path = tmp_path / "papers"
    path.write_bytes(f"\ufeff{WRITERS[name](PAPERS).decode()}".encode(encoding))
    assert [item.model_dump()["title"] for item in read_inputs([str(path)])] == [paper.title for paper in PAPERS]


def test_xml_in_utf_16_is_read_whatever_it_says(tmp_path: Path) -> None:
    path = tmp_path / "papers"
    content = WRITERS["arxiv"](PAPERS).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    path.write_bytes(content.encode("utf-16"))
    assert len(list(read_inputs([str(path)]))) == len(PAPERS)
