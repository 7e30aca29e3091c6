"""The blocks of a BibTeX file in portions, since the parser needs many times the memory of what it is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from .bounds import CutLine, Gathered, bounded_lines

__all__ = ["Portion", "portions"]

_AT_ONCE = 1 << 18  # characters
_BEGIN = re.compile(r"[ \t]*@(\w*)[ \t]*[{(][ \t]*([^\s,{}()]*)")  # where the parser, too, gives up the block before


class Portion(NamedTuple):
    """Some blocks that stand one after the other, no two entries with one key: the parser would not parse the second.

    Attributes:
        first: the number of their first line, from 1.
        text: they themselves; None where it is one that is too long.
        strings: those of them that define strings.
    """

    first: int
    text: str | None
    strings: str = ""


def portions(stream: BinaryIO) -> Iterator[Portion]:
    """The whole of a file in portions."""
    blocks: list[_Block] = []
    size = 0
    for block in _blocks(stream):
        full = size + len(block.text or "") > _AT_ONCE or block.text is None
        if blocks and (full or block.key in {other.key for other in blocks if other.key}):
            yield _together(blocks)
            blocks, size = [], 0
        if block.text is None:
            yield Portion(block.first, None)
            continue
        blocks.append(block)
        size += len(block.text)
    if blocks:
        yield _together(blocks)


class _Block(NamedTuple):
    first: int
    text: str | None
    kind: str
    key: str


def _blocks(stream: BinaryIO) -> Iterator[_Block]:
    """Blocks, each from its beginning to the next one's; the first may be what stands before."""
    lines = Gathered()
    kind = key = ""
    for number, raw in enumerate(bounded_lines(stream), start=1):
        line = _decoded(raw, number)
        if begin := _BEGIN.match(line):
            if lines:
                yield _Block(lines.first, lines.text(), kind, key)
            lines, kind, key = Gathered(), begin[1].lower(), begin[2]
        lines.add(number, line, is_cut=isinstance(raw, CutLine))
    if lines:
        yield _Block(lines.first, lines.text(), kind, key)


def _decoded(raw: bytes, number: int) -> str:
    line = raw.decode("utf-8-sig" if number == 1 else "utf-8", errors="surrogateescape")
    return line.removesuffix("\n").removesuffix("\r")


def _together(blocks: list[_Block]) -> Portion:
    strings = "\n".join(block.text or "" for block in blocks if block.kind == "string")
    return Portion(blocks[0].first, "\n".join(block.text or "" for block in blocks), strings)
