"""OpenAlex works: a page of results as the service answers, or a work a line."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from ..records import Abstract, BadInput
from .columns import Columns
from .json_document import read_json
from .json_shape import is_json_document
from .jsonl import read_jsonl
from .opening import BLOCK, Ahead

__all__ = ["read_openalex"]


def read_openalex(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads works; their abstracts are put together from the inverted index."""
    columns = columns or Columns()
    ahead = Ahead(stream)
    text = ahead.look(BLOCK).decode("utf-8-sig", "replace")
    with io.BufferedReader(ahead, BLOCK) as again:
        yield from (read_json if is_json_document(text, columns.chosen) else read_jsonl)(again, path, columns)
