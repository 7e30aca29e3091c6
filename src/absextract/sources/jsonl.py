"""JSON Lines: one object a line with `title` and `abstract`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from ..records import Abstract, BadInput, Source
from .bounds import LONGEST_RECORD, TOO_DEEP, TOO_LONG, TOO_MANY, CutLine, bounded_lines, has_too_many_values
from .columns import Columns

__all__ = ["read_jsonl", "read_rows", "row_of"]

_Row = Mapping[str, Any]


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise OverflowError(f"number out of range: {text[:40]}")
    return number


_DECODER = json.JSONDecoder(parse_constant=lambda _: None, parse_float=_finite)  # `json.loads` makes one a line


def read_jsonl(
    stream: BinaryIO,
    path: str,
    columns: Columns | None = None,
    *,
    prepare: Callable[[_Row], _Row] = lambda row: row,
) -> Iterator[Abstract | BadInput]:
    """Reads one record a line; blank lines are passed over, a line that cannot be read is a `BadInput`.

    Args:
        stream: the lines.
        path: where they come from.
        columns: which keys hold what.
        prepare: what is done with each object first.
    """
    columns = columns or Columns()
    for item in read_rows(stream, path):
        if isinstance(item, BadInput):
            yield item
        else:
            source, line, row = item
            yield columns.paper(prepare(row), source, line)


def read_rows(stream: BinaryIO, path: str) -> Iterator[tuple[Source, int, dict[str, Any]] | BadInput]:
    """Reads one object a line: where it stands among them, the number of its line, and what it holds.

    Lines end with LF alone, since a text may hold any other separator. Blank lines are passed over, a line that
    cannot be read is a `BadInput`.
    """
    index = 0
    for line, raw in enumerate(bounded_lines(stream), start=1):
        if not raw.isspace():
            source = Source(path=path, index=index)
            row = row_of(None if isinstance(raw, CutLine) else raw, source, line)
            yield row if isinstance(row, BadInput) else (source, line, row)
            index += 1


def row_of(raw: bytes | None, source: Source, line: int) -> dict[str, Any] | BadInput:
    """The JSON object in some bytes; None is one that was too long to be kept."""
    if raw is None or len(raw) > LONGEST_RECORD:
        return BadInput(source=source, line=line, message=TOO_LONG)
    if has_too_many_values(raw):
        return BadInput(source=source, line=line, message=TOO_MANY)
    try:
        text = raw.decode("utf-8-sig")  # files that were put together have such a mark in the middle
        row = _DECODER.decode(text)
    except UnicodeDecodeError as error:
        return BadInput(source=source, line=line, message=f"not UTF-8 at byte {error.start} of the line")
    except RecursionError:
        return BadInput(source=source, line=line, message=TOO_DEEP)
    except ValueError as error:
        return BadInput(source=source, line=line, message=f"not valid JSON: {error}")
    except OverflowError as error:
        return BadInput(source=source, line=line, message=str(error))
    if not isinstance(row, dict):
        return BadInput(source=source, line=line, message=f"expected a JSON object, found {type(row).__name__}")
    return row
