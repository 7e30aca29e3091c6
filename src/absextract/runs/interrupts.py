"""SIGINT and SIGTERM in a running event loop: the first asks to stop, the second ends the process."""

from __future__ import annotations

import _thread
import asyncio
import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

__all__ = ["interrupts"]

_NUMBERS = (signal.SIGINT, signal.SIGTERM)
_STUCK_SECONDS = 10.0  # so long a loop may not answer after the first signal: it waits for a reader that has stopped


@contextlib.contextmanager
def interrupts(stop: Callable[[int], None]) -> Iterator[None]:
    """Calls `stop` with the number of the first signal, in the loop; the next one does what it does by default.

    The handlers are the system's own and not the loop's, which would hear nothing while something in it blocks. Where
    the loop does not answer for ten seconds after the first signal, the process is ended as by the second.

    Does nothing off the main thread.
    """
    loop = asyncio.get_running_loop()
    over = threading.Event()

    def first(number: int, _: FrameType | None) -> None:
        for each in _NUMBERS:
            signal.signal(each, signal.SIG_DFL)
        loop.call_soon_threadsafe(stop, number)
        _thread.start_new_thread(_end_if_stuck, (loop, number, over))  # takes no lock that we may hold just now

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, first) for number in _NUMBERS}
    try:
        yield
    finally:
        over.set()
        for number in _NUMBERS:
            if signal.getsignal(number) is first:
                signal.signal(number, before[number])


def _end_if_stuck(loop: asyncio.AbstractEventLoop, number: int, over: threading.Event) -> None:
    while not over.is_set():
        answered = threading.Event()
        try:
            loop.call_soon_threadsafe(answered.set)
        except RuntimeError:  # it has ended
            return
        if not answered.wait(_STUCK_SECONDS) and not over.is_set():
            os.kill(os.getpid(), number)
        time.sleep(_STUCK_SECONDS / 10)
