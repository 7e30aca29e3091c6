"""JSON Lines: one object a line with `title` and `abstract`."""

from __future__ import annotations

import json
import math
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
        text = raw.decode("utf-8-sig" if line == 1 else "utf-8")
        row = json.loads(text, parse_constant=lambda _: None, parse_float=_finite)
    except UnicodeDecodeError as error:
        return BadInput(source=source, line=line, message=f"not UTF-8 at byte {error.start} of the line")
    except (ValueError, RecursionError) as error:
        return BadInput(source=source, line=line, message=f"not valid JSON: {error}")
    except OverflowError as error:
        return BadInput(source=source, line=line, message=str(error))
    if not isinstance(row, dict):
        return BadInput(source=source, line=line, message=f"expected a JSON object, found {type(row).__name__}")
    return to_abstract(row, source, line)


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise OverflowError(f"number out of range: {text[:40]}")
    return number
