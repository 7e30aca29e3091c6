"""The desk where blocks wait, and what is known of dead workers."""

from __future__ import annotations

import asyncio

from absextract.distributed.hub import Desk, Obituaries
from virtual_time import run_in_virtual_time


def test_blocks_are_taken_in_order_and_again_until_they_are_done() -> None:
    async def go() -> list[str | None]:
        desk = Desk(room=5)
        for block in ("a", "b"):
            await desk.offer(block)
        await desk.end()
        taken = [await desk.take(0), await desk.take(1)]
        await desk.done(0)
        return [*taken, await desk.take(0), await desk.take(1), await desk.take(2)]

    assert run_in_virtual_time(go()) == ["a", "b", "", "b", None]


def test_no_more_are_on_their_way_than_there_is_room_for() -> None:
    async def go() -> list[int]:
        desk, offered = Desk(room=3), 0

        async def offer_all() -> None:
            nonlocal offered
            for number in range(10):
                await desk.offer(str(number))
                offered += 1

        offering = asyncio.create_task(offer_all())
        seen = []
        for number in range(3):
            await asyncio.sleep(1)
            seen.append(offered)
            await desk.take(number)  # makes no room, for they are on their way then
            await desk.done(number)
        await asyncio.sleep(1)
        seen.append(offered)
        await desk.end()
        await offering
        return seen

    assert run_in_virtual_time(go()) == [3, 4, 5, 6]


def test_who_asks_early_waits() -> None:
    async def go() -> str | None:
        desk = Desk(room=1)
        waiting = asyncio.create_task(desk.take(0))
        await asyncio.sleep(1)
        assert not waiting.done()
        await desk.offer("late")
        return await waiting

    assert run_in_virtual_time(go()) == "late"


def test_a_death_is_known_when_the_worker_is_back() -> None:
    known = Obituaries()
    assert known.begin("actor", "first life", "poison") == 0
    assert known.begin("actor", "first life", "harmless") == 0
    assert known.begin("other", "its life", "poison") == 0, "nobody has died"
    known.finished("actor", "first life", ["harmless"])
    assert known.begin("actor", "second life", "poison") == 1
    assert known.begin("actor", "second life", "harmless") == 0
    assert known.begin("actor", "third life", "poison") == 2
    known.finished("actor", "second life", ["poison"])  # it arrives late
    assert known.begin("actor", "third life", "harmless") == 1
    known.finished("actor", "third life", ["harmless", "poison"])
    assert known.begin("actor", "third life", "poison") == 0, "done is done"


def test_equal_work_of_one_worker_is_counted_as_often_as_it_is_begun() -> None:
    known = Obituaries()
    for _ in range(2):
        known.begin("actor", "life", "same")
    known.finished("actor", "life", ["same"])
    assert known.begin("actor", "next life", "same") == 1
