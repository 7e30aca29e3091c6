"""What is said on stderr."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from ..display.printable import printable
from ..output.places import STDOUT
from .starting import clear_screen

if TYPE_CHECKING:
    from ..output.summary import RunSummary

__all__ = ["fail", "note", "say", "stderr", "summarise", "tell_left_out"]

_MOST_TOLD = 20

stderr: Console = Console(stderr=True, markup=False, emoji=False, highlight=False)


def note(text: str) -> None:
    """A line for the person at the terminal."""
    _print(text, "dim")


def tell_left_out(lines: Sequence[str]) -> None:
    """The lines of a record file that a command did without."""
    for line in lines[:_MOST_TOLD]:
        note(f"left out {line}")
    if len(lines) > _MOST_TOLD:
        note(f"left out {len(lines) - _MOST_TOLD} more lines")


def fail(text: str) -> None:
    """The one line that says why nothing came of it."""
    _print(f"error: {text}", "red")


def say(text: str) -> None:
    """A line of what was asked for, on stdout."""
    typer.echo(printable(text))


def _print(text: str, style: str) -> None:
    clear_screen()
    stderr.print(printable(text), style=style, soft_wrap=True)


def summarise(summary: RunSummary, output: str, *, can_retry: bool = False, overwrite: bool = False) -> None:
    """What a run did, and what to do next."""
    command = "the same command without --overwrite" if overwrite else "the same command"
    for line in summary.lines():
        note(line)
    if summary.interrupted:
        note(f"interrupted: {command} goes on from here")
    elif summary.stopped:
        note(f"stopped at {summary.stopped}; {command} goes on from here")
    if summary.failed and can_retry:
        note("failed records are in the output with their error; --retry-failed does them again")
    if output != STDOUT:
        note(f"records in {output}")
