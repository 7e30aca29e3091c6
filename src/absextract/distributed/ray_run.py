"""`absextract extract --engine ray`: the driver reads and writes, the workers of a cluster extract."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from collections.abc import Iterator
from queue import Empty, Queue
from typing import Any

from ..errors import ProviderSetupError, UsageError
from ..output.summary import RunSummary, check_same_settings
from ..runs.job import Progress
from .blocks import Block, Report, as_text
from .cluster import cpus_of_cluster, hub_for, joined_cluster, load_ray, pool, quiet_context
from .options import Options
from .part_plan import BLOCK_RECORDS, Plan
from .parts import FolderJob, PartFolder
from .worker import BlockWorker

__all__ = ["run_on_ray"]

_ROOM = 3  # blocks on their way there and back, for each that is in work
_BLOCKS_BESIDE = 2  # so that a worker has the next block's papers at hand while the last of one are answered
_GRACE_SECONDS = 5.0  # for answers on their way when the run is interrupted
_LOOK_SECONDS = 0.2  # for signals, where nothing comes back
_NOTE_SECONDS = 10.0
_EACH_ROW = 1  # byte: no row waits for others
_END: Any = object()
_log = logging.getLogger(__name__)


def run_on_ray(
    job: FolderJob,
    options: Options,
    workers: int | None,
    progress: Progress,
    settings: dict[str, Any],
    *,
    verbose: bool = False,
) -> RunSummary:
    """Runs a job on a Ray cluster to its end, or to SIGINT or SIGTERM.

    Args:
        job: what to read, and the folder of parts to write.
        options: how records are made.
        workers: processes to work in; None for one a CPU of the cluster.
        progress: told after each block.
        settings: for the summary, without keys.
        verbose: let Ray tell what it does.

    Raises:
        UsageError: wrong input or output, no Ray, or a key or model the provider refuses.
    """
    load_ray()
    job.check()
    if not os.environ.get("RAY_ADDRESS"):  # the workers are here, and cannot do what this process cannot
        asyncio.run(options.extractor().close())
    folder = PartFolder(job.out, fresh=job.overwrite)
    with folder.locked():
        summary = RunSummary(settings)
        if not job.overwrite:
            check_same_settings(job.out, settings)
            summary.goes_on_from(job.out)
        _log.info("%s: begun", job.out, extra={"details": {"event": "begin", "settings": settings}})
        plan = Plan(job, folder, options.describe(), summary)
        with joined_cluster(workers, verbose=verbose):
            settings["workers"] = workers or cpus_of_cluster()
            with quiet_context(_EACH_ROW, verbose=verbose):
                run = _Run(plan, options.travelling(), settings["workers"], summary, progress, job.out)
            with _signals(run):
                run.go()
        summary.finished = not (summary.interrupted or summary.stopped)
        if summary.finished and not summary.new:
            folder.clear()
        summary.clock()
        if summary.finished or summary.new or not job.overwrite:  # else what is there is still another run's
            summary.write_beside(job.out)
        _log.info("%s: ended", job.out, extra={"details": {"event": "end", "summary": summary.as_json()}})
    return summary


class _Run:
    """The driver's side: one thread reads, one waits for Ray Data, and this one writes."""

    def __init__(
        self, plan: Plan, options: Options, workers: int, summary: RunSummary, progress: Progress, out: str
    ) -> None:
        at_once = _BLOCKS_BESIDE + 2 * options.concurrency // BLOCK_RECORDS
        blocks = at_once * workers
        self._plan = plan
        self._summary = summary
        self._progress = progress
        self._hub = hub_for(options, _ROOM * blocks)
        self._out = out
        self._results = _results(self._hub, options, pool(workers, at_once))
        self._on_the_way: dict[int, Block] = {}
        self._back: Queue[Any] = Queue(2 * blocks)
        self._reading_error: UsageError | None = None
        self._deadline: float | None = None
        self._ended = False
        self._noted = time.monotonic()

    def go(self) -> None:
        """Does everything there is to do.

        Raises:
            UsageError: the input cannot be read on, or no worker can do anything; what came before is written.
        """
        for work in (self._feed, self._fetch):
            threading.Thread(target=work, name=work.__name__, daemon=True).start()
        try:
            while (row := self._next_row()) is not _END:
                if isinstance(row, BaseException):
                    self._give_up(row)
                    break
                self._take(**row)
                self._progress.advance(self._summary)
        finally:
            self._plan.write_beginnings()
        if self._reading_error is not None:
            raise self._reading_error

    def interrupt(self, signal_number: int) -> None:
        """Nothing more is sent; what comes within a few seconds is kept."""
        self._summary.interrupted_by = signal_number
        self._deadline = time.monotonic() + _GRACE_SECONDS

    def _feed(self) -> None:
        """Reads the input, as far ahead as there is room on the desk."""
        import ray

        try:
            for number, block in enumerate(self._plan.blocks()):
                if self._ended:
                    break
                self._on_the_way[number] = block
                ray.get(self._hub.offer.remote(as_text(block.items)))
        except UsageError as error:
            self._reading_error = error
        except Exception as error:  # the hub has gone
            self._back.put(error)
        finally:
            self._hub.end.remote()

    def _fetch(self) -> None:
        """Waits for the rows that come back."""
        try:
            for table in self._results.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=0):
                for row in table.to_pylist():
                    self._back.put(row)
            self._back.put(_END)
        except BaseException as error:
            self._back.put(error)

    def _next_row(self) -> Any:
        while True:
            if self._deadline is not None and not self._ended:
                self._end("interrupted")
            try:
                return self._back.get(timeout=_LOOK_SECONDS)
            except Empty:
                self._progress.advance(self._summary)
                if self._summary.new and time.monotonic() - self._noted >= _NOTE_SECONDS:
                    self._note()
                if self._deadline is not None and time.monotonic() > self._deadline:
                    return _END

    def _take(self, number: int, lines: list[str | None], report: str) -> None:
        read = Report.model_validate_json(report)
        block = self._on_the_way.pop(number, None)  # none where it came before, and was done again elsewhere
        read.add_to(self._summary)
        if read.unusable is not None:
            self._end("unusable")
            raise ProviderSetupError(read.unusable)
        if block is not None:
            if not self._summary.new:
                self._plan.begin()
                self._note()  # a killed run leaves the settings that shaped its records
            self._hub.done.remote(number)
            self._plan.take(block, lines)
        if self._summary.interrupted:
            self._summary.stopped = None
        elif self._summary.stopped:
            self._end(self._summary.stopped)

    def _give_up(self, error: BaseException) -> None:
        reason = str(error).strip().splitlines() or [""]
        self._summary.stopped = f"Ray: {type(error).__name__}: {reason[-1]}"

    def _note(self) -> None:
        self._noted = time.monotonic()
        self._summary.clock()
        self._summary.write_beside(self._out)

    def _end(self, reason: str) -> None:
        if not self._ended:
            self._ended = True
            self._hub.stop.remote(reason)
            self._hub.end.remote()


