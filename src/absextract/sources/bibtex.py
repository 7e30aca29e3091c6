"""BibTeX, with abstracts as reference managers and anthologies export them."""

from __future__ import annotations

import json
import logging
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import IO, Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .bibtex_blocks import Portion, portions
from .bounds import LARGEST_WHOLE, LONGEST_RECORD, MOST_FIELDS, TOO_LONG
from .columns import to_abstract
from .layout import unwrap
from .tex import from_tex, is_written_for_tex

__all__ = ["read_bibtex"]

_TEXTS = ("title", "abstract")
_IN_MEMORY = 1 << 22


def read_bibtex(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    r"""Reads entries; BibTeX's strings may stand anywhere, so the file is read to its end first.

    Titles, and abstracts, that are written for TeX are read as TeX sets them, but for formulas: `{BERT}` is BERT
    and `\&` an ampersand. Where one of them has a bare `%` or `&`, all stand as they are.

    Raises:
        InputError: the file holds something, but no entry.
    """
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say becomes a bad record
    with ExitStack() as stack:
        texts, entries = (stack.enter_context(_spool()) for _ in range(2))
        strings, is_blank = _keep_portions(stream, path, texts)
        decode, is_empty = _keep_entries(texts, strings, entries)
        if is_empty and not is_blank:
            raise InputError("holds no BibTeX entry; is it another format?", path)
        for index, line in enumerate(_lines_of(entries)):
            entry, source = json.loads(line), Source(path=path, index=index)
            if "reason" in entry:
                yield BadInput(source=source, line=entry["line"], message=entry["reason"])
            else:
                yield to_abstract(_row(entry, decode), source, entry["line"])


def _spool() -> IO[str]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii")


def _lines_of(spool: IO[str]) -> Iterator[str]:
    spool.seek(0)
    while line := spool.readline():
        yield line


def _keep_portions(stream: BinaryIO, path: str, texts: IO[str]) -> tuple[str, bool]:
    """Puts the portions aside; all definitions of strings, and whether there is nothing at all."""
    strings, size, is_blank = "", 0, True
    for portion in portions(stream):
        text = portion.text
        size += LONGEST_RECORD if text is None else len(text)
        if size > LARGEST_WHOLE:
            raise InputError(f"more than {LARGEST_WHOLE >> 20} MB of BibTeX; split the file", path)
        if len(strings) + len(portion.strings) <= _IN_MEMORY and portion.strings:
            strings += f"{portion.strings}\n"
        is_blank = is_blank and text is not None and not text.strip()
        texts.write(json.dumps(portion) + "\n")
    return strings, is_blank


def _keep_entries(texts: IO[str], strings: str, entries: IO[str]) -> tuple[set[str], bool]:
    """Parses the portions and puts the entries aside; which texts are written for TeX, and whether there is none."""
    decode, is_empty = set(_TEXTS), True
    for line in _lines_of(texts):
        for entry in _parsed(Portion(*json.loads(line)), strings):
            for name, value in entry.get("fields", ()):
                if name in decode and not is_written_for_tex([value]):
                    decode.remove(name)
            entries.write(json.dumps(entry) + "\n")
            is_empty = False
    return decode, is_empty


def _parsed(portion: Portion, strings: str) -> Iterator[dict[str, Any]]:
    """The entries of a portion, or why they are none, each with its line."""
    import bibtexparser  # not needed for most runs
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    if portion.text is None or portion.text.count("=") > MOST_FIELDS:
        yield {"line": portion.first, "reason": TOO_LONG}
        return
    above = strings.count("\n")
    for block in bibtexparser.parse_string(f"{strings}{portion.text}\n@comment{{}}").blocks:
        if isinstance(block, DuplicateBlockKeyBlock):
            block = block.ignore_error_block
        line = (block.start_line or 0) - above + portion.first
        if line < portion.first:
            continue
        if isinstance(block, Entry):
            fields = [(field.key.lower(), str(field.value)) for field in block.fields]
            yield {"line": line, "id": block.key, "entry_type": block.entry_type, "fields": fields}
        elif isinstance(block, ParsingFailedBlock):
            reason = re.sub(r"\s+", " ", str(getattr(block.error, "abort_reason", block.error)))
            yield {"line": line, "reason": f"not valid BibTeX: {reason}"}


def _row(entry: Mapping[str, Any], decode: set[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry["id"], "entry_type": entry["entry_type"]}
    for name, given in entry["fields"]:
        value = unwrap(given) if name in _TEXTS else given
        row[name] = from_tex(value) if name in decode else value
    return row
