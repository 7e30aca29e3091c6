"""A user's own vocabulary: a table that adds names, pins them to what they mean, and forbids what they do not."""

from __future__ import annotations

import csv
import os
import stat
from dataclasses import dataclass, field
from typing import get_args

from ..errors import InputError
from .folding import fold, slug
from .vocabulary import Direction, Entry, Metric

__all__ = ["NO_RULES", "OwnVocabulary", "read_own_vocabulary"]

FORBIDDEN = "-"
_KINDS = ("dataset", "benchmark", "environment", "metric")
_COLUMNS = ("name", "id", "label", "kind", "parent", "metric", "direction")


@dataclass(frozen=True, slots=True)
class OwnVocabulary:
    """What a user says of names.

    Attributes:
        entries: by folded name, the thing that is meant.
        metrics: by folded name, the measure that is meant.
        forbidden: folded names that are linked to nothing.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    metrics: dict[str, Metric] = field(default_factory=dict)
    forbidden: frozenset[str] = frozenset()


NO_RULES = OwnVocabulary()


def read_own_vocabulary(path: str | os.PathLike[str]) -> OwnVocabulary:
    """Reads a table of names, tab-separated (UTF-8), with a head.

    The columns are `name` and `id`; `label`, `kind` (dataset, benchmark, environment or metric), `parent`, `metric`
    (the measure meant where none is named) and `direction` (higher, lower) may follow. An `id` of the shipped
    vocabulary pins the name to that; another makes a new entry; `-` forbids any link. Lines that begin with `#` are
    passed over.

    Raises:
        InputError: it cannot be read, or a line says what cannot be meant.
    """
    shown = os.fspath(path)
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # a pipe would be waited for, and a device has no end
            raise InputError("is no plain file", path=shown)
        with open(path, encoding="utf-8-sig", newline="") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not UTF-8"
        raise InputError(str(reason), path=shown) from None
    head: list[str] = []
    rules = OwnVocabulary()
    forbidden = set()
    for number, cells in _table(lines):
        if not head:
            head = [cell.strip().casefold() for cell in cells]
            if not {"name", "id"} <= set(head) or not set(head) <= set(_COLUMNS):
                raise InputError(
                    f"line {number}: the head must be name, id and maybe {', '.join(_COLUMNS[2:])}", path=shown
                )
            continue
        row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
        fault = _fault(row)
        if fault:
            raise InputError(f"line {number}: {fault}", path=shown)
        key = fold(row["name"])
        if row["id"] == FORBIDDEN:
            forbidden.add(key)
        elif row.get("kind") == "metric" or row.get("direction"):
            direction: Direction = row.get("direction") or "unknown"  # type: ignore[assignment]  # checked above
            rules.metrics[key] = Metric(slug(row["id"]), row.get("label") or row["name"], direction=direction)
        else:
            label = row.get("label") or row["name"]
            kind = row.get("kind") or "dataset"
            rules.entries[key] = Entry(
                slug(row["id"]), kind, label, parent=row.get("parent", ""), metric=row.get("metric", "")
            )
    return OwnVocabulary(rules.entries, rules.metrics, frozenset(forbidden))


def _table(lines: list[str]) -> list[tuple[int, list[str]]]:
    kept = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    cells = csv.reader((line for _, line in kept), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(number, row) for (number, _), row in zip(kept, cells, strict=True)]


def _fault(row: dict[str, str]) -> str | None:
    """What is wrong with a line, if anything is."""
    if not row.get("name") or not row.get("id"):
        return "wants a name and an id, parted by a tab"
    if not fold(row["name"]):
        return f'"{row["name"]}" is no name'
    if row.get("kind") and row["kind"] not in _KINDS:
        return f'"{row["kind"]}" is no kind; there are {", ".join(_KINDS)}'
    if row.get("direction") and row["direction"] not in get_args(Direction):
        return f'"{row["direction"]}" is no direction; say higher or lower'
    return None
