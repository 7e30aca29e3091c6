"""From what batches gave to records: the ordinary road, with answers that are here already."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..extractors.llm.prices import known_cost
from ..output.anew import written_anew
from ..output.jsonl import check_replaceable, check_writable
from ..output.summary import RunSummary, Tally
from ..records import NO_ABSTRACT, Record
from ..runs.job import Progress
from .batch_parts import Part
from .harvest import harvest
from .job_folder import BatchJob, opened_job
from .outcomes import PENDING
from .settings import NOTHING_NAMED, Named
from .walk import Answered

__all__ = ["Collected", "collect"]

_BATCH_PRICE = 0.5  # of the same request sent live
_LISTED = 20

Watch = Callable[[int], AbstractContextManager[Progress]]


@dataclass(slots=True)
class Collected:
    """What a collect did.

    Attributes:
        parts: all parts of the job.
        summary: of the records; None where none was written, since answers may still come.
        pending: how many records wait for a batch that is running.
        failed: how many others have no extraction.
        open_reasks: how many have errors whose correction was not sent.
        listed: the first of the last two: id and reason.
    """

    parts: list[Part]
    summary: RunSummary | None = None
    pending: int = 0
    failed: int = 0
    open_reasks: int = 0
    listed: list[tuple[str, str]] = field(default_factory=list)

    @property
    def running(self) -> list[Part]:
        """Parts whose answers may still come."""
        return [part for part in self.parts if not part.is_harvested]

    @property
    def exit_status(self) -> int:
        """0 every record is done, 1 some failed, wait for an answer or for a correction."""
        return 1 if self.running or self.failed or self.open_reasks else 0

    def note(self, record: Record[Any], missing: int) -> None:
        """Takes a record into account, made with so many answers missing."""
        if record.error and record.error.code == PENDING:
            self.pending += 1
            return
        if record.error and record.error.code == NO_ABSTRACT:
            return
        if record.error:
            self.failed += 1
            reason = f"{record.error.code}: {record.error.message}"
        elif missing:
            self.open_reasks += 1
            reason = "its correction has not been answered"
        else:
            return
        if len(self.listed) < _LISTED:
            self.listed.append((record.id, reason))


async def collect(directory: Path, out: str, watch: Watch, *, partial: bool, named: Named = NOTHING_NAMED) -> Collected:
    """Takes in what batches gave, and writes the record of each abstract in order; an older file is replaced.

    Args:
        directory: the job.
        out: the output file, or `-`.
        watch: shows the progress over so many records.
        partial: write also while answers may still come.
        named: what the user says again of the job.

    Raises:
        UsageError: there is no job, the output cannot be written, or the server refuses or is away.
    """
    check_writable(out)
    check_replaceable(out)
    async with opened_job(directory, named) as job:
        collected = Collected(await harvest(job.ledger, job.endpoint))
        if collected.running and not partial:
            return collected
        collected.summary = RunSummary(job.settings.summary() | {"batch": job.ledger.fact("run")})
        if collected.running:
            collected.summary.stopped = "batches are still running"
        with watch(job.ledger.count_papers()) as progress:
            await _write(job, out, collected, collected.summary, progress)
        return collected


async def _write(job: BatchJob, out: str, collected: Collected, summary: RunSummary, progress: Progress) -> None:
    answered = Answered(job.ledger)
    summary.requests, summary.usage = job.ledger.usage()
    cost = known_cost(job.settings.model, summary.usage.prompt_tokens, summary.usage.completion_tokens)
    summary.dollars = None if cost is None else _BATCH_PRICE * cost
    with written_anew(out, summary) as file:
        async with job.extractor(answered) as extractor:
            for item in job.ledger.papers():
                missing = answered.missing
                record, line = (await extractor.extract(item)).written()
                file.add(line)
                summary.count(Tally.of(record))
                summary.reasks, summary.cache_hits = extractor.reasks, extractor.traffic.cache_hits
                collected.note(record, answered.missing - missing)
                progress.advance(summary)
                await asyncio.sleep(0)  # nothing is waited for here, and Ctrl-C is heard only where something is
