"""Rates of our own and of the server's."""

from __future__ import annotations

import time

import pytest

from absextract.extractors.llm.pace import Allowance, Pace


@pytest.mark.parametrize("word", ["inf", "-inf", "nan", "1e400", "9" * 1000, "-5", "\u0663", "1_0", ""])
def test_words_that_are_no_numbers_are_ignored(word: str) -> None:
    for kind in ("remaining", "reset"):
        told = {"x-ratelimit-remaining-tokens": "100", "x-ratelimit-reset-tokens": "1s"}
        allowance = Allowance("tokens", 0.02)
        allowance.read(told | {f"x-ratelimit-{kind}-tokens": word}, 0, 1, 0.0)
        allowance.take(500, 1, 0.0)
        assert allowance.delay(0.0) == 0.0


def test_a_false_word_does_not_slow_the_rest_of_the_run() -> None:
    allowance = Allowance("tokens", 0.02)
    for number, left in enumerate(("999999999999999", "5000", "5000")):
        now = 100.0 * number
        told = {"x-ratelimit-remaining-tokens": left, "x-ratelimit-reset-tokens": "1s"}
        allowance.read(told, number, number + 1, now)
    assert not allowance.is_used_up


def test_in_no_minute_there_are_more_than_allowed() -> None:
    pace, now, sent = Pace(120), 0.0, []
    for _ in range(500):
        now += max(0.0, pace.delay(now))
        pace.take(1, now)
        sent.append(now)
    assert max(sum(start <= at < start + 60 for at in sent) for start in sent) <= 120
    assert sent[-1] < 500 / 120 * 60 * 1.02


def test_without_a_rate_nobody_waits() -> None:
    pace = Pace(None)
    pace.take(10**9, 5.0)
    assert pace.delay(5.0) <= 0


def test_what_was_not_used_is_given_back() -> None:
    pace = Pace(60)
    pace.take(50, 100.0)
    pace.take(-50, 100.0)
    assert pace.delay(100.0) <= 0


def allowance(remaining: str | None, reset: str | None, sent: int = 1) -> Allowance:
    told = {"x-ratelimit-remaining-requests": remaining, "x-ratelimit-reset-requests": reset}
    known = Allowance("requests")
    known.read({name: value for name, value in told.items() if value is not None}, 0, sent, 0.0)
    return known


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [("6m0s", 60), ("1.5s", 1.5), ("120ms", 0.12), ("37", 37), ("0", 0), ("1d", 60)],
)
def test_when_nothing_is_left_the_reset_is_waited_for(reset: str, seconds: float) -> None:
    assert allowance("0", reset).delay(0.0) == pytest.approx(seconds)


@pytest.mark.parametrize(("remaining", "reset"), [("-1", "60s"), ("many", "60s"), ("0", "later"), ("0", None)])
def test_what_says_nothing_keeps_nobody_waiting(remaining: str, reset: str | None) -> None:
    assert allowance(remaining, reset).delay(0.0) <= 0


def test_a_reset_may_be_a_date() -> None:
    assert 5 < allowance("0", str(time.time() + 30)).delay(0.0) <= 30
    assert 5 < allowance("0", str(int((time.time() + 30) * 1000))).delay(0.0) <= 30


@pytest.mark.parametrize(
    ("remaining", "reset"), [(None, "1s"), ("0", None), ("many", "1s"), ("0", "soon"), ("5", "1s")]
)
def test_otherwise_nobody_waits(remaining: str | None, reset: str | None) -> None:
    assert allowance(remaining, reset).delay(0.0) <= 0


def test_what_went_since_counts() -> None:
    known = allowance("3", "9s", sent=2)
    for number in (2, 3):
        assert known.delay(0.0) <= 0
        known.take(1, number, 0.0)
    assert known.delay(0.0) == 9


def test_behind_the_reset_one_goes_ahead_and_its_answer_is_waited_for() -> None:
    known = allowance("0", "9s", sent=5)
    assert known.delay(9.0) <= 0
    known.take(1, 5, 9.0)
    assert known.delay(9.0) > 0
    told = {"x-ratelimit-remaining-requests": "7", "x-ratelimit-reset-requests": "1s"}
    known.read(told, 4, 6, 9.1)
    assert known.delay(9.1) > 0, "that was said before"
    known.read(told, 5, 6, 9.2)
    assert known.delay(9.2) <= 0
