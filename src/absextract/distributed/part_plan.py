"""What of an input is still to be done, part by part, and what has come back."""

from __future__ import annotations

import contextlib
import json
import logging
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..errors import OutputError, UsageError
from ..output.jsonl import check_same_run, is_of, tally_of
from ..output.summary import RunSummary
from ..records import Abstract, BadInput, ExtractorInfo
from ..runs.other_order import IN_ANOTHER_ORDER, is_in_another_order
from .blocks import Block, Item
from .parts import PART_RECORDS, FolderJob, PartFolder

__all__ = ["BLOCK_RECORDS", "Plan"]

BLOCK_RECORDS = 100
"""Papers that travel together, and are done again together where a worker dies."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _OpenPart:
    """A part that is being made.

    Attributes:
        size: records of the input in it.
        todo: positions whose records are to come.
        made: lines that have come.
    """

    size: int
    todo: set[int]
    made: dict[int, bytes] = field(default_factory=dict)

    def lines(self, former: Sequence[bytes]) -> list[bytes]:
        """Its lines as far as there is no gap, beside those of a former run."""
        lines = []
        for position in range(max(self.size, len(former))):
            if position in self.made:
                lines.append(self.made[position])
            elif position < len(former):
                lines.append(former[position])
            else:
                break
        return lines


class Plan:
    """The blocks of a run, and the parts that come of them.

    Args:
        job: what to read.
        folder: where the parts are.
        info: what this run writes of its origin, to be held against what is there.
        summary: where kept records are counted.
    """

    def __init__(self, job: FolderJob, folder: PartFolder, info: ExtractorInfo, summary: RunSummary) -> None:
        self._job = job
        self._folder = folder
        self._info = info
        self._summary = summary
        self._open: dict[int, _OpenPart] = {}
        self._counting = threading.Lock()  # what is read and what comes back are counted by two threads

    def blocks(self) -> Iterator[Block]:
        """What is still to be done, in order.

        Raises:
            UsageError: the input cannot be read on, or the parts that are there are another run's.
        """
        number = -1
        with contextlib.closing(self._job.items()) as items:
            for number, part in enumerate(_in_parts(items)):
                todo = self._todo(number, part)
                if todo:
                    self._open[number] = _OpenPart(len(part), set(todo))
                for start in range(0, len(todo), BLOCK_RECORDS):
                    positions = tuple(todo[start : start + BLOCK_RECORDS])
                    yield Block(number, positions, tuple(part[position] for position in positions))
        if self._job.limit is None and self._folder.last() > number:
            raise self._too_many(self._folder.last())

    def begin(self) -> None:
        """What is there and is written over goes, before anything says how the new records are made."""
        self._folder.clear()

    def take(self, block: Block, lines: Sequence[str | None]) -> None:
        """Lines of a block have come, None for those left undone; its part is written if it is whole now."""
        part = self._open[block.part]
        for position, line in zip(block.positions, lines, strict=True):
            if line is not None:
                part.made[position] = line.encode() + b"\n"
                part.todo.discard(position)
                self._count(part.made[position], position, block.part)
                _tell_failure(line)
        if not part.todo:
            self._write(block.part)

    def write_beginnings(self) -> None:
        """Writes what has come of the parts that are not whole, up to their first gap: it is paid for."""
        for number in sorted(self._open):
            self._write(number)

    def _write(self, number: int) -> None:
        former = self._folder.lines(number)
        part = self._open.pop(number)
        lines = part.lines(former)
        if lines != former:
            self._folder.write(number, lines)
        for position in (each for each in part.made if each >= len(lines)):  # behind a gap
            self._count(part.made[position], position, number, times=-1)
        for position in (each for each in part.todo if each < len(former)):  # not done again after all
            self._count(former[position], position, number, kept=True)

    def _count(self, line: bytes, position: int, number: int, *, times: int = 1, kept: bool = False) -> None:
        """Counts a record in, or out again where it is not written after all."""
        tally = tally_of(line, position + 1, out=self._folder.name(number))
        with self._counting:
            if times > 0:
                self._summary.count(tally, kept=kept)
            else:
                self._summary.count_out(tally)

    def _todo(self, number: int, part: Sequence[Item]) -> list[int]:
        """Positions of a part that no former run has done; the others are held against the input."""
        former = self._folder.lines(number)
        if len(former) > len(part) and self._job.limit is None:
            raise self._too_many(number)
        todo = [at for at, item in enumerate(part) if at >= len(former) or self._is_to_redo(former, at, item, number)]
        for position in set(range(len(former))).difference(todo):
            self._count(former[position], position, number, kept=True)
        for position in todo:
            if isinstance(bad := part[position], BadInput):
                _log.error("%s: %s", bad.place, bad.message)
        return todo

    def _is_to_redo(self, former: Sequence[bytes], position: int, item: Item, number: int) -> bool:
        paper = item.as_abstract() if isinstance(item, BadInput) else item
        name = self._folder.name(number)
        if not is_of(former[position], paper):
            self._tell_other_order(former[position], paper, f"{name}:{position + 1}")
        tally = check_same_run(former[position], position + 1, out=name, paper=paper, extractor=self._info)
        return tally.lacks_model and self._job.retry_failed

    def _tell_other_order(self, line: bytes, paper: Abstract, place: str) -> None:
        lines = (line for number in range(self._folder.last() + 1) for line in self._folder.lines(number))
        if is_in_another_order(self._job, line, paper, lines):
            raise OutputError(f"{place}: {IN_ANOTHER_ORDER}")

    def _too_many(self, number: int) -> OutputError:
        return OutputError(f"{self._folder.name(number)}: holds more records than the input; choose another -o")


def _in_parts(items: Iterator[Item]) -> Iterator[list[Item]]:
    """The items in parts; what is read before an error is a part too."""
    part: list[Item] = []
    try:
        for item in items:
            part.append(item)
            if len(part) == PART_RECORDS:
                yield part
                part = []
    except UsageError:
        if part:
            yield part
        raise
    if part:
        yield part


def _tell_failure(line: str) -> None:
    if '"status":"failed"' in line and (error := (record := json.loads(line))["error"]):
        told = {"event": "failed", "id": record["id"], "code": error["code"]}
        _log.info("%s: failed: %s", record["id"], error["message"], extra={"details": told})
