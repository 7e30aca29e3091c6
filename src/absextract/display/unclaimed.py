"""What findings say stands in a text and in no value, for marking it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..patterns import regex

__all__ = ["unclaimed_spans"]

_UNCLAIMED = regex(r"\((title|abstract) (\d+)-(\d+)\)$")


def unclaimed_spans(findings: Iterable[tuple[str, str]], name: str) -> Iterator[tuple[int, int, int]]:
    """Start, end, and number of the finding.

    Args:
        findings: code and message of each.
        name: `title` or `abstract`.
    """
    for number, (code, message) in enumerate(findings):
        place = _UNCLAIMED.search(message) if code.endswith("_unclaimed") else None
        if place and place[1] == name and len(place[2]) < 10 > len(place[3]):
            yield int(place[2]), int(place[3]), number
