"""How much is sent, and when: requests and tokens a minute, what the server has room for, the budget of a run."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count
from typing import Any

from ...errors import ProviderError, StoppedError, UsageError
from .pace import Allowance, Pace
from .retry import LONG_PAUSE, MAX_SECONDS, asks_for_long

__all__ = ["Gate", "Limits", "Ticket"]

_log = logging.getLogger(__name__)
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_BELIEVED = 3  # long pauses asked for in a row, without an answer in between: then they are everybody's
_RESERVE = 0.02  # of what the server's headers allow, where no pace of our own keeps us from the edge
_ROUNDS_TO_GROW = 64  # without a 429, until the concurrency is back where it was


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may ask of a provider; None means no limit.

    Attributes:
        rpm: requests a minute.
        tpm: tokens a minute.
        max_total_tokens: tokens of all requests together; the run stops before they are exceeded, unless answers
            are longer than any before.
        max_cost: the same in US dollars, for models whose price is known.
    """

    rpm: float | None = None
    tpm: float | None = None
    max_total_tokens: int | None = None
    max_cost: float | None = None

    def __post_init__(self) -> None:
        for name in Limits.__slots__:
            value = getattr(self, name)
            if value is not None and not value > 0:
                raise UsageError(f"{name}={value}: expected more than 0")

    def gate(self, concurrency: int) -> Gate:
        """The gate that keeps to these limits."""
        return Gate(self, concurrency)


@dataclass(slots=True)
class Ticket:
    """One request that was let through.

    Attributes:
        number: how many were let through before.
        tokens: what it may cost at most; given back when it has landed, and what it did cost taken.
        dollars: the same in money.
        waited: it is sent again after a long pause that the server asked for.
        alone: it is refused again and again, and others are answered.
    """

    number: int
    tokens: int
    dollars: float
    waited: bool = False
    alone: bool = False


