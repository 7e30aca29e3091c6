"""Linking the records of a file: every line stays as it is and gets `entities` at its end."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..entities.linker import Linker
from ..entities.linking import entities_of, names_to_link
from ..errors import UsageError
from ..output.anew import written_anew
from ..output.jsonl import STDOUT
from ..output.places import check_is_no_input
from ..output.summary import RunSummary, Tally
from ..records import BadInput, Entity
from ..sources.input_files import are_files, expand
from ..sources.record_lines import RecordLine, SavedRecord, read_lines
from .model_choices import MOST_PASSAGES, Ask, Asked, OpenName, decided, passage_around

__all__ = ["Linking", "link_file"]


@dataclass(slots=True)
class Linking:
    """What became of the names.

    Attributes:
        summary: counts of the records.
        names: distinct names of datasets and metrics.
        linked: those that have an identifier.
        open: those that could be several things, or of which the text does not say enough.
        left_out: lines that are no records of absextract.
        asked: what a language model said of open names, where it was asked.
    """

    summary: RunSummary
    names: int = 0
    linked: int = 0
    open: int = 0
    left_out: list[str] = field(default_factory=list)
    asked: Asked | None = None

    def lines(self) -> Iterator[str]:
        """What was done, for people."""
        yield f"{self.names:,} names, {self.linked:,} of them linked, {self.open:,} left open with candidates"
        if self.asked:
            found = sum(chosen is not None for chosen in self.asked.chosen.values())
            count = len(self.asked.chosen) + self.asked.unanswered
            yield (
                f"{count:,} open names asked about in {self.asked.requests:,} requests: {found:,} are a candidate, "
                f"{len(self.asked.chosen) - found:,} none, {self.asked.unanswered:,} without an answer"
            )
        if self.asked and self.asked.trouble:
            yield f"the model: {self.asked.trouble}"


def link_file(records: str, out: str, linker: Linker, ask: Ask | None = None) -> Linking:
    """Writes the records of a file with what their names are; all or nothing.

    A record that was linked before is linked anew. Records of other schemas stay as they are.

    Args:
        records: a file of records, or `-`.
        out: where to write, `-` for standard output; a file of records is replaced.
        linker: what links.
        ask: asks a model about names that stay open; the records are read twice then.

    Raises:
        UsageError: the records cannot be read, or the output not be written.
    """
    paths = expand([records], exclude=(None if out == STDOUT else out,), outputs=True)
    check_is_no_input(out, paths)
    done = Linking(RunSummary({"linked": [records]}))
    if ask:
        if not are_files(paths):
            raise UsageError(f"{records}: a model is asked about the records of a file; write them to one first")
        done.asked = ask(_open_names(paths, linker))
    seen: dict[tuple[bool, str], int] = {}
    with written_anew(out, done.summary) as file:
        for line in read_lines(paths):
            saved = line if isinstance(line, BadInput) else line.saved()
            if isinstance(saved, BadInput) or isinstance(line, BadInput) or not line.is_ours:
                told = saved.told if isinstance(saved, BadInput) else f"{saved.place}: not a record of absextract"
                done.left_out.append(told)
                continue
            entities = entities_of(line.row, linker)
            if entities and done.asked:
                entities = decided(entities, _names(line.row), done.asked, linker)
            file.add(_line(line, entities))
            done.summary.count(_tally(saved), kept=True)
            if entities is not None:
                _count(line.row["extraction"], entities, seen)
    ranks = Counter(seen.values())
    done.names, done.linked, done.open = len(seen), ranks[_LINKED], ranks[_OPEN]
    return done


_UNKNOWN, _OPEN, _LINKED = 0, 1, 2


def _open_names(paths: Iterable[str], linker: Linker) -> dict[OpenName, dict[str, None]]:
    """The names that stay open, each with the first passages in which it stands."""
    found: dict[OpenName, dict[str, None]] = {}
    for line in read_lines(paths):
        if isinstance(line, BadInput) or not line.is_ours:
            continue
        names = _names(line.row)
        for entity in entities_of(line.row, linker) or ():
            if entity.id is None and entity.path in names:
                passages = found.setdefault((names[entity.path], entity.candidates), {})
                if len(passages) < MOST_PASSAGES:
                    text = f"{line.row.get('title') or ''}\n{line.row.get('abstract') or ''}"
                    passages[passage_around(names[entity.path], text)] = None
    return found


def _names(row: dict[str, Any]) -> dict[str, str]:
    extraction = row.get("extraction")
    return {path: name for path, name, _ in names_to_link(extraction)} if isinstance(extraction, dict) else {}


def _line(line: RecordLine, entities: tuple[Entity, ...] | None) -> str:
    row = line.row
    if entities is not None:
        told = [entity.model_dump(mode="json") for entity in entities]
        row = {**{key: value for key, value in row.items() if key != "entities"}, "entities": told}
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _count(extraction: dict[str, Any], entities: tuple[Entity, ...], seen: dict[tuple[bool, str], int]) -> None:
    """Notes of each name the best that came of it."""
    ranks = {entity.path: _LINKED if entity.id else _OPEN for entity in entities}
    for path, name, is_metric in names_to_link(extraction):
        seen[is_metric, name] = max(seen.get((is_metric, name), _UNKNOWN), ranks.get(path, _UNKNOWN))


def _tally(record: SavedRecord) -> Tally:
    codes = tuple(finding.code for finding in record.findings)
    return Tally(record.status, codes, record.error.code if record.error else None, record.id)
