"""Many abstracts into one file: bounded, in order, resumable, one record each whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

from .errors import OutputError, ProviderSetupError
from .ordered import ordered_map
from .output.jsonl import STDOUT, RecordFile, check_same_run, check_writable
from .output.summary import RunSummary
from .pipeline import Extractor
from .records import Abstract, BadInput, ErrorInfo, ExtractorInfo, Record
from .sources.read import expand, read_inputs

__all__ = ["TABLE_ROWS", "Job", "Progress", "run_job"]

TABLE_ROWS = 40  # so many records of a run are kept for a look at its end
_GRACE_SECONDS = 5.0  # for answers on their way when the run is interrupted
_HOPELESS = frozenset({"authentication", "permission_denied", "not_found"})


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
    """

    inputs: tuple[str, ...]
    out: str
    format: str | None = None
    overwrite: bool = False
    retry_failed: bool = False
    limit: int | None = None

    @property
    def rereadable(self) -> bool:
        """Whether all inputs are files, which can be read twice."""
        return all(map(os.path.isfile, self._paths()))

    def items(self) -> Generator[Abstract | BadInput]:
        """The input records."""
        with contextlib.closing(read_inputs(self._paths(), format=self.format)) as items:
            yield from islice(items, self.limit)

    def check(self) -> None:
        """Finds wrong inputs and outputs before anything is done.

        Raises:
            UsageError: an input cannot be read or the output not be written.
        """
        check_writable(self.out)
        for path in filter(os.path.isfile, self._paths()):  # a pipe can be read but once
            with contextlib.closing(read_inputs([path], format=self.format)) as items:
                next(items, None)

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


@dataclass(slots=True)
class _Run:
    job: Job
    extractor: Extractor[Any]
    summary: RunSummary
    file: RecordFile
    progress: Progress
    info: ExtractorInfo
    records: list[Record[Any]] = field(default_factory=list)
    stopping: bool = False

    async def go(self) -> None:
        with contextlib.closing(self._plan()) as plan:
            work = ordered_map(self._do, plan, concurrency=self.extractor.concurrency)
            async with contextlib.aclosing(work):
                await self._write_all(work)

    async def _write_all(self, work: AsyncIterator[Record[Any] | _Kept]) -> None:
        async for done in work:
            if isinstance(done, _Kept):
                self.file.keep(done.line)
                self.summary.kept += 1
            else:
                self._add(done)
            self._read_counters()
            self.progress.advance(self.summary)

    def _plan(self) -> Generator[Abstract | BadInput | _Kept]:
        """The input records, those already done as the lines they became."""
        with contextlib.closing(self.job.items()) as items, contextlib.closing(self.file.existing()) as lines:
            for number, line in enumerate(lines, start=1):
                item = next(items, None)
                if item is None and self.job.limit is None:
                    raise OutputError(f"{self.job.out}: holds more records than the input; choose another -o")
                yield item if item and self._is_to_redo(item, line, number) else _Kept(line)
            for item in items:
                if self.stopping:
                    return
                yield item

    def _is_to_redo(self, item: Abstract | BadInput, line: bytes, number: int) -> bool:
        paper = item.as_abstract() if isinstance(item, BadInput) else item
        failed = check_same_run(line, number, out=self.job.out, id_=paper.id, extractor=self.info)
        return failed and self.job.retry_failed and not self.stopping

    async def _do(self, item: Abstract | BadInput | _Kept) -> Record[Any] | _Kept:
        if isinstance(item, _Kept):
            return item
        if isinstance(item, BadInput):
            where = f"{item.source.path}:{item.line}"
            error = ErrorInfo(code="bad_input", message=f"{where}: {item.message}")
            return Record[Any].failed(item.as_abstract(), self.extractor.describe(attempts=0), error)
        return await self.extractor.extract(item)

    def _add(self, record: Record[Any]) -> None:
        if record.error and record.error.code in _HOPELESS and self.summary.new == self.summary.failed:
            raise ProviderSetupError(f"{record.error.message}; nothing was written")
        self.file.add(record.to_json())
        self.summary.count(record)
        if len(self.records) <= TABLE_ROWS:
            self.records.append(record)

    def _read_counters(self) -> None:
        traffic, summary = self.extractor.traffic, self.summary
        summary.requests, summary.retries = traffic.requests, traffic.retries
        summary.cache_hits, summary.usage = traffic.cache_hits, traffic.usage
        summary.reasks = self.extractor.reasks


async def run_job(
    job: Job, extractor: Extractor[Any], progress: Progress, settings: dict[str, Any]
) -> tuple[RunSummary, list[Record[Any]]]:
    """Runs a job to its end, or to SIGINT or SIGTERM.

    Interrupted, it sends nothing more, waits 5 s for the answers on their way, writes what can stand in
    order and returns; a second signal ends the process at once.

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
    began = time.monotonic()
    file = RecordFile(job.out, fresh=job.overwrite, rewrite=job.retry_failed)
    run = _Run(job, extractor, RunSummary(settings), file, progress, extractor.describe())
    task = asyncio.ensure_future(run.go())
    complete = False
    try:
        with _signals(run, task):
            await task
        complete = True
    except asyncio.CancelledError:
        if not run.stopping:
            raise
    finally:
        file.close(complete=complete)
    run.summary.interrupted = run.stopping
    run.summary.seconds = time.monotonic() - began
    if os.path.isfile(job.out):  # not beside standard output or a device
        run.summary.write(f"{job.out}.run.json")
    return run.summary, run.records


@contextlib.contextmanager
def _signals(run: _Run, task: asyncio.Future[None]) -> Iterator[None]:
    loop = asyncio.get_running_loop()
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop() -> None:
        run.stopping = True
        loop.call_later(_GRACE_SECONDS, task.cancel)
        for number in numbers:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    try:
        for number in numbers:
            loop.add_signal_handler(number, stop)
    except (NotImplementedError, ValueError, RuntimeError):  # no such handlers on Windows or off the main thread
        yield
        return
    try:
        yield
    finally:
        for number in numbers:
            loop.remove_signal_handler(number)
