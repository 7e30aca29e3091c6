"""What training reads: answered papers, the texts accepted for what they name, and lists of names of the field."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from absextract.extractors.builtin.names.ranking import FIELDS
from absextract.records import is_reviewed
from absextract.schema.paper import ResultKind

__all__ = [
    "KINDS_OF_NAMES",
    "HeldOut",
    "Name",
    "Outcome",
    "Paper",
    "paper_key",
    "read_known_names",
    "read_papers",
    "squeezed",
    "text_at",
]

KINDS_OF_NAMES = ("tasks", "datasets", "metrics")


@dataclass(frozen=True)
class Name:
    """One thing that a paper names: the texts that a fair reader accepts, and whether one of them is demanded."""

    texts: tuple[str, ...]
    optional: bool = False


@dataclass(frozen=True)
class Outcome:
    """A result of a text.

    Attributes:
        start: where its score begins.
        score: the score as written.
        kind: a level reached, or a change.
        optional: a fair reader accepts it and does not demand it.
    """

    start: int
    score: str
    kind: ResultKind
    optional: bool = False

    @property
    def end(self) -> int:
        """Where its score ends."""
        return self.start + len(self.score)


@dataclass(frozen=True)
class Paper:
    """A title and an abstract with what they name in each learned field, and their results."""

    title: str
    abstract: str
    names: dict[str, tuple[Name, ...]]
    results: tuple[Outcome, ...]


@dataclass(frozen=True)
class HeldOut:
    """Papers that are not to be learned from, and what was written in the manner of one of them."""

    titles: frozenset[str]
    keys: frozenset[str]

    @classmethod
    def of(cls, paths: Iterable[Path]) -> HeldOut:
        """The papers of JSON lines with `title`, and `abstract` where passages may have been written after it."""
        rows = [row for path in paths for row in _rows(path)]
        keys = frozenset(paper_key(row["title"], row["abstract"]) for row in rows if "abstract" in row)
        return cls(frozenset(squeezed(row["title"]) for row in rows), keys)

    def holds(self, row: Mapping[str, Any]) -> bool:
        """Whether a text is one of the papers, or was written `after` one."""
        title = row.get("title")
        return bool(title and squeezed(title) in self.titles) or not self.keys.isdisjoint(row.get("after", ()))


def read_papers(path: Path, held_out: HeldOut, accepted: Path | None = None) -> list[Paper]:
    """The answered papers of a JSONL file, but those that are held out.

    Args:
        path: JSON lines of `title`, `abstract` and `extraction`, one text for each name.
        held_out: papers not to be learned from.
        accepted: JSON lines that give, for papers by their keys, all accepted texts instead (see `README.md`).
    """
    widened = {row["paper"]: row for row in _rows(accepted)} if accepted else {}
    return [
        _paper(row, widened.get(paper_key(row["title"], row["abstract"])))
        for row in _rows(path)
        if not held_out.holds(row)
    ]


def paper_key(title: str, abstract: str) -> str:
    """What tells a paper by its text without giving the text away."""
    return hashlib.sha256(f"{title}\n{abstract}".encode()).hexdigest()[:16]


def read_known_names(folder: Path) -> dict[str, list[tuple[str, int]]]:
    """For each of `KINDS_OF_NAMES` the names of `FOLDER/KIND.tsv` with how often they were counted."""
    known = {}
    for kind in KINDS_OF_NAMES:
        with (folder / f"{kind}.tsv").open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            known[kind] = [(row["name"], int(row["count"])) for row in rows]
    return known


def _paper(row: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> Paper:
    title, abstract, answer = row["title"], row["abstract"], row["extraction"]
    if accepted is None:
        names = {field: tuple(Name((text,)) for text in answer[field]) for field in FIELDS}
        return Paper(title, abstract, names, tuple(_answered(answer["results"], abstract)))
    names = {
        field: tuple(
            Name(tuple(text_at(place, title, abstract) for place in places), optional=kind == "optional")
            for kind in ("required", "optional")
            for places in accepted[field][kind]
        )
        for field in FIELDS
    }
    return Paper(title, abstract, names, tuple(_accepted(accepted["results"], abstract)))


def _answered(results: Iterable[Mapping[str, Any]], abstract: str) -> Iterator[Outcome]:
    """The results of an answer that have a place; a score is looked for in its evidence."""
    for result in results:
        start = abstract.find(result["score"], max(0, abstract.find(result.get("evidence") or "")))
        if start >= 0:
            yield Outcome(start, result["score"], result.get("kind", "value"))


def _accepted(results: Iterable[Mapping[str, Any]], abstract: str) -> Iterator[Outcome]:
    for result in results:
        start, end = map(int, result["score"].split("-"))
        yield Outcome(start, abstract[start:end], result["kind"], result.get("optional", False))


def text_at(place: str, title: str, abstract: str) -> str:
    """The text of "12-30" in the abstract or of "t12-30" in the title."""
    start, _, end = place.removeprefix("t").partition("-")
    return (title if place[0] == "t" else abstract)[int(start) : int(end)]


def _rows(path: Path) -> list[dict[str, Any]]:
    """The answers of a file; of one that people have reviewed, those that were reviewed to the end."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [row for row in rows if is_reviewed(row)] if any("review" in row for row in rows) else rows


def squeezed(title: str) -> str:
    """A title by its letters and digits alone."""
    return " ".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
