"""Items from an input that may keep one waiting."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Generator
from queue import Queue
from typing import Any

import pytest

from absextract.sources.taking import Taker

BOTH = pytest.mark.parametrize("may_wait", [True, False])


def run(coroutine: Coroutine[Any, Any, None]) -> None:
    asyncio.run(asyncio.wait_for(coroutine, 30))


class Input:
    """Gives what was put into it, waiting for it if need be; None ends it."""

    def __init__(self, *items: int | None) -> None:
        self.queue: Queue[int | None] = Queue()
        self.asked = threading.Event()
        self.closed = threading.Event()
        self.threads: set[threading.Thread] = set()
        for item in items:
            self.queue.put(item)

    def items(self) -> Generator[int]:
        try:
            self.asked.set()
            while (item := self.queue.get()) is not None:
                self.threads.add(threading.current_thread())
                yield item
        finally:
            self.closed.set()


@BOTH
def test_items_come_in_order_and_once(may_wait: bool) -> None:
    source = Input(1, 2, 3, None)

    async def look() -> None:
        taker = Taker(source.items(), may_wait=may_wait)
        assert [item async for item in taker] == [1, 2, 3]
        assert await anext(taker, "ended") == "ended"
        taker.close()

    run(look())
    assert source.closed.wait(30)
    assert (threading.main_thread() in source.threads) != may_wait


@BOTH
def test_an_error_comes_to_the_one_who_asked(may_wait: bool) -> None:
    def items() -> Generator[int]:
        yield 1
        raise LookupError("torn")

    async def look() -> None:
        taker = Taker(items(), may_wait=may_wait)
        assert await anext(taker) == 1
        with pytest.raises(LookupError, match="torn"):
            await anext(taker)
        assert await anext(taker, "ended") == "ended"
        taker.close()

    run(look())


def test_the_loop_goes_on_while_an_item_is_waited_for() -> None:
    source = Input()

    async def look() -> None:
        taker = Taker(source.items(), may_wait=True)
        first, second = asyncio.ensure_future(anext(taker)), asyncio.ensure_future(anext(taker))
        await asyncio.sleep(0)
        assert not first.done()
        source.queue.put(1)
        source.queue.put(2)
        assert [await first, await second] == [1, 2]
        taker.close()

    run(look())
    assert source.closed.wait(30)


def test_stopping_ends_the_waiting_though_the_thread_still_waits() -> None:
    source = Input()

    async def look() -> None:
        taker = Taker(source.items(), may_wait=True)
        waiting = [asyncio.ensure_future(anext(taker, "ended")) for _ in range(3)]
        await asyncio.to_thread(source.asked.wait)
        taker.stop()
        assert [await one for one in waiting] == ["ended"] * 3
        assert await anext(taker, "ended") == "ended"
        taker.close()

    run(look())
    assert not source.closed.is_set()
    source.queue.put(7)  # comes too late, to a loop that has gone
    assert source.closed.wait(30)
    assert source.queue.empty()
