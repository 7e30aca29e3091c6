"""JSON documents: an array of records, or an object that holds one, as the search services answer."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import Columns
from .json_elements import Elements
from .json_shape import place_of_records
from .jsonl import row_of
from .opening import BLOCK, Ahead

__all__ = ["read_json"]


def read_json(stream: BinaryIO, path: str, columns: Columns | None = None) -> Iterator[Abstract | BadInput]:
    """Reads the records of a document one after the other, without holding the document.

    In an object, the records are the first array whose objects have an abstract; an object with an abstract of
    its own is one record.

    Raises:
        InputError: it is not JSON.
    """
    import ijson  # not needed for most runs

    columns = columns or Columns()
    ahead = Ahead(stream)
    place = place_of_records(ahead.look(BLOCK).decode("utf-8-sig", "replace"), columns.chosen)
    with io.BufferedReader(ahead, BLOCK) as again:
        elements = Elements(again, path, place.depth)
        try:
            found = ijson.items(elements, place.name, use_float=True, multiple_values=True)
            for index, item in enumerate(found):
                yield _record(elements, item, Source(path=path, index=index), columns)
        except (ijson.JSONError, ValueError) as error:
            if isinstance(error, InputError):
                raise
            reason = str(error).partition("\n")[0]
            raise InputError(f"not valid JSON: {reason}", path=path, line=elements.line) from None


def _record(elements: Elements, item: Any, source: Source, columns: Columns) -> Abstract | BadInput:
    if (element := elements.behind(item)) is None:
        return BadInput(source=source, message=f"expected a JSON object, found {type(item).__name__}")
    row = row_of(element.raw, source, element.line)
    if isinstance(row, BadInput):
        return row
    return columns.paper(row, source)
