"""What is said on stderr."""

from __future__ import annotations

from rich.console import Console

from ..output.jsonl import STDOUT
from ..output.summary import RunSummary

__all__ = ["note", "stderr", "summarise"]

stderr = Console(stderr=True)


def note(text: str) -> None:
    """A line for the person at the terminal."""
    stderr.print(text, style="dim", markup=False, highlight=False, soft_wrap=True)


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
