"""The commands. Data goes to stdout, everything else to stderr."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import signal
import sys
from typing import Annotated

import typer

from ..errors import UsageError
from ..version import __version__
from .deferred import Deferred, Group, add_deferred
from .messages import fail, note
from .starting import clear_screen

__all__ = ["app", "main", "run"]

_EXTRACT, _LOOK, _USE, _MORE = "Extract and check", "Look at records", "Use records", "More"

app: typer.Typer = typer.Typer(
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help="Paper abstracts in, checked facts out: every value points at the characters that support it.",
    epilog='Begin with: absextract try "We present Heron. It reaches 81.2% accuracy on NestBench."',
)
add_deferred(
    app,
    [
        Deferred("try", "trying:try_command", "Extract one abstract and print it in colours.", _EXTRACT),
        Deferred("inspect", "inspecting:inspect_command", "Show what extract would read.", _EXTRACT),
        Deferred("extract", "extracting:extract_command", "Extract the facts of abstracts.", _EXTRACT),
        Deferred("validate", "validating:validate_command", "Check extractions of any tool.", _EXTRACT),
        Deferred("batch", "batches:batch_app", "Extract at half price with OpenAI's Batch API.", _EXTRACT),
        Deferred("show", "showing:show_command", "Print one paper with its values in colours.", _LOOK),
        Deferred("report", "reports:report_command", "Write a page to look at in a browser.", _LOOK),
        Deferred("review", "reviewing:review_command", "Correct records by hand, in the browser.", _LOOK),
        Deferred("eval", "evaluate:evaluate_command", "Compare records with gold.", _LOOK),
        Deferred(
            "export",
            "exports:export_command",
            "Write results as a table, papers as BibTeX, or evaluations for others.",
            _USE,
        ),
        Deferred("leaderboard", "leaderboard:leaderboard_command", "Put results of many papers side by side.", _USE),
        Deferred("link", "linking_names:link_command", "Link datasets and metrics to the vocabulary.", _USE),
        Deferred("merge", "merges:merge_command", "Merge two record files.", _USE),
        Deferred("vocabulary", "linking_names:vocabulary_app", "Look up what a name links to.", _MORE),
        Deferred("schema", "schemas:schema_command", "Print a JSON Schema.", _MORE),
        Deferred("cache", "caching:cache_app", "Look at the answers kept on disk, or remove them.", _MORE),
    ],
)


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"absextract {__version__}")
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
        note("interrupted")
        sys.exit(130)
    except SystemExit as end:
        if end.code == 128 + signal.SIGINT:
            _let_go_of_stdout()
            if isinstance(getattr(end.__context__, "__cause__", None), KeyboardInterrupt):  # else the run has told it
                note("interrupted")
        raise
    finally:
        clear_screen()


def _let_go_of_stdout() -> None:
    """What is left to write goes nowhere: its reader has gone, or reads no more and would be waited for."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
