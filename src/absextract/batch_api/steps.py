"""What can be done with a job. Each step can be repeated, and goes on where it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..errors import ProviderError
from .batch_parts import Part
from .harvest import harvest, refresh
from .job_folder import BatchJob, new_job, opened_job
from .sending import RepeatableError, seen, send
from .settings import NOTHING_NAMED, JobSettings, Named
from .walk import plan

__all__ = ["Sent", "cancel", "status", "submit", "submit_again"]

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a submit did.

    Attributes:
        papers: input records of the job.
        requests: sent by this step.
        parts: batches made for them.
        running: batches whose answers are not here.
    """

    papers: int
    requests: int
    parts: int
    running: int


async def submit(directory: Path, settings: JobSettings, base_url: str | None, say: Say) -> Sent:
    """Reads the input, writes the request files, uploads them and starts their batches.

    Raises:
        UsageError: wrong input, folder or model, no key; or the server refuses or is away, and nothing is lost.
    """
    async with new_job(directory, settings, base_url) as job:
        if not job.ledger.fact("planned"):
            await plan(job)
        return await _send(job, say)


async def submit_again(directory: Path, say: Say, named: Named = NOTHING_NAMED) -> Sent:
    """Takes in what batches that ended gave, and sends what has no answer, needs a correction or came to nothing.

    Raises:
        UsageError: as `submit`, or the schema is not what it was.
    """
    async with opened_job(directory, named, planned=False) as job:
        await harvest(job.ledger, job.endpoint)
        await plan(job)
        return await _send(job, say)


async def status(directory: Path, named: Named = NOTHING_NAMED) -> list[Part]:
    """The parts as the server has them now.

    Raises:
        UsageError: there is no job, or the server refuses or is away.
    """
    async with opened_job(directory, named) as job:
        return await refresh(job.ledger, job.endpoint)


async def cancel(directory: Path, named: Named = NOTHING_NAMED) -> list[Part]:
    """Cancels what is running; what has been answered by then can be collected.

    Raises:
        UsageError: there is no job, or the server refuses or is away.
    """
    async with opened_job(directory, named) as job:
        for part in await refresh(job.ledger, job.endpoint):
            if part.step != "sent" or part.has_ended or not part.batch_id:
                continue
            try:
                batch = await job.endpoint.cancel(part.batch_id)
            except ProviderError as error:
                raise RepeatableError(error) from error
            if batch is not None:
                job.ledger.update(seen(part, batch))
        return job.ledger.parts()


async def _send(job: BatchJob, say: Say) -> Sent:
    waiting = [part for part in job.ledger.parts() if not part.is_sent]
    await send(job.ledger, job.endpoint, say)
    running = sum(not part.is_harvested for part in job.ledger.parts())
    return Sent(job.ledger.count_papers(), sum(part.requests for part in waiting), len(waiting), running)
