"""What a person sees while a run is going: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from ..errors import UsageError
from ..output.summary import RunSummary

__all__ = ["Silent", "watch"]

_LINE_EVERY = 10.0


class Silent:
    """Says nothing."""

    def advance(self, summary: RunSummary) -> None:
        """Nothing to show."""


class _Lines:
    """One line every ten seconds, for logs."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._began = self._last = time.monotonic()

    def advance(self, summary: RunSummary) -> None:
        now = time.monotonic()
        if now - self._last >= _LINE_EVERY:
            self._last = now
            self._console.print(f"{summary.new} records, {_details(summary, now - self._began)}", highlight=False)


class _Bar:
    """A bar with rate, time left and what the run costs."""

    def __init__(self, bar: Progress) -> None:
        self._bar = bar
        self._task = bar.add_task("extracting", total=None, details="")
        self._began = time.monotonic()

    def set_total(self, total: int) -> None:
        self._bar.update(self._task, total=total)

    def advance(self, summary: RunSummary) -> None:
        details = _details(summary, time.monotonic() - self._began)
        self._bar.update(self._task, completed=summary.new + summary.kept, details=details)


@contextlib.contextmanager
def watch(console: Console, count: Callable[[], int] | None, *, quiet: bool) -> Iterator[Silent | _Lines | _Bar]:
    """A progress display that fits the console.

    Args:
        console: standard error.
        count: counts the inputs, run beside the work; None where they cannot be read twice.
        quiet: no display.
    """
    if quiet:
        yield Silent()
    elif not console.is_terminal:
        yield _Lines(console)
    else:
        columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[details]}"))
        with Progress(*columns, console=console, transient=True) as bar:
            display = _Bar(bar)
            if count:
                threading.Thread(target=_set_total, args=(display, count), daemon=True).start()
            yield display


def _set_total(display: _Bar, count: Callable[[], int]) -> None:
    with contextlib.suppress(UsageError):  # the run itself meets and tells it
        display.set_total(count())


def _details(summary: RunSummary, seconds: float) -> str:
    parts = [f"{summary.new / seconds:.1f}/s" if seconds > 0.5 else "-/s"]
    if summary.requests or summary.cache_hits:
        parts += [f"{summary.cache_hits} cached", f"{summary.usage.total_tokens} tokens"]
    return ", ".join([*parts, f"{summary.failed} failed"])
