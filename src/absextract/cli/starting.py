"""The first moments of the command: what is to be seen, and what Ctrl-C does, while everything else is being loaded."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

__all__ = ["begin", "clear_screen", "has_loaded"]

_SLOW = ("extract", "try")  # they load a provider's library, which takes a second or two
_shown: list[bool] = []


def begin() -> None:
    """Says that something is being done, and lets Ctrl-C end it at once."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started us wants it ignored
        signal.signal(signal.SIGINT, _end)
    if (
        len(sys.argv) > 1
        and sys.argv[1] in _SLOW
        and not {"--help", "-q", "--quiet"} & set(sys.argv)
        and _is_terminal()
    ):
        _shown.append(True)
        os.write(2, "starting …\r".encode())


def has_loaded() -> None:
    """From here on Ctrl-C raises `KeyboardInterrupt` as usual, so that files are left whole."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def clear_screen() -> None:
    """Takes back what was shown for the time of loading."""
    if _shown:
        _shown.clear()
        os.write(2, b"\r\x1b[K")


def _end(*_: Any) -> None:
    """Nothing has been begun, so nothing has to be left whole."""
    clear_screen()
    os.write(2, b"interrupted\n")
    os._exit(128 + signal.SIGINT)


def _is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
