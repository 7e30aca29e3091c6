"""A worker's side of the shared limits: its gate lets a request through once the meter of all workers does."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from heapq import heappush, nsmallest
from itertools import count
from typing import Any, Protocol

from ..errors import ProviderError, StoppedError
from ..extractors.llm.limits import Gate, Limits, Ticket
from .meter import Cost, Grant, Landed

__all__ = ["Office", "SharedGate", "SharedLimits"]

_MOST_ASKED = 64  # requests at once
_TELL_AFTER = 0.05  # seconds: what lands meanwhile is told together


class Office(Protocol):
    """The meter, as a worker reaches it."""

    def draw(self, asked: list[Cost], landed: Landed) -> Awaitable[Grant]:
        """Asks for requests, and tells what has landed."""

    def settle(self, landed: Landed) -> None:
        """Tells what has landed."""

    def pause(self, seconds: float) -> None:
        """Makes everybody wait."""


@dataclass(frozen=True)
class SharedLimits(Limits):
    """Limits that many workers keep together.

    Attributes:
        office: where the meter is asked.
    """

    office: Any = None

    def gate(self, concurrency: int) -> Gate:
        """The gate of one worker."""
        return SharedGate(self.office, concurrency)


class SharedGate(Gate):
    """The gate of one worker: its own concurrency, everybody's limits.

    Args:
        office: where the meter is asked.
        concurrency: requests under way at once in this worker.
        clock: seconds, for tests.
    """

    def __init__(self, office: Office, concurrency: int, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(Limits(), concurrency, clock)
        self._office = office
        self._free_until = 0.0
        self._is_free = False  # there are no limits, only pauses
        self._drawing: list[tuple[bool, int, asyncio.Future[None], Cost]] = []  # a heap
        self._drawn = count()
        self._asking: asyncio.Task[None] | None = None
        self._telling: asyncio.TimerHandle | None = None
        self._landed = Landed()

    async def enter(self, tokens: int, dollars: float = 0.0, *, urgent: bool = False) -> Ticket:
        """Waits for room in this worker, and then for its turn among all.

        Raises:
            StoppedError: nothing more may be sent.
        """
        ticket = await super().enter(tokens, dollars, urgent=urgent)
        try:
            await self._draw((tokens, dollars), urgent)
        except BaseException:
            super().leave(ticket, 0)
            raise
        return ticket

    def leave(self, ticket: Ticket, tokens: int, dollars: float = 0.0) -> None:
        """A request has landed, and this is what it cost."""
        super().leave(ticket, tokens, dollars)
        if not self._is_free:
            self._note((ticket.tokens, ticket.dollars), (tokens, dollars))

    def failed(self, ticket: Ticket, error: ProviderError) -> None:
        """An error came; after a 429 all workers wait."""
        super().failed(ticket, error)
        if error.code == "rate_limited" and (pause := self._paused_until - self._clock()) > 0.0:
            self._free_until = 0.0
            self._office.pause(pause)

    def stop(self, reason: str) -> None:
        """Nothing is sent any more by this worker."""
        super().stop(reason)
        for _, _, turn, _ in self._drawing:
            if not turn.done():
                turn.set_exception(StoppedError(self.stopped or reason))
        self._drawing.clear()

    async def _draw(self, cost: Cost, urgent: bool) -> None:
        if self._clock() < self._free_until:
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self._drawing, (not urgent, next(self._drawn), turn, cost))
        if self._asking is None:
            self._asking = asyncio.create_task(self._ask())
        await turn

    async def _ask(self) -> None:
        """Asks for all who wait, those asked for first, until nobody waits."""
        try:
            while self._drawing:
                asked = nsmallest(_MOST_ASKED, self._drawing)
                landed, self._landed = self._landed, Landed()
                self._let_go(asked, await self._office.draw([cost for *_, cost in asked], landed))
        except Exception as error:  # the meter is gone: whoever started the run has ended
            self.stop(f"the limits of the run cannot be asked for any more ({type(error).__name__})")
        finally:
            self._asking = None

    def _let_go(self, asked: list[tuple[bool, int, asyncio.Future[None], Cost]], grant: Grant) -> None:
        if grant.stopped:
            self.stop(grant.stopped)
            return
        self._is_free = grant.free_for > 0.0
        self._free_until = self._clock() + grant.free_for
        gone = {number for _, number, _, _ in asked[: grant.number]}
        for _, number, turn, cost in asked:
            if number in gone and not turn.done():
                turn.set_result(None)
            elif number in gone:  # given up meanwhile: what was reserved for it goes back
                self._note(cost, (0, 0.0))
        self._drawing = [each for each in self._drawing if each[1] not in gone]
        self._drawing.sort()

    def _note(self, reserved: Cost, used: Cost) -> None:
        self._landed += Landed(reserved, used)
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(_TELL_AFTER, self._tell)

    def _tell(self) -> None:
        self._telling = None
        if self._landed != Landed():
            landed, self._landed = self._landed, Landed()
            self._office.settle(landed)
