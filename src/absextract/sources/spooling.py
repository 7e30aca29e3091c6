"""Putting aside what can only be read by moving about in it and comes packed or from a pipe."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from typing import IO, BinaryIO

from ..errors import InputError
from .bounds import LARGEST_WHOLE
from .opening import BLOCK

__all__ = ["seekable"]


def seekable(stream: BinaryIO, path: str, kind: str, stack: ExitStack) -> IO[bytes]:
    """The stream itself where it is a plain file, else a temporary file with what it holds.

    Args:
        stream: the input.
        path: where it comes from.
        kind: what it is, for errors.
        stack: what the temporary file is closed with.

    Raises:
        InputError: it is too large to be put aside.
    """
    if stream.seekable():
        return stream
    spool = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  # the stack closes it
    size = 0
    while block := stream.read(BLOCK):
        size += len(block)
        if size > LARGEST_WHOLE:
            raise InputError(
                f"more than {LARGEST_WHOLE >> 20} MB of packed or piped {kind}; unpack it first", path=path
            )
        spool.write(block)
    spool.seek(0)
    return spool
