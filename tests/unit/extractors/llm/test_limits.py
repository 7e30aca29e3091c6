"""The gate that every request passes."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Any

import pytest

from absextract.errors import ProviderError, StoppedError, UsageError
from absextract.extractors.llm.limits import Gate, Limits
from virtual_time import run_in_virtual_time

LIMITED = ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests")


class Server:
    """Answers after 200 ms, and no more than so often in any 60 seconds."""

    def __init__(self, rpm: int, *, told: bool) -> None:
        self._rpm, self._told = rpm, told
        self._accepted: deque[float] = deque()
        self.rejected = self.in_flight = self.in_flight_max = 0

    async def ask(self) -> dict[str, str]:
        now = asyncio.get_running_loop().time()
        while self._accepted and self._accepted[0] <= now - 60:
            self._accepted.popleft()
        if len(self._accepted) >= self._rpm:
            self.rejected += 1
            raise ProviderError("rate_limited", "slow down", retryable=True, retry_after=20.0, headers=self._headers())
        self._accepted.append(now)
        headers = self._headers()
        self.in_flight += 1
        self.in_flight_max = max(self.in_flight_max, self.in_flight)
        await asyncio.sleep(0.2)
        self.in_flight -= 1
        return headers

    def _headers(self) -> dict[str, str]:
        left = self._rpm - len(self._accepted)
        return dict(zip(LIMITED, (str(left), f"{60 - 60 * left / self._rpm}s"), strict=True)) if self._told else {}


async def send(gate: Gate, server: Server, tokens: int = 10) -> None:
    """One request, sent until it is answered."""
    while True:
        ticket = await gate.enter(tokens)
        try:
            gate.answered(ticket, await server.ask())
        except ProviderError as error:
            gate.failed(ticket, error)
        else:
            return
        finally:
            gate.leave(ticket, tokens)


def seconds_for(number: int, server: Server, limits: Limits = Limits(), **options: Any) -> float:  # noqa: B008
    async def go() -> float:
        clock = asyncio.get_running_loop().time
        gate = Gate(limits, options.get("concurrency", 32), clock)
        await asyncio.gather(*(send(gate, server) for _ in range(number)))
        return clock()

    return run_in_virtual_time(go())


@pytest.mark.parametrize("told", [True, False])
def test_a_thousand_requests_at_300_a_minute_and_none_is_rejected(told: bool) -> None:
    server = Server(300, told=told)
    assert seconds_for(1000, server, Limits(rpm=300)) < 230
    assert server.rejected == 0


def test_what_the_server_says_is_enough() -> None:
    server = Server(300, told=True)
    assert seconds_for(1000, server) < 300
    assert server.rejected < 10


def test_a_silent_server_is_met_with_fewer_at_once() -> None:
    server = Server(300, told=False)
    seconds_for(1000, server)
    assert server.rejected < 125


def test_no_more_are_under_way_than_allowed() -> None:
    server = Server(10**6, told=False)
    assert seconds_for(100, server, concurrency=7) == pytest.approx(0.2 * 15)
    assert server.in_flight_max == 7


def test_tokens_a_minute_are_kept() -> None:
    server = Server(10**6, told=False)
    assert 59 < seconds_for(101, server, Limits(tpm=1000)) < 62


def test_a_429_halves_the_concurrency_once_for_those_sent_together_and_it_grows_back() -> None:
    async def go() -> tuple[float, float, float]:
        gate = Gate(Limits(), 64, asyncio.get_running_loop().time)
        tickets = [await gate.enter(1) for _ in range(64)]
        for ticket in tickets:
            gate.failed(ticket, ProviderError("rate_limited", "slow down", retry_after=5.0))
            gate.leave(ticket, 0)
        halved = gate.room
        late = await gate.enter(1)
        waited = asyncio.get_running_loop().time()
        gate.leave(late, 1)
        for _ in range(64 * 64):
            ticket = await gate.enter(1)
            gate.answered(ticket, {})
            gate.leave(ticket, 1)
        return halved, waited, gate.room

    assert run_in_virtual_time(go()) == (32, 5.0, 64)


def test_tokens_in_all_are_never_exceeded_and_the_last_ones_are_used() -> None:
    async def go() -> tuple[int, int, str | None]:
        server, gate = Server(10**6, told=False), Gate(Limits(max_total_tokens=95), 4, asyncio.get_running_loop().time)
        done = await asyncio.gather(*(send(gate, server, 10) for _ in range(20)), return_exceptions=True)
        assert all(result is None or isinstance(result, StoppedError) for result in done)
        return done.count(None), gate.spent_tokens, gate.stopped

    sent, spent, reason = run_in_virtual_time(go())
    assert (sent, spent) == (9, 90)
    assert reason is not None
    assert "--max-total-tokens 95: 90 are used" in reason


def test_dollars_are_reserved_at_their_worst() -> None:
    async def go() -> None:
        gate = Gate(Limits(max_cost=1.0), 8, asyncio.get_running_loop().time)
        for _ in range(3):
            gate.leave(await gate.enter(10, dollars=0.5), 10, dollars=0.2)
        await gate.enter(10, dollars=0.5)  # 0.6 are spent, and 0.5 may be

    with pytest.raises(StoppedError, match=r"--max-cost 1\.0: 0\.6000 are spent"):
        run_in_virtual_time(go())


def test_stopping_wakes_whoever_waits() -> None:
    async def go() -> list[object]:
        gate = Gate(Limits(rpm=1), 1, asyncio.get_running_loop().time)
        await gate.enter(1)
        waiting = [asyncio.ensure_future(gate.enter(1)), asyncio.ensure_future(gate.sleep(100))]
        await asyncio.sleep(1)
        gate.stop("enough")
        results: list[object] = await asyncio.gather(*waiting, return_exceptions=True)
        assert asyncio.get_running_loop().time() == 1
        return results

    assert [str(error) for error in run_in_virtual_time(go())] == ["enough", "enough"]


def test_what_is_begun_goes_before_what_is_not() -> None:
    async def go() -> list[str]:
        gate = Gate(Limits(), 1, asyncio.get_running_loop().time)
        order: list[str] = []

        async def pass_through(name: str, *, urgent: bool) -> None:
            ticket = await gate.enter(1, urgent=urgent)
            order.append(name)
            await asyncio.sleep(1)
            gate.leave(ticket, 1)

        names = ("new 1", "new 2", "retry 1", "new 3", "retry 2")
        await asyncio.gather(*(pass_through(name, urgent="retry" in name) for name in names))
        return order

    assert run_in_virtual_time(go()) == ["new 1", "retry 1", "retry 2", "new 2", "new 3"]


def test_who_gives_up_waiting_holds_up_nobody() -> None:
    async def go() -> None:
        gate = Gate(Limits(), 1, asyncio.get_running_loop().time)
        first = await gate.enter(1)
        second, third = (asyncio.ensure_future(gate.enter(1)) for _ in range(2))
        await asyncio.sleep(0)
        second.cancel()
        gate.leave(first, 1)
        gate.leave(await third, 1)

    run_in_virtual_time(go())


@pytest.mark.parametrize("limits", [{"rpm": 0}, {"tpm": -1}, {"max_total_tokens": 0}, {"max_cost": 0}])
def test_a_limit_of_nothing_is_wrong_use(limits: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        Limits(**limits)
