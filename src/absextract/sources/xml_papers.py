"""The bytes of an XML file for libxml2, papers that are too large cut out: one of them would cost all behind it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

from ..errors import InputError
from .bounds import LARGEST_ELEMENT
from .opening import BLOCK

__all__ = ["CUT_OUT", "PapersOnly"]

CUT_OUT = "absextract-cut-out"
"""The attribute of the empty element in place of one that is too large."""

_LONGEST_TAG = 200


class _Readable(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class PapersOnly:
    """A stream in which a paper is handed on when it is there as a whole, if it is no larger than it may be.

    Args:
        stream: the XML.
        path: where it comes from.
        names: the names of the elements that are papers, without their namespaces.
    """

    def __init__(self, stream: _Readable, path: str, names: tuple[str, ...]) -> None:
        self._read: Callable[[int], bytes] = getattr(stream, "read1", stream.read)
        self._path = path
        name = rb"(?:[\w.-]{1,100}:)?(?:%s)" % "|".join(map(re.escape, names)).encode()
        self._tag = re.compile(rb"<(?:/(?:%s)\s{0,100}>|(%s)(?=[\s/>]))" % (name, name))
        self._begun = False
        self._rest = b""
        self._held: bytearray | None = None  # the paper so far
        self._name = b""
        self._outside = 0  # bytes since the last paper

    def read(self, size: int = -1) -> bytes:  # noqa: ARG002  # a part of any size will do
        """The next part of the file; none at its end.

        Raises:
            InputError: what comes next holds no paper for too long.
        """
        while block := self._read(BLOCK):
            if not self._begun:  # blank lines before the declaration are an error to libxml2
                block = block.lstrip()
                self._begun = bool(block)
            if seen := self._cut(self._rest + block):
                return seen
        end, self._rest, self._held = bytes(self._held or b"") + self._rest, b"", None
        return end

    def _cut(self, data: bytes) -> bytes:
        seen: list[bytes] = []
        start = 0
        for tag in self._tag.finditer(data):
            boundary = tag.start() if tag[1] else tag.end()
            seen.append(self._take(data[start:boundary]))
            start = boundary
            if self._held is not None:
                seen.append(self._whole())
            if tag[1]:
                self._held, self._name = bytearray(), tag[1]
        end = data.rfind(b"<", max(start, len(data) - _LONGEST_TAG))  # a tag may go on in the next block
        if end < 0 or b">" in data[end:]:
            end = len(data)
        self._rest = data[end:]
        seen.append(self._take(data[start:end]))
        return b"".join(seen)

    def _take(self, piece: bytes) -> bytes:
        if self._held is None:
            self._outside += len(piece)
            if self._outside > LARGEST_ELEMENT:
                size = LARGEST_ELEMENT >> 20
                raise InputError(f"more than {size} MB of XML in which no paper begins or ends", path=self._path)
            return piece
        if len(self._held) <= LARGEST_ELEMENT:
            self._held += piece
        return b""

    def _whole(self) -> bytes:
        assert self._held is not None
        held, self._held, self._outside = bytes(self._held), None, 0
        if len(held) <= LARGEST_ELEMENT:
            return held
        return b"<%s %s=''/>" % (self._name, CUT_OUT.encode())
