"""JSON Lines: one object a line with `title` and `abstract`."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from ..records import Abstract, BadInput, Source
from .bounds import LONGEST_RECORD, TOO_DEEP, TOO_LONG, TOO_MANY, CutLine, bounded_lines, has_too_many_values, shortened
from .columns import NO_TEXT, Columns, has_abstract_column, has_title_column
from .encodings import not_utf8
from .json_candidates import Candidate
from .json_papers import candidates_in, likely_row
from .json_sorting import Placed, Sorting

__all__ = ["as_paper", "read_jsonl", "read_rows", "value_of"]

_MOST_NAMES = 20
_NULL = "expected a JSON object, found null"
_Row = Mapping[str, Any]


def _finite(text: str) -> float | None:
    number = float(text)
    return None if math.isinf(number) else number


def _whole(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:  # more digits than Python reads
        return None


_DECODER = json.JSONDecoder(  # `json.loads` makes one a line
    parse_constant=lambda _: None,  # numbers that JSON cannot tell, or nobody can count: theirs is lost, not the line
    parse_float=_finite,
    parse_int=_whole,
)


def read_jsonl(
    stream: BinaryIO,
    path: str,
    columns: Columns | None = None,
    *,
    prepare: Callable[[_Row], _Row] = lambda row: row,
) -> Iterator[Abstract | BadInput]:
    """Reads the paper, or the papers, of each line.

    Blank lines are passed over, a line that cannot be read is a `BadInput`.

    Args:
        stream: the lines.
        path: where they come from.
        columns: what the user says of them.
        prepare: what is done with each object first.
    """
    columns = columns or Columns()
    sorting = Sorting(path)
    index = 0
    for placed in _papers(stream, path, columns, sorting, prepare):
        yield as_paper(placed, Source(path=path, index=index), columns)
        index += 1
    sorting.tell(nothing_else=index == 0)


def _papers(
    stream: BinaryIO, path: str, columns: Columns, sorting: Sorting, prepare: Callable[[_Row], _Row]
) -> Iterator[Placed]:
    for item in read_rows(stream, path):
        if isinstance(item, BadInput) and item.message == _NULL:
            yield from sorting.of(Placed(Candidate("null", None), item.line, item.line or 0))
            continue
        if isinstance(item, BadInput):
            yield Placed(Candidate("bad", item), item.line, item.line or 0)
            continue
        _, line, row = item
        for candidate in candidates_in(prepare(row), columns.chosen):
            yield from sorting.of(Placed(candidate, line, line))
        yield from sorting.rest()


def as_paper(placed: Placed, source: Source, columns: Columns) -> Abstract | BadInput:
    """What a candidate is that was let through."""
    candidate, line = placed.candidate, placed.line
    value = candidate.value
    if isinstance(value, BadInput):
        return value.model_copy(update={"source": source})
    if not isinstance(value, dict):
        return BadInput(source=source, line=line, message=f"expected a JSON object, found {type(value).__name__}")
    if candidate.kind == "other" and not (
        has_title_column(value, columns.chosen) or has_abstract_column(value, columns.chosen)
    ):
        return BadInput(source=source, line=line, message=_no_text(candidate, columns))
    row = candidate.row(columns.chosen)
    paper = columns.paper(row, source, line, places=candidate.places(columns.chosen))
    if not columns.has_abstract:
        columns.meet([f"{name}.{inner}" for name, value in row.items() if isinstance(value, dict) for inner in value])
    if isinstance(paper, BadInput):
        return paper
    return paper.model_copy(update={"metadata": candidate.metadata(paper.metadata)})


def _no_text(candidate: Candidate, columns: Columns) -> str:
    """What is wrong with an object that is no paper, and what it has instead."""
    row = candidate.value if candidate.array else likely_row(candidate.value)
    columns.meet(list(row))
    if not row:
        return NO_TEXT
    names = shortened(", ".join(islice(row, _MOST_NAMES)))
    more = ", …" if len(row) > _MOST_NAMES else ""
    return f"{NO_TEXT}; found {names}{more}; name what is there with --columns abstract=NAME,title=NAME"


def read_rows(stream: BinaryIO, path: str) -> Iterator[tuple[Source, int, dict[str, Any]] | BadInput]:
    """Reads one object a line: where it stands among them, the number of its line, and what it holds.

    Lines end with LF alone, since a text may hold any other separator. Blank lines are passed over, a line that
    cannot be read is a `BadInput`.
    """
    index = 0
    for line, raw in enumerate(bounded_lines(stream), start=1):
        if not raw.isspace():
            source = Source(path=path, index=index)
            row = _row_of(None if isinstance(raw, CutLine) else raw, source, line)
            yield row if isinstance(row, BadInput) else (source, line, row)
            index += 1


def _row_of(raw: bytes | None, source: Source, line: int) -> dict[str, Any] | BadInput:
    """The JSON object in some bytes; None is one that was too long to be kept."""
    row = value_of(raw, source, line)
    if row is None:
        return BadInput(source=source, line=line, message=_NULL)
    if not isinstance(row, dict | BadInput):
        return BadInput(source=source, line=line, message=f"expected a JSON object, found {type(row).__name__}")
    return row


def value_of(raw: bytes | None, source: Source, line: int) -> Any:
    """The JSON value in some bytes, or a `BadInput`; None is one that was too long to be kept."""
    if raw is None or len(raw) > LONGEST_RECORD:
        return BadInput(source=source, line=line, message=TOO_LONG)
    if has_too_many_values(raw):
        return BadInput(source=source, line=line, message=TOO_MANY)
    try:
        text = raw.decode("utf-8-sig")  # files that were put together have such a mark in the middle
        return _DECODER.decode(text)
    except UnicodeDecodeError as error:
        return BadInput(source=source, line=line, message=not_utf8(source.path, raw[error.start]))
    except RecursionError:
        return BadInput(source=source, line=line, message=TOO_DEEP)
    except json.JSONDecodeError as error:
        return BadInput(source=source, line=line, message=f"not valid JSON from character {error.pos + 1} on")
    except ValueError as error:
        return BadInput(source=source, line=line, message=f"not valid JSON: {error}")
