"""What all workers of a run share: its limits, the blocks to be done, and which of them workers died on."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence

from ..extractors.llm.limits import Limits
from .meter import Cost, Grant, Landed, Meter

__all__ = ["Desk", "Hub", "Obituaries"]


class Desk:
    """Blocks of input on their way to the workers and back, in order, a bounded number of them at once.

    A block stays until its records have come back, so that it can be taken again where a worker was lost. Who reads
    for Ray Data takes what there is at once, so only what has come back makes room.

    Args:
        room: blocks that have not come back.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._blocks: dict[int, str] = {}
        self._offered = 0
        self._ended = False
        self._changed = asyncio.Condition()

    async def offer(self, block: str) -> None:
        """Puts the next block down, once there is room for it."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._ended or len(self._blocks) < self._room)
            self._blocks[self._offered] = block
            self._offered += 1
            self._changed.notify_all()

    async def take(self, number: int) -> str | None:
        """A block, once it is there: empty where it has been done, None behind the last."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._ended or number < self._offered)
            if number >= self._offered:
                return None
            return self._blocks.get(number, "")

    async def end(self) -> None:
        """There are no more blocks."""
        async with self._changed:
            self._ended = True
            self._changed.notify_all()

    async def done(self, number: int) -> None:
        """A block has come back."""
        async with self._changed:
            self._blocks.pop(number, None)
            self._changed.notify_all()


class Obituaries:
    """Which work the processes of workers died on.

    Ray starts a dead actor again, under its old name; what the former process had begun and not finished is what
    it died on.
    """

    def __init__(self) -> None:
        self._lives: dict[str, str] = {}
        self._under_way: dict[str, list[str]] = {}
        self._deaths: Counter[str] = Counter()

    def begin(self, actor: str, life: str, key: str) -> int:
        """A piece of work is begun; says how many processes have died on it so far.

        Args:
            actor: the worker, also when it was started again.
            life: its process.
            key: the work.
        """
        if self._lives.get(actor) != life:
            self._lives[actor] = life
            self._deaths.update(set(self._under_way.pop(actor, ())))
        self._under_way.setdefault(actor, []).append(key)
        return self._deaths[key]

    def finished(self, actor: str, life: str, keys: Sequence[str]) -> None:
        """Pieces of work are done."""
        if self._lives.get(actor) == life:
            for key in keys:
                self._under_way[actor].remove(key)
                self._deaths.pop(key, None)


class Hub:
    """One actor for the whole run, beside whoever started it; its methods are called by name.

    Args:
        limits: of all workers together.
        patience: see `Meter`.
        room: see `Desk`.
    """

    def __init__(self, limits: Limits, patience: float, room: int) -> None:
        self._meter = Meter(limits, patience=patience)
        self._desk = Desk(room)
        self._obituaries = Obituaries()

    async def offer(self, block: str) -> None:
        await self._desk.offer(block)

    async def take(self, number: int) -> str | None:
        return await self._desk.take(number)

    async def end(self) -> None:
        await self._desk.end()

    async def done(self, number: int) -> None:
        await self._desk.done(number)

    async def begin(self, actor: str, life: str, key: str) -> int:
        return self._obituaries.begin(actor, life, key)

    async def finished(self, actor: str, life: str, keys: Sequence[str]) -> None:
        self._obituaries.finished(actor, life, keys)

    async def draw(self, worker: str, asked: Sequence[Cost], landed: Landed) -> Grant:
        return await self._meter.draw(worker, asked, landed)

    async def settle(self, worker: str, landed: Landed) -> None:
        self._meter.settle(worker, landed)

    async def pause(self, seconds: float) -> None:
        self._meter.pause(seconds)

    async def stop(self, reason: str) -> None:
        self._meter.stop(reason)

    async def account(self) -> tuple[int, Cost]:
        """Requests let through, and what they took, so far."""
        return self._meter.granted, self._meter.spent
