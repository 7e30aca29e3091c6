"""Two ways to keep to a rate: our own, so many a minute, and the server's, as its headers tell it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from ...patterns import regex

__all__ = ["Allowance", "Pace"]

_BURST = 0.2  # seconds' worth that may be made up for, where others kept the loop busy
_MARGIN = 0.5  # seconds by which requests may bunch on the way
_LONGEST = 60.0
_FOR_AN_ANSWER = 10.0
_NUMBER = regex(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")
_DURATION = regex(r"([0-9]{1,15}(?:\.[0-9]{1,15})?)(ms|s|m|h|d)")
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_LONGEST_WORD = 100
_LATEST_SECONDS = 10_000_000  # a larger number is a date


class Pace:
    """So many units a minute, evenly: in no 60 seconds are there more.

    What is larger than its share goes when its turn comes, and those behind it wait the longer.
    """

    def __init__(self, per_minute: float | None) -> None:
        self._unit = (60.0 + _BURST + _MARGIN) / per_minute if per_minute else 0.0  # seconds
        self._next = 0.0

    def delay(self, now: float) -> float:
        """Seconds until something may go."""
        return self._next - now

    def take(self, units: float, now: float) -> None:
        """Something goes; or, with less than nothing, has cost less than it took."""
        if self._unit:
            start = max(self._next, now - _BURST) if units > 0 else self._next
            self._next = start + units * self._unit


class Allowance:
    """What `x-ratelimit-remaining-…` and `x-ratelimit-reset-…` leave us, for `requests` or `tokens`.

    Some servers name the time when all is free again, some when the next is. So behind it one goes first, and its
    answer tells how many may follow.

    Args:
        kind: of what.
        reserve: the share that is left alone, since requests overtake each other on their way.
    """

    def __init__(self, kind: str, reserve: float = 0.0) -> None:
        self._reserve = reserve
        self._names = f"x-ratelimit-remaining-{kind}", f"x-ratelimit-reset-{kind}"
        self._newest = 0  # the request that was answered by what we know
        self._left: float | None = None
        self._most = 0.0
        self._reset_at = 0.0
        self._typical = 1.0

    @property
    def is_used_up(self) -> bool:
        """Whether nothing may go before the reset."""
        return self._left is not None and self._left < self._typical + int(self._reserve * self._most)

    def read(self, headers: Mapping[str, Any], number: int, sent: int, now: float) -> None:
        """Takes note of a response's headers, unless something newer is known.

        Args:
            headers: with or without a word on limits.
            number: of the request that is answered.
            sent: how many were sent so far; those behind it are not counted in the headers.
            now: in seconds.
        """
        if number < self._newest:
            return
        self._newest = number
        remaining, reset = (headers.get(name) for name in self._names)
        seconds, left = _duration(reset), _number(remaining)
        if left is None or seconds is None:  # also -1, for "no limit"
            self._left = None
            return
        self._most = left if now >= self._reset_at else max(self._most, left)  # a false word is soon forgotten
        self._left = left - (sent - number - 1) * self._typical
        self._reset_at = now + min(seconds, _LONGEST)

    def delay(self, now: float) -> float:
        """Seconds until something may go."""
        return self._reset_at - now if self.is_used_up else 0.0

    def take(self, units: float, number: int, now: float) -> None:
        """Request number so-and-so goes, for so many units."""
        self._typical = units
        if self.is_used_up:
            self._newest = number
            self._reset_at = now + _FOR_AN_ANSWER
        elif self._left is not None:
            self._left -= units


def _number(text: Any) -> float | None:
    """A count as people write it: no sign, no `inf`, no thousand digits."""
    return float(text) if isinstance(text, str) and _NUMBER.fullmatch(text.strip(" \t")) else None


def _duration(text: Any) -> float | None:
    """Seconds in `6m0s`, `120ms`, `37`, or a date as seconds or milliseconds since 1970."""
    if not isinstance(text, str) or len(text) > _LONGEST_WORD:
        return None
    if parts := _DURATION.findall(text):
        return sum(float(number) * _SECONDS[unit] for number, unit in parts)
    number = _number(text)
    if number is None:
        return None
    if number < _LATEST_SECONDS:
        return max(0.0, number)
    return max(0.0, (number / 1000 if number > _LATEST_SECONDS**1.5 else number) - time.time())
