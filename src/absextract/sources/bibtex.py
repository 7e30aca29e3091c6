"""BibTeX, with abstracts as reference managers and anthologies export them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from ..errors import InputError
from ..records import Abstract, BadInput, Source
from .columns import to_abstract
from .layout import unwrap
from .tex import from_tex, is_written_for_tex

__all__ = ["read_bibtex"]

_TEXTS = ("title", "abstract")


def read_bibtex(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    r"""Reads entries; BibTeX's strings may stand anywhere, so the file is held as a whole.

    Titles, and abstracts, that are written for TeX are read as TeX sets them, but for formulas: `{BERT}` is BERT
    and `\&` an ampersand. Where one of them has a bare `%` or `&`, all stand as they are.

    Raises:
        InputError: the file holds something, but no entry.
    """
    import bibtexparser  # not needed for most runs
    from bibtexparser.model import DuplicateBlockKeyBlock, Entry, ParsingFailedBlock

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would say becomes a bad record
    text = stream.read().decode("utf-8-sig", errors="surrogateescape").replace("\r\n", "\n")
    blocks: list[Any] = [
        block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
        for block in bibtexparser.parse_string(text).blocks
    ]
    blocks = [block for block in blocks if isinstance(block, Entry | ParsingFailedBlock)]
    if not blocks and text.strip():
        raise InputError("holds no BibTeX entry; is it another format?", path)
    entries = [block for block in blocks if isinstance(block, Entry)]
    decode = {name for name in _TEXTS if is_written_for_tex(_values(entries, name))}
    for index, block in enumerate(blocks):
        source, line = Source(path=path, index=index), (block.start_line or 0) + 1
        if isinstance(block, Entry):
            yield to_abstract(_row(block, decode), source, line)
        else:
            reason = re.sub(r"\s+", " ", str(getattr(block.error, "abort_reason", block.error)))
            yield BadInput(source=source, line=line, message=f"not valid BibTeX: {reason}")


def _values(entries: list[Any], name: str) -> list[str]:
    return [field.value for entry in entries for field in entry.fields if field.key.lower() == name]


def _row(entry: Any, decode: set[str]) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry.key, "entry_type": entry.entry_type}
    for field in entry.fields:
        name = field.key.lower()
        value = unwrap(str(field.value)) if name in _TEXTS else str(field.value)
        row[name] = from_tex(value) if name in decode else value
    return row
