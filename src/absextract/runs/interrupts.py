"""SIGINT and SIGTERM in a running event loop: the first asks to stop, the second ends the process."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator

__all__ = ["interrupts"]

_NUMBERS = (signal.SIGINT, signal.SIGTERM)


@contextlib.contextmanager
def interrupts(stop: Callable[[int], None]) -> Iterator[None]:
    """Calls `stop` with the number of the first signal; the next one does what it does by default.

    Does nothing where the loop cannot have handlers: on Windows, and off the main thread.
    """
    loop = asyncio.get_running_loop()

    def first(number: int) -> None:
        for each in _NUMBERS:
            loop.remove_signal_handler(each)
            signal.signal(each, signal.SIG_DFL)
        stop(number)

    try:
        for number in _NUMBERS:
            loop.add_signal_handler(number, first, number)
    except (NotImplementedError, ValueError, RuntimeError):
        yield
        return
    try:
        yield
    finally:
        for number in _NUMBERS:
            loop.remove_signal_handler(number)
