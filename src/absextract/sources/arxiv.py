"""arXiv: what its interfaces answer in XML, and the metadata dump with a paper a line."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ..records import Abstract, BadInput
from .columns import Columns
from .jsonl import read_jsonl
from .layout import unwrap
from .opening import BLOCK, Ahead, first_character
from .xml_files import read_xml

__all__ = ["read_arxiv"]


def read_arxiv(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads papers in XML or lines of the dump; both wrap titles and abstracts, which is undone."""
    ahead = Ahead(stream)
    is_xml = first_character(ahead) == b"<"
    with io.BufferedReader(ahead, BLOCK) as again:
        yield from read_xml(again, path, columns) if is_xml else read_jsonl(again, path, columns, prepare=_unwrapped)


def _unwrapped(row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        key: unwrap(value) if key in ("title", "abstract") and isinstance(value, str) else value
        for key, value in row.items()
    }
