"""arXiv: the Atom feed of its interface, and the metadata dump with a paper a line."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, BinaryIO

from ..records import Abstract, BadInput
from .columns import Columns
from .jsonl import read_jsonl
from .layout import unwrap
from .opening import BLOCK, Ahead, first_character
from .xml_elements import papers, text_of

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["read_arxiv"]

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_ONCE = {
    "published": f"{_ATOM}published",
    "updated": f"{_ATOM}updated",
    "doi": f"{_ARXIV}doi",
    "journal_ref": f"{_ARXIV}journal_ref",
    "comment": f"{_ARXIV}comment",
}


def read_arxiv(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads entries of a feed or lines of the dump; both wrap titles and abstracts, which is undone."""
    ahead = Ahead(stream)
    is_feed = first_character(ahead) == b"<"
    with io.BufferedReader(ahead, BLOCK) as again:
        yield from _read_feed(again, path) if is_feed else read_jsonl(again, path, columns, prepare=_unwrapped)


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        key: unwrap(value) if key in ("title", "abstract") and isinstance(value, str) else value
        for key, value in row.items()
    }


def _read_feed(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    yield from papers(stream, path, (f"{_ATOM}entry",), root=f"{_ATOM}feed", row_of=_row)


def _row(entry: etree._Element) -> dict[str, Any]:
    once = {name: unwrap(text_of(found)) for name, tag in _ONCE.items() if (found := entry.find(tag)) is not None}
    links = {
        link.get("title") or link.get("rel") or "link": link.get("href") for link in entry.iterfind(f"{_ATOM}link")
    }
    return {
        "id": text_of(entry.find(f"{_ATOM}id")).strip(),
        "title": unwrap(text_of(entry.find(f"{_ATOM}title"))),
        "summary": unwrap(text_of(entry.find(f"{_ATOM}summary"))),
        "authors": [unwrap(text_of(name)) for name in entry.iterfind(f"{_ATOM}author/{_ATOM}name")],
        "categories": [category.get("term") for category in entry.iterfind(f"{_ATOM}category")],
        **once,
        "links": links,
    }
