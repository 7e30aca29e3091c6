"""BibTeX, with abstracts as reference managers and anthologies export them."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from typing import IO, Any, BinaryIO

from ..errors import InputError
from ..patterns import regex
from ..records import Abstract, BadInput, Source
from ..text.identifiers import arxiv_id_in
from .bibtex_blocks import Block, blocks
from .bibtex_entry import Entry, EntryError, entries_in
from .bounds import LARGEST_WHOLE, LONGEST_RECORD, TOO_LONG
from .columns import to_abstract
from .common_names import add_common_names
from .layout import unwrap
from .metadata_names import NAMES
from .tex import from_tex

__all__ = ["read_bibtex"]

_TEXTS = ("title", "abstract")
_IN_MEMORY = 1 << 22
_IS_STRING = regex(r"[ \t]*@string\b", re.IGNORECASE)
_AND = regex(r"\s+and\s+")


def read_bibtex(stream: BinaryIO, path: str) -> Iterator[Abstract | BadInput]:
    r"""Reads entries; BibTeX's strings may stand anywhere, so the file is read to its end first.

    Titles and abstracts are read as TeX sets them, but for formulas: `{BERT}` is BERT and `\&` an ampersand.

    Raises:
        InputError: the file holds something, but no entry.
    """
    with ExitStack() as stack:
        kept = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="ascii"))
        strings, is_blank = _keep(stream, path, kept)
        index = 0
        for block in _kept(kept):
            for line, found in _entries(block, strings):
                source = Source(path=path, index=index)
                index += 1
                if isinstance(found, str):
                    yield BadInput(source=source, line=line, message=found)
                else:
                    if block.wrong and block.wrong[0] >= line:
                        line = block.wrong[0]  # which is what is told, if anything is
                    yield to_abstract(_row(found), source, line)
        if not index and not is_blank:
            raise InputError("holds no BibTeX entry; is it another format?", path)


def _keep(stream: BinaryIO, path: str, kept: IO[str]) -> tuple[dict[str, str], bool]:
    """Puts the blocks aside; what strings they define, and whether there is nothing at all."""
    strings: dict[str, str] = {}
    size, held, is_blank = 0, 0, True
    for block in blocks(stream):
        text = block.text
        size += LONGEST_RECORD if text is None else len(text)
        if size > LARGEST_WHOLE:
            raise InputError(f"more than {LARGEST_WHOLE >> 20} MB of BibTeX; split the file", path)
        is_blank = is_blank and text is not None and not text.strip()
        kept.write(json.dumps(block) + "\n")
        if text and held < _IN_MEMORY and _IS_STRING.match(text):
            for _, found in entries_in(text, strings):
                if isinstance(found, Entry) and found.kind == "string":
                    defined = {name: value for name, value in found.fields.items() if len(value) < _IN_MEMORY - held}
                    held += sum(map(len, defined.values()))
                    strings |= defined
    return strings, is_blank


def _kept(kept: IO[str]) -> Iterator[Block]:
    kept.seek(0)
    while line := kept.readline():
        yield Block(*json.loads(line))


def _entries(block: Block, strings: Mapping[str, str]) -> Iterator[tuple[int, Entry | str]]:
    """The entries of a block, or why they are none, each with its line."""
    if block.text is None:
        yield block.first, TOO_LONG
        return
    for place, found in entries_in(block.text, strings):
        if isinstance(found, EntryError):
            is_inside = found.place < len(block.text)
            line = block.first + block.text.count("\n", 0, found.place if is_inside else place)
            yield line, f"not valid BibTeX: {found.message}"
        elif found.kind != "string":
            yield block.first + block.text.count("\n", 0, place), found


def _row(entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {"id": entry.key} if entry.key else {}
    row |= {"entry_type": entry.kind}
    for name, value in entry.fields.items():
        row[name] = from_tex(unwrap(value)) if name.partition("_")[0] in _TEXTS else value.strip()
    add_common_names(row, NAMES["bibtex"])
    if "venue" in row:
        row["venue"] = from_tex(unwrap(row["venue"]))
    if people := unwrap(row.get("author", "")):
        row["authors"] = [from_tex(name) for name in _names(people)]
    if "arxiv_id" not in row and (found := _arxiv_id(row)):
        row["arxiv_id"] = found
    return row


def _names(people: str) -> list[str]:
    """The names that ` and ` parts; within braces it parts none."""
    names: list[str] = []
    depth = 0
    for part in _AND.split(people):
        if depth > 0:
            names[-1] += f" and {part}"
        else:
            names.append(part)
        depth = max(0, depth + part.count("{") - part.count("}"))
    return names


def _arxiv_id(row: Mapping[str, Any]) -> str:
    archive = str(row.get("archiveprefix") or row.get("eprinttype") or "arxiv").strip().lower()
    return arxiv_id_in(str(row.get("eprint", "")), bare=True) if archive == "arxiv" else ""
