"""Recognising the format of an input by its content, by no more of it than that takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import InputError
from .delimited import delimiter_of
from .json_shape import is_json_document
from .markup import begins_with_markup
from .opening import BLOCK, Ahead
from .prose import doubt_about, is_titled
from .tagged_kinds import tagged_format
from .trending import HEADER
from .vocabularies import VOCABULARIES
from .xml_elements import root_of
from .xml_files import unknown_xml

__all__ = ["recognise"]

_ARXIV_DUMP = re.compile(r'"(?:update_date|authors_parsed|journal-ref)"\s*:')
_OPENALEX = re.compile(r'(?<!\\)"abstract_inverted_index"\s*:')
_BIBTEX_BLOCK = re.compile(r"@[A-Za-z]+\s*[{(]")
_BIBTEX_ENTRY = re.compile(
    r"^[ \t]*@[A-Za-z]+[ \t]*[{(]\s*(?:[^\s,{}()=]*[ \t]*,|[\w-]+\s*=)|\A% Encoding: ", re.MULTILINE
)
_NUMBERED = re.compile(r"\s*<\d")  # no name in XML begins so
_OTHER_FILES = {
    b"PK\x03\x04": "a zip archive or an Office file; unpack it, or save its table as CSV",
    b"%PDF-": "a PDF; what is read are abstracts as text or data, not whole papers",
    b"SQLite format 3\0": "an SQLite database; export its table as CSV first (sqlite3 -csv -header)",
}


def recognise(ahead: Ahead, path: str, formats: Iterable[str]) -> str:
    """The format of what comes next.

    Args:
        ahead: what is to be read.
        path: its name, for errors.
        formats: those there are to choose from, for errors.

    Raises:
        InputError: nothing is there, or nothing that is known.
    """
    head, whole = b"", False
    while not whole:
        before, head = len(head), ahead.look(len(head) + 1)[:BLOCK]
        whole = len(head) in (before, BLOCK)
        if head[:4] == b"PAR1":
            return "parquet"
        text = _decode(head, path)
        if text.lstrip()[:1] == "<" and not begins_with_markup(text) and not _NUMBERED.match(text):
            root = root_of(head)
            if root in VOCABULARIES:
                return VOCABULARIES[root].format
            if root:
                raise unknown_xml(root, path)
            if whole:  # the reader says what is wrong with it
                return "xml"
        elif found := _format_of(text, whole=whole):
            return found
    if not text.strip():
        raise InputError("the file is empty", path=path)
    if doubt := doubt_about(text):
        raise InputError(doubt[1], path=path, line=doubt[0])
    raise InputError(
        f"format not recognised by content; choose one with --format ({', '.join(formats)})", path=path, line=1
    )


def _format_of(text: str, *, whole: bool) -> str | None:
    """The format of a text that begins like this, as far as that can be said yet."""
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    if not lines:
        return None
    start = lines[0].lstrip()
    line_complete = whole or lines[0].endswith(("\n", "\r"))
    if start[0] in "{[":
        return _json_format(text, start) if line_complete else None
    if HEADER in text[:2000]:
        return "trending"
    if _BIBTEX_BLOCK.match(start):
        return "bibtex"
    if line_complete and (delimiter := delimiter_of(lines[0])):
        return "tsv" if delimiter == "\t" else "csv"
    if line_complete and (found := tagged_format(text)):
        return found
    if _BIBTEX_ENTRY.search(text):  # behind the remarks of the tool that wrote it
        return "bibtex"
    return "text" if whole and is_titled(text) and not doubt_about(text) else None


def _json_format(text: str, start: str) -> str:
    if _OPENALEX.search(text):
        return "openalex"
    if is_json_document(text):
        return "json"
    return "arxiv" if _ARXIV_DUMP.search(start) else "jsonl"


def _decode(head: bytes, path: str) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("UTF-16 text; convert it to UTF-8 first (iconv -f UTF-16 -t UTF-8)", path=path)
    for magic, reason in _OTHER_FILES.items():
        if head.startswith(magic):
            raise InputError(reason, path=path)
    if b"\0" in head:
        raise InputError("a binary file, not text", path=path)
    if head.lstrip().startswith(b"<?xml"):
        return head.decode("latin-1")  # it says itself how it is encoded
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
