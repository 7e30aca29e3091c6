"""What is said on stderr."""

from __future__ import annotations

import logging

from rich.console import Console
from rich.logging import RichHandler

__all__ = ["note", "set_up_logging", "stderr"]

stderr = Console(stderr=True)


def note(text: str) -> None:
    """A line for the person at the terminal."""
    stderr.print(text, style="dim", markup=False, highlight=False, soft_wrap=True)


def set_up_logging() -> None:
    """Warnings, as they fit a terminal or a file."""
    if stderr.is_terminal:
        handler = RichHandler(console=stderr, show_time=False, show_path=False)
        logging.basicConfig(level=logging.WARNING, format="%(message)s", handlers=[handler])
    else:  # a line each, however long
        logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
