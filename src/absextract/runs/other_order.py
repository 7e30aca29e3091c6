"""Inputs that grew at the top, or were sorted anew: all that was done is among them, at other places."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from ..records import Abstract, BadInput
from .job import Job
from .paper_keys import PaperKeys, keys_of

__all__ = ["IF_IN_ANOTHER_ORDER", "IN_ANOTHER_ORDER", "is_in_another_order"]

IN_ANOTHER_ORDER = (
    "the input has all papers of the records there, but in another order, or others between them (did it grow at the "
    "top?); --overwrite starts anew, and costs nothing for answers that are in the cache; or extract the new papers "
    "alone to another -o, and put both together with absextract merge"
)
IF_IN_ANOTHER_ORDER = (
    "if the input grew at the top, --overwrite costs nothing for answers that are in the cache; or extract the new "
    "papers alone to another -o, and put both together with absextract merge"
)
"""Where the input cannot be read twice."""


def is_in_another_order(job: Job, line: bytes, paper: Abstract, lines: Iterable[bytes]) -> bool:
    """Whether the input holds every paper that the output has a record of, though not where they stand there.

    Reads both to their ends. False where the input cannot be read twice.

    Args:
        job: what to read and where to write.
        line: a record of the output that is not that of the paper in its place.
        paper: that paper.
        lines: all records of the output.
    """
    if not job.rereadable or _key_in(line) == _key(paper.model_dump()):
        return False
    missing = 0
    with (
        contextlib.closing(PaperKeys()) as waiting,
        contextlib.closing(replace(job, limit=None).items()) as items,
    ):
        for each in lines:
            if key := _key_in(each):
                waiting.add(key, 1)
                missing += 1
        for item in items:
            key = b"" if isinstance(item, BadInput) else _key(item.model_dump())
            if missing and key and (waiting.get(key) or 0) > 0:
                waiting.add(key, -1)
                missing -= 1
    return not missing


def _key_in(line: bytes) -> bytes:
    """The key of a record; empty for one of an input that could not be read, whose id is its place."""
    try:
        row = json.loads(line)
        return b"" if (row["error"] or {}).get("code") == "bad_input" else _key(row)
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return b"?"


def _key(row: dict[str, Any]) -> bytes:
    """Its id, title and abstract."""
    return b"".join(keys_of(row))