class Gate:
    """Every request passes here, in the order of asking; retries and re-asks before new papers.

    So what is begun is finished first, and a run that reaches its limit leaves little half done.

    Args:
        limits: of the run.
        concurrency: requests under way at once; halved by a 429, and growing back without.
        clock: seconds, for tests.
    """

    def __init__(self, limits: Limits, concurrency: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limits = limits
        self.room: float = float(concurrency)
        self.spent_tokens: int = 0
        self.spent_dollars: float = 0.0
        self.stopped: str | None = None
        self._concurrency = concurrency
        self._clock = clock
        self._paces = [Pace(limits.rpm), Pace(limits.tpm)]
        self._allowances = [
            Allowance("requests", 0.0 if limits.rpm else _RESERVE),
            Allowance("tokens", 0.0 if limits.tpm else _RESERVE),
        ]
        self._out: dict[int, Ticket] = {}
        self._sent = 0
        self._cut_at = -1  # how many had been sent when the concurrency was last halved
        self._paused_until = 0.0
        self._next_pause = _FIRST_PAUSE
        self._waiting: list[tuple[bool, int, asyncio.Future[Ticket], Ticket]] = []  # a heap
        self._asked = count()
        self._timer: asyncio.TimerHandle | None = None
        self._turned_away = 0  # in a row, with long pauses
        self._pauses_are_one_paper_s = False
        self._halted = asyncio.Event()
        self._told_until = 0.0  # that nothing is sent

    async def enter(self, tokens: int, dollars: float = 0.0, *, urgent: bool = False) -> Ticket:
        """Waits until a request may be sent.

        Args:
            tokens: what it may cost at most.
            dollars: the same in money.
            urgent: it goes before those that are not.

        Raises:
            StoppedError: nothing more may be sent.
        """
        wanted = Ticket(0, tokens, dollars)
        self._check()
        if not self._waiting:
            delay = self._delay(wanted)
            self._check()  # it may have been one too many
            if delay == 0.0:
                return self._let_through(wanted)
        turn: asyncio.Future[Ticket] = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (not urgent, next(self._asked), turn, wanted))
        self._let_in()
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled() and not turn.exception():
                self.leave(turn.result(), 0)
            raise

    def leave(self, ticket: Ticket, tokens: int, dollars: float = 0.0) -> None:
        """A request has landed, and this is what it cost; to be told last of it, since others go now."""
        del self._out[ticket.number]
        self.spent_tokens += tokens
        self.spent_dollars += dollars
        self._paces[1].take(tokens - ticket.tokens, self._clock())
        self._let_in()

    def answered(self, ticket: Ticket, headers: Mapping[str, Any]) -> None:
        """An answer came: there may be room for a little more at once."""
        self._read_limits(ticket, headers)
        self._next_pause = _FIRST_PAUSE
        self._turned_away = 0
        if ticket.waited:  # so the pause was worth it
            self._pauses_are_one_paper_s = False
        if self.room < self._concurrency:
            step = max(1.0, self._concurrency / _ROUNDS_TO_GROW) / self.room
            self.room = min(self._concurrency, self.room + step)

    def failed(self, ticket: Ticket, error: ProviderError) -> None:
        """An error came; after a 429 everybody waits, and half as many are sent at once from here on."""
        if error.headers:
            self._read_limits(ticket, error.headers)
        if error.code != "rate_limited" or self._concerns_it_alone(ticket, error):
            return
        pause = error.retry_after
        if pause is None:
            pause = 0.0 if any(a.is_used_up for a in self._allowances) else self._next_pause
        self._paused_until = max(self._paused_until, self._clock() + min(pause, MAX_SECONDS))
        if pause >= LONG_PAUSE and self._clock() >= self._told_until:
            self._told_until = self._paused_until
            waited = min(pause, MAX_SECONDS)
            _log.warning("the server asks us to wait %.0f s (HTTP 429); nothing is sent for %.0f s", pause, waited)
        if ticket.number > self._cut_at:  # those sent before the last cut are no news
            self._cut_at = self._sent
            self.room = max(1.0, self.room / 2)
            self._next_pause = min(2 * self._next_pause, _LONGEST_PAUSE)
            told = {"event": "pause", "pause_seconds": round(pause, 3), "in_flight_at_most": int(self.room)}
            _log.info("too many requests: waiting %.1f s, then %d at a time", pause, self.room, extra={"details": told})

    @property
    def has_others(self) -> bool:
        """Whether papers wait to be sent for the first time."""
        return any(is_new for is_new, *_ in self._waiting)

    @property
    def is_paused(self) -> bool:
        """Whether nothing is sent because the server asked for a pause."""
        return self._clock() < self._paused_until

    @property
    def pause_left(self) -> float:
        """Seconds until more is sent after the server asked for a pause; 0 where it did not."""
        return max(0.0, self._paused_until - self._clock())

    def _concerns_it_alone(self, ticket: Ticket, error: ProviderError) -> bool:
        """Whether a long pause may be for one paper, so that others go on, unless they are told the same."""
        if not asks_for_long(error):
            return False
        self._turned_away += 1
        self._pauses_are_one_paper_s |= ticket.alone
        return (self._pauses_are_one_paper_s or ticket.waited) and self._turned_away <= _BELIEVED

    def stop(self, reason: str) -> None:
        """Nothing is sent any more; what is under way may land."""
        self.stopped = self.stopped or reason
        self._halted.set()
        for _, _, turn, _ in self._waiting:
            if not turn.done():
                turn.set_exception(StoppedError(self.stopped))
        self._waiting.clear()

    async def sleep(self, seconds: float) -> None:
        """Waits, unless all is over meanwhile.

        Raises:
            StoppedError: nothing more may be sent.
        """
        self._check()
        try:
            await asyncio.wait_for(self._halted.wait(), seconds)
        except TimeoutError:
            return
        self._check()

    def _read_limits(self, ticket: Ticket, headers: Mapping[str, Any]) -> None:
        for allowance in self._allowances:
            allowance.read(headers, ticket.number, self._sent, self._clock())

    def _check(self) -> None:
        if self.stopped is not None:
            raise StoppedError(self.stopped)

    def _let_in(self) -> None:
        """Lets through who may go, and comes back when the next may."""
        while self._waiting:
            _, _, turn, wanted = self._waiting[0]
            if turn.done():  # given up meanwhile
                heappop(self._waiting)
                continue
            delay = self._delay(wanted)
            if self.stopped is not None or delay is None:
                return
            if delay > 0.0:
                self._come_back(delay)
                return
            heappop(self._waiting)
            turn.set_result(self._let_through(wanted))

    def _let_through(self, wanted: Ticket) -> Ticket:
        now = self._clock()
        for units, pace, allowance in zip((1, wanted.tokens), self._paces, self._allowances, strict=True):
            pace.take(units, now)
            allowance.take(units, self._sent, now)
        wanted.number = self._sent
        self._out[wanted.number] = wanted
        self._sent += 1
        return wanted

    def _delay(self, wanted: Ticket) -> float | None:
        """Seconds to wait; None: until one under way has landed."""
        if len(self._out) >= int(self.room) or not self._is_affordable(wanted):
            return None
        now = self._clock()
        waits = [self._paused_until - now, *(pace.delay(now) for pace in self._paces)]
        waits += [allowance.delay(now) for allowance in self._allowances]
        return max(0.0, *waits)

    def _why(self) -> str:
        now = self._clock()
        reasons = {
            "the server asks for a pause (HTTP 429)": self._paused_until - now,
            "--rpm has no room": self._paces[0].delay(now),
            "--tpm has no room after what the last answers took": self._paces[1].delay(now),
            "the server's headers leave no room": max(allowance.delay(now) for allowance in self._allowances),
        }
        return max(reasons, key=reasons.__getitem__)

    def _is_affordable(self, wanted: Ticket) -> bool:
        """Whether it can be paid for beside those under way; the run is over where it cannot, and none is."""
        limits = self.limits
        if limits.max_total_tokens is None and limits.max_cost is None:
            return True
        tokens = self.spent_tokens + wanted.tokens + sum(ticket.tokens for ticket in self._out.values())
        dollars = self.spent_dollars + wanted.dollars + sum(ticket.dollars for ticket in self._out.values())
        over = ""
        if limits.max_total_tokens is not None and tokens > limits.max_total_tokens:
            over = f"--max-total-tokens {limits.max_total_tokens}: {self.spent_tokens} are used"
        elif limits.max_cost is not None and dollars > limits.max_cost:
            over = f"--max-cost {limits.max_cost}: {self.spent_dollars:.4f} are spent"
        if over and not self._out:
            self.stop(f"{over}, and the next request may take {wanted.tokens} more" if "tokens" in over else over)
        return not over

    def _come_back(self, delay: float) -> None:
        if delay >= LONG_PAUSE and self._clock() >= self._told_until:
            self._told_until = self._clock() + delay
            _log.warning("waiting %d s before more is sent: %s", delay, self._why())
        if self._timer is not None:
            self._timer.cancel()
        self._timer = asyncio.get_running_loop().call_later(delay, self._let_in)
