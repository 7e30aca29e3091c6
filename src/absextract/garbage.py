"""How often Python looks for garbage."""

__all__ = ["SELDOM"]

SELDOM = 20_000
"""Objects made and not yet freed before it looks for cycles among them; else it takes a fifth of a run."""
