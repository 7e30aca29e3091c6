"""Where the command begins."""

from __future__ import annotations

import gc

from .starting import begin

__all__ = ["run"]

_GARBAGE = 20_000  # objects made and not yet freed, before a look for cycles among them


def run() -> None:
    """The program."""
    begin()
    gc.set_threshold(_GARBAGE)  # what is loaded stays: to look at it again and again costs a fifteenth of the time
    from .app import run as run_app  # it loads the better part of what is needed

    run_app()
