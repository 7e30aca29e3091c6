"""The limits of a run, kept in one place for all workers, and handed out to them in slices."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..extractors.llm.limits import Limits
from ..extractors.llm.pace import Pace

__all__ = ["Cost", "Grant", "Landed", "Meter"]

_SLICE = 0.25  # seconds' worth of a rate in one grant: so little bunches that no minute has more than its share
_FREE = 0.5  # seconds for which nobody need ask, where there is no limit but a pause of all
_LOOK_AGAIN = 0.25  # seconds: for a stop, or a worker that has died

Cost = tuple[int, float]
"""Tokens and dollars."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What a worker may do now.

    Attributes:
        number: of the requests it asked for, the first so many may go.
        free_for: seconds in which it need not ask again.
        stopped: why nothing may be sent any more.
    """

    number: int
    free_for: float = 0.0
    stopped: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """Requests of a worker that have landed: what was reserved for them, and what they took."""

    reserved: Cost = (0, 0.0)
    used: Cost = (0, 0.0)

    def __add__(self, other: Landed) -> Landed:
        (a, b), (c, d) = (self.reserved, self.used), (other.reserved, other.used)
        return Landed((a[0] + c[0], a[1] + c[1]), (b[0] + d[0], b[1] + d[1]))


@dataclass(slots=True)
class _Account:
    """What a worker has under way."""

    tokens: int = 0
    dollars: float = 0.0
    heard_at: float = 0.0


class Meter:
    """Requests and tokens a minute, tokens and dollars in all, and the pauses of everybody after a 429.

    Args:
        limits: of all workers together.
        patience: seconds after which what a silent worker has under way is taken as spent: it may have died.
        clock: seconds, for tests.
    """

    def __init__(
        self,
        limits: Limits,
        *,
        patience: float = 150.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.stopped: str | None = None
        self.granted: int = 0
        self.spent: Cost = (0, 0.0)
        self._limits = limits
        self._patience = patience
        self._clock = clock
        self._paces = Pace(limits.rpm), Pace(limits.tpm)
        self._is_free = limits == Limits()
        self._paused_until = 0.0
        self._accounts: dict[str, _Account] = {}
        self._changed = asyncio.Event()
        self._turn = asyncio.Lock()  # one after the other, in the order of asking

    async def draw(self, worker: str, asked: Sequence[Cost], landed: Landed) -> Grant:
        """Waits until at least the first of some requests may go, or none ever.

        Args:
            worker: who asks.
            asked: what each request may take at most.
            landed: what it has to tell since it last spoke.
        """
        self.settle(worker, landed)
        async with self._turn:
            while self.stopped is None:
                delay = self._delay(asked[0])
                if self.stopped is None and delay <= 0.0:
                    return self._grant(worker, asked)
                if self.stopped is None:
                    await self._wait(min(delay, _LOOK_AGAIN))
        return Grant(0, stopped=self.stopped)

    def settle(self, worker: str, landed: Landed) -> None:
        """Requests have landed."""
        account = self._accounts.setdefault(worker, _Account())
        account.heard_at = self._clock()
        account.tokens -= landed.reserved[0]
        account.dollars -= landed.reserved[1]
        self._spend(landed.used)
        self._paces[1].take(landed.used[0] - landed.reserved[0], self._clock())
        self._changed.set()

    def pause(self, seconds: float) -> None:
        """A worker met a 429: nobody sends for a while."""
        self._paused_until = max(self._paused_until, self._clock() + seconds)

    def stop(self, reason: str) -> None:
        """Nothing more is sent."""
        self.stopped = self.stopped or reason
        self._changed.set()

    async def _wait(self, seconds: float) -> None:
        """Waits, unless something changes meanwhile."""
        self._changed.clear()
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), seconds)

    def _delay(self, wanted: Cost) -> float:
        now = self._clock()
        waits = [self._paused_until - now, *(pace.delay(now) for pace in self._paces)]
        return max(waits) if self._is_affordable(wanted) else _LOOK_AGAIN

    def _grant(self, worker: str, asked: Sequence[Cost]) -> Grant:
        number = 0
        for tokens, dollars in asked:
            now = self._clock()
            ahead = max(pace.delay(now) for pace in self._paces)
            if number and (ahead > _SLICE or not self._is_affordable((tokens, dollars))):
                break
            for pace, units in zip(self._paces, (1, tokens), strict=True):
                pace.take(units, now)
            self._accounts[worker].tokens += tokens
            self._accounts[worker].dollars += dollars
            number += 1
        self.granted += number
        return Grant(number, _FREE if self._is_free else 0.0)

    def _is_affordable(self, wanted: Cost) -> bool:
        """Whether it can be paid for beside what is under way; all is over where it cannot, and nothing is."""
        limits = self._limits
        if limits.max_total_tokens is None and limits.max_cost is None:
            return True
        self._give_up_the_silent()
        tokens = sum(account.tokens for account in self._accounts.values())
        dollars = sum(account.dollars for account in self._accounts.values())
        over = ""
        if limits.max_total_tokens is not None and self.spent[0] + tokens + wanted[0] > limits.max_total_tokens:
            over = f"--max-total-tokens {limits.max_total_tokens}: {self.spent[0]} are used"
            over += f", and the next request may take {wanted[0]} more"
        elif limits.max_cost is not None and self.spent[1] + dollars + wanted[1] > limits.max_cost:
            over = f"--max-cost {limits.max_cost}: {self.spent[1]:.4f} are spent"
        if over and tokens <= 0:
            self.stop(over)
        return not over

    def _give_up_the_silent(self) -> None:
        for account in self._accounts.values():
            if account.tokens and self._clock() - account.heard_at > self._patience:
                self._spend((account.tokens, account.dollars))
                account.tokens, account.dollars = 0, 0.0

    def _spend(self, cost: Cost) -> None:
        self.spent = self.spent[0] + cost[0], self.spent[1] + cost[1]
