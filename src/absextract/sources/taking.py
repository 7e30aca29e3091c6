"""Taking items from an input off the event loop, where it may keep one waiting: a pipe, a terminal."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Generator
from queue import SimpleQueue
from typing import Generic, Self, TypeVar

__all__ = ["Taker"]

ItemT = TypeVar("ItemT")


class Taker(Generic[ItemT]):
    """Takes items one by one, as they are asked for; several may be asked for at once.

    Args:
        items: where they come from; closed together with the taker.
        may_wait: `next(items)` may block, so it is done in a thread of its own: a daemon, since a
            thread that waits for a stalled pipe must not keep the process from ending.
    """

    def __init__(self, items: Generator[ItemT], *, may_wait: bool) -> None:
        self._items = items
        self._asked: SimpleQueue[asyncio.Future[ItemT | None] | None] | None = SimpleQueue() if may_wait else None
        self._waiting: set[asyncio.Future[ItemT | None]] = set()
        self._stopped = False
        if may_wait:
            threading.Thread(target=self._serve, name="input", daemon=True).start()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> ItemT:
        item = await self._take()
        if item is None:
            raise StopAsyncIteration
        return item

    def stop(self) -> None:
        """Ends the waiting: for who waits for an item, or asks for one from now on, there is none."""
        self._stopped = True
        for answer in tuple(self._waiting):
            _settle(answer, None, None)

    def close(self) -> None:
        if self._asked is None:
            self._items.close()
        else:
            self._asked.put(None)  # the thread closes the items, when it gets there

    async def _take(self) -> ItemT | None:
        if self._asked is None:
            return next(self._items, None)
        if self._stopped:
            return None
        answer: asyncio.Future[ItemT | None] = asyncio.get_running_loop().create_future()
        self._waiting.add(answer)
        answer.add_done_callback(self._waiting.discard)
        self._asked.put(answer)
        return await answer

    def _serve(self) -> None:
        assert self._asked is not None
        with contextlib.closing(self._items):
            while answer := self._asked.get():
                if answer.done():  # nobody waits for it any more
                    continue
                item, error = None, None
                try:
                    item = next(self._items, None)
                except Exception as raised:  # told to the one who asked
                    error = raised
                with contextlib.suppress(RuntimeError):  # the loop has been closed meanwhile
                    answer.get_loop().call_soon_threadsafe(_settle, answer, item, error)


def _settle(answer: asyncio.Future[ItemT | None], item: ItemT | None, error: Exception | None) -> None:
    if answer.done():
        return
    if error:
        answer.set_exception(error)
    else:
        answer.set_result(item)
