"""Writing records from Python."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from ..errors import OutputError, UsageError
from ..output.jsonl import check_replaceable, check_writable
from ..output.places import maker_of, written_whole
from ..records import SCHEMA_VERSION, Record
from ..sources.record_lines import SavedRecord

__all__ = ["line_of", "write_records"]


def write_records(
    records: Iterable[Record[Any] | SavedRecord], path: str | os.PathLike[str], *, overwrite: bool = False
) -> int:
    """Writes records as JSON Lines, as the command line does: whole, or not at all.

    Args:
        records: made by `extract`, `extract_many`, `validate` or an `Extractor`, or read by `read_records`.
        path: the file.
        overwrite: whether a file that is there is replaced; one that absextract did not write never is.

    Returns:
        How many there are.

    Raises:
        UsageError: its name is one of a table or a page.
        OutputError: it is there, or cannot be written.
    """
    out = os.fspath(path)
    if maker_of(out):
        raise UsageError(
            f"{out}: records are written as JSON Lines, e.g. {os.path.splitext(out)[0]}.jsonl; "
            f"absextract {maker_of(out)} makes the other from them"
        )
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: exists already; choose another name, or replace it with overwrite=True")
    check_replaceable(out)
    count = 0
    with written_whole(out) as partial, _opened(partial) as file:
        for record in records:
            file.write(f"{line_of(record)}\n")
            count += 1
    return count


def _opened(path: str) -> IO[str]:
    """A file for lines of JSON, in which half a character is an escape."""
    return Path(path).open("w", encoding="utf-8", errors="backslashreplace", newline="\n")


def line_of(record: Record[Any] | SavedRecord) -> str:
    """The record as one line of JSON."""
    if isinstance(record, Record):
        return record.written()[1]
    row = record.model_dump(mode="json", by_alias=True, exclude={"place"})
    return json.dumps({"schema_version": SCHEMA_VERSION, **row}, ensure_ascii=False, separators=(",", ":"))
