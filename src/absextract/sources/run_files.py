"""Names of what runs leave beside their output, which is no input."""

from __future__ import annotations

__all__ = ["BESIDE", "is_left_by_runs"]

BESIDE = (".run.json", ".partial", ".lock")
"""Ends of the names of files that runs have beside their output."""


def is_left_by_runs(name: str) -> bool:
    """Whether a file of this name is hidden, or beside an output, or a log."""
    return name.startswith(".") or name.endswith((*BESIDE, ".log"))