def _results(hub: Any, options: Options, compute: Any) -> Any:
    """A dataset with a row for each block that comes back."""
    return _read_blocks(hub).map_batches(
        BlockWorker,
        fn_constructor_args=(options, hub),
        batch_size=1,
        batch_format="pyarrow",
        num_cpus=1,
        compute=compute,
    )


def _read_blocks(hub: Any) -> Any:
    """A dataset with a row for each block that is offered at the hub's desk, as they come."""
    import ray
    from ray.data import Datasource, ReadTask
    from ray.data.block import BlockMetadata

    def read() -> Iterator[Any]:
        import pyarrow as pa

        number = 0
        while (items := ray.get(hub.take.remote(number))) is not None:
            yield pa.table({"number": pa.array([number], pa.int64()), "items": pa.array([items], pa.large_string())})
            number += 1

    class Blocks(Datasource):  # type: ignore[misc]  # ray is Any here
        def estimate_inmemory_data_size(self) -> None:
            return None

        def get_read_tasks(self, *_: Any, **__: Any) -> list[Any]:
            nothing_known = BlockMetadata(num_rows=None, size_bytes=None, input_files=None, exec_stats=None)
            return [ReadTask(read, nothing_known)]

    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    return ray.data.read_datasource(Blocks(), override_num_blocks=1, num_cpus=0, label_selector=here)


@contextlib.contextmanager
def _signals(run: _Run) -> Iterator[None]:
    """The first signal ends the run gently, the second at once."""
    numbers = (signal.SIGINT, signal.SIGTERM)

    def stop(number: int, _: Any) -> None:
        for each in numbers:
            signal.signal(each, signal.SIG_DFL)
        run.interrupt(number)

    try:
        former = {number: signal.signal(number, stop) for number in numbers}
    except ValueError:  # not the main thread
        yield
        return
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)
