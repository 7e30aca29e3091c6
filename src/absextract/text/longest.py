"""How much of a text is read at all: what is longer is no title or abstract, and would hold up every other paper."""

from __future__ import annotations

__all__ = ["LONGEST_READ", "first_parts"]

LONGEST_READ = {"title": 20_000, "abstract": 100_000}
"""Characters; a whole article has about 60,000."""


def first_parts(title: str, abstract: str) -> tuple[str, str]:
    """What is read of a title and an abstract."""
    return title[: LONGEST_READ["title"]], abstract[: LONGEST_READ["abstract"]]
