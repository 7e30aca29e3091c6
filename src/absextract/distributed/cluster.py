"""Ray itself: there or not, started or joined, and quiet."""

from __future__ import annotations

import contextlib
import logging
import os
import warnings
from collections.abc import Iterator
from typing import Any

from ..errors import ProviderSetupError, UsageError
from .hub import Hub
from .options import Options

__all__ = ["cpus_of_cluster", "hub_for", "joined_cluster", "load_ray", "pool", "quiet_context", "without_dashboard"]

_STORE_BYTES = 512 * 2**20  # blocks are small, and few of them are on their way
_PATIENCE = 30.0  # seconds beyond the longest request
_CALLS = 10_000  # of the hub at once


def load_ray() -> Any:
    """The package `ray`, with Ray Data.

    Raises:
        ProviderSetupError: it is not installed.
    """
    try:
        import ray
        from ray.data import Dataset  # noqa: F401  # Ray is there without Ray Data, too
    except ImportError:
        raise ProviderSetupError("--engine ray needs Ray: pip install 'absextract[ray]'") from None
    return ray


@contextlib.contextmanager
def joined_cluster(workers: int | None, *, verbose: bool) -> Iterator[None]:
    """Ray, connected: to what is connected already, to `RAY_ADDRESS`, or else started on this machine for a while.

    Args:
        workers: how many there are to be; None for one a CPU.
        verbose: let Ray tell what it does.

    Raises:
        UsageError: the cluster cannot be reached.
    """
    address = os.environ.get("RAY_ADDRESS", "").strip()
    if address.startswith("ray://"):
        raise UsageError(
            "RAY_ADDRESS: start the command on a node of the cluster, with RAY_ADDRESS=auto or its host:port"
        )
    if not address:
        os.environ.setdefault("RAY_ENABLE_UV_RUN_RUNTIME_ENV", "0")  # the workers are on this machine
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    if not verbose:
        os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    ray = load_ray()
    if not verbose:
        logging.getLogger("ray.data").setLevel(logging.CRITICAL + 1)
        warnings.filterwarnings("ignore", module=r"ray\b")  # advice on options that are not ours
    if ray.is_initialized():
        yield
        return
    level = logging.INFO if verbose else logging.CRITICAL
    options: dict[str, Any] = {"log_to_driver": verbose, "logging_level": level, **without_dashboard()}
    if not address:
        cpus = max(workers or 0, os.cpu_count() or 1)
        options |= {"num_cpus": cpus, "object_store_memory": _STORE_BYTES}
    try:
        with warnings.catch_warnings(action="ignore"), _silent_stderr(not verbose):
            ray.init(address=address or "local", **options)
    except (ConnectionError, OSError, RuntimeError, ValueError) as error:
        raise UsageError(f"Ray: {str(error).strip().splitlines()[0]}") from error
    try:
        yield
    finally:
        ray.shutdown()


def without_dashboard() -> dict[str, bool]:
    """What `ray.init` is told, so that a Ray that it starts opens no web page; one that runs is as it is."""
    return {} if os.environ.get("RAY_ADDRESS", "").strip() else {"include_dashboard": False}


@contextlib.contextmanager
def quiet_context(block_bytes: int, *, verbose: bool) -> Iterator[None]:
    """Ray Data's settings for a dataset of our own that is made meanwhile: without bars and chatter.

    Args:
        block_bytes: rows of a task are handed on as soon as they hold more.
        verbose: with them.
    """
    from ray.data import DataContext

    former = DataContext.get_current()
    context = former.copy()
    context.enable_progress_bars = verbose
    context.enable_operator_progress_bars = verbose
    context.print_on_execution_start = verbose
    context.target_max_block_size = block_bytes
    DataContext._set_current(context)
    try:
        yield
    finally:
        DataContext._set_current(former)


def hub_for(options: Options, room: int = 0) -> Any:
    """The hub of a run: an actor on this node, which lives as long as somebody holds its handle."""
    import ray

    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    actor = ray.remote(num_cpus=0, max_concurrency=_CALLS, label_selector=here)(Hub)
    return actor.remote(options.limits, options.timeout + _PATIENCE, room)


@contextlib.contextmanager
def _silent_stderr(silent: bool) -> Iterator[None]:
    """Ray's C++ parts write past Python, and before their level can be set; what fails is raised too."""
    if not silent:
        yield
        return
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def cpus_of_cluster() -> int:
    """How many CPUs there are, at least 1."""
    import ray

    return max(1, int(ray.cluster_resources().get("CPU", 1)))


def pool(workers: int, blocks: int, at_first: int | None = None) -> Any:
    """A pool of worker processes.

    Args:
        workers: how many.
        blocks: what each has in work at once; one more lies ready.
        at_first: how many to begin with, where others want CPUs too; as many as there are to be, for None.
    """
    from ray.data import ActorPoolStrategy

    size = {"size": workers}
    if at_first is not None:
        size = {"min_size": 1, "max_size": workers, "initial_size": min(workers, at_first)}
    return ActorPoolStrategy(**size, max_concurrent_calls_per_actor=blocks, max_tasks_in_flight_per_actor=blocks + 1)
