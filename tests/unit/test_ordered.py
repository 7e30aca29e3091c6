"""Many things at once, their results in order."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Coroutine, Iterator
from itertools import count
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from absextract.ordered import ordered_map, ordered_work

ResultT = TypeVar("ResultT")


def run(coroutine: Coroutine[Any, Any, ResultT]) -> ResultT:
    return asyncio.run(asyncio.wait_for(coroutine, 30))


async def turns(number: int) -> None:
    """Lets everything else go on for so many rounds of the event loop."""
    for _ in range(number):
        await asyncio.sleep(0)


class Gates:
    """Work that ends when its gate is opened."""

    def __init__(self) -> None:
        self.started: list[int] = []
        self.cancelled: list[int] = []
        self._gates: dict[int, asyncio.Event] = {}

    def open(self, *items: int) -> None:
        for item in items:
            self._gate(item).set()

    async def pass_through(self, item: int) -> int:
        self.started.append(item)
        try:
            await self._gate(item).wait()
        except asyncio.CancelledError:
            self.cancelled.append(item)
            raise
        return item

    def _gate(self, item: int) -> asyncio.Event:
        return self._gates.setdefault(item, asyncio.Event())


@given(
    delays=st.lists(st.integers(0, 6), max_size=40),
    pauses=st.lists(st.integers(0, 6), min_size=1, max_size=5),
    concurrency=st.integers(1, 5),
)
def test_every_result_comes_once_and_in_order(delays: list[int], pauses: list[int], concurrency: int) -> None:
    running = most = 0

    async def work(item: tuple[int, int]) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await turns(item[1])
        running -= 1
        return item[0]

    async def collect() -> list[int]:
        results = []
        async for result in ordered_map(work, enumerate(delays), concurrency=concurrency):
            results.append(result)
            await turns(pauses[len(results) % len(pauses)])
        return results

    assert run(collect()) == list(range(len(delays)))
    assert most <= concurrency


@pytest.mark.parametrize("pause", range(6))
@pytest.mark.parametrize("delay", range(5))
def test_nothing_is_lost_when_the_reader_pauses_now_and_then(delay: int, pause: int) -> None:
    async def work(item: int) -> int:
        await turns(delay)
        return item

    async def collect() -> list[int]:
        results = []
        async for result in ordered_map(work, range(20), concurrency=1):
            results.append(result)
            if result % 2 == 0:
                await turns(pause)
        return results

    assert run(collect()) == list(range(20))


def test_as_many_are_in_work_as_allowed_and_no_more_items_are_taken() -> None:
    gates, taken = Gates(), []

    def items() -> Iterator[int]:
        for item in count():
            taken.append(item)
            yield item

    async def look() -> None:
        async with contextlib.aclosing(ordered_map(gates.pass_through, items(), concurrency=3)) as results:
            first = asyncio.ensure_future(anext(results))
            await turns(10)
            assert gates.started == taken == [0, 1, 2]
            gates.open(0)
            assert await first == 0
            assert len(taken) <= 4

    run(look())


def test_a_slow_item_holds_back_results_but_not_work() -> None:
    gates = Gates()

    async def look() -> None:
        async with contextlib.aclosing(ordered_map(gates.pass_through, range(5), concurrency=2)) as results:
            first = asyncio.ensure_future(anext(results))
            gates.open(1, 2, 3)
            await turns(20)
            assert gates.started == [0, 1, 2, 3, 4]
            assert not first.done()
            gates.open(0, 4)
            assert [await first, *[result async for result in results]] == [0, 1, 2, 3, 4]

    run(look())


def test_only_so_many_results_wait_behind_a_slow_one() -> None:
    gates = Gates()

    async def look() -> None:
        async with contextlib.aclosing(ordered_map(gates.pass_through, count(), concurrency=2)) as results:
            first = asyncio.ensure_future(anext(results))
            gates.open(*range(1, 100))
            await turns(300)
            assert gates.started == list(range(16))
            gates.open(0)
            assert await first == 0

    run(look())


def test_leaving_cancels_what_is_not_finished() -> None:
    gates = Gates()

    async def look() -> None:
        async with contextlib.aclosing(ordered_map(gates.pass_through, count(), concurrency=3)) as results:
            gates.open(0)
            async for _ in results:
                break
            await turns(5)
        assert gates.cancelled == gates.started[1:]
        assert gates.cancelled

    run(look())


def test_cancelling_the_reader_cancels_the_work() -> None:
    gates = Gates()

    async def collect() -> list[int]:
        return [result async for result in ordered_map(gates.pass_through, range(9), concurrency=2)]

    async def look() -> None:
        reader = asyncio.ensure_future(collect())
        await turns(5)
        reader.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reader
        await turns(3)
        assert gates.cancelled == [0, 1]

    run(look())


def test_an_exception_of_the_work_comes_through_in_its_place() -> None:
    cancelled = []

    async def work(item: int) -> int:
        if item in (2, 3):
            raise LookupError(item)
        try:
            await turns(1 if item < 2 else 1000)
        except asyncio.CancelledError:
            cancelled.append(item)
            raise
        return item

    async def look() -> None:
        results = ordered_map(work, range(9), concurrency=5)
        assert [await anext(results), await anext(results)] == [0, 1]
        with pytest.raises(LookupError, match="2"):
            await anext(results)
        assert cancelled

    run(look())


def test_an_exception_of_the_input_comes_through_and_cancels_the_work() -> None:
    gates = Gates()

    def items() -> Iterator[int]:
        yield from range(2)
        raise LookupError("torn")

    async def look() -> None:
        with pytest.raises(LookupError, match="torn"):
            await anext(ordered_map(gates.pass_through, items(), concurrency=5))

    run(look())
    assert len(gates.started) == len(gates.cancelled)


def test_the_input_is_not_asked_again_after_its_end() -> None:
    class Once:
        def __init__(self) -> None:
            self.ended = False

        def __iter__(self) -> Once:
            return self

        def __next__(self) -> int:
            assert not self.ended, "asked again"
            self.ended = True
            raise StopIteration

    async def work(item: int) -> int:
        return item

    async def look() -> list[int]:
        return [result async for result in ordered_map(work, Once(), concurrency=2)]

    assert run(look()) == []


@pytest.mark.parametrize("concurrency", [0, -1])
def test_at_least_one_must_be_allowed(concurrency: int) -> None:
    async def work(item: int) -> int:
        return item

    async def look() -> None:
        with pytest.raises(ValueError, match="at least 1"):
            await anext(ordered_map(work, [1], concurrency=concurrency))

    run(look())


class Arriving:
    """Items that arrive one by one, in the order they were asked for."""

    def __init__(self) -> None:
        self.asked: list[asyncio.Future[int]] = []

    def __aiter__(self) -> Arriving:
        return self

    async def __anext__(self) -> int:
        self.asked.append(asyncio.get_running_loop().create_future())
        return await self.asked[-1]


def test_a_result_is_there_while_the_next_item_is_waited_for() -> None:
    items, gates = Arriving(), Gates()

    async def look() -> None:
        async with contextlib.aclosing(ordered_work(gates.pass_through, items, concurrency=3)) as results:
            first = asyncio.ensure_future(anext(results))
            await turns(5)
            assert len(items.asked) == 3
            gates.open(7)
            items.asked[0].set_result(7)
            assert await first == 7
            assert gates.started == [7]

    run(look())


def test_the_end_of_awaited_items_ends_the_work() -> None:
    items, gates = Arriving(), Gates()

    async def look() -> None:
        results = asyncio.ensure_future(collect())
        await turns(5)
        items.asked[0].set_result(1)
        for more in items.asked[1:]:
            more.set_exception(StopAsyncIteration())
        await turns(5)
        assert not results.done()
        gates.open(1)
        assert await results == [1]

    async def collect() -> list[int]:
        return [result async for result in ordered_work(gates.pass_through, items, concurrency=3)]

    run(look())


def test_an_exception_of_awaited_items_comes_behind_the_results_before() -> None:
    items, gates = Arriving(), Gates()

    async def look() -> None:
        async with contextlib.aclosing(ordered_work(gates.pass_through, items, concurrency=2)) as results:
            first = asyncio.ensure_future(anext(results))
            await turns(5)
            items.asked[1].set_exception(LookupError("torn"))
            items.asked[0].set_result(1)
            gates.open(1)
            assert await first == 1
            with pytest.raises(LookupError, match="torn"):
                await anext(results)

    run(look())
