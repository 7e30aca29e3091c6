"""Doing many things at once and handing the results on in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Coroutine, Iterable
from contextlib import aclosing
from itertools import repeat
from typing import Any, TypeVar

__all__ = ["ordered_map", "ordered_work"]

ItemT = TypeVar("ItemT")
ResultT = TypeVar("ResultT")

_WINDOW = 8  # results that may wait behind a slow one, as a multiple of the concurrency
_END: Any = object()


async def ordered_map(
    work: Callable[[ItemT], Coroutine[Any, Any, ResultT]], items: Iterable[ItemT], *, concurrency: int
) -> AsyncGenerator[ResultT]:
    """Awaits `work(item)` for each item, `concurrency` at once, and yields the results in order.

    A slow item holds back the results behind it, not their work; at most 8 times `concurrency` items
    are taken from `items` ahead of the oldest unfinished one, so memory stays flat. An item is taken
    only when there is room to start it. Leaving the iterator cancels what is not finished.

    Raises:
        ValueError: `concurrency` is less than 1.
    """
    if concurrency < 1:
        raise ValueError(f"concurrency must be at least 1, not {concurrency}")
    source, more = iter(items), True
    waiting: deque[asyncio.Task[ResultT]] = deque()
    changed = asyncio.Event()
    running = 0

    def finished(_: asyncio.Task[ResultT]) -> None:
        nonlocal running
        running -= 1
        changed.set()

    try:
        while True:
            while more and running < concurrency and len(waiting) < concurrency * _WINDOW:
                item = next(source, _END)
                if item is _END:
                    more = False
                    break
                task = asyncio.create_task(work(item))
                task.add_done_callback(finished)
                waiting.append(task)
                running += 1
            if waiting and waiting[0].done():
                yield waiting.popleft().result()
            elif waiting or more:  # nothing may be waiting and yet no room: `finished` runs a moment after the task
                changed.clear()
                await changed.wait()
            else:
                return
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def ordered_work(
    work: Callable[[ItemT], Coroutine[Any, Any, ResultT]], items: AsyncIterator[ItemT], *, concurrency: int
) -> AsyncGenerator[ResultT]:
    """Like `ordered_map`, for items that have to be waited for: each is awaited in its own place in the order.

    So results are handed on while the next item is still to come, and what `items` raises comes through
    behind the results of the items before. `items` must allow several to be asked for at once.
    """

    async def take_and_work(_: None) -> Any:
        item = await anext(items, _END)
        return _END if item is _END else await work(item)

    async with aclosing(ordered_map(take_and_work, repeat(None), concurrency=concurrency)) as results:
        async for result in results:
            if result is _END:
                return
            yield result
