"""The commands. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import Enum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from pydantic import BaseModel

from ..batch import TABLE_ROWS, run_job
from ..distributed.options import Options
from ..distributed.parts import FolderJob
from ..distributed.ray_run import run_on_ray
from ..errors import UsageError
from ..extractors.cache import AnswerCache, cache_limit, default_cache_dir
from ..extractors.limits import Limits
from ..extractors.providers import Mode
from ..jobs import Job
from ..output.jsonl import STDOUT
from ..output.summary import RunSummary
from ..pipeline import BUILTIN, Extractor, default_model
from ..records import Record
from ..rehearsal import rehearse
from ..revalidate import validate_file
from ..schema.export import answer_schema
from ..schema.load import load_schema
from ..schema.paper import PaperExtraction
from ..sources.read import FORMATS, OnBadInput
from ..validation.validator import Unsupported
from .batches import batch_app
from .evaluate import evaluate_command
from .exports import export_command
from .logs import set_up_logging
from .messages import note as _note
from .messages import stderr as _stderr
from .progress import watch
from .reports import report_command
from .showing import show_command
from .table import records_table

__all__ = ["app", "main"]

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Paper abstracts in, checked facts out: every value points at the characters that support it.",
)
cache_app = typer.Typer(no_args_is_help=True, help="The answers language models gave, kept on disk.")
app.add_typer(cache_app, name="cache")
app.add_typer(batch_app, name="batch")

Format = Enum("Format", {name: name for name in FORMATS})  # type: ignore[misc]  # the choices are the readers there are
CacheDir = Annotated[
    Path | None, typer.Option(help="Folder of the answer cache.", envvar="ABSEXTRACT_CACHE_DIR", show_default=False)
]
SchemaRef = Annotated[str, typer.Option("--schema", help='"paper", FILE.py:Class or module:Class.')]
Output = Annotated[str, typer.Option("--output", "-o", help='Output file, "-" for stdout.')]
UnsupportedOption = Annotated[
    Unsupported, typer.Option(help="What happens to values the text does not support; there is a finding either way.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]


@app.command()
def extract(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help='Files, folders, globs; "-" for stdin.')],
    output: Output,
    model: Annotated[
        str | None,
        typer.Option(
            help='"builtin" (offline) or provider/model, e.g. openai/gpt-5-mini.',
            envvar="ABSEXTRACT_MODEL",
            show_default="builtin",
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            help="Another server for the model; openai/… models also look into OPENAI_BASE_URL.", show_default=False
        ),
    ] = None,
    schema: SchemaRef = "paper",
    input_format: Annotated[
        Format | None, typer.Option("--format", help="Input format.", show_default="by content")
    ] = None,
    concurrency: Annotated[
        int, typer.Option(min=1, max=1000, help="Requests in flight at once; with --engine ray, in each worker.")
    ] = 32,
    max_reasks: Annotated[int, typer.Option(min=0, max=5, help="How often an answer with errors is sent back.")] = 1,
    unsupported: UnsupportedOption = "drop",
    cache_dir: CacheDir = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither read nor write the answer cache.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Start anew where OUT exists.")] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Do the failed records of an existing OUT again, in their place.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Stop after so many input records.", show_default=False)
    ] = None,
    on_bad_input: Annotated[
        OnBadInput, typer.Option(help="Whether an unreadable input record becomes a failed record, or stops the run.")
    ] = "record",
    rpm: Annotated[float | None, typer.Option(min=0.001, help="Requests a minute.", show_default=False)] = None,
    tpm: Annotated[float | None, typer.Option(min=1, help="Tokens a minute.", show_default=False)] = None,
    max_total_tokens: Annotated[
        int | None, typer.Option(min=1, help="Stop before the run takes more tokens.", show_default=False)
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option(min=0.000001, help="Stop before the run costs more US dollars.", show_default=False),
    ] = None,
    timeout: Annotated[float, typer.Option(min=0.1, help="Seconds to wait for one answer.")] = 120.0,
    mode: Annotated[Mode, typer.Option(help="How the model is asked for structure.")] = "tools",
    fallback: Annotated[
        Literal["builtin"] | None,
        typer.Option(help="What fills in where the model fails for good; the record says so.", show_default="none"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the first request and an estimate of tokens; send nothing.")
    ] = False,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(help="Where the work is done; ray writes a folder of parts, on this machine or RAY_ADDRESS."),
    ] = "local",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes to work in, with --engine ray.", show_default="one a CPU of the cluster"),
    ] = None,
    quiet: Quiet = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell of retries, pauses, re-asks and failed records too.")
    ] = False,
    log_file: Annotated[
        Path | None, typer.Option(help="Append what --verbose tells, as JSON Lines.", show_default=False)
    ] = None,
) -> None:
    """Extract the facts of abstracts into checked JSON Lines.

    An existing OUT is resumed: what is done stays, the rest is added.

    Example: absextract extract papers.jsonl -o facts.jsonl --model openai/gpt-5-mini
    """
    if overwrite and retry_failed:
        raise typer.BadParameter("--overwrite and --retry-failed exclude each other")
    if quiet and verbose:
        raise typer.BadParameter("--quiet and --verbose exclude each other")
    if workers and engine == "local":
        raise typer.BadParameter("--workers is for --engine ray; one process takes --concurrency")
    set_up_logging(verbose=verbose, log_file=log_file)
    job = (FolderJob if engine == "ray" else Job)(
        tuple(inputs),
        output,
        format=input_format.value if input_format else None,
        overwrite=overwrite,
        retry_failed=retry_failed,
        limit=limit,
        on_bad_input=on_bad_input,
    )
    chosen = model or default_model()
    limits = Limits(rpm=rpm, tpm=tpm, max_total_tokens=max_total_tokens, max_cost=max_cost)
    settings = {
        "model": chosen,
        "schema": schema,
        "mode": mode,
        "concurrency": concurrency,
        "max_reasks": max_reasks,
        "unsupported": unsupported,
        "timeout": timeout,
        "fallback": fallback,
        **asdict(limits),
        "cache": None if no_cache else str(cache_dir or default_cache_dir()),
        "inputs": inputs,
        "format": job.format,
        "limit": limit,
    }
    if chosen == BUILTIN and model is None and not quiet:
        _note("no --model given: using the offline extractor (builtin); a language model finds more")

    if fallback and chosen == BUILTIN:
        raise typer.BadParameter("--fallback builtin is for language models; choose one with --model")
    if dry_run and chosen == BUILTIN:
        raise typer.BadParameter("--dry-run shows requests to a language model; builtin sends none")

    options = Options(
        model=chosen,
        schema=load_schema(schema),
        base_url=base_url,
        cache=None if no_cache else (cache_dir or True),
        concurrency=concurrency,
        mode=mode,
        timeout=timeout,
        max_reasks=max_reasks,
        unsupported=unsupported,
        limits=limits,
        fallback=fallback,
    )
    if dry_run:
        os.environ.setdefault("OPENAI_API_KEY", "none-is-needed-for-a-rehearsal")
        asyncio.run(_rehearse(options.extractor(), job))
        return
    count = (lambda: sum(1 for _ in job.items())) if job.rereadable else None

    async def run_here() -> tuple[RunSummary, list[Record[Any]]]:
        async with options.extractor() as extractor:
            with watch(_stderr, count, quiet=quiet) as progress:
                return await run_job(job, extractor, progress, settings)

    records: list[Record[Any]] = []
    if isinstance(job, FolderJob):
        with watch(_stderr, count, quiet=quiet) as progress:
            summary = run_on_ray(job, options, workers, progress, settings | {"engine": "ray"}, verbose=verbose)
    else:
        summary, records = asyncio.run(run_here())
    if not quiet:
        if output != STDOUT and records and summary.new <= TABLE_ROWS and (table := records_table(records)):
            _stderr.print(table)
        _summarise(summary, output, can_retry=True)
    raise typer.Exit(summary.exit_status)


async def _rehearse(extractor: Extractor[Any], job: Job) -> None:
    """The first request on stdout, what all of them would take on stderr."""
    async with extractor:
        rehearsal = rehearse(job, extractor)
    typer.echo(json.dumps(rehearsal.request, indent=2, ensure_ascii=False))
    for line in rehearsal.lines():
        _note(line)


@app.command()
def validate(
    records: Annotated[
        str, typer.Argument(metavar="RECORDS.jsonl", help='Lines with title, abstract and extraction; "-" for stdin.')
    ],
    output: Output,
    schema: SchemaRef = "paper",
    unsupported: UnsupportedOption = "drop",
    check_links: Annotated[
        bool, typer.Option("--check-links", help="Ask every URL once whether it answers; needs the network.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Check extractions from any tool against their abstracts, without a model.

    An existing OUT of records is written anew.

    Example: absextract validate theirs.jsonl -o checked.jsonl
    """
    set_up_logging()
    settings = {"schema": schema, "unsupported": unsupported, "check_links": check_links, "inputs": [records]}
    check = validate_file(
        records,
        output,
        schema=load_schema(schema),
        unsupported=unsupported,
        check_links=check_links,
        settings=settings,
    )
    summary = asyncio.run(check)
    if not quiet:
        _summarise(summary, output)
    raise typer.Exit(summary.exit_status)


