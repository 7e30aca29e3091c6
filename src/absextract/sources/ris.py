"""RIS, which reference managers and publishers export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from ..records import Abstract, BadInput, Source
from .bounds import TOO_LONG, CutLine, Gathered, bounded_lines
from .columns import to_abstract

__all__ = ["read_ris"]

_END = "ER  -"
_START = "TY  -"
_AS_COLUMNS = {"primary_title": "title", "notes_abstract": "abstract"}  # where there is no plain one


def read_ris(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads references, one at a time; lines that go on are joined by a blank."""
    for index, (number, text) in enumerate(_references(stream)):
        source = Source(path=path, index=index)
        if text is None:
            yield BadInput(source=source, line=number, message=TOO_LONG)
            continue
        try:
            text.encode()
        except UnicodeEncodeError:
            yield BadInput(source=source, line=number, message="not UTF-8 text")
            continue
        yield _reference(text, source, number)


def _references(stream: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """The text of each reference with the number of its first line; None where it is too long."""
    reference = Gathered()
    for number, raw in enumerate(bounded_lines(stream), start=1):
        line = _decoded(raw, number)
        if line.startswith(_START) and reference:  # the one before has no end
            yield reference.first, _ended(reference.text())
            reference = Gathered()
        if reference or line.strip():
            reference.add(number, line, is_cut=isinstance(raw, CutLine))
        if line.rstrip() == _END.rstrip() or line.startswith(f"{_END} "):
            yield reference.first, reference.text()
            reference = Gathered()
    if reference:
        yield reference.first, _ended(reference.text())


def _decoded(raw: bytes, number: int) -> str:
    return raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape").rstrip("\r\n")


def _ended(text: str | None) -> str | None:
    return None if text is None else f"{text}\n{_END} "


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
