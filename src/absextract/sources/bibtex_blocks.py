"""The blocks of a BibTeX file, each from its `@` at the beginning of a line to the next one's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from ..patterns import regex
from .bounds import Gathered
from .tag_lines import text_lines

__all__ = ["Block", "blocks"]

_BEGIN = regex(r"[ \t]*@\w*[ \t]*(?:[{(]|$)")  # an entry that is not closed ends here at the latest


class Block(NamedTuple):
    """Some lines that begin with an entry; the first of a file may be what stands before.

    Attributes:
        first: the number of their first line, from 1.
        text: they themselves; None where they are too long.
    """

    first: int
    text: str | None
    wrong: tuple[int, str] | None = None
    """The number and text of the first of them that is no UTF-8."""


def blocks(stream: BinaryIO) -> Iterator[Block]:
    """The whole of a file in blocks."""
    lines = Gathered()
    for number, line, is_cut in text_lines(stream):
        if lines and _BEGIN.match(line):
            yield Block(lines.first, lines.text(), lines.wrong)
            lines = Gathered()
        lines.add(number, line, is_cut=is_cut)
    if lines:
        yield Block(lines.first, lines.text(), lines.wrong)
