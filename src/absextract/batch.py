"""Many abstracts into one file: bounded, in order, resumable, one record each whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import os
import signal
import time
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from .errors import OutputError, ProviderSetupError, StoppedError
from .ordered import ordered_work
from .output.jsonl import STDOUT, RecordFile, check_same_run, check_writable
from .output.summary import RunSummary, check_same_settings
from .pipeline import Extractor
from .records import Abstract, BadInput, ExtractorInfo, Record
from .sources.read import OnBadInput, are_files, expand, read_inputs
from .sources.taking import Taker

__all__ = ["HOPELESS", "TABLE_ROWS", "Job", "Progress", "run_job"]

TABLE_ROWS = 40  # so many records of a run are kept for a look at its end
_GARBAGE = 20_000  # objects made and not yet freed, before a look for cycles among them
_GRACE_SECONDS = 5.0  # for answers on their way when the run is interrupted
_log = logging.getLogger(__name__)
HOPELESS = frozenset({"authentication", "insufficient_quota", "not_found", "permission_denied"})


@dataclass(frozen=True, slots=True)
class Job:
    """What to read and where to write.

    Attributes:
        inputs: files, folders, globs, or `-`.
        out: the output file, or `-`.
        format: input format; recognised by content where None.
        overwrite: start anew where the output exists.
        retry_failed: do the failed records of an existing output again, in their place.
        limit: stop after so many input records.
        on_bad_input: whether an input record that cannot be read becomes a failed record or stops the run.
    """

    inputs: tuple[str, ...]
    out: str
    format: str | None = None
    overwrite: bool = False
    retry_failed: bool = False
    limit: int | None = None
    on_bad_input: OnBadInput = "record"

    @property
    def rereadable(self) -> bool:
        """Whether all inputs are files, which can be read twice."""
        return are_files(self._paths())

    def items(self) -> Generator[Abstract | BadInput]:
        """The input records."""
        with contextlib.closing(read_inputs(self._paths(), format=self.format, on_bad=self.on_bad_input)) as items:
            yield from islice(items, self.limit)

    def check(self) -> None:
        """Finds wrong inputs and outputs before anything is done.

        Raises:
            UsageError: an input cannot be read or the output not be written.
        """
        self.check_output()
        for path in filter(os.path.isfile, self._paths()):  # a pipe can be read but once
            with contextlib.closing(read_inputs([path], format=self.format, on_bad=self.on_bad_input)) as items:
                next(items, None)

    def check_output(self) -> None:
        """Finds out whether the output can be written.

        Raises:
            OutputError: it cannot.
        """
        check_writable(self.out)

    def _paths(self) -> list[str]:
        return expand(self.inputs, exclude=None if self.out == STDOUT else self.out)


class Progress(Protocol):
    """Somebody who watches a run."""

    def advance(self, summary: RunSummary) -> None:
        """Called after each record."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A line of a former run that stays as it is."""

    line: bytes


@dataclass(frozen=True, slots=True)
class _Redo:
    """A record that had failed, to be done again."""

    item: Abstract | BadInput
    line: bytes


@dataclass(frozen=True, slots=True)
class _Undone:
    """An item that would have to be sent, and nothing is sent any more."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A record of this run."""

    record: Record[Any]
    line: str


_Item = Abstract | BadInput | _Kept | _Redo


