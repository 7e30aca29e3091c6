"""Where the command begins."""

from __future__ import annotations

import gc

from .starting import begin

__all__ = ["run"]


def run() -> None:
    """The program."""
    begin()
    from ..garbage import SELDOM

    gc.set_threshold(SELDOM)  # what is loaded stays: to look at it again and again costs a fifteenth of the time
    from .app import run as run_app  # it loads the better part of what is needed

    run_app()
