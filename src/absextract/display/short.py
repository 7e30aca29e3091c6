"""What is long, in a few words."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from typing import Any

__all__ = ["counts_of", "shortened"]


def shortened(text: str, length: int) -> str:
    """The text on one line, of at most `length` characters and the sign that some are left out."""
    line = " ".join(text[: 10 * length].split())
    return line if len(line) <= length else f"{line[:length].rstrip()}…"


def counts_of(extraction: Any, findings: Sequence[Any]) -> str:
    """How many items its lists hold, and how many findings there are: `tasks 1, results 3, findings 2`.

    Args:
        extraction: an object or mapping whose fields may be lists; None where there is none.
        findings: of the record.
    """
    fields = extraction if isinstance(extraction, dict) else getattr(extraction, "__dict__", {})
    lists = {name: len(value) for name, value in fields.items() if isinstance(value, list | tuple | set) and value}
    sized: Sized = findings
    counts = {**lists, "findings": len(sized)}
    return ", ".join(f"{name} {number}" for name, number in counts.items() if number)
