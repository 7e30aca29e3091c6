"""What a person sees while a run is going."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from absextract.cli import progress
from absextract.cli.progress import Silent, watch
from absextract.output.summary import RunSummary, Tally
from absextract.records import Usage


class Clock:
    now = 100.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(progress, "time", clock)
    return clock


def summary_of(new: int, *, failed: int = 0, kept: int = 0) -> RunSummary:
    summary = RunSummary({})
    for number in range(new):
        summary.count(Tally("failed" if number < failed else "ok"))
    for _ in range(kept):
        summary.count(Tally("ok"), kept=True)
    return summary


def test_without_a_terminal_a_line_comes_every_ten_seconds(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text), None, quiet=False) as display:
        for second in range(1, 26):
            clock.now = 100.0 + second
            display.advance(summary_of(2 * second, failed=1, kept=5))
    assert text.getvalue().splitlines() == [
        "25 records, 2.0/s, 1 failed",
        "45 records, 2.0/s, 1 failed",
    ]


def test_the_time_left_is_told_once_the_inputs_are_counted(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text), None, quiet=False) as display:
        assert not isinstance(display, Silent)
        display.total = 10_000
        clock.now += 10.0
        summary = summary_of(10, kept=1000)
        summary.requests, summary.in_flight, summary.cache_hits = 42, 32, 3
        summary.usage = Usage(total_tokens=77)
        display.advance(summary)
    told = "1010 of 10000 records, 1.0/s, 2:29:50 left, 32 in flight, 3 cached, 77 tokens, 0 failed"
    assert text.getvalue().splitlines() == [told]


def test_a_pause_and_papers_behind_a_slow_one_are_told(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text, width=200), None, quiet=False) as display:
        clock.now += 10.0
        summary = summary_of(4)
        summary.requests, summary.in_flight, summary.waiting, summary.pause = 37, 1, 30, 11.7
        display.advance(summary)
        clock.now += 10.0
        summary.pause, summary.waiting = 0.0, 0
        display.advance(summary)
    assert text.getvalue().splitlines() == [
        "4 records, server busy, next try in 12 s, 30 done behind a slow one, 0.4/s, 1 in flight, 0 cached, 0 tokens, "
        "0 failed",
        "4 records, 0.2/s, 1 in flight, 0 cached, 0 tokens, 0 failed",
    ]


def test_a_bar_in_a_narrow_terminal_tells_a_pause_too(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text, force_terminal=True, width=80), None, quiet=False) as display:
        assert isinstance(display, progress._Bar)
        display.total = 100_000
        clock.now += 1.0
        summary = summary_of(4)
        summary.requests, summary.in_flight, summary.waiting, summary.pause = 37, 32, 30, 11.7
        display.advance(summary)
        display._bar.refresh()
        assert "server busy, next try in 12 s" in text.getvalue()


def test_the_rate_is_that_of_the_last_half_minute(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text), None, quiet=False) as display:
        for second in range(1, 71):
            clock.now = 100.0 + second
            display.advance(summary_of(1000 + min(second, 40)))
    assert "0.0/s" in text.getvalue().splitlines()[-1]


def test_the_inputs_are_counted_beside_the_work_once_there_is_something_to_show(clock: Clock) -> None:
    counted: list[int] = []

    def count() -> int:
        counted.append(7)
        return 7

    with watch(Console(file=io.StringIO()), count, quiet=False) as display:
        assert not isinstance(display, Silent)
        display.advance(summary_of(1))
        assert counted == []
        clock.now += 10.0
        display.advance(summary_of(1))
        while display.total is None:
            pass
        assert display.total == 7


def test_a_terminal_shows_a_bar_and_gets_its_cursor_back_when_interrupted(clock: Clock) -> None:
    text = io.StringIO()
    with watch(Console(file=text, force_terminal=True, width=100), None, quiet=False) as display:
        assert not isinstance(display, Silent)
        display.total = 8
        clock.now += 1.0
        display.advance(summary_of(4))
        summary = summary_of(4)
        summary.interrupted_by = 2
        clock.now += 1.0
        shown = text.getvalue()
        display.advance(summary)
    assert "\x1b[?25h" not in shown
    assert "\x1b[?25h" in text.getvalue()
    assert "4/8" in text.getvalue()


def test_quiet_shows_nothing() -> None:
    text = io.StringIO()
    with watch(Console(file=text, force_terminal=True), None, quiet=True) as display:
        display.advance(summary_of(3))
    assert text.getvalue() == ""
