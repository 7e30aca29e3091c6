"""An event loop whose time passes only where everybody waits: minutes take no time, and no test sleeps."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

__all__ = ["run_in_virtual_time"]

ResultT = TypeVar("ResultT")


class _VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        super().__init__()
        self._passed = 0.0
        wait = self._selector.select  # type: ignore[attr-defined]  # where asyncio waits for files and for time

        def select(timeout: float | None) -> Any:
            if timeout:
                self._passed += timeout
            return wait(0)

        self._selector.select = select  # type: ignore[attr-defined]

    def time(self) -> float:
        return self._passed


def run_in_virtual_time(main: Coroutine[Any, Any, ResultT]) -> ResultT:
    """Runs a coroutine that waits for nothing but time."""
    with asyncio.Runner(loop_factory=_VirtualLoop) as runner:
        return runner.run(main)
