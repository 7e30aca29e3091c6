"""Many abstracts into one file: bounded, in order, resumable, one record each whatever happens."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import logging
import time
from collections.abc import AsyncIterator, Generator, Iterator
from dataclasses import dataclass, field
from typing import Any

from ..attempts import load_checks
from ..errors import OutputError, ProviderSetupError, StoppedError
from ..extractors.llm.retry import HOPELESS, UNREACHABLE
from ..garbage import SELDOM
from ..ordered import ordered_work
from ..output.jsonl import RecordFile, check_same_run, is_of, read_anew, tally_in, tally_of
from ..output.lock import only_run
from ..output.summary import RunSummary, Tally, check_same_settings, is_merged
from ..pipeline import Extractor
from ..records import NO_ABSTRACT, Abstract, BadInput, ErrorInfo, ExtractorInfo, Record
from ..sources.taking import Taker
from .interrupts import interrupts
from .job import Job, Progress
from .made_before import Made, MadeBefore
from .other_order import IF_IN_ANOTHER_ORDER, IN_ANOTHER_ORDER, is_in_another_order

__all__ = ["TABLE_ROWS", "run_job"]

TABLE_ROWS = 40  # so many records of a run are kept for a look at its end
_GRACE_SECONDS = 5.0  # for answers on their way when the run is interrupted
_SHOW_SECONDS = 1.0
_SYNC_SECONDS = 2.0  # so much is lost to a power cut
_NOTE_SECONDS = 10.0
_OUTAGE = 256  # papers in a row that the server did not answer, until the run stops
_FIRST_FEW = 3  # the same, from the beginning of the run
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A line of a former run that stays as it is."""

    line: bytes
    tally: Tally


@dataclass(frozen=True, slots=True)
class _Redo:
    """A record that had failed, to be done again."""

    item: Abstract | BadInput
    former: _Kept


@dataclass(frozen=True, slots=True)
class _Undone:
    """An item that would have to be sent, and nothing is sent any more."""


@dataclass(frozen=True, slots=True)
class _Made:
    """A record of this run as a line. The record itself is kept for the first alone, since many lines may wait."""

    id: str
    line: str
    tally: Tally
    error: ErrorInfo | None
    record: Record[Any] | None


_Item = Abstract | BadInput | _Kept | _Redo


