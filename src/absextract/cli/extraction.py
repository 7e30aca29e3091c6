"""A run of `absextract extract` at the terminal: rehearsed, or carried out and told."""

from __future__ import annotations

import asyncio
import json
import os
from typing import Any

import typer

from ..display.printable import printable_json
from ..distributed.options import Options
from ..distributed.parts import FolderJob
from ..output.places import STDOUT
from ..output.summary import RunSummary
from ..pipeline import BUILTIN, Extractor
from ..records import NO_ABSTRACT, Record
from ..runs.extract_many import TABLE_ROWS, run_job
from ..runs.inspection import Inspection, inspected
from ..runs.job import Job, Progress
from ..runs.rehearsal import rehearse
from .messages import note, stderr, summarise
from .progress import watch
from .starting import clear_screen

__all__ = ["rehearse_job", "run_with_progress", "tell_what_is_read"]

_DRAFT = (
    "a draft of the offline model: check each value, or use --model, since a language model finds more and errs less"
)


def rehearse_job(job: Job, options: Options) -> None:
    """The first request on stdout, what all of them would take on stderr."""
    os.environ.setdefault("OPENAI_API_KEY", "none-is-needed-for-a-rehearsal")
    extractor = options.extractor()
    clear_screen()
    asyncio.run(_rehearse(extractor, job))


def run_with_progress(
    job: Job, options: Options, settings: dict[str, Any], *, workers: int | None, quiet: bool, verbose: bool
) -> RunSummary:
    """Carries out a job, and says what it does meanwhile and what came of it."""
    count = (lambda: sum(1 for _ in job.items())) if job.rereadable else None
    records: list[Record[Any]] = []
    # what is wrong with it comes before the bar
    here = None if isinstance(job, FolderJob) else options.extractor()
    clear_screen()
    with watch(stderr, count, quiet=quiet) as progress:
        if isinstance(job, FolderJob):
            from ..distributed.ray_run import run_on_ray

            summary = run_on_ray(job, options, workers, progress, settings | {"engine": "ray"}, verbose=verbose)
        elif here:
            summary, records = asyncio.run(_run_here(job, here, progress, settings))
    if quiet:
        if summary.failed:
            reasons = ", ".join(code for code in summary.errors if code != NO_ABSTRACT)
            note(f"{summary.failed} of {summary.new + summary.kept} records failed: {reasons}")
        return summary
    if job.out != STDOUT and records and summary.new <= TABLE_ROWS:
        _show_table(records)
    if options.model == BUILTIN:
        note(_DRAFT)
    elif options.min_confidence is not None and options.fallback is None and options.samples == 1:
        note(f"--min-confidence had no effect: {options.model} gives no confidence without --samples")
    summarise(summary, job.out, can_retry=True, overwrite=job.overwrite)
    return summary


def _show_table(records: list[Record[Any]]) -> None:
    """The records at a glance, where their schema has something to show."""
    from .table import records_table

    if table := records_table(records):
        stderr.print(table)


async def _run_here(
    job: Job, extractor: Extractor[Any], progress: Progress, settings: dict[str, Any]
) -> tuple[RunSummary, list[Record[Any]]]:
    async with extractor:
        return await run_job(job, extractor, progress, settings)


def tell_what_is_read(job: Job) -> int:
    """All that there is to rehearse where nothing is ever sent; the exit status."""
    inspection = Inspection()
    for line in inspected(job, inspection):
        note(line)
    note("nothing was sent; the offline model sends nothing")
    return inspection.exit_status


async def _rehearse(extractor: Extractor[Any], job: Job) -> None:
    async with extractor:
        rehearsal = rehearse(job, extractor)
    typer.echo(printable_json(json.dumps(rehearsal.request, indent=2, ensure_ascii=False)))
    for line in rehearsal.lines():
        note(line)
