"""Plain text: a title, a blank line, an abstract; several papers are parted by a line of three or more dashes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from ..records import Abstract, BadInput, Source
from .bounds import TOO_LONG, CutLine, Gathered, bounded_lines
from .encodings import line_of, wrong_text
from .prose import LONGEST_ABSTRACT, PARTING, too_long_for_one

__all__ = ["read_text"]


def read_text(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    """Reads papers; one without a blank line behind its first line is all abstract."""
    gathered, index = Gathered(), 0
    for number, raw in enumerate(bounded_lines(stream), start=1):
        line = _decoded(raw, number)
        if PARTING.fullmatch(line):
            yield from (papers := _paper(gathered, Source(path=path, index=index)))
            index += len(papers)
            gathered = Gathered()
        elif gathered or line.strip():
            gathered.add(number, line, is_cut=isinstance(raw, CutLine))
    yield from _paper(gathered, Source(path=path, index=index))


def _decoded(raw: bytes, number: int) -> str:
    return line_of(raw, number).replace("\r\n", "\n")


def _paper(gathered: Gathered, source: Source) -> list[Abstract | BadInput]:
    """The paper in some lines; none where there are none."""
    if not gathered:
        return []
    if gathered.is_too_long:
        return [BadInput(source=source, line=gathered.first, message=TOO_LONG)]
    if gathered.wrong:
        number, line = gathered.wrong
        return [BadInput(source=source, line=number, message=wrong_text(line, source.path) or "")]
    text = "".join(gathered.lines).strip()
    if len(text) > LONGEST_ABSTRACT:
        return [BadInput(source=source, line=gathered.first, message=too_long_for_one(len(text)))]
    return [Abstract.from_text(text).model_copy(update={"source": source})]
