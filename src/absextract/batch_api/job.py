"""A job's folder, opened: its ledger, its settings and the server that it is for."""

from __future__ import annotations

import asyncio
import os
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .. import jobs
from ..errors import OutputError, UsageError
from ..extractors.answers import Replay
from ..output.jsonl import STDOUT
from ..pipeline import Extractor
from ..schema.load import load_schema
from ..sources.taking import Taker
from .endpoint import BatchEndpoint
from .ledger import LEDGER, Ledger
from .settings import JobSettings, check_same_shape, shape_of

__all__ = ["Job", "new_job", "opened_job"]


@dataclass(frozen=True, slots=True)
class Job:
    """A job that this process holds."""

    ledger: Ledger
    settings: JobSettings
    endpoint: BatchEndpoint

    @asynccontextmanager
    async def extractor(self, replay: Replay) -> AsyncIterator[Extractor[Any]]:
        """The extractor of this job, which sends nothing.

        Raises:
            UsageError: it makes other requests than when the job was submitted.
        """
        async with self.settings.extractor(replay) as extractor:
            check_same_shape(self.ledger.fact("shape"), shape_of(extractor), self.ledger.directory)
            yield extractor


@asynccontextmanager
async def new_job(directory: Path, settings: JobSettings, base_url: str | None) -> AsyncIterator[Job]:
    """The job of these settings, with its input read: made now, or by the same command before.

    Args:
        directory: made where it is missing.
        settings: without the server.
        base_url: the server, as the user named it.

    Raises:
        UsageError: the input cannot be read, something else is in the folder, or there is no key.
    """
    async with BatchEndpoint(settings.model, base_url) as endpoint:
        settings = replace(settings, server=endpoint.server)
        if not (directory / LEDGER).exists():
            load_schema(settings.schema)
            _input(settings).check()
            _make(directory)
        with Ledger(directory) as ledger:
            job = Job(ledger, settings, endpoint)
            if there := ledger.fact("settings"):
                JobSettings(**there).check_same(settings, directory)
            else:
                await _begin(job)
            yield job


@asynccontextmanager
async def opened_job(directory: Path) -> AsyncIterator[Job]:
    """The job in a folder.

    Raises:
        UsageError: there is none, it has not read its input, another process holds it, or there is no key.
    """
    if not (directory / LEDGER).is_file():
        raise UsageError(f"{directory}: there is no job; `absextract batch submit` makes one")
    with Ledger(directory) as ledger:
        if not (there := ledger.fact("settings")):
            raise UsageError(f"{directory}: its input was not read to the end; run its `batch submit` again")
        settings = JobSettings(**there)
        async with BatchEndpoint(settings.model, settings.base_url) as endpoint:
            yield Job(ledger, settings, endpoint)


def _input(settings: JobSettings) -> jobs.Job:
    return jobs.Job(
        tuple(settings.inputs),
        STDOUT,
        format=settings.format,
        limit=settings.limit,
        on_bad_input=settings.on_bad_input,
    )


def _make(directory: Path) -> None:
    try:
        directory.mkdir(exist_ok=True)
        if os.listdir(directory):
            raise OutputError(f"{directory}: holds something else than a job; name a new folder")
    except OSError as error:
        raise OutputError(f"{directory}: {error.strerror}") from error


async def _begin(job: Job) -> None:
    """Reads the input, whole or not at all."""
    async with job.settings.extractor() as extractor:
        shape = shape_of(extractor)
    with job.ledger.transaction():
        source = _input(job.settings)
        with closing(Taker(source.items(), may_wait=not source.rereadable)) as items:
            async for item in items:
                job.ledger.add_paper(item)
                await asyncio.sleep(0)  # so that Ctrl-C is heard
        job.ledger.set_fact("run", uuid.uuid4().hex)
        job.ledger.set_fact("shape", shape)
        job.ledger.set_fact("settings", asdict(job.settings))
