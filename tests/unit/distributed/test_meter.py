"""The limits that all workers of a run keep together."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from absextract.distributed.meter import Cost, Grant, Landed, Meter
from absextract.distributed.shared_limits import SharedGate, SharedLimits
from absextract.errors import ProviderError, StoppedError
from absextract.extractors.llm.limits import Limits
from virtual_time import run_in_virtual_time


class Counter:
    """The meter as one worker reaches it, a moment away; counts how often it is asked."""

    def __init__(self, meter: Meter, worker: str) -> None:
        self._meter = meter
        self._worker = worker
        self.asked = 0

    async def draw(self, asked: Sequence[Cost], landed: Landed) -> Grant:
        self.asked += 1
        await asyncio.sleep(0.001)
        return await self._meter.draw(self._worker, asked, landed)

    def settle(self, landed: Landed) -> None:
        self._meter.settle(self._worker, landed)

    def pause(self, seconds: float) -> None:
        self._meter.pause(seconds)


class Fleet:
    """Some workers that send as fast as they are let, and when each request went."""

    def __init__(self, limits: Limits, workers: int = 4) -> None:
        clock = asyncio.get_running_loop().time
        self.meter = Meter(limits, clock=clock)
        self.offices = [Counter(self.meter, str(n)) for n in range(workers)]
        self.gates = [SharedGate(office, 16, clock) for office in self.offices]
        self.sent: list[float] = []
        self.tokens = 0

    async def send(self, number: int, tokens: int = 100, used: int = 80) -> int:
        """So many requests, dealt out; says how many were stopped."""

        async def one(gate: SharedGate) -> None:
            ticket = await gate.enter(tokens)
            self.sent.append(asyncio.get_running_loop().time())
            await asyncio.sleep(0.3)
            self.tokens += used
            gate.leave(ticket, used)

        work = [one(self.gates[n % len(self.gates)]) for n in range(number)]
        done = await asyncio.gather(*work, return_exceptions=True)
        assert all(each is None or isinstance(each, StoppedError) for each in done), done
        return sum(each is not None for each in done)


def most_in_a_minute(times: Sequence[float]) -> int:
    return max(sum(start <= at < start + 60 for at in times) for start in times)


def test_four_workers_send_no_more_a_minute_than_one_may() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits(rpm=300))
        assert await fleet.send(900) == 0
        return fleet

    fleet = run_in_virtual_time(go())
    assert most_in_a_minute(fleet.sent) <= 300
    assert 165 < fleet.sent[-1] < 190
    assert fleet.meter.granted == 900


def test_tokens_a_minute_are_counted_as_they_are_used() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits(tpm=24_000))
        await fleet.send(600, tokens=200, used=80)
        return fleet

    fleet = run_in_virtual_time(go())
    assert most_in_a_minute(fleet.sent) <= 300 * 1.1
    assert fleet.sent[-1] < 140, "what was reserved and not used is given back"


def test_fast_limits_are_no_round_trip_a_request() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits(rpm=60_000))
        await fleet.send(2_000)
        return fleet

    fleet = run_in_virtual_time(go())
    assert sum(office.asked for office in fleet.offices) < 500


def test_without_limits_hardly_anybody_asks() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits())
        await fleet.send(4_000)
        return fleet

    fleet = run_in_virtual_time(go())
    seconds = fleet.sent[-1]
    assert all(office.asked <= 2 * seconds + 2 for office in fleet.offices)


@pytest.mark.parametrize("limits", [Limits(), Limits(rpm=100_000)])
def test_a_429_to_one_worker_pauses_all(limits: Limits) -> None:
    async def go() -> list[float]:
        fleet = Fleet(limits)
        gate = fleet.gates[0]
        ticket = await gate.enter(10)
        gate.failed(ticket, ProviderError("rate_limited", "slow down", retry_after=20.0))
        gate.leave(ticket, 0)
        await fleet.send(40)
        return fleet.sent

    assert min(run_in_virtual_time(go())) >= 20.0


def test_workers_share_one_budget_and_stop_together() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits(max_total_tokens=10_000))
        assert await fleet.send(400) == 400 - len(fleet.sent)
        return fleet

    fleet = run_in_virtual_time(go())
    assert 9_700 < fleet.tokens <= 10_000
    assert fleet.meter.spent == (fleet.tokens, 0.0)
    assert {gate.stopped for gate in fleet.gates} == {
        f"--max-total-tokens 10000: {fleet.tokens} are used, and the next request may take 100 more"
    }


def test_dollars_are_a_budget_too() -> None:
    async def go() -> tuple[Grant, Grant]:
        meter = Meter(Limits(max_cost=1.0), clock=asyncio.get_running_loop().time)
        first = await meter.draw("a", [(10, 0.4), (10, 0.4), (10, 0.4)], Landed())
        return first, await meter.draw("a", [(10, 0.4)], Landed((20, 0.8), (20, 0.7)))

    first, second = run_in_virtual_time(go())
    assert first.number == 2
    assert second.stopped == "--max-cost 1.0: 0.7000 are spent"


def test_what_a_dead_worker_had_under_way_counts_as_spent() -> None:
    async def go() -> tuple[Grant, float]:
        clock = asyncio.get_running_loop().time
        meter = Meter(Limits(max_total_tokens=1000), patience=30.0, clock=clock)
        assert (await meter.draw("dies", [(600, 0.0)], Landed())).number == 1
        grant = await meter.draw("lives", [(600, 0.0)], Landed())
        return grant, clock()

    grant, at = run_in_virtual_time(go())
    assert grant.stopped is not None
    assert "600 are used" in grant.stopped
    assert 30.0 < at < 31.0


def test_a_run_that_is_stopped_stops_its_workers() -> None:
    async def go() -> Fleet:
        fleet = Fleet(Limits(rpm=60))
        asyncio.get_running_loop().call_later(5.0, fleet.meter.stop, "interrupted")
        assert await fleet.send(100) > 90
        return fleet

    assert {gate.stopped for gate in run_in_virtual_time(go()).gates} == {"interrupted"}


def test_who_gives_up_waiting_leaves_nothing_reserved() -> None:
    async def go() -> Meter:
        fleet = Fleet(Limits(rpm=60, max_total_tokens=100_000), workers=1)
        waiting = [asyncio.create_task(fleet.gates[0].enter(100)) for _ in range(8)]
        await asyncio.sleep(0.5)
        for each in waiting:
            each.cancel()
        done = await asyncio.gather(*waiting, return_exceptions=True)
        for ticket in done:
            if not isinstance(ticket, BaseException):
                fleet.gates[0].leave(ticket, 100)
        await fleet.send(3)
        await asyncio.sleep(1)
        return fleet.meter

    meter = run_in_virtual_time(go())
    assert meter._accounts["0"].tokens == 0


def test_a_meter_that_is_gone_stops_the_worker() -> None:
    class Gone(Counter):
        async def draw(self, asked: Sequence[Cost], landed: Landed) -> Grant:
            raise ConnectionError("no such actor")

    async def go() -> str | None:
        gate = SharedGate(Gone(Meter(Limits()), "0"), 4)
        with pytest.raises(StoppedError):
            await gate.enter(10)
        return gate.stopped

    assert "ConnectionError" in str(run_in_virtual_time(go()))


def test_shared_limits_are_limits_with_a_gate_of_their_own() -> None:
    limits = SharedLimits(rpm=5, office=Counter(Meter(Limits()), "0"))
    assert limits.rpm == 5
    assert isinstance(limits.gate(3), SharedGate)
