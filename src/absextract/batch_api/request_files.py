"""Writing request files, each within what the API takes."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from ..errors import OutputError
from .batch_parts import Part

__all__ = ["MAX_BYTES", "MAX_REQUESTS", "REQUESTS", "RequestFiles", "request_key", "request_path"]

REQUESTS = "requests-"
MAX_REQUESTS = 50_000
MAX_BYTES = 200_000_000
"""The API's limits of a file: https://platform.openai.com/docs/guides/batch"""


def request_key(body: bytes) -> str:
    """What a request is called in files and ledger: equal requests are one. An id may have 64 characters, as this."""
    return hashlib.sha256(body).hexdigest()


def request_path(directory: Path, number: int) -> Path:
    """The request file of a part."""
    return directory / f"{REQUESTS}{number:04}.jsonl"


class RequestFiles:
    """The request files of one round; on disk when `finish` returns.

    Args:
        directory: the job's folder.
        first: the number of the first part.
    """

    def __init__(self, directory: Path, first: int) -> None:
        self._directory = directory
        self._first = first
        self._parts: list[Part] = []
        self._stream: BinaryIO | None = None
        self._requests = self._size = 0

    def add(self, key: str, body: bytes) -> int:
        """Writes a request; gives the number of its part.

        Raises:
            OutputError: it cannot be written.
        """
        line = b'{"custom_id":"%s","method":"POST","url":"/v1/chat/completions","body":%s}\n' % (key.encode(), body)
        try:
            if self._stream and (self._requests >= MAX_REQUESTS or self._size + len(line) > MAX_BYTES):
                self._end_part()
            if self._stream is None:
                self._path.unlink(missing_ok=True)  # what a plan that broke off left, never written through
                self._stream = open(self._path, "xb")  # noqa: SIM115  # closed with the part
            self._stream.write(line)
        except OSError as error:
            raise OutputError(f"{self._path}: {error.strerror}; the same command goes on from here") from error
        self._requests += 1
        self._size += len(line)
        return self._number

    def finish(self) -> list[Part]:
        """Ends the last file; gives the parts.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            if self._stream:
                self._end_part()
        except OSError as error:
            raise OutputError(f"{self._path}: {error.strerror}; the same command goes on from here") from error
        return self._parts

    def close(self) -> None:
        """Ends the writing, whatever is written."""
        if self._stream:
            self._stream.close()

    @property
    def _number(self) -> int:
        return self._first + len(self._parts)

    @property
    def _path(self) -> Path:
        return request_path(self._directory, self._number)

    def _end_part(self) -> None:
        assert self._stream
        with self._stream:
            self._stream.flush()
            os.fsync(self._stream.fileno())
        self._stream = None
        self._parts.append(Part(self._number, self._requests, self._size))
        self._requests = self._size = 0
