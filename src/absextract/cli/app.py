"""The commands. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel
from typer.core import TyperGroup

from ..display.printable import printable, printable_json
from ..errors import UsageError
from ..extractors.llm.cache import AnswerCache, cache_limit, default_cache_dir
from ..records import Record
from ..runs.validate_many import validate_file
from ..schema.export import answer_schema
from ..schema.load import load_schema
from ..schema.paper import PaperExtraction
from .batches import batch_app
from .common_options import ANY_FILES, CacheDir, Output, Quiet, SchemaRef, UnsupportedOption
from .evaluate import evaluate_command
from .exports import export_command
from .extracting import extract_command
from .inspecting import inspect_command
from .logs import set_up_logging
from .merges import merge_command
from .messages import fail, say, summarise
from .reports import report_command
from .showing import show_command
from .trying import try_command

__all__ = ["app", "main", "run"]


class _Group(TyperGroup):
    """The commands, whose complaints about their words go to a terminal too."""

    def make_context(self, *args: Any, **extra: Any) -> Any:
        with _printable_complaints():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: Any) -> Any:
        with _printable_complaints():
            return super().invoke(ctx)


@contextlib.contextmanager
def _printable_complaints() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        if said := getattr(error, "format_message", None):  # typer's own, of whatever version
            error.format_message = lambda: printable(said())  # type: ignore[attr-defined]
        raise


app = typer.Typer(
    cls=_Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Paper abstracts in, checked facts out: every value points at the characters that support it.",
)
cache_app = typer.Typer(no_args_is_help=True, help="The answers language models gave, kept on disk.")
app.add_typer(cache_app, name="cache")
app.add_typer(batch_app, name="batch")

app.command("extract")(extract_command)
app.command("inspect")(inspect_command)
app.command("try")(try_command)


@app.command()
def validate(
    records: Annotated[
        str,
        typer.Argument(
            metavar="RECORDS.jsonl",
            help=f"Lines with title, abstract and extraction: {ANY_FILES}.",
        ),
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
        summarise(summary, output)
    raise typer.Exit(summary.exit_status)


app.command("eval")(evaluate_command)
app.command("export")(export_command)
app.command("merge")(merge_command)
app.command("report")(report_command)
app.command("show")(show_command)


@app.command("schema")
def print_schema(
    what: Annotated[str, typer.Argument(help='"paper", "record", FILE.py:Class or module:Class.')],
) -> None:
    """Print a JSON Schema: what a model is asked, or what a record looks like.

    Example: absextract schema record
    """
    typer.echo(printable_json(json.dumps(json_schema(what), indent=2, ensure_ascii=False)))


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
        for line in (f"folder   {cache.directory}", f"answers  {cache.count()}", f"size     {size:.1f} MB{limit}"):
            say(line)


@cache_app.command("clear")
def cache_clear(cache_dir: CacheDir = None) -> None:
    """Remove all answers."""
    with _existing_cache(cache_dir) as cache:
        readable = cache.clear()
        say(f"removed the cache at {cache.directory}, which held {readable} readable answers")


@contextlib.contextmanager
def _existing_cache(cache_dir: Path | None) -> Iterator[AnswerCache]:
    """The cache; where there is none, says so and ends."""
    set_up_logging()
    directory = cache_dir or default_cache_dir()
    if not (directory / "cache.db").exists():
        say(f"no cache at {directory}")
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


def run() -> None:
    """`main` as a program of its own: what is left at its end is not searched for cycles, which takes time."""
    atexit.register(gc.freeze)
    main()


def main() -> None:
    """Runs the command line; errors become one line on stderr and an exit status."""
    try:
        app()
    except UsageError as error:
        fail(str(error))
        sys.exit(2)
    except BrokenPipeError:  # whoever read stdout has gone
        _let_go_of_stdout()
        sys.exit(141)
    except OSError as error:
        if error.filename is None:
            raise
        fail(f"{error.filename}: {error.strerror}")
        sys.exit(2)
    except KeyboardInterrupt:
        _let_go_of_stdout()
        sys.exit(130)
    except SystemExit as end:
        if end.code == 128 + signal.SIGINT:
            _let_go_of_stdout()
        raise


def _let_go_of_stdout() -> None:
    """What is left to write goes nowhere: its reader has gone, or reads no more and would be waited for."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _without_title(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization", by_alias=True)
    schema.pop("title")
    return schema