@dataclass(slots=True)
class _Run:
    job: Job
    extractor: Extractor[Any]
    summary: RunSummary
    file: RecordFile
    progress: Progress
    info: ExtractorInfo
    before: MadeBefore
    records: list[Record[Any]] = field(default_factory=list)
    former: int | None = None  # lines of a former run, once all of them have been looked at
    _made: int = 0
    _written: int = 0
    _unanswered: int = 0  # in a row
    _taker: Taker[_Item] | None = None
    _is_merged: bool = False  # what is there was put together of several outputs, each with places of its own
    _gap: bool = False  # an item was left undone; nothing may be written behind it

    async def go(self) -> None:
        self._taker = Taker(self._plan(), may_wait=not self.job.rereadable)
        tending = asyncio.create_task(self._tend())
        try:
            with contextlib.closing(self._taker) as taker:
                work = ordered_work(self._do, taker, concurrency=self.extractor.in_work)
                async with contextlib.aclosing(work):
                    await self._write_all(work)
        finally:
            tending.cancel()

    def stop(self, signal_number: int) -> None:
        """Takes no further item."""
        _log.warning("interrupted: waiting %d s for answers on their way; once more ends at once", _GRACE_SECONDS)
        self.summary.interrupted_by = signal_number
        self.extractor.stop("interrupted")
        if self._taker:
            self._taker.stop()

    @property
    def is_over(self) -> bool:
        """Whether nothing more is sent."""
        return self.summary.interrupted or self.extractor.stopped is not None

    async def _tend(self) -> None:
        """Now and then: shows how far it is, has the disks keep it, and notes it beside the output."""
        last_sync = last_note = time.monotonic()
        while True:
            await asyncio.sleep(_SHOW_SECONDS)
            with contextlib.suppress(Exception):  # the first answer meets it
                load_checks()  # the first requests have been sent
            now = time.monotonic()
            self._show()
            if now - last_sync >= _SYNC_SECONDS:
                last_sync = now
                with contextlib.suppress(OSError):  # the next write meets it, or the end does
                    await asyncio.to_thread(self._sync)
            if now - last_note >= _NOTE_SECONDS and self.summary.new:
                last_note = now
                self.note()

    def _sync(self) -> None:
        self.file.sync()
        self.extractor.sync()

    def note(self) -> None:
        """The summary so far, beside the output."""
        self.summary.clock()
        try:
            self.summary.write_beside(self.job.out)
        except OutputError as error:  # it costs the note, not the run
            _log.warning("%s", error)

    def _show(self) -> None:
        traffic, summary = self.extractor.traffic, self.summary
        summary.requests, summary.retries = traffic.requests, traffic.retries
        summary.cache_hits, summary.usage = traffic.cache_hits, traffic.usage
        summary.dollars, summary.in_flight = traffic.dollars, traffic.in_flight
        summary.reasks = self.extractor.reasks
        summary.pause, summary.waiting = self.extractor.pause, max(0, self._made - summary.new)
        summary.stopped = None if summary.interrupted else self.extractor.stopped
        self.progress.advance(summary)

    async def _write_all(self, work: AsyncIterator[_Made | _Kept | _Undone]) -> None:
        async for done in work:
            if isinstance(done, _Undone):
                self._gap = True
            elif isinstance(done, _Kept):
                self.file.keep(done.line)
                self.summary.count(done.tally, kept=True)
            elif not self._gap:  # else its answer is on disk, and its turn comes in the next run
                self._add(done)
            self._written += 1
            if self._written == self.former:
                self.file.settle()
            self._show()

    def _plan(self) -> Generator[_Item]:
        """The input records, those already done as the lines they became."""
        with contextlib.closing(self.job.items()) as items, contextlib.closing(self.file.existing()) as lines:
            number = 0
            for number, line in enumerate(lines, start=1):
                item = next(items, None)
                if item is None and self.job.limit is None:
                    raise OutputError(f"{self.job.out}: holds more records than the input; choose another -o")
                yield self._former(item, line, number)
            self.former = number
            for item in items:
                if self.is_over:
                    return
                yield item

    def _former(self, item: Abstract | BadInput | None, line: bytes, number: int) -> _Kept | _Redo:
        if item is None:
            return _Kept(line, tally_of(line, number, out=self.job.out))
        paper = item.as_abstract() if isinstance(item, BadInput) else item
        if self._is_merged:
            line = read_anew(line, paper)
        if not is_of(line, paper):
            self._tell_other_order(line, paper, number)
        kept = _Kept(line, check_same_run(line, number, out=self.job.out, paper=paper, extractor=self.info))
        redo = kept.tally.lacks_model and self.job.retry_failed and not self.is_over
        return _Redo(item, kept) if redo else kept

    def _tell_other_order(self, line: bytes, paper: Abstract, number: int) -> None:
        """Says so where the record is not the paper's because the input grew at the top.

        Raises:
            OutputError: it did, or may have.
        """
        place = f"{self.job.out}:{number}"
        if not self.job.rereadable:
            try:
                check_same_run(line, number, out=self.job.out, paper=paper, extractor=self.info)
            except OutputError as error:
                raise OutputError(f"{error}; {IF_IN_ANOTHER_ORDER}") from None
        with contextlib.closing(RecordFile(self.job.out).existing()) as lines:
            if is_in_another_order(self.job, line, paper, lines):
                raise OutputError(f"{place}: {IN_ANOTHER_ORDER}")

    async def _do(self, item: _Item) -> _Made | _Kept | _Undone:
        if isinstance(item, _Kept):
            return item
        paper = item.item if isinstance(item, _Redo) else item
        if isinstance(paper, BadInput):
            _log.error("%s", paper.told)
        if self._made >= TABLE_ROWS and isinstance(paper, Abstract) and (made := self.before.made(paper)):
            return self._again(paper, made)
        try:
            done = await self.extractor.work_out(paper)
        except StoppedError:
            return item.former if isinstance(item, _Redo) else _Undone()
        written, line = done.record.written()
        self._made += 1
        shown = written if self._made <= TABLE_ROWS else None
        if isinstance(paper, Abstract) and done.lasts and not written.error:
            self.before.keep(paper, Made(line, done.reasks))
        return _Made(written.id, line, Tally.of(written), written.error, shown)

    def _again(self, paper: Abstract, made: Made) -> _Made:
        """A record that was made before; what is counted is what making it once more would count."""
        record = json.loads(made.line)
        self._made += 1
        self.extractor.traffic.cache_hits += record["extractor"]["attempts"]
        self.extractor.reasks += made.reasks
        return _Made(paper.id, made.line, tally_in(record), None, None)

    @property
    def _is_silent(self) -> bool:
        """Whether the server has answered nobody since the beginning."""
        asked = self.summary.new - self.summary.no_abstract
        return self.extractor.traffic.accepted == 0 and asked == self._unanswered

    def _add(self, made: _Made) -> None:
        if made.error and made.error.code in HOPELESS and self.extractor.traffic.accepted == 0:
            written = f"{self.summary.new} records were" if self.summary.new else "no record was"
            raise ProviderSetupError(f"{made.error.message}; {written} written")
        if not self.summary.new:
            self.file.begin()
            self.note()  # so that a run that is killed leaves the settings that shaped its records
        self.file.add(made.line)
        self.summary.count(made.tally)
        if made.tally.error != NO_ABSTRACT:  # it was not sent
            self._unanswered = self._unanswered + 1 if made.tally.error in UNREACHABLE else 0
        if self._unanswered == _OUTAGE:
            self.extractor.stop(f"{_OUTAGE} papers in a row without an answer of the server")
        elif self._is_silent and self._unanswered == _FIRST_FEW and made.error:
            self._gap = True  # those behind have not been answered either, and are done by the next run
            self.extractor.stop(f"the first {_FIRST_FEW} papers were not answered ({made.error.message})")
        if made.error:
            told = {"event": "failed", "id": made.id, "code": made.error.code}
            _log.info("%s: failed: %s", made.id, made.error.message, extra={"details": told})
        if made.record:
            self.records.append(made.record)


