"""Records that were made before, so that a run over the same papers with the same settings makes none of them twice.

Their lines stand in a folder beside the model's answers, which may come from somebody else. A line that stands there is
not checked again, so it counts only with a signature: the secret for it stands in the user's data folder, and what this
installation did not write itself has none.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import sys
import zlib
from functools import cached_property
from pathlib import Path
from typing import Any

import pydantic

from ..data_folder import default_data_dir
from ..extractors.llm.cache import RECORDS, AnswerCache
from ..pipeline import Extractor
from ..records import Abstract
from ..version import __version__

__all__ = ["MadeBefore"]

_SECRET = "records.secret"
_BYTES = 32  # of the secret and of a signature
_AT_ONCE = 64  # lines in one transaction
_FAST = 1  # of zlib's levels
_PACKAGE = Path(__file__).parents[1]


class MadeBefore:
    """The lines of records, by all that shaped them.

    Nothing is kept, and nothing found, where the extractor has no cache that can be written to, where code of the
    user's shapes its records, or where there is no place for the secret.

    Args:
        extractor: makes the records.
    """

    def __init__(self, extractor: Extractor[Any]) -> None:
        self._extractor = extractor
        self._waiting: dict[str, bytes] = {}

    def line_of(self, paper: Abstract) -> str | None:
        """The line of a paper's record, None where there is none that can be trusted."""
        if self._lines is None:
            return None
        key = self._key_of(paper)
        kept = self._lines.read(key) or b""
        signature, packed = kept[:_BYTES], kept[_BYTES:]
        return zlib.decompress(packed).decode() if hmac.compare_digest(self._sign(key, packed), signature) else None

    def keep(self, paper: Abstract, line: str) -> None:
        """Keeps the line of a paper's record; it is on disk before long."""
        if self._lines is None:
            return
        key, packed = self._key_of(paper), zlib.compress(line.encode(), _FAST)
        self._waiting[key] = self._sign(key, packed) + packed
        if len(self._waiting) == _AT_ONCE:
            self._write()

    def close(self) -> None:
        """Writes what waits, and gives back the file."""
        if self._waiting:
            self._write()
        if "_lines" in self.__dict__ and self._lines:
            self._lines.close()

    def _write(self) -> None:
        if self._lines:
            self._lines.write(self._waiting)
        self._waiting.clear()

    def _key_of(self, paper: Abstract) -> str:
        digest = hashlib.sha256(self._program)
        for part in (self._extractor.shape_of(paper), paper.model_dump_json()):
            digest.update(hashlib.sha256(part.encode()).digest())
        return digest.hexdigest()

    def _sign(self, key: str, packed: bytes) -> bytes:
        return hmac.digest(self._secret or b"", key.encode() + packed, "sha256")

    @cached_property
    def _lines(self) -> AnswerCache | None:
        """Opened when the first is wanted: nothing of it stands before the first request."""
        folder = self._extractor.records_beside
        there = folder is not None and os.access(folder, os.W_OK) and self._secret is not None
        return AnswerCache(folder / RECORDS) if folder and there else None

    @cached_property
    def _secret(self) -> bytes | None:
        return _secret()

    @cached_property
    def _program(self) -> bytes:
        return _program()


def _secret() -> bytes | None:
    """What only this user's runs know, made by the first of them; None where it cannot be kept."""
    place = default_data_dir() / _SECRET
    try:
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = place.with_suffix(f".{os.getpid()}")
            with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(secrets.token_bytes(_BYTES))
            with contextlib.suppress(FileExistsError):  # another run was first
                os.link(unfinished, place)
            unfinished.unlink()
        found = place.read_bytes()
    except OSError:
        return None
    return found if len(found) == _BYTES else None


def _program() -> bytes:
    """What tells this program from another version of it, and from itself before a file of it was changed."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {pydantic.VERSION}".encode())
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            about = path.stat()
            digest.update(f"{path.relative_to(_PACKAGE)} {about.st_size} {about.st_mtime_ns}\n".encode())
    return digest.digest()
