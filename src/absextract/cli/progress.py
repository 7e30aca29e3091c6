"""What a person sees while a run is going: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console

from ..errors import UsageError
from ..output.summary import RunSummary

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = ["Silent", "watch"]

_LINE_EVERY = 10.0
_DRAW_EVERY = 0.1
_WORTH_A_WORD = 1.0  # seconds of a pause
_RATE_OVER = 30.0  # seconds


class Silent:
    """Says nothing."""

    def advance(self, summary: RunSummary) -> None:
        """Nothing to show."""


class _Rate:
    """Records a second over the last half minute."""

    def __init__(self) -> None:
        self._seen = deque([(time.monotonic(), 0)])

    def per_second(self, records: int) -> float | None:
        """The rate now; None in the first moments."""
        now = time.monotonic()
        if now - self._seen[-1][0] >= 1.0:
            self._seen.append((now, records))
        while len(self._seen) > 1 and now - self._seen[1][0] >= _RATE_OVER:
            self._seen.popleft()
        then, before = self._seen[0]
        return (records - before) / (now - then) if now - then >= 0.5 else None


class _Display:
    """Shows how far a run is, not more often than people can read it."""

    def __init__(self, every: float, count: Callable[[], int] | None) -> None:
        self.total: int | None = None
        self._every = every
        self._count = count
        self._last = time.monotonic()
        self._rate = _Rate()

    def advance(self, summary: RunSummary) -> None:
        now = time.monotonic()
        if now - self._last >= self._every:
            self._last = now
            if self._count:  # not before there is something to show: it takes as long as reading the inputs
                threading.Thread(target=self._set_total, args=(self._count,), daemon=True).start()
                self._count = None
            self.show(summary, self._details(summary))

    def show(self, summary: RunSummary, details: str) -> None:
        raise NotImplementedError

    def _set_total(self, count: Callable[[], int]) -> None:
        with contextlib.suppress(UsageError):  # the run itself meets and tells it
            self.total = count()

    def _details(self, summary: RunSummary) -> str:
        rate = self._rate.per_second(summary.new)
        parts = []
        if summary.pause >= _WORTH_A_WORD:  # first: a narrow terminal shows the beginning alone
            parts.append(f"server busy, next try in {summary.pause:.0f} s")
        if summary.waiting:
            parts.append(f"{summary.waiting} done behind a slow one")
        parts.append("-/s" if rate is None else f"{rate:.1f}/s")
        if rate and self.total is not None:
            parts.append(f"{_duration((self.total - summary.new - summary.kept) / rate)} left")
        if summary.requests or summary.cache_hits:
            parts += [f"{summary.in_flight} in flight", f"{summary.cache_hits} cached"]
            parts.append(f"{summary.usage.total_tokens} tokens")
        parts.append(f"{summary.failed} failed")
        return ", ".join(parts)


class _Lines(_Display):
    """One line every ten seconds, for logs."""

    def __init__(self, console: Console, count: Callable[[], int] | None) -> None:
        super().__init__(_LINE_EVERY, count)
        self._console = console

    def show(self, summary: RunSummary, details: str) -> None:
        of = "" if self.total is None else f" of {self.total}"
        self._console.print(f"{summary.new + summary.kept}{of} records, {details}", highlight=False, soft_wrap=True)


class _Bar(_Display):
    """A bar with rate, time left and what the run costs."""

    def __init__(self, bar: Progress, count: Callable[[], int] | None) -> None:
        super().__init__(_DRAW_EVERY, count)
        self._bar = bar
        self._task = bar.add_task("extracting", total=None, details="")

    def show(self, summary: RunSummary, details: str) -> None:
        if summary.interrupted:  # from here on the process may be ended at once, and the cursor stay hidden
            self._bar.console.show_cursor(True)
        self._bar.update(self._task, completed=summary.new + summary.kept, total=self.total, details=details)


@contextlib.contextmanager
def watch(console: Console, count: Callable[[], int] | None, *, quiet: bool) -> Iterator[Silent | _Display]:
    """A progress display that fits the console.

    Args:
        console: standard error.
        count: counts the inputs, run beside the work; None where they cannot be read twice.
        quiet: no display.
    """
    if quiet:
        yield Silent()
    elif not console.is_terminal:
        yield _Lines(console, count)
    else:
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[details]}"))
        with Progress(*columns, console=console, transient=True) as bar:
            yield _Bar(bar, count)


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(max(0.0, seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
