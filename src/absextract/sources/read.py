"""Opening inputs, recognising their format by content, and reading them one after the other."""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, Literal, TypeVar

from ..errors import InputError, UsageError
from ..records import Abstract, BadInput
from .arxiv import read_arxiv
from .bibtex import read_bibtex
from .delimited import read_csv, read_tsv
from .json_document import read_json
from .jsonl import read_jsonl
from .markup import Markup, as_shown
from .nbib import read_nbib
from .numbered import read_numbered
from .openalex import read_openalex
from .opening import BLOCK, STDIN, as_input_error, opened, printable
from .parquet import read_parquet
from .plain_text import read_text
from .proquest import read_proquest
from .pubtator import read_pubtator
from .recognise import recognise
from .refer import read_refer
from .refworks import read_refworks
from .ris import read_ris
from .trending import read_trending
from .wos import read_wos
from .xml_files import read_xml

__all__ = [
    "FORMATS",
    "STDIN",
    "OnBadInput",
    "are_files",
    "expand",
    "in_its_place",
    "read_abstracts",
    "read_inputs",
    "unless_hopeless",
]

OnBadInput = Literal["record", "fail"]
ItemT = TypeVar("ItemT")
Reader = Callable[[BinaryIO, str], Iterator[Abstract | BadInput]]

FORMATS: dict[str, Reader] = {
    "arxiv": read_arxiv,
    "bibtex": read_bibtex,
    "csv": read_csv,
    "json": read_json,
    "jsonl": read_jsonl,
    "nbib": read_nbib,
    "numbered": read_numbered,
    "openalex": read_openalex,
    "parquet": read_parquet,
    "proquest": read_proquest,
    "pubmed": read_xml,
    "pubtator": read_pubtator,
    "refer": read_refer,
    "refworks": read_refworks,
    "ris": read_ris,
    "text": read_text,
    "trending": read_trending,
    "tsv": read_tsv,
    "wos": read_wos,
    "xml": read_xml,
}
_FIRST_RECORDS = 5  # if none of them can be read, the file is not what it was taken for
BESIDE = (".run.json", ".partial", ".lock")
"""Ends of the names of files that runs have beside their output."""
_NO_INPUTS = (*BESIDE, ".log")


def read_abstracts(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the option's name
    markup: Markup = "text",
) -> Iterator[Abstract]:
    """Reads the abstracts of a file, folder or glob (`-`: standard input), streaming.

    Args:
        path: what to read.
        format: one of `FORMATS`; recognised by content where none is given.
        markup: whether tags and entities in titles and abstracts become the text that a reader sees, or stay (`keep`).

    Raises:
        InputError: no such file, or a record that cannot be read.
        UsageError: an unknown format.
    """
    for item in read_inputs(expand([os.fspath(path)]), format=format, on_bad="fail", markup=markup):
        assert isinstance(item, Abstract)
        yield item


def read_inputs(
    paths: Iterable[str],
    *,
    format: str | None = None,  # noqa: A002  # the option's name
    on_bad: OnBadInput = "record",
    markup: Markup = "text",
) -> Generator[Abstract | BadInput]:
    """Reads files one after the other.

    Args:
        paths: the files.
        format: one of `FORMATS`; recognised by content where none is given.
        on_bad: whether a record that cannot be read is a `BadInput` in its place, or an error.
        markup: see `read_abstracts`.

    Raises:
        InputError: a file cannot be read at all, or none of its first records.
        UsageError: an unknown format.
    """
    if format and format not in FORMATS:
        raise UsageError(f'unknown format "{format}"; there are {", ".join(FORMATS)}')
    for path in paths:
        with opened(path) as ahead, as_input_error(path), io.BufferedReader(ahead, BLOCK) as stream:
            reader = FORMATS[format or recognise(ahead, path, FORMATS)]
            for item in unless_hopeless(reader(stream, printable(path)), path):
                if on_bad == "fail" and isinstance(item, BadInput):
                    raise in_its_place(item)
                yield item if markup == "keep" else as_shown(item)


def are_files(paths: Iterable[str]) -> bool:
    """Whether all are regular files, which can be read twice and keep nobody waiting."""
    return all(map(os.path.isfile, paths))


def in_its_place(first: BadInput) -> InputError:
    """The error that an input record which cannot be read is, where one is enough."""
    return InputError(first.message, path=first.source.path, line=first.line)


def unless_hopeless(
    items: Iterator[ItemT | BadInput], path: str, *, refusal: Callable[[BadInput], InputError] = in_its_place
) -> Iterator[ItemT | BadInput]:
    """The items as they come, once there is a sign that the file is what it was taken for.

    Args:
        items: what is read.
        path: the file.
        refusal: the error for the first of the items that cannot be read.

    Raises:
        InputError: there is no sign in the first five records, or no record at all.
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
    if not unreadable:
        raise InputError("holds no records", path=path)
    raise refusal(unreadable[0])


def expand(inputs: Sequence[str], *, exclude: Iterable[str | None] = (), outputs: bool = False) -> list[str]:
    """Files behind the given files, folders and globs, in order; a folder's files by name.

    Args:
        inputs: as the user named them; `-` stays.
        exclude: files to leave out however they were found: what the run writes.
        outputs: of a folder, take what runs have written (all files where there is none), in place of the rest.

    Raises:
        InputError: nothing is there.
    """
    found: list[str] = []
    written = {os.path.realpath(path) for path in exclude if path is not None}
    for name in inputs:
        if name == STDIN or (os.path.exists(name) and not os.path.isdir(name)):  # a pipe is no regular file
            files = [name]
        elif os.path.isdir(name):
            files = _files_in(name, outputs=outputs)
        elif not (files := sorted(path for path in glob.glob(name, recursive=True) if os.path.isfile(path))):
            raise InputError("no such file, folder or match", path=name)
        found.extend(path for path in files if path == STDIN or os.path.realpath(path) not in written)
    if inputs and not found:
        raise InputError("nothing to read there but what the run writes; choose another -o", path=inputs[0])
    return found


def _files_in(folder: str, *, outputs: bool) -> list[str]:
    with as_input_error(folder):
        files = sorted(
            path.as_posix()
            for path in Path(folder).iterdir()
            if path.is_file() and not path.name.startswith(".") and not path.name.endswith(_NO_INPUTS)
        )
    written = [path for path in files if Path(f"{path}.run.json").exists()]
    if not outputs:
        files = [path for path in files if path not in written]
    elif written:
        files = written
    if not files:
        raise InputError("the folder holds no files", path=folder)
    return files
