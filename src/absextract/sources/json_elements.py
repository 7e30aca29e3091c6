"""The records of a JSON document cut out of it, so that each is decoded, or refused, on its own."""

from __future__ import annotations

import re
from typing import Any, BinaryIO, NamedTuple

from ..errors import InputError
from ..patterns import regex
from .bounds import LONGEST_RECORD, TOO_LONG
from .opening import BLOCK, BYTE_ORDER_MARK

__all__ = ["Element", "Elements"]

_TOKEN = regex(rb'"[^"\\]*(?:\\.[^"\\]*)*("?)|[\[\]{}]', re.DOTALL)  # a string may end with the block
_REST_OF_STRING = regex(rb'[^"\\]*(?:\\.[^"\\]*)*("?)', re.DOTALL)
_QUOTE = ord('"')
_STAND_IN = "an element"


class Element(NamedTuple):
    """An object or array of the document.

    Attributes:
        line: where it begins.
        raw: its bytes; None where they are too many.
    """

    line: int
    raw: bytes | None


class Elements:
    """A document as a stream for ijson in which a stand-in, `{"an element": 7}`, is in place of each element.

    Elements are the objects and arrays that are not on the way to the papers. ijson thus never sees what is in them,
    and has neither deep paths nor long texts to keep.

    Args:
        stream: the document.
        path: where it comes from.
        spine: the brackets on the way to the papers; where another one opens, an element begins.
    """

    def __init__(self, stream: BinaryIO, path: str, spine: str) -> None:
        self._stream = stream
        self._path = path
        self._spine = spine.encode()
        self._depth = 0
        self._outside: int | None = None  # the brackets that are open around the element we are in
        self._in_string = False
        self._carried = b""
        self._last: bytes | None = None
        self._number = 0
        self._found: dict[int, Element] = {}
        self._begun = bytearray()
        self._begun_at = 0
        self._bytes = 0  # of the element, or since the last one
        self.line: int = 1

    def behind(self, key: str, number: Any) -> Element | None:
        """The element that a stand-in of this content stands for; None where it is none."""
        return self._found.get(number) if key == _STAND_IN and type(number) is int else None

    def read(self, size: int) -> bytes:
        """The next part of the document.

        Raises:
            InputError: it ends within an element, or nothing in it is one for too long.
        """
        if size == 0:  # asks for bytes or text
            return b""
        self._found.clear()  # who asks for more has seen them all
        while block := self._next_line():
            if seen := self._cut(block):
                return seen
        if self._outside is not None or self._carried:
            raise InputError("not valid JSON: the file ends within a record", path=self._path, line=self.line)
        return b""

    def _next_line(self) -> bytes:
        block = self._stream.readline(BLOCK)
        if self._last is None:
            block = block.removeprefix(BYTE_ORDER_MARK) or block
        else:
            self.line += self._last.endswith(b"\n")
        self._last = block or self._last
        return block and self._carried + block

    def _cut(self, block: bytes) -> bytes:
        """What ijson is to see of a block."""
        seen: list[bytes] = []
        start = 0
        for token in _TOKEN.finditer(block, self._end_of_string(block)):
            first = block[token.start()]
            if first == _QUOTE:
                self._in_string = not token[1]
            elif first in b"[{":
                if (
                    self._outside is None
                    and self._spine[self._depth : self._depth + 1] != block[token.start() : token.end()]
                ):
                    seen.append(self._outer(block[start : token.start()]))
                    start = token.start()
                    self._begun, self._begun_at, self._bytes = bytearray(), self.line, 0
                    self._outside = self._depth
                self._depth += 1
            else:
                self._depth -= 1
                if self._depth == self._outside:
                    seen.append(self._stand_in(block[start : token.end()]))
                    start = token.end()
                    self._outside = None
        end = len(block) - self._is_cut_in_escape(block)
        self._carried = block[end:]
        seen.append((self._outer if self._outside is None else self._inner)(block[start:end]))
        return b"".join(seen)

    def _end_of_string(self, block: bytes) -> int:
        """Where the string ends that the block before ended in."""
        if not self._in_string:
            return 0
        rest = _REST_OF_STRING.match(block)
        assert rest is not None  # it may be empty
        self._in_string = not rest[1]
        return rest.end()

    def _is_cut_in_escape(self, block: bytes) -> bool:
        backslashes = len(block) - len(block.rstrip(b"\\"))
        return self._in_string and backslashes % 2 == 1

    def _outer(self, piece: bytes) -> bytes:
        self._bytes += len(piece)
        if self._bytes > LONGEST_RECORD:
            raise InputError(f"a text or number {TOO_LONG}", path=self._path, line=self.line)
        return piece

    def _inner(self, piece: bytes) -> bytes:
        self._bytes += len(piece)
        if self._bytes <= LONGEST_RECORD:
            self._begun += piece
        return b""

    def _stand_in(self, last: bytes) -> bytes:
        self._inner(last)
        raw = bytes(self._begun) if self._bytes <= LONGEST_RECORD else None
        self._found[self._number] = Element(self._begun_at, raw)
        self._begun, self._bytes, self._number = bytearray(), 0, self._number + 1
        return b'{"%s":%d}' % (_STAND_IN.encode(), self._number - 1)
