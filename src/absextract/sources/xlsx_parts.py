"""The parts of a workbook as they are unpacked, none of them with more in it than an honest one has."""

from __future__ import annotations

import zipfile
from typing import IO, Any

from ..patterns import regex

__all__ = ["BoundedArchive", "TooMuchError"]

_LARGEST = 256 << 20  # bytes of a part; the texts of all cells are kept in memory
_LARGEST_PIECE = 12 << 20  # bytes of a row, of a text, or of what has none
_MOST_PIECES = 2 << 20  # Excel has at most 1,048,576 rows, and as many texts hardly differ
_LARGEST_OTHER = 4 << 20  # bytes of what is read as a whole
_PIECE = regex(rb"<(?:[\w.-]{1,40}:)?(?:row|si)(?=[\s/>])")
_BLOCK = 1 << 16
_OVERLAP = 48  # bytes of the longest tag that is looked for


class TooMuchError(Exception):
    """A part holds more than is read."""


class BoundedArchive(zipfile.ZipFile):
    """An archive whose parts can be read as long as they are no bombs."""

    def open(self, name: Any, mode: Any = "r", pwd: bytes | None = None, *, force_zip64: bool = False) -> IO[bytes]:
        """A part, which raises `TooMuchError` when more is read from it than there should be."""
        part: Any = _Part(super().open(name, mode, pwd, force_zip64=force_zip64), str(getattr(name, "filename", name)))
        return part  # type: ignore[no-any-return]  # as much of a stream as is needed


class _Part:
    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._stream = stream
        self._has_pieces = "sheet" in name.lower() or "strings" in name.lower() or name.endswith(".rels")
        self._size = self._piece = self._pieces = 0
        self._tail = b""

    def read(self, size: int | None = -1) -> bytes:
        if size is not None and size >= 0:
            return self._checked(self._stream.read(size))
        return b"".join(iter(lambda: self._checked(self._stream.read(_BLOCK)), b""))

    def close(self) -> None:
        self._stream.close()

    def __enter__(self) -> _Part:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _checked(self, block: bytes) -> bytes:
        self._size += len(block)
        seen = self._tail + block
        found = [each.end() for each in _PIECE.finditer(seen) if each.end() > len(self._tail)]
        self._pieces += len(found)
        self._piece = len(seen) - found[-1] if found else self._piece + len(block)
        self._tail = seen[-_OVERLAP:]
        largest = _LARGEST_PIECE if self._has_pieces else _LARGEST_OTHER
        if self._size > _LARGEST or self._pieces > _MOST_PIECES or self._piece > largest:
            raise TooMuchError
        return block