async def run_job(
    job: Job, extractor: Extractor[Any], progress: Progress, settings: dict[str, Any]
) -> tuple[RunSummary, list[Record[Any]]]:
    """Runs a job to its end, or to SIGINT or SIGTERM.

    Interrupted, it sends nothing more, waits 5 s for answers on their way, writes what can stand in order and
    returns; a second signal ends the process at once. A limit of tokens or cost ends it the same way, and so do 256
    papers in a row that the server did not answer. What was
    written is on the disk, power cut or not, 2 s later; other runs are kept off the output meanwhile.

    Args:
        job: what to read and where to write.
        extractor: how.
        progress: told after each record, and now and then.
        settings: for the summary, without keys.

    Returns:
        The summary, and the first records of this run for a look at them.

    Raises:
        UsageError: wrong input or output, or a key or model the provider refuses from the start.
    """
    job.check()
    with only_run(job.out):
        summary = RunSummary(settings)
        if not job.overwrite:
            check_same_settings(job.out, settings)
            summary.goes_on_from(job.out)
        merged = not job.overwrite and is_merged(job.out)
        file = RecordFile(job.out, fresh=job.overwrite, rewrite=job.retry_failed or merged)
        before = MadeBefore(extractor)
        run = _Run(job, extractor, summary, file, progress, extractor.describe(), before, _is_merged=merged)
        _log.info("%s: begun", job.out, extra={"details": {"event": "begin", "settings": settings}})
        await _finish(run)
        _log.info("%s: ended", job.out, extra={"details": {"event": "end", "summary": summary.as_json()}})
    return summary, run.records


async def _finish(run: _Run) -> None:
    """Goes to the end, and leaves everything whole wherever that is."""
    task = asyncio.ensure_future(run.go())

    def stop(number: int) -> None:
        run.stop(number)
        asyncio.get_running_loop().call_later(_GRACE_SECONDS, task.cancel)

    complete = False
    try:
        with interrupts(stop), _settled_memory():
            await task
        complete = run.former is not None and (run.summary.new > 0 or not run.is_over)
    except asyncio.CancelledError:
        if not run.summary.interrupted:
            raise
    finally:
        try:
            run.file.close(complete=complete)
        finally:
            run.before.close()
    run.summary.finished = complete and not run.is_over
    if run.file.begun or not run.job.overwrite:  # else what is there is still another run's
        run.note()


@contextlib.contextmanager
def _settled_memory() -> Iterator[None]:
    """The garbage collector looks less often, and not at what was imported."""
    thresholds = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *thresholds[1:])
    try:
        yield
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()
