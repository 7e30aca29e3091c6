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
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..data_folder import default_data_dir
from ..extractors.llm.cache import RECORDS, AnswerCache
from ..output.jsonl import input_part
from ..pipeline import Extractor
from ..records import Abstract
from ..version import __version__

__all__ = ["Made", "MadeBefore"]

_SECRET = "records.secret"
_BYTES = 32  # of the secret and of a signature
_AT_ONCE = 64  # lines in one transaction
_FAST = 1  # of zlib's levels
_SHAPING = ("pydantic", "pint")  # packages that have a say in what a record holds
_PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Made:
    """The line of a record, and how many answers were asked for to correct another one."""

    line: str
    reasks: int


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

    def made(self, paper: Abstract) -> Made | None:
        """What was kept of a paper, None where there is nothing that can be trusted."""
        if self._lines is None:
            return None
        key = self._key_of(paper)
        kept = self._lines.read(key) or b""
        signature, packed = kept[:_BYTES], kept[_BYTES:]
        if not hmac.compare_digest(self._sign(key, packed), signature):
            return None
        reasks, rest = zlib.decompress(packed).split(b" ", 1)
        return Made((input_part(paper) + rest).decode(), int(reasks))

    def keep(self, paper: Abstract, made: Made) -> None:
        """Keeps the line of a paper's record; it is on disk before long."""
        if self._lines is None:
            return
        line, start = made.line.encode(), input_part(paper)
        if not line.startswith(start):
            return
        key, packed = self._key_of(paper), zlib.compress(b"%d %b" % (made.reasks, line[len(start) :]), _FAST)
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
        """By what the line is shaped behind its beginning, which tells of the input: title and text alone."""
        digest = hashlib.sha256(self._program)
        for part in (self._extractor.shape_of(paper), paper.title, paper.abstract):
            digest.update(hashlib.sha256(part.encode("utf-8", "surrogatepass")).digest())
        return digest.hexdigest()

    def _sign(self, key: str, packed: bytes) -> bytes:
        return hmac.digest(self._secret, key.encode() + packed, "sha256")

    @cached_property
    def _lines(self) -> AnswerCache | None:
        """Opened when the first is wanted: nothing of it stands before the first request."""
        folder = self._extractor.records_beside
        return AnswerCache(folder / RECORDS, holds="records") if folder and self._secret and self._program else None

    @cached_property
    def _secret(self) -> bytes:
        return _secret() or b""

    @cached_property
    def _program(self) -> bytes:
        return _program() or b""


def _secret() -> bytes | None:
    """What only this user's runs know, made by the first of them; None where it cannot be kept, or others know it."""
    place = default_data_dir() / _SECRET
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with (
            contextlib.suppress(FileExistsError),
            open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file,
        ):
            file.write(secrets.token_bytes(_BYTES))
        about, found = place.stat(), place.read_bytes()
        if len(found) != _BYTES:  # a full disk, a run that was killed, or one that writes it at this moment
            place.unlink()
    except OSError:
        return None
    is_ours = not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & 0o077)
    return found if is_ours and len(found) == _BYTES else None


def _program() -> bytes | None:
    """What tells this program from another version of it, and from itself before a file of it was changed."""
    versions = (__version__, sys.version, *map(version, _SHAPING))
    digest = hashlib.sha256(" ".join(versions).encode())
    try:
        for path in sorted(_PACKAGE.rglob("*")):
            if path.parent.name != "__pycache__" and path.is_file():
                about = path.stat()
                digest.update(f"{path.relative_to(_PACKAGE)} {about.st_size} {about.st_mtime_ns}\n".encode())
    except OSError:
        return None
    return digest.digest()
