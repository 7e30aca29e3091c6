"""What training reads: answered papers, and lists of names that the field has."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["KINDS_OF_NAMES", "Paper", "read_gold", "read_known_names", "read_papers"]

KINDS_OF_NAMES = ("tasks", "datasets", "metrics")


@dataclass(frozen=True)
class Paper:
    """A title and an abstract with the answer given for them."""

    title: str
    abstract: str
    answer: dict[str, Any]


def read_papers(path: Path, without: Iterable[Path] = ()) -> list[Paper]:
    """The answered papers of a JSONL file, but those whose titles stand in one of the other files."""
    held_out = {_squeezed(row["title"]) for other in without for row in _rows(other)}
    return [
        Paper(row["title"], row["abstract"], row["extraction"])
        for row in _rows(path)
        if _squeezed(row["title"]) not in held_out
    ]


def read_gold(path: Path) -> list[Paper]:
    """The papers of a gold file, several surfaces an item."""
    return [Paper(row["title"], row["abstract"], row["gold"]) for row in _rows(path)]


def read_known_names(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """For each of `KINDS_OF_NAMES` the names of `FOLDER/KIND.tsv` with how often they were counted."""
    known = {}
    for kind in KINDS_OF_NAMES:
        with (folder / f"{kind}.tsv").open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            known[kind] = [(row["name"], int(row["count"])) for row in rows]
    return known


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _squeezed(title: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
