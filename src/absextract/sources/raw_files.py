"""Opening what a path names without waiting for anybody: a file, a pipe, a terminal."""

from __future__ import annotations

import io
import os
import stat
import time
from typing import Any

from ..errors import InputError

__all__ = ["open_raw"]

_BLOCK = 1 << 16
_WAIT_SECONDS, _TRIES = 2.0, 40  # for the writer of a pipe, which may have been started at the same time


def open_raw(path: str) -> Any:
    """The unbuffered bytes of a file; has `read` and is a context manager.

    Raises:
        InputError: a device that is no terminal, or a pipe that nobody writes to.
        OSError: it cannot be opened.
    """
    there = os.stat(path)
    if stat.S_ISFIFO(there.st_mode):
        return _open_pipe(path)
    if stat.S_ISBLK(there.st_mode):
        raise InputError("is a device", path=path)
    number = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
    if stat.S_ISCHR(there.st_mode) and not (os.isatty(number) or there.st_rdev == os.stat(os.devnull).st_rdev):
        os.close(number)
        raise InputError("is a device", path=path)
    return open(number, "rb", buffering=0)


def _open_pipe(path: str) -> _Pipe:
    stream = open(os.open(path, os.O_RDONLY | os.O_NONBLOCK), "rb", buffering=0)  # noqa: SIM115  # the caller's
    for _ in range(_TRIES):
        head = stream.read(_BLOCK)
        if head != b"":  # None: somebody is there who has not written yet
            os.set_blocking(stream.fileno(), True)
            return _Pipe(stream, head or b"")
        time.sleep(_WAIT_SECONDS / _TRIES)
    stream.close()
    raise InputError("a pipe that nobody writes to, or an empty one; start its writer first", path=path)


class _Pipe:
    """A pipe of which the first bytes have been read."""

    def __init__(self, stream: io.FileIO, head: bytes) -> None:
        self._stream, self._head = stream, head

    def read(self, size: int) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        return head or self._stream.read(size) or b""

    def __enter__(self) -> _Pipe:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()
