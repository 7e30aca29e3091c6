"""JSON Lines: one object a line with `title` and `abstract`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from ..records import Abstract, BadInput, Source
from .columns import to_abstract

__all__ = ["read_jsonl"]


def read_jsonl(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads one record a line; blank lines are passed over, a line that cannot be read is a `BadInput`."""
    index = 0
    for line, raw in enumerate(stream, start=1):
        if raw.strip():
            yield _read_line(raw, Source(path=path, index=index), line)
            index += 1


def _read_line(raw: bytes, source: Source, line: int) -> Abstract | BadInput:
    try:
        row = json.loads(raw.decode("utf-8-sig" if line == 1 else "utf-8"), parse_constant=lambda _: None)
    except UnicodeDecodeError as error:
        return BadInput(source=source, line=line, message=f"not UTF-8 at byte {error.start} of the line")
    except (ValueError, RecursionError) as error:
        return BadInput(source=source, line=line, message=f"not valid JSON: {error}")
    if not isinstance(row, dict):
        return BadInput(source=source, line=line, message=f"expected a JSON object, found {type(row).__name__}")
    return to_abstract(row, source, line)
