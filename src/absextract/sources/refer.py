"""Refer, EndNote's `.enw`: a percent sign and a letter, references that begin with `%0` or behind a blank line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from ..patterns import regex
from ..records import Abstract, BadInput
from .columns import AT, Columns
from .common_names import add_common_names
from .metadata_names import NAMES
from .tag_lines import Dialect, fields_of, references, without_notices
from .tagged_papers import papers_of, single_or_list

__all__ = ["read_refer"]

_FIELD = regex(r"[ \t]{0,8}%(?P<tag>[0-9A-Z@+!&*?<>#$~^=()\[\]])(?:[ \t]+(?P<value>.*)|\s*$)")
_DIALECT = Dialect(_FIELD.match, frozenset({"0"}), by_blank_lines=True)
_NAMES = {
    "0": "type_of_reference", "A": "authors", "E": "editors", "K": "keywords", "D": "year", "8": "date", "J": "journal",
    "B": "book_title", "U": "url", "V": "volume", "N": "number", "P": "pages", "I": "publisher", "@": "issn",
    "G": "language", "Z": "notes", "M": "id",
}  # fmt: skip
_LISTS = ("A", "E", "K")


def read_refer(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads references; lines without a tag go on with the one before."""
    return papers_of(references(stream, _DIALECT), path, _row, columns)


def _row(lines: Sequence[str]) -> dict[str, Any]:
    values: dict[str, list[str]] = {}
    for field in fields_of(lines, _FIELD.match):
        texts = field.lines if field.tag == "K" else [field.text]  # keywords stand one a line
        values.setdefault(field.tag, []).extend(text for line in texts if (text := line.strip()))
    title_tag = "T" if values.get("T") else "!"
    title, *others = values.pop(title_tag, None) or [""]
    abstract, notices = without_notices(values.pop("X", []))
    row: dict[str, Any] = {"title": title, "abstract": abstract} | notices
    row |= {f"{AT}title": f"%{title_tag}" if title else "%T", f"{AT}abstract": "%X", f"{AT}id": "%M"}
    if others:
        row["other_titles"] = others
    for tag, given in values.items():
        if given:
            row[_NAMES.get(tag, f"%{tag}")] = given if tag in _LISTS else single_or_list(given)
    add_common_names(row, NAMES["refer"])
    return row
