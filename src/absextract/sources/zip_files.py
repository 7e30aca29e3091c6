"""The files in a zip archive, one after the other as those of a folder; nothing is written under their names."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from ..errors import InputError
from .opening import Ahead, printable
from .run_files import is_left_by_runs

__all__ = ["ZippedFile", "files_in_zip", "is_zip"]

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one's
_WORKBOOK = "xl/workbook.xml"
_MOST_FILES = 10_000
_LARGEST = 4 << 30
_NO_ARCHIVE = {
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "xl/workbook.bin": "a binary Excel workbook; save its table as .xlsx or CSV",
    "META-INF/container.xml": "an e-book",
    "META-INF/manifest.xml": "an OpenDocument file; save its table as .xlsx or CSV",
    "META-INF/MANIFEST.MF": "a Java archive",
}
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError, OSError)


class ZippedFile:
    """A file in an archive.

    Attributes:
        path: the archive's and its own.
    """

    def __init__(self, archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str) -> None:
        self._archive, self._info = archive, info
        self.path: str = f"{path}/{printable(info.filename)}"

    @contextmanager
    def opened(self) -> Iterator[Any]:
        """Its bytes, unpacked as they are read.

        Raises:
            OSError: on opening or reading; it is damaged, or wants a password.
        """
        try:
            packed = self._archive.open(self._info)
        except _DAMAGED as error:
            raise OSError(str(error)) from None
        with packed:
            yield _Member(packed)


class _Member:
    """A stream whose faults are those of files."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._packed = packed

    def read(self, size: int) -> bytes:
        try:
            return self._packed.read(size)
        except _DAMAGED as error:
            raise OSError(str(error)) from None


def is_zip(ahead: Ahead) -> bool:
    """Whether what comes next is a zip archive; a workbook is one too."""
    return ahead.look(len(_MAGIC[0])).startswith(_MAGIC)


@contextmanager
def files_in_zip(file: IO[bytes], path: str) -> Iterator[list[ZippedFile] | None]:
    """The files of an archive by name, without what runs and systems leave; None where it is a workbook.

    Args:
        file: the archive, in which one can move about.
        path: where it comes from.

    Raises:
        InputError: it is something else than an archive of files, holds none, or more than is read.
    """
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGED as error:
        reason = str(error) or type(error).__name__
        raise InputError(f"not a zip archive or workbook that can be read: {reason}", path=path) from None
    with archive:
        is_workbook = _WORKBOOK in archive.namelist()
        yield None if is_workbook else _files(archive, path)


def _files(archive: zipfile.ZipFile, path: str) -> list[ZippedFile]:
    names = archive.namelist()
    for part, reason in _NO_ARCHIVE.items():
        if part in names:
            raise InputError(reason, path=path)
    infos = sorted((info for info in archive.infolist() if _is_input(info)), key=lambda info: info.filename)
    if len(infos) > _MOST_FILES:
        raise InputError(f"more than {_MOST_FILES:,} files in the archive; unpack it first", path=path)
    if sum(info.file_size for info in infos) > _LARGEST:
        raise InputError(f"more than {_LARGEST >> 30} GB in the archive; unpack it first", path=path)
    if not infos:
        raise InputError("the archive holds no files", path=path)
    return [ZippedFile(archive, info, path) for info in infos]


def _is_input(info: zipfile.ZipInfo) -> bool:
    parts = info.filename.split("/")
    is_hidden = any(part.startswith(".") and part.strip(".") for part in parts[:-1]) or parts[0] == "__MACOSX"
    return not (info.is_dir() or is_hidden or is_left_by_runs(parts[-1]))
