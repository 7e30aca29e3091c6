"""JSON documents: an array of records, or an object that holds one, as the search services answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import to_abstract
from .json_shape import place_of_records
from .opening import BLOCK, Ahead

__all__ = ["read_json"]


def read_json(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads the records of a document one after the other, without holding the document.

    In an object, the records are the first array whose objects have an abstract; an object with an abstract of
    its own is one record.

    Raises:
        InputError: it is not JSON.
    """
    import ijson  # not needed for most runs

    ahead = Ahead(stream)
    place = place_of_records(ahead.look(BLOCK).decode("utf-8-sig", "replace"))
    with io.BufferedReader(ahead, BLOCK) as again:
        lines = _Lines(again)
        try:
            for index, row in enumerate(ijson.items(lines, place, use_float=True, multiple_values=True)):
                yield _record(row, Source(path=path, index=index))
        except ijson.JSONError as error:
            reason = str(error).partition("\n")[0]
            raise InputError(f"not valid JSON: {reason}", path=path, line=lines.number) from None


def _record(row: Any, source: Source) -> Abstract | BadInput:
    if not isinstance(row, dict):
        return BadInput(source=source, message=f"expected a JSON object, found {type(row).__name__}")
    return to_abstract(row, source)


class _Lines:
    """Hands out bytes by lines, so that an error can be given the number of its line."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._last = b""
        self.number = 1

    def read(self, size: int) -> bytes:
        if size == 0:  # asks for bytes or text
            return b""
        line = self._stream.readline(BLOCK)
        self.number += self._last.endswith(b"\n")
        if not self._last:
            line = line.removeprefix(b"\xef\xbb\xbf")
        self._last = line
        return line
