"""Recognising the format of an input by its content, by no more of it than that takes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import InputError
from ..patterns import regex
from .columns import USUAL, ColumnNames
from .encodings import not_utf8
from .json_shape import is_json_document
from .markup import begins_with_markup
from .opening import BLOCK, Ahead
from .prose import doubt_about, is_titled
from .table_header import delimiter_below, delimiter_of, is_other_table, said_delimiter
from .tagged_kinds import tagged_format
from .trending import HEADER
from .vocabularies import VOCABULARIES
from .xml_elements import root_of
from .xml_files import unknown_xml

__all__ = ["recognise"]

_ARXIV_DUMP = regex(r'"(?:update_date|authors_parsed|journal-ref)"\s*:')
_OPENALEX = regex(r'(?<!\\)"abstract_inverted_index"\s*:')
_BIBTEX_BLOCK = regex(r"@[A-Za-z]+\s*[{(]")
_BIBTEX_ENTRY = regex(r"^[ \t]*@[A-Za-z]+[ \t]*[{(]\s*(?:[^\s,{}()=]*[ \t]*,|[\w-]+\s*=)|\A% Encoding: ", re.MULTILINE)
_NULL_LINES = regex(r"\A\s*(?:null\s*\n\s*)+(?=[{\[])")
_NUMBERED = regex(r"\s*<\d")  # no name in XML begins so
_WORDS_IN_BRACKETS = regex(  # no JSON: a title in another language, a reference, a section of settings
    r"\[[^\[\]{}\"\n]*\][^\S\n]*[^\s,\]}\[{]|\[\s*(?!(?:true|false|null|NaN|Infinity)\b)[^\W\d]"
)
_OTHER_FILES = {
    b"\xd0\xcf\x11\xe0": "an old Excel file (.xls), or an Office file with a password; save its table as .xlsx or CSV",
    b"7z\xbc\xaf": "a 7z archive; unpack it first",
    b"Rar!": "a RAR archive; unpack it first",
    b"\xfd7zXZ": "packed with xz; unpack it first",
    b"BZh": "packed with bzip2; unpack it first",
    b"%PDF-": "this is a PDF; absextract reads abstracts, as text or data, not whole papers",
    b"SQLite format 3\0": "an SQLite database; export its table as CSV first (sqlite3 -csv -header)",
}


def recognise(ahead: Ahead, path: str, formats: Iterable[str], chosen: ColumnNames = USUAL) -> str:
    """The format of what comes next.

    Args:
        ahead: what is to be read.
        path: its name, for errors.
        formats: those there are to choose from, for errors.
        chosen: what the user says of the columns of tables.

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
        elif found := _format_of(text, chosen, whole=whole):
            return found
    if not text.strip():
        raise InputError("the file is empty", path=path)
    if doubt := doubt_about(text):
        raise InputError(doubt[1], path=path, line=doubt[0])
    raise InputError(
        f"format not recognised by content; choose one with --format ({', '.join(formats)})", path=path, line=1
    )


def _format_of(text: str, chosen: ColumnNames, *, whole: bool) -> str | None:
    """The format of a text that begins like this, as far as that can be said yet."""
    text = _NULL_LINES.sub("", text)  # entries that a service did not find
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    if not lines:
        return None
    start = lines[0].lstrip()
    line_complete = whole or lines[0].endswith(("\n", "\r"))
    if start[0] in "{[" and not _WORDS_IN_BRACKETS.match(start):
        return _json_format(text, start, chosen) if line_complete else None
    if HEADER in text[:2000]:
        return "trending"
    if _BIBTEX_BLOCK.match(start):
        return "bibtex"
    if line_complete and (said_delimiter(lines[0]) or (delimiter := delimiter_of(lines[0], chosen))):
        return "tsv" if not said_delimiter(lines[0]) and delimiter == "\t" else "csv"
    if line_complete and (found := tagged_format(text)):
        return found
    if _BIBTEX_ENTRY.search(text):  # behind the remarks of the tool that wrote it
        return "bibtex"
    complete = lines if whole else lines[:-1]
    if delimiter := delimiter_below(complete, chosen, whole=whole):
        return "tsv" if delimiter == "\t" else "csv"
    if whole and is_titled(text):
        return None if doubt_about(text) else "text"
    return "csv" if whole and is_other_table(complete) else None  # which will say what columns it has


def _json_format(text: str, start: str, chosen: ColumnNames) -> str:
    if _OPENALEX.search(text):
        return "openalex"
    if is_json_document(text, chosen):
        return "json"
    return "arxiv" if _ARXIV_DUMP.search(start) else "jsonl"


def _decode(head: bytes, path: str) -> str:
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
            line = head[: error.start].count(b"\n") + 1
            raise InputError(not_utf8(path, head[error.start]), path=path, line=line) from None
        return text
