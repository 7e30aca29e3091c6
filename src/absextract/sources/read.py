"""Opening inputs, recognising their format by content, and reading them one after the other."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from typing import IO, BinaryIO, Protocol, TypeVar

from ..choices import Markup, OnBadInput
from ..errors import InputError, UsageError
from ..records import Abstract, BadInput, Source
from .arxiv import read_arxiv
from .bibtex import read_bibtex
from .columns import USUAL, ColumnNames, Columns
from .delimited import read_csv, read_tsv
from .input_files import expand
from .json_document import read_json
from .jsonl import read_jsonl
from .markup import as_shown
from .nbib import read_nbib
from .numbered import read_numbered
from .openalex import read_openalex
from .opening import BLOCK, Ahead, as_input_error, first_character, opened, printable, unpacked
from .parquet import read_parquet
from .plain_text import read_text
from .proquest import read_proquest
from .pubtator import read_pubtator
from .recognise import recognise
from .refer import read_refer
from .refworks import read_refworks
from .ris import read_ris
from .spooling import seekable
from .trending import read_trending
from .wos import read_wos
from .xlsx import read_xlsx
from .xml_files import read_xml
from .zip_files import ZippedFile, files_in_zip, is_zip

__all__ = [
    "FORMATS",
    "Watcher",
    "in_its_place",
    "read_abstracts",
    "read_inputs",
    "unless_hopeless",
]

ItemT = TypeVar("ItemT")
Item = Abstract | BadInput
Reader = Callable[..., Iterator[Item]]

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
    "xlsx": read_xlsx,
    "xml": read_xml,
}
_BY_COLUMNS = frozenset({"csv", "json", "jsonl", "parquet", "tsv", "xlsx"})  # a file of those has columns, or none
_WITH_COLUMNS = _BY_COLUMNS | {"arxiv", "openalex"}
_WITHOUT_FAULT = frozenset({  # that note what is taken, but may lack abstracts
    "arxiv", "nbib", "numbered", "openalex", "proquest", "pubmed", "pubtator", "refer", "refworks", "ris", "wos", "xml",
})  # fmt: skip
_FIRST_RECORDS = 5  # if none of them can be read, the file is not what it was taken for
_MOST_HELD = 1000  # records without a column for an abstract, until one has it
_LARGEST_HELD = 32 << 20  # bytes of them


class Watcher(Protocol):
    """Somebody who is told of each file what it is, and which cannot be read."""

    def begin(self, path: str, format: str, columns: Columns) -> None:  # noqa: A002  # the option's name
        """The records that follow come from this file; which of its columns are taken stands in `columns`."""

    def refuse(self, path: str, error: InputError) -> None:
        """A file cannot be read, or not to its end."""


@dataclass(frozen=True, slots=True)
class _How:
    """How files are read: see `read_inputs`."""

    format: str | None
    on_bad: OnBadInput
    chosen: ColumnNames
    markup: Markup
    goes_on: bool
    watcher: Watcher | None = None
    is_piped: bool = False
    """There is one input, and it is no file."""


def read_abstracts(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,  # noqa: A002  # the option's name
    columns: str | Mapping[str, str] | None = None,
    markup: Markup = "text",
) -> Iterator[Abstract]:
    """Reads the abstracts of a file, folder or glob (`-`: standard input), streaming.

    Args:
        path: what to read.
        format: one of `FORMATS`; recognised by content where none is given.
        columns: the columns of tables and JSON that hold `title`, `abstract` and `id`, where they have unusual names;
            also as the command takes them, `abstract=COL,title=COL`.
        markup: whether tags and entities in titles and abstracts become the text that a reader sees, or stay (`keep`).

    Raises:
        InputError: no such file, a record that cannot be read, or a file without a column for an abstract.
        UsageError: an unknown format, or `columns` that are none.
    """
    chosen = ColumnNames.of(columns)
    paths = expand([os.fspath(path)])
    for item in read_inputs(paths, format=format, on_bad="fail", chosen=chosen, markup=markup):
        assert isinstance(item, Abstract)
        yield item


def read_inputs(
    paths: Iterable[str],
    *,
    format: str | None = None,  # noqa: A002  # the option's name
    on_bad: OnBadInput = "record",
    chosen: ColumnNames = USUAL,
    markup: Markup = "text",
    goes_on: bool = False,
    watcher: Watcher | None = None,
) -> Generator[Item]:
    """Reads files one after the other, those in zip archives too.

    Args:
        paths: the files.
        format: one of `FORMATS`; recognised by content where none is given.
        on_bad: whether a record that cannot be read is a `BadInput` in its place, or an error.
        chosen: what the user says of the columns of tables and JSON.
        markup: see `read_abstracts`.
        goes_on: a file that cannot be read at all, or not to its end, is a `BadInput` too, if another can be read.
        watcher: told of each file.

    Raises:
        InputError: a file cannot be read at all, or none of its first records.
        UsageError: an unknown format, or names of columns where nothing has any.
    """
    if format and format not in FORMATS:
        raise UsageError(f'unknown format "{format}"; there are {", ".join(FORMATS)}')
    how = _How(format, on_bad, chosen, markup, goes_on and on_bad == "record", watcher)
    if chosen != USUAL:
        paths = list(paths)
        how = replace(how, is_piped=len(paths) == 1 and not os.path.isfile(paths[0]))
        _refuse_idle_columns(paths, how)
    yield from _all_of(((path, _read_file(path, how)) for path in paths), how, goes_on=how.goes_on)


def _all_of(files: Iterable[tuple[str, Generator[Item]]], how: _How, *, goes_on: bool) -> Generator[Item]:
    """What is in some files; in place of one that cannot be read what is wrong with it, if another can be."""
    unreadable: list[BadInput] = []
    first, is_any = None, False
    for path, items in files:
        index = 0
        try:
            for item in items:
                yield from unreadable
                unreadable.clear()
                is_any, index = True, item.source.index + 1
                yield item
        except InputError as error:
            if how.watcher:
                how.watcher.refuse(printable(path), error)
            if not goes_on:
                raise
            first = first or error
            source = Source(path=printable(path), index=index)
            unreadable.append(BadInput(source=source, line=error.line, message=error.message))
        finally:
            items.close()
    if first and not is_any:
        raise first
    yield from unreadable


def _read_file(path: str, how: _How) -> Generator[Item]:
    with opened(path) as ahead:
        yield from _read_stream(ahead, path, how)


def _read_stream(ahead: Ahead, path: str, how: _How, *, within_zip: bool = False) -> Generator[Item]:
    with ExitStack() as stack, as_input_error(path):
        stream = stack.enter_context(io.BufferedReader(ahead, BLOCK))
        if not is_zip(ahead):
            format, has_columns = _format_of(ahead, path, how)  # noqa: A001  # the option's name
            if how.is_piped and not has_columns and not within_zip:
                raise _idle_columns([format])
            yield from _read_as(format, stream, path, how)
            return
        file = seekable(stream, path, "zip", stack)
        with files_in_zip(file, path) as files:
            if files is None:
                yield from _read_as(how.format or "xlsx", file, path, how)
            elif within_zip:
                raise InputError("an archive in an archive; unpack it first", path=path)
            else:
                members = ((each.path, _read_member(each, how)) for each in files)
                yield from _all_of(members, how, goes_on=how.on_bad == "record")


def _read_member(member: ZippedFile, how: _How) -> Generator[Item]:
    with ExitStack() as stack, as_input_error(member.path):
        ahead = unpacked(stack.enter_context(member.opened()), stack)
        yield from _read_stream(ahead, member.path, how, within_zip=True)


def _refuse_idle_columns(paths: Iterable[str], how: _How) -> None:
    """Sees to it that names of columns are of use in one of some files.

    Raises:
        UsageError: all can be looked at, and none has columns.
    """
    found: set[str] = set()
    for path in paths:
        if not os.path.isfile(path):  # a pipe can be read but once
            return
        with suppress(InputError):
            for format, has_columns in _formats_in(path, how):  # noqa: A001  # the option's name
                if has_columns:
                    return
                found.add(format)
    if found:
        raise _idle_columns(found)


def _formats_in(path: str, how: _How) -> Iterator[tuple[str, bool]]:
    """The formats of a file, or of those in an archive, and whether each has columns."""
    with opened(path) as ahead, ExitStack() as stack, as_input_error(path):
        if not is_zip(ahead):
            yield _format_of(ahead, path, how)
            return
        file = seekable(stack.enter_context(io.BufferedReader(ahead, BLOCK)), path, "zip", stack)
        files = stack.enter_context(files_in_zip(file, path))
        if files is None:
            yield "xlsx", True
        for each in files or ():
            with suppress(InputError), as_input_error(each.path), ExitStack() as inner:
                ahead = unpacked(inner.enter_context(each.opened()), inner)
                yield ("xlsx", True) if is_zip(ahead) else _format_of(ahead, each.path, how)


def _format_of(ahead: Ahead, path: str, how: _How) -> tuple[str, bool]:
    format = how.format or recognise(ahead, path, FORMATS, how.chosen)  # noqa: A001  # the option's name
    has_columns = format in _WITH_COLUMNS and not (format == "arxiv" and first_character(ahead) == b"<")
    return format, has_columns


def _idle_columns(formats: Iterable[str]) -> UsageError:
    return UsageError(f"--columns is for tables and JSON; {', '.join(sorted(formats))} has no columns")


def _read_as(format: str, stream: BinaryIO | IO[bytes], path: str, how: _How) -> Iterator[Item]:  # noqa: A002  # the option's name
    reader, columns = FORMATS[format], Columns(how.chosen)
    if how.watcher:
        how.watcher.begin(printable(path), format, columns)
    if format in _WITHOUT_FAULT:
        items = reader(stream, printable(path), columns)
    elif format in _BY_COLUMNS:
        items = _unless_no_abstracts(reader(stream, printable(path), columns), columns, path)
    else:
        items = reader(stream, printable(path))
    for item in unless_hopeless(items, path):
        if how.on_bad == "fail" and isinstance(item, BadInput):
            raise in_its_place(item)
        yield item if how.markup == "keep" else as_shown(item)


def _unless_no_abstracts(items: Iterator[Item], columns: Columns, path: str) -> Iterator[Item]:
    """The items as they come, once one of them has a column for an abstract.

    Raises:
        InputError: none of them has, or none a column that the user named.
    """
    held: list[Item] = []
    size = 0
    for item in items:
        held.append(item)
        size += 0 if columns.has_abstract else len(item.model_dump_json())
        if columns.has_abstract or len(held) >= _MOST_HELD or size > _LARGEST_HELD:
            yield from held
            held.clear()
            yield from items
    if columns.is_any and (fault := columns.fault(path)):
        raise fault
    yield from held


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
