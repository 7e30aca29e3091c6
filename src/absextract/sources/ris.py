"""RIS, which reference managers and publishers export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from ..records import Abstract, BadInput, Source
from .columns import to_abstract

__all__ = ["read_ris"]

_END = "ER  -"
_START = "TY  -"
_AS_COLUMNS = {"primary_title": "title", "notes_abstract": "abstract"}  # where there is no plain one


def read_ris(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads references, one at a time; lines that go on are joined by a blank."""
    for index, (number, text) in enumerate(_references(stream)):
        source = Source(path=path, index=index)
        try:
            text.encode()
        except UnicodeEncodeError:
            yield BadInput(source=source, line=number, message="not UTF-8 text")
            continue
        yield _reference(text, source, number)


def _references(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    """The text of each reference with the number of its first line."""
    lines: list[str] = []
    first = 1
    for number, raw in enumerate(stream, start=1):
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape").rstrip("\r\n")
        if line.startswith(_START) and lines:  # the one before has no end
            yield first, "\n".join([*lines, f"{_END} "])
            lines = []
        if lines or line.strip():
            first = first if lines else number
            lines.append(line)
        if line.rstrip() == _END.rstrip() or line.startswith(f"{_END} "):
            yield first, "\n".join(lines)
            lines = []
    if lines:
        yield first, "\n".join([*lines, f"{_END} "])


def _reference(text: str, source: Source, line: int) -> Abstract | BadInput:
    import rispy  # not needed for most runs

    try:
        (fields,) = rispy.loads(text)
    except (ValueError, OSError) as error:
        return BadInput(source=source, line=line, message=f"not a RIS reference: {error}")
    return to_abstract(_row(fields), source, line)


def _row(fields: dict[str, Any]) -> dict[str, Any]:
    row = dict(fields)
    for name, column in _AS_COLUMNS.items():
        if name in row and column not in row:
            row[column] = row.pop(name)
    unknown = row.pop("unknown_tag", {})
    return row | dict(unknown)
