"""How much work something is, counted and not timed, so that a busy machine fails no test."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

__all__ = ["calls_of"]


def calls_of(work: Callable[[], object]) -> int:
    """How many functions are called, those written in C too.

    What happens within a regular expression is one call however long it takes: where that is quadratic, a test on
    a text of a hundred thousand characters hangs for minutes.
    """
    count = 0

    def seen(_frame: FrameType, event: str, _arg: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count
