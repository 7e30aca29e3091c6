"""`absextract extract`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from ..choices import FEW_EXAMPLES, MOST_ANSWER_TOKENS
from ..output.places import STDOUT
from .common_options import (
    AnswerMode,
    BadInputOption,
    BaseUrl,
    CacheDir,
    ColumnsOption,
    ExamplesCount,
    ExamplesFile,
    Format,
    Inputs,
    InstructionsFile,
    Limit,
    MarkupOption,
    MaxAnswerTokens,
    MaxReasks,
    MinConfidence,
    Model,
    Quiet,
    Samples,
    SchemaRef,
    UnsupportedOption,
    records_file,
)
from .help_layout import LIMITS, MESSAGES, MODEL, OUTPUT
from .logs import set_up_logging

__all__ = ["extract_command"]


def extract_command(
    inputs: Inputs,
    output: Annotated[
        str | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help='Output file in JSON Lines, "-" for stdout. Needed, except with --dry-run.',
            show_default=False,
            callback=records_file,
            rich_help_panel=OUTPUT,
        ),
    ] = None,
    model: Model = None,
    base_url: BaseUrl = None,
    schema: SchemaRef = "paper",
    input_format: Format = None,
    columns: ColumnsOption = None,
    concurrency: Annotated[
        int,
        typer.Option(
            min=1,
            max=1000,
            metavar="N",
            help="Requests in flight at once; with --engine ray, in each worker.",
            rich_help_panel=LIMITS,
        ),
    ] = 32,
    max_reasks: MaxReasks = 1,
    unsupported: UnsupportedOption = "drop",
    cache_dir: CacheDir = None,
    no_cache: Annotated[
        bool, typer.Option("--no-cache", help="Neither read nor write kept answers.", rich_help_panel=MODEL)
    ] = False,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Start anew where the output exists.", rich_help_panel=OUTPUT)
    ] = False,
    retry_failed: Annotated[
        bool,
        typer.Option(
            "--retry-failed",
            help="Do the failed records of an existing output again, in their place.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    limit: Limit = None,
    on_bad_input: BadInputOption = "record",
    markup: MarkupOption = "text",
    rpm: Annotated[
        float | None,
        typer.Option(
            min=0.001, metavar="N", help="Most requests a minute.", show_default=False, rich_help_panel=LIMITS
        ),
    ] = None,
    tpm: Annotated[
        float | None,
        typer.Option(min=1, metavar="N", help="Most tokens a minute.", show_default=False, rich_help_panel=LIMITS),
    ] = None,
    max_total_tokens: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Stop before the run takes more than N tokens.",
            show_default=False,
            rich_help_panel=LIMITS,
        ),
    ] = None,
    max_cost: Annotated[
        float | None,
        typer.Option(
            min=0.000001,
            metavar="DOLLARS",
            help="Stop before the run costs more US dollars.",
            show_default=False,
            rich_help_panel=LIMITS,
        ),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option(min=0.1, metavar="SECONDS", help="How long to wait for one answer.", rich_help_panel=LIMITS),
    ] = 120.0,
    max_answer_tokens: MaxAnswerTokens = MOST_ANSWER_TOKENS,
    mode: AnswerMode = "tools",
    instructions: InstructionsFile = None,
    examples: ExamplesFile = None,
    examples_count: ExamplesCount = FEW_EXAMPLES,
    samples: Samples = 1,
    fallback: Annotated[
        Literal["builtin"] | None,
        typer.Option(
            help="Use the offline model for papers on which the model fails for good; the record says so.",
            show_default="none",
            rich_help_panel=MODEL,
        ),
    ] = None,
    min_confidence: MinConfidence = None,
    link: Annotated[
        bool,
        typer.Option(
            "--link",
            help="Also say which dataset or metric of the vocabulary each name is (entities).",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    dry_run: Annotated[
        bool,
        typer.Option(
            "--dry-run",
            help="Send nothing: print what is read, the first request and an estimate of tokens.",
            rich_help_panel=OUTPUT,
        ),
    ] = False,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(
            help="Where the work is done. ray writes a folder of parts, on this machine or on RAY_ADDRESS.",
            rich_help_panel=LIMITS,
        ),
    ] = "local",
    workers: Annotated[
        int | None,
        typer.Option(
            min=1,
            metavar="N",
            help="Processes that do the work, with --engine ray.",
            show_default="one a CPU of the cluster",
            rich_help_panel=LIMITS,
        ),
    ] = None,
    quiet: Quiet = False,
    verbose: Annotated[
        bool,
        typer.Option(
            "--verbose",
            "-v",
            help="Also report retries, pauses, corrections and failed records.",
            rich_help_panel=MESSAGES,
        ),
    ] = False,
    log_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Append what --verbose reports to this file, as JSON Lines.",
            show_default=False,
            rich_help_panel=MESSAGES,
        ),
    ] = None,
) -> None:
    """Extract the facts of abstracts.

    The output has one line of JSON for each paper. If it exists already, what
    is done stays and the rest is added.

    Example: absextract extract papers.jsonl -o facts.jsonl --model openai/gpt-5-mini
    """
    from dataclasses import asdict

    from ..distributed.options import Options
    from ..distributed.parts import FolderJob
    from ..extractors.llm.cache import default_cache_dir
    from ..extractors.llm.limits import Limits
    from ..pipeline import BUILTIN, default_model
    from ..runs.job import Job
    from ..schema.load import load_schema
    from ..sources.columns import ColumnNames
    from .extraction import rehearse_job, run_with_progress, tell_what_is_read
    from .prompt_files import read_added

    chosen = model or default_model()
    _refuse(
        (
            output is None and not dry_run,
            "Missing option '--output' / '-o': name a file for the records, e.g. -o facts.jsonl",
        ),
        (overwrite and retry_failed, "--overwrite and --retry-failed exclude each other"),
        (quiet and verbose, "--quiet and --verbose exclude each other"),
        (workers and engine == "local", "--workers is for --engine ray; one process takes --concurrency"),
        (_is_written(log_file, output), "--log-file: that is the output, or a file beside it"),
        (fallback and chosen == BUILTIN, "--fallback builtin is for language models; choose one with --model"),
        (
            (instructions or examples) and chosen == BUILTIN,
            "--instructions and --examples are for language models; choose one with --model",
        ),
        (samples > 1 and chosen == BUILTIN, "--samples is for language models; the offline model tells its confidence"),
        ("-" in inputs and "-" in (instructions, examples), "standard input can be only one of input and instructions"),
    )
    set_up_logging(verbose=verbose, log_file=log_file)
    job = (FolderJob if engine == "ray" and output else Job)(
        tuple(inputs),
        output or STDOUT,
        format=input_format,
        overwrite=overwrite,
        retry_failed=retry_failed,
        limit=limit,
        on_bad_input=on_bad_input,
        columns=ColumnNames.of(columns),
        markup=markup,
        log_file=None if log_file is None else str(log_file),
    )
    if dry_run and chosen == BUILTIN:
        raise typer.Exit(tell_what_is_read(job))
    words, shown = read_added(instructions, examples, examples_count)
    limits = Limits(rpm=rpm, tpm=tpm, max_total_tokens=max_total_tokens, max_cost=max_cost)
    settings = {
        "model": chosen,
        "schema": schema,
        "mode": mode,
        "concurrency": concurrency,
        "max_reasks": max_reasks,
        "unsupported": unsupported,
        "timeout": timeout,
        "max_answer_tokens": max_answer_tokens,
        "fallback": fallback,
        "min_confidence": min_confidence,
        "instructions": instructions,
        "examples": examples,
        "samples": samples,
        "link": link,
        **asdict(limits),
        "cache": None if no_cache else str(cache_dir or default_cache_dir()),
        "inputs": inputs,
        "format": job.format,
        "columns": columns,
        "markup": markup,
        "limit": limit,
    }
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
        min_confidence=min_confidence,
        max_answer_tokens=max_answer_tokens,
        instructions=words,
        examples=shown,
        samples=samples,
        link=link,
    )
    if dry_run:
        rehearse_job(job, options)
        raise typer.Exit
    summary = run_with_progress(job, options, settings, workers=workers, quiet=quiet, verbose=verbose)
    raise typer.Exit(summary.exit_status)


def _refuse(*cases: tuple[object, str]) -> None:
    """Ends with the message of the first case that is true."""
    for is_wrong, message in cases:
        if is_wrong:
            raise typer.BadParameter(message)


def _is_written(log_file: Path | None, output: str | None) -> bool:
    """Whether the run writes something else to the file of the log."""
    from ..sources.run_files import BESIDE

    if log_file is None or output is None:
        return False
    return os.path.realpath(log_file) in {os.path.realpath(output + end) for end in ("", *BESIDE)}
