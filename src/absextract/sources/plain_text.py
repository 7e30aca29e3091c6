"""Plain text: a title, a blank line, an abstract; several papers are parted by a line of three or more dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from ..records import Abstract, BadInput, Source

__all__ = ["read_text"]

_PARTING = re.compile(r"-{3,}\s*|\f\s*")


def read_text(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads papers; one without a blank line behind its first line is all abstract."""
    lines: list[str] = []
    first, index = 1, 0
    for number, raw in enumerate(stream, start=1):
        line = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")
        line = line.replace("\r\n", "\n")
        if _PARTING.fullmatch(line):
            yield from (papers := _paper(lines, Source(path=path, index=index), first))
            index += len(papers)
            lines = []
        elif lines or line.strip():
            first = first if lines else number
            lines.append(line)
    yield from _paper(lines, Source(path=path, index=index), first)


def _paper(lines: list[str], source: Source, first: int) -> list[Abstract | BadInput]:
    """The paper in some lines; none where there are none."""
    if not lines:
        return []
    for number, line in enumerate(lines, start=first):
        if not line.isascii() and any("\ud800" <= char <= "\udfff" for char in line):
            return [BadInput(source=source, line=number, message=f"not UTF-8: {line[:40].strip()!a}")]
    text = "".join(lines).strip()
    return [Abstract.from_text(text).model_copy(update={"source": source})]
