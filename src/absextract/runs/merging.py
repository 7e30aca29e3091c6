"""Two record files become one: each paper once, the newer record in place of the older."""

from __future__ import annotations

import contextlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ..errors import InputError, UsageError
from ..output.anew import written_anew
from ..output.jsonl import STDOUT, RecordFile
from ..output.places import check_is_no_input
from ..output.summary import RunSummary, Tally
from ..records import BadInput, Source
from ..sources.bounds import CutLine, bounded_lines
from ..sources.input_files import are_files, expand
from ..sources.jsonl import value_of
from ..sources.opening import BLOCK, BYTE_ORDER_MARK, as_input_error, opened, printable
from ..sources.record_lines import RecordLine, SavedRecord, no_records
from .paper_keys import PaperKeys, keys_of

__all__ = ["Merged", "merge_files"]

_FAILED, _MADE, _REVIEWED = 1, 2, 3


@dataclass(slots=True)
class Merged:
    """What became of the records.

    Attributes:
        summary: counts of all records in the output.
        newer: records of the new file.
        older: those of the old file of which the new one has none.
        replaced: those of the old file in whose place stands the new file's.
        rescued: those of the old file that stand in place of the new file's, which failed, or lacks a person's review.
        models: what made the records.
        left_out: lines that are no records.
    """

    summary: RunSummary
    newer: int = 0
    older: int = 0
    replaced: int = 0
    rescued: int = 0
    models: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """What was done, for people."""
        yield f"{self.newer} records of the new file, then {self.older} of the old one that it does not have"
        if self.replaced:
            yield f"{self.replaced} of the old file replaced by newer ones"
        if self.rescued:
            yield f"{self.rescued} of the old file stay in place of newer ones that failed or were not reviewed"
        if len(self.models) > 1:
            yield "made by " + ", ".join(f"{model} ({count})" for model, count in self.models.most_common())
        yield from self.summary.ids.lines()


class _Line(NamedTuple):
    text: str
    row: dict[str, Any]
    record: SavedRecord

    @property
    def rank(self) -> int:
        """How much it is worth: a person's review most, a failure least."""
        if self.row.get("review"):
            return _REVIEWED
        return _FAILED if self.record.status == "failed" else _MADE


def merge_files(old: str, new: str, out: str) -> Merged:
    """Writes the records of the new file in their order, and behind them those that only the old one has.

    A record of the old file whose paper the new one has too is left out; it stays, in the new one's place, where the
    new one failed and it did not, or where a person reviewed it alone. Lines stay as they are, byte for byte. All is
    written or nothing. What is remembered of the papers is on the disk.

    Args:
        old: a file of records, or a folder or glob of such.
        new: the same, made later.
        out: where to write, `-` for standard output; a file of records is replaced.

    Raises:
        UsageError: an input cannot be read or holds no records, or the output not be written.
    """
    check_is_no_input(out, [old, new])
    older, newer = (expand([path], exclude=(None if out == STDOUT else out,), outputs=True) for path in (old, new))
    check_is_no_input(out, [*older, *newer])
    if not are_files([*older, *newer]):
        raise UsageError("merge reads its files more than once; give files, not a pipe")
    merged = Merged(RunSummary({"merged": [old, new]}))
    with (
        written_anew(out, merged.summary) as file,
        contextlib.closing(PaperKeys()) as ranks,
        contextlib.closing(PaperKeys()) as rescued,
    ):
        _look(older, newer, ranks, rescued, merged)
        _write(older, newer, ranks, rescued, merged, file)
    return merged


def _look(older: Sequence[str], newer: Sequence[str], ranks: PaperKeys, rescued: PaperKeys, merged: Merged) -> None:
    """Finds out which papers the new file has, and which of its records are worth less than the old ones."""
    for line in _lines(newer, merged.left_out):
        ranks.set_largest(keys_of(line.row), line.rank)
    for line in _lines(older, merged.left_out):
        for key in keys_of(line.row):
            if 0 < (ranks.get(key) or 0) < line.rank and rescued.get(key) is None:
                rescued.set(key, line.text)


def _write(
    older: Sequence[str],
    newer: Sequence[str],
    ranks: PaperKeys,
    rescued: PaperKeys,
    merged: Merged,
    file: RecordFile,
) -> None:
    told: list[str] = []  # a second time
    for line in _lines(newer, told):
        better = next(filter(None, map(rescued.get, keys_of(line.row))), None)
        merged.rescued += better is not None
        merged.newer += better is None
        _add(line if better is None else _line(better), merged, file)
    for line in _lines(older, told):
        if any(map(ranks.get, keys_of(line.row))):
            merged.replaced += 1
        else:
            merged.older += 1
            _add(line, merged, file)
    merged.replaced -= merged.rescued


def _add(line: _Line, merged: Merged, file: RecordFile) -> None:
    file.add(line.text)
    record = line.record
    merged.models[record.extractor.model] += 1
    codes = tuple(finding.code for finding in record.findings)
    merged.summary.count(Tally(record.status, codes, record.error.code if record.error else None, record.id), kept=True)


def _line(text: str) -> _Line:
    found = _read(text.encode(), "", 1)
    assert isinstance(found, _Line)
    return found


def _lines(paths: Sequence[str], left_out: list[str]) -> Iterator[_Line]:
    """The records of files.

    Raises:
        InputError: one cannot be read, or holds none.
    """
    for path in paths:
        good, first_bad = 0, None
        with opened(path) as ahead, as_input_error(path), io.BufferedReader(ahead, BLOCK) as stream:
            for number, raw in enumerate(bounded_lines(stream), start=1):
                if raw.isspace():
                    continue
                found = _read(raw, path, number)
                if isinstance(found, BadInput):
                    first_bad = first_bad or found
                    left_out.append(found.told)
                else:
                    good += 1
                    yield found
        if not good:
            raise no_records(first_bad) if first_bad else InputError("holds no records", path=path)


def _read(raw: bytes, path: str, number: int) -> _Line | BadInput:
    source = Source(path=printable(path), index=number - 1)
    row = value_of(None if isinstance(raw, CutLine) else raw, source, number)
    if isinstance(row, BadInput):
        return row
    if not isinstance(row, dict) or "schema_version" not in row:
        message = "not a record of absextract; absextract validate makes records of other tools' lines"
        return BadInput(source=source, line=number, message=message)
    record = RecordLine(source, number, row).saved()
    if isinstance(record, BadInput):
        return record
    return _Line(raw.removeprefix(BYTE_ORDER_MARK).strip().decode(), row, record)
