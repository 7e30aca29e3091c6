"""Opening inputs: files and standard input, unpacked where they are packed, with a look at what comes first."""

from __future__ import annotations

import contextlib
import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

from ..errors import InputError
from .encodings import UTF_16_MARKS, Recoded
from .raw_files import open_raw

__all__ = [
    "BLOCK",
    "BYTE_ORDER_MARK",
    "STDIN",
    "Ahead",
    "as_input_error",
    "first_character",
    "opened",
    "printable",
    "unpacked",
]

STDIN = "-"
BLOCK = 1 << 16
_MOST_WHITE_SPACE = 16 * BLOCK
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_UNPACKERS: dict[bytes, Callable[[BinaryIO], Any]] = {
    b"\x1f\x8b": lambda packed: gzip.GzipFile(fileobj=packed),
    b"\x28\xb5\x2f\xfd": zstd.ZstdFile,
}


class Ahead(io.RawIOBase):
    """A stream whose beginning can be looked at before it is read; nobody waits for more than was asked for."""

    def __init__(self, source: Any) -> None:
        self._source = source
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)  # raw streams have `read` alone
        self._head = b""

    def look(self, least: int) -> bytes:
        """What will be read next: at least so many bytes, or all there are."""
        while len(self._head) < least and (more := self._read(BLOCK)):
            self._head += more
        return self._head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head or self._read(len(buffer))
        size = min(len(data), len(buffer))
        buffer[:size] = data[:size]
        self._head = data[size:]
        return size

    def seekable(self) -> bool:
        """Whether it is an unpacked file, in which moving about is cheap."""
        return isinstance(self._source, io.FileIO) and self._source.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        here = -len(self._head) if whence == io.SEEK_CUR else 0
        self._head = b""
        return cast("int", self._source.seek(offset + here, whence))

    def tell(self) -> int:
        return cast("int", self._source.tell()) - len(self._head)


@contextlib.contextmanager
def opened(path: str) -> Iterator[Ahead]:
    """The bytes of a file, or of standard input, unpacked where they are gzip or zstd; UTF-8 where they are UTF-16."""
    with contextlib.ExitStack() as stack, as_input_error(path):
        if path == STDIN:
            # past its buffer, whose lock a thread that still waits for input would hold when the process ends
            raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        else:
            raw = stack.enter_context(open_raw(path))
        yield unpacked(raw, stack)


def unpacked(raw: Any, stack: contextlib.ExitStack) -> Ahead:
    """What is in a stream that may be packed with gzip or zstd, or be UTF-16: its bytes, or UTF-8.

    Args:
        raw: the stream.
        stack: what is closed in the end.
    """
    ahead = Ahead(raw)
    for magic, unpack in _UNPACKERS.items():
        if ahead.look(len(magic))[: len(magic)] == magic:
            packed = stack.enter_context(io.BufferedReader(ahead, BLOCK))
            ahead = Ahead(stack.enter_context(unpack(packed)))
            break
    return Ahead(Recoded(ahead)) if ahead.look(2).startswith(UTF_16_MARKS) else ahead


def printable(path: str) -> str:
    """The name of a file as it can be written: it may hold bytes that are no UTF-8."""
    return path.encode("utf-8", "backslashreplace").decode()


@contextlib.contextmanager
def as_input_error(path: str) -> Iterator[None]:
    """Turns what the system and the unpackers raise into an `InputError`."""
    try:
        yield
    except (OSError, EOFError, zlib.error, zstd.ZstdError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(reason, path=path) from error


def first_character(ahead: Ahead) -> bytes:
    """The first byte that is neither white space nor part of a byte order mark; none where there is none."""
    size = 0
    while size < _MOST_WHITE_SPACE and len(head := ahead.look(size + 1)) > size:
        size = len(head)
        if (text := head.removeprefix(BYTE_ORDER_MARK).lstrip()) and not BYTE_ORDER_MARK.startswith(head):
            return text[:1]
    return b""
