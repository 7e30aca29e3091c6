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
from typing import Any, BinaryIO, cast

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput
from .columns import has_abstract_column
from .delimited import read_csv, read_tsv
from .jsonl import read_jsonl
from .trending import HEADER, read_trending

__all__ = ["FORMATS", "expand", "read_abstracts", "read_inputs", "recognise"]

Reader = Callable[[BinaryIO, str], Iterator[Abstract | BadInput]]

FORMATS: dict[str, Reader] = {
    "csv": read_csv,
    "jsonl": read_jsonl,
    "trending": read_trending,
    "tsv": read_tsv,
}
STDIN = "-"
_HEAD = 1 << 16
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
        InputError: a file cannot be read at all, or not even its first record.
        UsageError: an unknown format.
    """
    if format and format not in FORMATS:
        raise UsageError(f'unknown format "{format}"; there are {", ".join(FORMATS)}')
    for path in paths:
        shown = path.encode("utf-8", "backslashreplace").decode()  # a name may hold bytes that are no UTF-8
        with _open(path) as stream, _as_input_error(path):
            reader = FORMATS[format or _recognise(stream, path)]
            for number, item in enumerate(reader(stream, shown)):
                if number == 0 and isinstance(item, BadInput):
                    raise InputError(item.message, path=path, line=item.line)
                yield item


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


def recognise(path: str) -> str:
    """The format of a file, by its first 64 KiB.

    Raises:
        InputError: it cannot be read or is none of `FORMATS`.
    """
    with _open(path) as stream, _as_input_error(path):
        return _recognise(stream, path)


def _recognise(stream: io.BufferedReader[Any], path: str) -> str:
    text = _decode(stream.peek(_HEAD)[:_HEAD], path)
    first = next((line for line in text.splitlines() if line.strip()), None)
    if first is None:
        raise InputError("the file is empty", path=path)
    if HEADER in text[:2000]:
        return "trending"
    if first.lstrip().startswith("{"):
        return "jsonl"
    for name, delimiter in (("csv", ","), ("tsv", "\t")):
        if has_abstract_column(column.strip('"') for column in first.split(delimiter)):
            return name
    raise InputError(
        f"format not recognised by content; choose one with --format ({', '.join(FORMATS)})", path=path, line=1
    )


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
def _open(path: str) -> Iterator[io.BufferedReader[Any]]:
    """The bytes of a file, or of standard input, unpacked where they are gzip."""
    with contextlib.ExitStack() as stack, _as_input_error(path):
        # a buffer over a buffer: it fills to the brim even from a pipe that delivers in drops
        raw = sys.stdin.buffer if path == STDIN else stack.enter_context(open(path, "rb"))
        stream: io.BufferedReader[Any] = io.BufferedReader(cast(Any, raw), _HEAD)
        stack.callback(stream.detach)
        if stream.peek(2)[:2] == b"\x1f\x8b":
            unpacked = stack.enter_context(gzip.GzipFile(fileobj=stream))
            stream = io.BufferedReader(unpacked, _HEAD)
        yield stream


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
            if path.is_file() and not path.name.startswith(".") and not path.name.endswith(_NO_INPUTS)
        )
    if not files:
        raise InputError("the folder holds no files", path=folder)
    return files


def _same_file(path: str, other: str | None) -> bool:
    return other is not None and os.path.realpath(path) == os.path.realpath(other)