app.command("eval")(evaluate_command)
app.command("export")(export_command)
app.command("report")(report_command)
app.command("show")(show_command)


@app.command("schema")
def print_schema(
    what: Annotated[str, typer.Argument(help='"paper", "record", FILE.py:Class or module:Class.')],
) -> None:
    """Print a JSON Schema: what a model is asked, or what a record looks like.

    Example: absextract schema record
    """
    typer.echo(json.dumps(json_schema(what), indent=2, ensure_ascii=False))


def json_schema(what: str) -> dict[str, Any]:
    """The JSON Schema of `record`, `paper` or a schema reference.

    Raises:
        SchemaError: the reference leads nowhere.
    """
    if what == "record":
        return {"title": "Record", **_without_title(Record[PaperExtraction])}
    return answer_schema(load_schema(what))


@cache_app.command("info")
def cache_info(cache_dir: CacheDir = None) -> None:
    """Say where the cache is and what it holds."""
    with _existing_cache(cache_dir) as cache:
        size = cache.size_on_disk() / 1e6
        limit = "" if cache.limit is None else f" of {cache.limit / 1e6:g} MB (ABSEXTRACT_CACHE_MB)"
        typer.echo(f"folder   {cache.directory}\nanswers  {cache.count()}\nsize     {size:.1f} MB{limit}")


