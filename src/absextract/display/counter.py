"""How far something is, in a terminal or a notebook."""

from __future__ import annotations

import sys
import time
from typing import Any

__all__ = ["Counter"]

_EVERY = 0.2  # seconds


class Counter:
    """Counts what is done; a context manager. Nothing is shown where nobody looks.

    Args:
        total: how many there are, None where nobody knows.
        shown: False shows nothing anywhere.
    """

    def __init__(self, total: int | None, *, shown: bool = True) -> None:
        self._total = total
        self._done = 0
        self._last = 0.0
        self._cell: Any = None
        self._in_notebook = shown and "ipykernel" in sys.modules
        self._in_terminal = shown and not self._in_notebook and sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *_: object) -> None:
        self._show()
        if self._in_terminal:
            sys.stderr.write("\n")

    def advance(self) -> None:
        """One more is done."""
        self._done += 1
        if time.monotonic() - self._last >= _EVERY:
            self._last = time.monotonic()
            self._show()

    @property
    def _line(self) -> str:
        return f"{self._done} {'' if self._total is None else f'of {self._total} '}done"

    def _show(self) -> None:
        if self._in_terminal:
            sys.stderr.write(f"\r{self._line}")
            sys.stderr.flush()
        elif self._in_notebook:
            from IPython.display import display

            shown = {"text/plain": self._line}
            if self._cell is None:
                self._cell = display(shown, raw=True, display_id=True)
            else:
                self._cell.update(shown, raw=True)
