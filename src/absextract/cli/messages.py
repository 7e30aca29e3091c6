"""What is said on stderr."""

from __future__ import annotations

from rich.console import Console

__all__ = ["note", "stderr"]

stderr = Console(stderr=True)


def note(text: str) -> None:
    """A line for the person at the terminal."""
    stderr.print(text, style="dim", markup=False, highlight=False, soft_wrap=True)
