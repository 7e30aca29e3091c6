"""Opening inputs, recognising their format by content, and reading them one after the other."""

from __future__ import annotations

import contextlib
import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput
from .columns import has_abstract_column
from .delimited import read_csv, read_tsv
from .jsonl import read_jsonl
from .trending import HEADER, read_trending

__all__ = ["FORMATS", "STDIN", "are_files", "expand", "read_abstracts", "read_inputs"]

Reader = Callable[[BinaryIO, str], Iterator[Abstract | BadInput]]

FORMATS: dict[str, Reader] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "trending": read_trending,
    "tsv": read_tsv,
}
STDIN = "-"
_HEAD = 1 << 16
_FIRST_RECORDS = 5  # if none of them can be read, the file is not what it was taken for
_NO_INPUTS = (".run.json", ".partial")  # what runs leave beside their output


def read_abstracts(path: str | os.PathLike[str], *, format: str | None = None) -> Iterator[Abstract]:  # noqa: A002  # the option's name
    """Reads the abstracts of a file, folder or glob (`-`: standard input), streaming.

    Args:
        path: what to read.
        format: one of `FORMATS`; recognised by content where none is given.

    Raises:
        InputError: no such file, or a record that cannot be read.
        UsageError: an unknown format.
    """
    for item in read_inputs(expand([os.fspath(path)]), format=format):
        if isinstance(item, BadInput):
            raise InputError(item.message, path=item.source.path, line=item.line)
        yield item


def read_inputs(paths: Iterable[str], *, format: str | None = None) -> Generator[Abstract | BadInput]:  # noqa: A002  # the option's name
    """Reads files one after the other; a record that cannot be read is a `BadInput` in its place.

    Raises:
        InputError: a file cannot be read at all, or none of its first records.
        UsageError: an unknown format.
    """
    if format and format not in FORMATS:
        raise UsageError(f'unknown format "{format}"; there are {", ".join(FORMATS)}')
    for path in paths:
        shown = path.encode("utf-8", "backslashreplace").decode()  # a name may hold bytes that are no UTF-8
        with _open(path) as ahead, _as_input_error(path), io.BufferedReader(ahead, _HEAD) as stream:
            reader = FORMATS[format or _recognise(ahead, path)]
            yield from _unless_hopeless(reader(stream, shown), path)


def are_files(paths: Iterable[str]) -> bool:
    """Whether all are regular files, which can be read twice and keep nobody waiting."""
    return all(map(os.path.isfile, paths))


def _unless_hopeless(items: Iterator[Abstract | BadInput], path: str) -> Iterator[Abstract | BadInput]:
    """The items as they come, once there is a sign that this is a file of abstracts.

    Raises:
        InputError: there is none in the first five records.
    """
    unreadable: list[BadInput] = []
    for item in items:
        if isinstance(item, BadInput) and not item.empty:
            unreadable.append(item)
            if len(unreadable) < _FIRST_RECORDS:
                continue
            break
        yield from unreadable
        yield item
        yield from items
        return
    if unreadable:
        raise InputError(unreadable[0].message, path=path, line=unreadable[0].line)


def expand(inputs: Sequence[str], *, exclude: str | None = None) -> list[str]:
    """Files behind the given files, folders and globs, in order; a folder's files by name.

    Args:
        inputs: as the user named them; `-` stays.
        exclude: a file to leave out however it was found: the output.

    Raises:
        InputError: nothing is there.
    """
    found: list[str] = []
    for name in inputs:
        if name == STDIN or (os.path.exists(name) and not os.path.isdir(name)):  # a pipe is no regular file
            files = [name]
        elif os.path.isdir(name):
            files = _files_in(name)
        elif not (files := sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))):
            raise InputError("no such file, folder or match", path=name)
        found.extend(path for path in files if path == STDIN or not _same_file(path, exclude))
    if inputs and not found:
        raise InputError("nothing to read there but the output itself", path=inputs[0])
    return found


class _Ahead(io.RawIOBase):
    """A stream whose beginning can be looked at before it is read; nobody waits for more than was asked for."""

    def __init__(self, source: Any) -> None:
        self._read: Callable[[int], bytes] = getattr(source, "read1", source.read)  # raw streams have `read` alone
        self._head = b""

    def look(self, least: int) -> bytes:
        """What will be read next: at least so many bytes, or all there are."""
        while len(self._head) < least and (more := self._read(_HEAD)):
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


def _recognise(ahead: _Ahead, path: str) -> str:
    """The format, by no more of the content than it takes."""
    head, whole = b"", False
    while not whole:
        before, head = len(head), ahead.look(len(head) + 1)[:_HEAD]
        whole = len(head) in (before, _HEAD)
        text = _decode(head, path)
        if found := _format_of(text, whole=whole):
            return found
    if not text.strip():
        raise InputError("the file is empty", path=path)
    raise InputError(
        f"format not recognised by content; choose one with --format ({', '.join(FORMATS)})", path=path, line=1
    )


def _format_of(text: str, *, whole: bool) -> str | None:
    """The format of a text that begins like this, as far as that can be said yet."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    if not lines:
        return None
    if lines[0].lstrip().startswith("{"):
        return "jsonl"
    if HEADER in text[:2000]:
        return "trending"
    if whole or lines[0].endswith(("\n", "\r")):
        for name, delimiter in (("csv", ","), ("tsv", "\t")):
            if has_abstract_column(column.strip('"') for column in lines[0].rstrip("\r\n").split(delimiter)):
                return name
    return None


def _decode(head: bytes, path: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)", path=path)
    if b"\0" in head:
        raise InputError("a binary file, not text", path=path)
    try:
        return head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text = head.decode("utf-8-sig", errors="replace")
        cut = error.start >= len(head) - 4  # a character cut in two at the end of the head
        if not cut and text.count("\ufffd") * 100 > len(text):
            raise InputError(
                f"not UTF-8 text (byte {error.start}); convert it first, e.g. iconv -f WINDOWS-1252 -t UTF-8",
                path=path,
            ) from None
        return text


@contextlib.contextmanager
def _open(path: str) -> Iterator[_Ahead]:
    """The bytes of a file, or of standard input, unpacked where they are gzip."""
    with contextlib.ExitStack() as stack, _as_input_error(path):
        if path == STDIN:
            # past its buffer, whose lock a thread that still waits for input would hold when the process ends
            raw = getattr(sys.stdin.buffer, "raw", sys.stdin.buffer)
        else:
            raw = stack.enter_context(open(path, "rb", buffering=0))
        ahead = _Ahead(raw)
        if ahead.look(2)[:2] == b"\x1f\x8b":
            packed = stack.enter_context(io.BufferedReader(ahead, _HEAD))
            ahead = _Ahead(stack.enter_context(gzip.GzipFile(fileobj=packed)))
        yield ahead


@contextlib.contextmanager
def _as_input_error(path: str) -> Iterator[None]:
    try:
        yield
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise InputError(reason, path=path) from error


def _files_in(folder: str) -> list[str]:
    with _as_input_error(folder):
        files = sorted(
            path.as_posix()
            for path in Path(folder).iterdir()
            if path.is_file()
            and not path.name.startswith(".")
            and not path.name.endswith(_NO_INPUTS)
            and not Path(f"{path}.run.json").exists()  # an output of ours
        )
    if not files:
        raise InputError("the folder holds no files", path=folder)
    return files


def _same_file(path: str, other: str | None) -> bool:
    return other is not None and os.path.realpath(path) == os.path.realpath(other)
