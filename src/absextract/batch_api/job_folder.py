"""A job's folder, opened: its ledger, its settings and the server that it is for."""

from __future__ import annotations

import asyncio
import hashlib
import os
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ..errors import InputError, OutputError, UsageError
from ..extractors.answers import Replay
from ..output.jsonl import STDOUT
from ..pipeline import Extractor
from ..records import Abstract, BadInput
from ..runs.job import Job
from ..schema.load import load_schema
from ..sources.columns import ColumnNames
from ..sources.taking import Taker
from .endpoint import BatchEndpoint
from .ledger import LEDGER, Ledger, check_no_links, paper_text
from .remembered import remember, tell_copies, trusted
from .settings import NOTHING_NAMED, JobSettings, Named, check_same_shape, shape_of

__all__ = ["BatchJob", "new_job", "opened_job"]


@dataclass(frozen=True, slots=True)
class BatchJob:
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
            check_same_shape(self.ledger.needed("shape"), shape_of(extractor), self.ledger.directory)
            yield extractor


@asynccontextmanager
async def new_job(directory: Path, settings: JobSettings, base_url: str | None) -> AsyncIterator[BatchJob]:
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
        check_no_links(directory)
        if not (directory / LEDGER).exists():
            load_schema(settings.schema)
            _input(settings).check()
            _make(directory)
        with Ledger(directory) as ledger:
            job = BatchJob(ledger, settings, endpoint)
            if there := ledger.fact("settings"):
                JobSettings.stored(there, directory).check_same(settings, directory)
                await _check_same_input(job)
            else:
                await _begin(job)
            tell_copies(ledger.needed("run"), settings, directory)
            remember(ledger.needed("run"), settings, settings.cache_dir, directory)
            yield job


@asynccontextmanager
async def opened_job(directory: Path, named: Named = NOTHING_NAMED, *, planned: bool = True) -> AsyncIterator[BatchJob]:
    """The job in a folder.

    Args:
        directory: the folder.
        named: what the user says again of it, needed once where it was not submitted on this machine.
        planned: its requests must have been written.

    Raises:
        UsageError: there is none, it has not read its input, another process holds it, there is no key, or the folder
            is somebody else's and wants what was not named.
    """
    check_no_links(directory)
    if not (directory / LEDGER).is_file():
        raise UsageError(f"{directory}: there is no job; `absextract batch submit` makes one")
    with Ledger(directory) as ledger:
        if not (there := ledger.fact("settings")):
            raise UsageError(f"{directory}: its input was not read to the end; run its `batch submit` again")
        if planned and not ledger.fact("planned"):
            raise UsageError(f"{directory}: its requests were not written to the end; run its `batch submit` again")
        settings, base_url = trusted(ledger.needed("run"), JobSettings.stored(there, directory), named, directory)
        async with BatchEndpoint(settings.model, base_url) as endpoint:
            yield BatchJob(ledger, settings, endpoint)


def _input(settings: JobSettings) -> Job:
    return Job(
        tuple(settings.inputs),
        STDOUT,
        format=settings.format,
        limit=settings.limit,
        on_bad_input=settings.on_bad_input,
        columns=ColumnNames.of(settings.columns),
    )


def _make(directory: Path) -> None:
    try:
        directory.mkdir(exist_ok=True)
        if os.listdir(directory):
            raise OutputError(f"{directory}: holds something else than a job; name a new folder")
    except OSError as error:
        raise OutputError(f"{directory}: {error.strerror}") from error


async def _begin(job: BatchJob) -> None:
    """Reads the input, whole or not at all."""
    async with job.settings.extractor() as extractor:
        shape = shape_of(extractor)
    with job.ledger.transaction():
        job.ledger.set_fact("input", await _read(job.settings, job.ledger.add_paper))
        job.ledger.set_fact("run", uuid.uuid4().hex)
        job.ledger.set_fact("shape", shape)
        job.ledger.set_fact("settings", asdict(job.settings))


async def _check_same_input(job: BatchJob) -> None:
    """Finds out whether the input is what it was, where it can be read again.

    Raises:
        OutputError: it is not.
    """
    try:
        if not _input(job.settings).rereadable:
            return
    except InputError:  # it is gone, and need not be there any more
        return
    if await _read(job.settings, paper_text) != job.ledger.fact("input"):
        raise OutputError(
            f"{job.ledger.directory}: the input has changed since the job was submitted; choose another -o for it as "
            f"it is now, or go on with the job as it was by `absextract batch submit --again {job.ledger.directory}`"
        )


async def _read(settings: JobSettings, take: Callable[[Abstract | BadInput], str]) -> str:
    """Reads the input; gives a digest of the texts that `take` makes of its records."""
    source, digest = _input(settings), hashlib.sha256()
    with closing(Taker(source.items(), may_wait=not source.rereadable)) as items:
        async for item in items:
            digest.update(f"{take(item)}\n".encode())
            await asyncio.sleep(0)  # so that Ctrl-C is heard
    return digest.hexdigest()
