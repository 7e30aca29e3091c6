"""Where the command begins."""

from __future__ import annotations

from .starting import begin

__all__ = ["run"]


def run() -> None:
    """The program."""
    begin()
    from .app import run as run_app  # it loads the better part of what is needed

    run_app()
