"""What runs in the processes of the workers: papers in, records out."""

from __future__ import annotations

import asyncio
import gc
import uuid
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import StoppedError, UsageError
from ..extractors.answers import Traffic
from ..extractors.llm.retry import HOPELESS
from ..garbage import SELDOM
from ..pipeline import Extractor
from ..records import BadInput, ErrorInfo, Record
from .blocks import Item, Report, items_of
from .meter import Cost, Grant, Landed
from .options import Options

__all__ = ["BlockWorker", "Crew", "Made"]

_DEATHS = 2  # of worker processes on the same work, until it is taken apart, and a single paper given up
_DIED = "the worker process died on it, each time"


@dataclass(frozen=True, slots=True)
class Made:
    """A record and its line."""

    record: Record[Any]
    line: str


class _HubOffice:
    """The meter in the hub, for one worker process."""

    def __init__(self, hub: Any, life: str) -> None:
        self._hub = hub
        self._life = life

    async def draw(self, asked: list[Cost], landed: Landed) -> Grant:
        grant: Grant = await self._hub.draw.remote(self._life, asked, landed)
        return grant

    def settle(self, landed: Landed) -> None:
        self._hub.settle.remote(self._life, landed)

    def pause(self, seconds: float) -> None:
        self._hub.pause.remote(seconds)


class Crew:
    """The one extractor of a worker process, and its word with the hub.

    The extractor is made by the first who needs it, in the event loop it is to live in.

    Args:
        options: how records are made.
        hub: the handle of the run's `Hub`.
    """

    def __init__(self, options: Options, hub: Any) -> None:
        import ray

        self._options = options
        self._hub = hub
        self._actor = str(ray.get_runtime_context().get_actor_id())
        self._life = uuid.uuid4().hex
        self._extractor: Extractor[Any] | None = None
        self._unusable: str | None = None
        self._room = asyncio.Semaphore(1)
        self._alone = asyncio.Lock()
        self._reported = Traffic()
        self._reported_reasks = 0

    async def make(self, items: Sequence[Item], key: str) -> tuple[list[Made | None], Report]:
        """The records of some items, None for those left undone, and a report.

        Args:
            items: what to do.
            key: under which the hub keeps what workers died on.
        """
        deaths = await self._hub.begin.remote(self._actor, self._life, key)
        self._make_ready()
        if deaths < _DEATHS:
            made = list(await asyncio.gather(*map(self._make, items)))
        else:  # one of them may be the reason
            made = [await self._make_alone(item, f"{key}/{n}") for n, item in enumerate(items)]
        report = self._report()
        self._hub.finished.remote(self._actor, self._life, [key])
        return made, report

    def _make_ready(self) -> None:
        if self._extractor is not None or self._unusable is not None:
            return
        try:
            self._extractor = self._options.extractor(_HubOffice(self._hub, self._life))
        except UsageError as error:
            self._unusable = str(error)
            return
        self._room = asyncio.Semaphore(self._extractor.in_work)
        gc.freeze()
        gc.set_threshold(SELDOM, *gc.get_threshold()[1:])

    async def _make(self, item: Item) -> Made | None:
        async with self._room:
            if self._extractor is None or self._unusable is not None:
                return None
            try:
                record = await self._extractor.extract(item)
            except StoppedError:
                return None
        error = record.error
        if error and error.code in HOPELESS and self._extractor.traffic.accepted == 0:
            self._unusable = error.message
            return None
        return Made(*record.written())

    async def _make_alone(self, item: Item, key: str) -> Made | None:
        async with self._alone:
            deaths = await self._hub.begin.remote(self._actor, self._life, key)
            if deaths < _DEATHS:
                made = await self._make(item)
            else:
                paper = item.as_abstract() if isinstance(item, BadInput) else item
                error = ErrorInfo(code="worker_died", message=_DIED)
                made = Made(*Record[Any].failed(paper, self._options.describe(), error).written())
            self._hub.finished.remote(self._actor, self._life, [key])
            return made

    def _report(self) -> Report:
        report = Report(unusable=self._unusable)
        if self._extractor is not None:
            report.stopped = self._extractor.stopped
            report.take_traffic(self._extractor.traffic, self._reported)
            report.reasks = self._extractor.reasks - self._reported_reasks
            self._reported = replace(self._extractor.traffic)
            self._reported_reasks = self._extractor.reasks
        return report


class BlockWorker:
    """For `map_batches`: a row is a block of papers, and becomes a row with their lines.

    Args:
        options: how records are made.
        hub: the handle of the run's `Hub`.
    """

    def __init__(self, options: Options, hub: Any) -> None:
        self._crew = Crew(options, hub)

    async def __call__(self, table: Any) -> AsyncIterator[Any]:
        """Rows `number` and `items` in; rows `number`, `lines` (null where undone) and `report` out."""
        import pyarrow as pa

        for row in table.to_pylist():
            items = items_of(row["items"]) if row["items"] else []
            made, report = await self._crew.make(items, str(row["number"]))
            columns = {
                "number": pa.array([row["number"]], pa.int64()),
                "lines": pa.array([[each and each.line for each in made]], pa.list_(pa.large_string())),
                "report": pa.array([report.model_dump_json()], pa.string()),
            }
            yield pa.table(columns)