@dataclass(slots=True)
class _Run:
    job: Job
    extractor: Extractor[Any]
    summary: RunSummary
    file: RecordFile
    progress: Progress
    info: ExtractorInfo
    records: list[Record[Any]] = field(default_factory=list)
    former_seen: bool = False  # every line of a former run has been looked at
    _taker: Taker[_Item] | None = None
    _gap: bool = False  # an item was left undone; nothing may be written behind it

    async def go(self) -> None:
        self._taker = Taker(self._plan(), may_wait=not self.job.rereadable)
        with contextlib.closing(self._taker) as taker:
            work = ordered_work(self._do, taker, concurrency=self.extractor.in_work)
            async with contextlib.aclosing(work):
                await self._write_all(work)

    def stop(self, signal_number: int) -> None:
        """Takes no further item."""
        self.summary.interrupted_by = signal_number
        self.extractor.stop("interrupted")
        if self._taker:
            self._taker.stop()

    @property
    def _is_over(self) -> bool:
        return self.summary.interrupted or self.extractor.stopped is not None

    async def _write_all(self, work: AsyncIterator[_Made | _Kept | _Undone]) -> None:
        async for done in work:
            if isinstance(done, _Undone):
                self._gap = True
            elif isinstance(done, _Kept):
                self.file.keep(done.line)
                self.summary.kept += 1
            elif not self._gap:  # else its answer is on disk, and its turn comes in the next run
                self._add(done)
            self._read_counters()
            self.progress.advance(self.summary)

    def _plan(self) -> Generator[_Item]:
        """The input records, those already done as the lines they became."""
        with contextlib.closing(self.job.items()) as items, contextlib.closing(self.file.existing()) as lines:
            for number, line in enumerate(lines, start=1):
                item = next(items, None)
                if item is None and self.job.limit is None:
                    raise OutputError(f"{self.job.out}: holds more records than the input; choose another -o")
                yield _Redo(item, line) if item and self._is_to_redo(item, line, number) else _Kept(line)
            self.former_seen = True
            for item in items:
                if self._is_over:
                    return
                yield item

    def _is_to_redo(self, item: Abstract | BadInput, line: bytes, number: int) -> bool:
        paper = item.as_abstract() if isinstance(item, BadInput) else item
        failed = check_same_run(line, number, out=self.job.out, paper=paper, extractor=self.info)
        return failed and self.job.retry_failed and not self._is_over

    async def _do(self, item: _Item) -> _Made | _Kept | _Undone:
        if isinstance(item, _Kept):
            return item
        paper = item.item if isinstance(item, _Redo) else item
        if isinstance(paper, BadInput):
            _log.error("%s: %s", paper.place, paper.message)
            record = Record[Any].unreadable(paper, self.extractor.describe(attempts=0))
        else:
            try:
                record = await self.extractor.extract(paper)
            except StoppedError:
                return _Kept(item.line) if isinstance(item, _Redo) else _Undone()
        return _Made(*record.written())

    def _add(self, made: _Made) -> None:
        error = made.record.error
        if error and error.code in HOPELESS and self.extractor.traffic.accepted == 0:
            written = f"{self.summary.new} records were" if self.summary.new else "no record was"
            raise ProviderSetupError(f"{error.message}; {written} written")
        self.file.add(made.line)
        self.summary.count(made.record)
        if len(self.records) < TABLE_ROWS:
            self.records.append(made.record)

    def _read_counters(self) -> None:
        traffic, summary = self.extractor.traffic, self.summary
        summary.requests, summary.retries = traffic.requests, traffic.retries
        summary.cache_hits, summary.usage = traffic.cache_hits, traffic.usage
        summary.dollars = traffic.dollars
        summary.reasks = self.extractor.reasks
        summary.stopped = None if summary.interrupted else self.extractor.stopped


async def run_job(
    job: Job, extractor: Extractor[Any], progress: Progress, settings: dict[str, Any]
) -> tuple[RunSummary, list[Record[Any]]]:
    """Runs a job to its end, or to SIGINT or SIGTERM.

    Interrupted, it sends nothing more, waits 5 s for answers on their way, writes what can stand in order and
    returns; a second signal ends the process at once. A limit of tokens or cost ends it the same way.

    Args:
        job: what to read and where to write.
        extractor: how.
        progress: told after each record.
        settings: for the summary, without keys.

    Returns:
        The summary, and the first records of this run for a look at them.

    Raises:
        UsageError: wrong input or output, or a key or model the provider refuses from the start.
    """
    job.check()
    if not job.overwrite:
        check_same_settings(job.out, settings)
    began = time.monotonic()
    file = RecordFile(job.out, fresh=job.overwrite, rewrite=job.retry_failed)
    run = _Run(job, extractor, RunSummary(settings), file, progress, extractor.describe())
    task = asyncio.ensure_future(run.go())
    complete = False
    try:
        with _signals(run, task), _settled_memory():
            await task
        complete = run.former_seen
    except asyncio.CancelledError:
        if not run.summary.interrupted:
            raise
    finally:
        file.close(complete=complete)
    run.summary.seconds = time.monotonic() - began
    run.summary.write_beside(job.out)
    return run.summary, run.records


@contextlib.contextmanager
def _settled_memory() -> Iterator[None]:
    """The garbage collector looks less often, and not at what was imported: it took a fifth of a run's time."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_GARBAGE, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@contextlib.contextmanager
def _signals(run: _Run, task: asyncio.Future[None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop(number: int) -> None:
        run.stop(number)
        loop.call_later(_GRACE_SECONDS, task.cancel)
        for each in numbers:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)

    try:
        for number in numbers:
            loop.add_signal_handler(number, stop, number)
    except (NotImplementedError, ValueError, RuntimeError):  # no such handlers on Windows or off the main thread
        yield
        return
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
