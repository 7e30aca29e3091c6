"""`absextract batch`: many abstracts through OpenAI's Batch API, at half the price."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..choices import FEW_EXAMPLES, MOST_ANSWER_TOKENS
from ..display.printable import printable
from ..output.places import STDOUT
from .common_options import (
    AnswerMode,
    BadInputOption,
    CacheDir,
    ColumnsOption,
    ExamplesCount,
    ExamplesFile,
    Format,
    InstructionsFile,
    Limit,
    MaxAnswerTokens,
    MaxReasks,
    Output,
    Quiet,
    SchemaRef,
    UnsupportedOption,
)
from .deferred import Group
from .help_layout import MODEL, OUTPUT, Command
from .logs import set_up_logging
from .messages import note, stderr

if TYPE_CHECKING:
    from ..batch_api.batch_parts import Part
    from ..batch_api.collecting import Collected
    from ..batch_api.steps import Sent
    from ..runs.job import Progress

__all__ = ["batch_app"]

batch_app: typer.Typer = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    cls=Group,
    help="""Extract at half price with OpenAI's Batch API.

    Answers come within 24 hours: submit, then collect.""",
)

_JobDir = Annotated[Path, typer.Argument(metavar="JOBDIR", help="The folder that batch submit made.")]
_Schema = Annotated[
    str | None,
    typer.Option(
        "--schema",
        metavar="SCHEMA",
        help="The job's schema; needed once where the job was submitted on another machine.",
    ),
]
_BaseUrl = Annotated[
    str | None,
    typer.Option(
        "--base-url",
        metavar="URL",
        help="The job's server; needed once where the job was submitted on another machine.",
    ),
]


@batch_app.command("submit", cls=Command)
def submit_command(
    context: typer.Context,
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help='Files, folders or globs; "-" for stdin.')
    ] = None,
    directory: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="JOBDIR", help="Folder of the job, made if missing.", rich_help_panel=OUTPUT
        ),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="A model of OpenAI, e.g. openai/gpt-5-mini.",
            envvar="ABSEXTRACT_MODEL",
            show_default=False,
            rich_help_panel=MODEL,
        ),
    ] = None,
    again: Annotated[
        Path | None,
        typer.Option(
            metavar="JOBDIR",
            help="Send what failed, was not answered or needs a correction of an earlier job, and nothing else.",
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Another server with a Batch API.",
            show_default="OPENAI_BASE_URL",
            rich_help_panel=MODEL,
        ),
    ] = None,
    schema: SchemaRef = "paper",
    input_format: Format = None,
    columns: ColumnsOption = None,
    max_reasks: MaxReasks = 1,
    unsupported: UnsupportedOption = "drop",
    cache_dir: CacheDir = None,
    limit: Limit = None,
    on_bad_input: BadInputOption = "record",
    max_answer_tokens: MaxAnswerTokens = MOST_ANSWER_TOKENS,
    mode: AnswerMode = "tools",
    instructions: InstructionsFile = None,
    examples: ExamplesFile = None,
    examples_count: ExamplesCount = FEW_EXAMPLES,
    quiet: Quiet = False,
) -> None:
    """Upload the requests of abstracts and start their batches.

    Abstracts that are answered in the cache are not sent. JOBDIR holds all
    that later steps need, and no key. Killed or refused, the same command goes
    on where it was; no batch is made twice. After collect, --again JOBDIR
    sends what failed or needs a correction.

    Example: absextract batch submit papers.jsonl -o job --model openai/gpt-5-mini
    """
    import asyncio

    from ..batch_api.settings import JobSettings, Named, whole_schema
    from ..batch_api.steps import submit, submit_again
    from ..extractors.llm.cache import default_cache_dir
    from .prompt_files import read_added

    set_up_logging()
    say = (lambda _: None) if quiet else note
    if again is not None:
        _check_alone(context, schema)
        named = Named(None if schema == "paper" else schema, base_url)
        _tell_sent(asyncio.run(submit_again(again, say, named)), again, quiet=quiet)
        return
    if not (inputs and directory and model):
        raise typer.BadParameter("batch submit needs INPUT..., -o JOBDIR and --model openai/…; or --again JOBDIR")
    words, shown = read_added(instructions, examples, examples_count)
    settings = JobSettings(
        model=model,
        server="",
        schema=whole_schema(schema),
        mode=mode,
        max_reasks=max_reasks,
        unsupported=unsupported,
        cache_dir=os.path.abspath(cache_dir or default_cache_dir()),
        inputs=inputs,
        format=input_format,
        limit=limit,
        on_bad_input=on_bad_input,
        columns=columns,
        max_answer_tokens=max_answer_tokens,
        instructions=words,
        examples=shown,
    )
    _tell_sent(asyncio.run(submit(directory, settings, base_url, say)), directory, quiet=quiet)


@batch_app.command("status", cls=Command)
def status_command(directory: _JobDir, schema: _Schema = None, base_url: _BaseUrl = None) -> None:
    """Show how far the batches of a job are.

    Exit status: 0 nothing is running any more, 1 something is.

    Example: absextract batch status job
    """
    import asyncio

    from ..batch_api.settings import Named
    from ..batch_api.steps import status

    set_up_logging()
    parts = asyncio.run(status(directory, Named(schema, base_url)))
    _print(parts)
    raise typer.Exit(1 if any(not part.has_ended for part in parts) else 0)


@batch_app.command("collect", cls=Command)
def collect_command(
    directory: _JobDir,
    output: Output,
    partial: Annotated[
        bool,
        typer.Option("--partial", help="Write even while batches are running; papers without an answer yet fail."),
    ] = False,
    schema: _Schema = None,
    base_url: _BaseUrl = None,
    quiet: Quiet = False,
) -> None:
    """Fetch the answers of a job, check them, and write the records in order.

    Answers go into the cache that live runs use, and the records are those of
    a live run. While a batch is still running nothing is written, but what has
    ended is fetched. An expired or cancelled batch gives what it has. OUT is
    replaced, so the step can be repeated, before and after submit --again.

    Exit status: 0 every record is done, 1 some failed, need a correction that
    has not been sent, or wait for a batch.

    Example: absextract batch collect job -o facts.jsonl
    """
    import asyncio

    from ..batch_api.collecting import collect
    from ..batch_api.settings import Named
    from .progress import watch

    set_up_logging()

    @contextlib.contextmanager
    def watching(total: int) -> Iterator[Progress]:
        with watch(stderr, lambda: total, quiet=quiet) as progress:
            yield progress

    collected = asyncio.run(collect(directory, output, watching, partial=partial, named=Named(schema, base_url)))
    if not quiet:
        _tell_collected(collected, directory, output)
    raise typer.Exit(collected.exit_status)


@batch_app.command("cancel", cls=Command)
def cancel_command(directory: _JobDir, schema: _Schema = None, base_url: _BaseUrl = None) -> None:
    """Cancel what is running; what has been answered by then is paid for, and collect fetches it.

    Example: absextract batch cancel job
    """
    import asyncio

    from ..batch_api.settings import Named
    from ..batch_api.steps import cancel

    set_up_logging()
    _print(asyncio.run(cancel(directory, Named(schema, base_url))))


def _check_alone(context: typer.Context, schema: str) -> None:
    """Finds out whether anything is given with --again, which takes all of it from the job.

    What a job of another machine wants may be named again; the schema of the house needs no naming.
    """
    may_be_named = {"base_url"} if schema == "paper" else {"base_url", "schema"}
    for name in context.params.keys() - {"again", "quiet"} - may_be_named:
        source = context.get_parameter_source(name)
        if source and source.name == "COMMANDLINE":
            raise typer.BadParameter("--again JOBDIR takes everything from the job; give nothing else with it")


def _tell_sent(sent: Sent, directory: Path, *, quiet: bool) -> None:
    if quiet:
        return
    if sent.requests:
        note(f"sent {sent.requests} requests for {sent.papers} abstracts, in {_batches(sent.parts)}")
    else:
        note(f"nothing to send for {sent.papers} abstracts")
    if sent.running:
        note(f"{_batches(sent.running)} running; `absextract batch status {directory}` says how far")
    else:
        note(f"`absextract batch collect {directory} -o OUT.jsonl` writes the records")


def _tell_collected(collected: Collected, directory: Path, output: str) -> None:
    for part in collected.running:
        note(f"part {part.number}: {part.state}, {part.done} of {part.requests} done{_because(part)}")
    if collected.summary is None:
        ended = len(collected.parts) - len(collected.running)
        note(
            f"{ended} of {len(collected.parts)} batches have ended, nothing is written; "
            "come back later, or take what there is with --partial"
        )
        if any(not part.is_sent for part in collected.running):
            note(f"not all are sent: `absextract batch submit --again {directory}` goes on with that")
        return
    for line in collected.summary.lines():
        note(line)
    for name, reason in collected.listed:
        note(f"  {name}: {reason}")
    if more := collected.failed + collected.open_reasks - len(collected.listed):
        note(f"  and {more} more")
    if collected.pending:
        note(f"{collected.pending} wait for a batch that is running; collect again later")
    if collected.failed or collected.open_reasks:
        counts = f"{collected.failed} failed, {collected.open_reasks} need a correction"
        note(f"{counts}: `absextract batch submit --again {directory}` sends them, then collect again")
    if output != STDOUT:
        note(f"records in {output}")


def _print(parts: list[Part]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, header_style="bold")
    for name in ("part", "done", "failed", "total"):
        table.add_column(name, justify="right")
    for name in ("state", "submitted", "expires (UTC)"):
        table.add_column(name, no_wrap=True)
    table.add_column("batch", overflow="fold")
    for part in parts:
        counts = (str(number) for number in (part.number, part.done, part.failed, part.requests))
        times = (_time(part.submitted_at), _time(part.expires_at))
        table.add_row(*counts, printable(part.state), *times, printable(part.batch_id or ""))
    Console(highlight=False, markup=False, emoji=False).print(table)
    for part in parts:
        if part.problem:
            note(f"part {part.number}{_because(part)}")


def _because(part: Part) -> str:
    return f": {part.problem}" if part.problem else ""


def _batches(number: int) -> str:
    return f"{number} batch" if number == 1 else f"{number} batches"


def _time(seconds: int | None) -> str:
    return "" if seconds is None else time.strftime("%Y-%m-%d %H:%M", time.gmtime(seconds))
