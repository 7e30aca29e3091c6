"""PubTator: `id|t|title`, `id|a|abstract`, and annotations of the same id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .bounds import Gathered
from .columns import AT, Columns
from .tag_lines import Reference, text_lines
from .tagged_papers import papers_of

__all__ = ["PUBTATOR_LINE", "read_pubtator"]

PUBTATOR_LINE = r"[^\s|]{1,100}\|[ta]\|"
_TEXT = regex(r"(?P<id>[^\s|]{1,100})\|(?P<part>[A-Za-z]{1,20})\|(?P<value>.*)")
_NAMES = {"t": "title", "a": "abstract"}


def read_pubtator(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads documents, each from the first line of its id on; annotations are metadata, each a list of its columns."""
    return papers_of(_documents(stream), path, _row, columns)


def _documents(stream: BinaryIO) -> Iterator[Reference]:
    gathered, current, has_title = Gathered(), "", False
    for number, line, is_cut in text_lines(stream):
        if found := _TEXT.match(line):
            is_title = found["part"].lower() == "t"
            if found["id"] != current or (is_title and has_title):
                if gathered:
                    yield Reference.of(gathered)
                gathered, current, has_title = Gathered(), found["id"], False
            has_title = has_title or is_title
        if current and line.strip():
            gathered.add(number, line, is_cut=is_cut)
    if gathered:
        yield Reference.of(gathered)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"title": "", "abstract": "", f"{AT}id": "the number"}
    row |= {f"{AT}{name}": f"|{letter}|" for letter, name in _NAMES.items()}
    annotations, last = [], ""
    for line in lines:
        if found := _TEXT.match(line):
            row["id"] = found["id"]
            last = _NAMES.get(found["part"].lower(), found["part"])
            row[last] = f"{row[last]} {found['value'].strip()}".strip() if row.get(last) else found["value"].strip()
        elif "\t" in line:
            annotations.append(line.split("\t")[1:])
        else:
            row[last] += f" {line.strip()}"
    return row | ({"annotations": annotations} if annotations else {})
