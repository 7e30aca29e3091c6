"""XML documents one behind the other in one file, as `cat` leaves them, each on its own."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import BinaryIO

from ..patterns import regex
from .opening import BLOCK

__all__ = ["XmlDocuments"]

_LONGEST_TAG = 4000
_LONGEST_BETWEEN = 1000
_PROLOG = regex(rb"\s*(?:<\?xml\b[^<>]{0,500}\?>\s*)?(?:<!DOCTYPE\b[^<>\[]{0,500}>\s*)?")


class XmlDocuments:
    """A stream that ends where a document does, and goes on with the next one when told to.

    What stands behind a document and is no further one of the same kind is still part of it, for the parser to refuse.

    Args:
        stream: the file.
        root: the name of the root, without a namespace.
    """

    def __init__(self, stream: BinaryIO, root: str) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        name = rb"(?:[\w.-]{1,100}:)?" + re.escape(root).encode()
        self._tag = re.compile(rb"<(?P<closing>/?)%s(?=[\s/>])[^<>]*?(?P<empty>/?)>" % name)
        self._next_root = re.compile(rb"<%s(?=[\s/>])" % name)
        self._rest = b""
        self._depth = 0
        self._ended = False
        self.lines: int = 0
        """Line ends in the documents that have been read."""
        self._lines_here = 0

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002  # a part of any size will do
        """The next part of the document; none at its end."""
        while not self._ended:
            block = self._read(BLOCK)
            data, self._rest = self._rest + block, b""
            end = self._end_in(data)
            if end is not None:
                between = data[end:]
                while len(between) < _LONGEST_BETWEEN and (more := self._read(BLOCK)):
                    between += more
                self._ended = self._is_further(between)
                if self._ended:
                    self._rest = between
                    return self._given(data[:end])
                return self._given(data[:end] + between)
            if not block:
                return self._given(data)
            cut = data.rfind(b"<", max(0, len(data) - _LONGEST_TAG))
            if cut >= 0 and b">" not in data[cut:]:  # a tag that goes on in the next block
                data, self._rest = data[:cut], data[cut:]
            if data:
                return self._given(data)
        return b""

    def next(self) -> bool:
        """Goes on to the next document; whether there is one."""
        if not self._ended:
            return False
        self._ended, self._depth = False, 0
        begun = self._rest.lstrip()  # nothing may stand before a declaration
        self.lines += self._lines_here + self._rest[: len(self._rest) - len(begun)].count(b"\n")
        self._rest, self._lines_here = begun, 0
        return True

    def _given(self, data: bytes) -> bytes:
        self._lines_here += data.count(b"\n")
        return data

    def _end_in(self, data: bytes) -> int | None:
        """Where the document ends in a part of it."""
        for tag in self._tag.finditer(data):
            if tag["empty"]:
                continue
            self._depth += -1 if tag["closing"] else 1
            if not self._depth:
                return tag.end()
        return None

    def _is_further(self, between: bytes) -> bool:
        prolog = _PROLOG.match(between)
        return prolog is not None and self._next_root.match(between, prolog.end()) is not None