@cache_app.command("clear")
def cache_clear(cache_dir: CacheDir = None) -> None:
    """Remove all answers."""
    with _existing_cache(cache_dir) as cache:
        readable = cache.clear()
        typer.echo(f"removed the cache at {cache.directory}, which held {readable} readable answers")


@contextlib.contextmanager
def _existing_cache(cache_dir: Path | None) -> Iterator[AnswerCache]:
    """The cache; where there is none, says so and ends."""
    set_up_logging()
    directory = cache_dir or default_cache_dir()
    if not (directory / "cache.db").exists():
        typer.echo(f"no cache at {directory}")
        raise typer.Exit
    with contextlib.closing(AnswerCache(directory, limit=cache_limit())) as cache:
        yield cache


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"absextract {version('absextract')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


def main() -> None:
    """Runs the command line; errors become one line on stderr and an exit status."""
    try:
        app()
    except UsageError as error:
        _stderr.print(f"error: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
        sys.exit(2)
    except BrokenPipeError:  # whoever read stdout has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
    except KeyboardInterrupt:
        sys.exit(130)


def _without_title(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization", by_alias=True)
    schema.pop("title")
    return schema


def _summarise(summary: RunSummary, output: str, *, can_retry: bool = False) -> None:
    for line in summary.lines():
        _note(line)
    if summary.interrupted:
        _note("interrupted: the same command goes on from here")
    elif summary.stopped:
        _note(f"stopped at {summary.stopped}; the same command goes on from here, with a limit of its own")
    elif summary.failed and can_retry:
        _note("failed records are in the output with their error; --retry-failed does them again")
    if output != STDOUT:
        _note(f"records in {output}")
