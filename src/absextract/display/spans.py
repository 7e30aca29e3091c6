"""Marked text: spans that overlap, laid into each other as elements of a page can be."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

__all__ = ["Marked", "Part", "nest"]

_DEEPEST = 20
_MOST_PIECES = 20_000  # spans that all cross each other are cut into the square of their number


@dataclass(slots=True)
class Marked:
    """A piece of text that supports values, and the pieces in it.

    Attributes:
        labels: what the piece supports, as given to `nest`.
        parts: its text in order, marked and unmarked pieces alternating.
    """

    labels: list[int]
    parts: list[Part] = field(default_factory=list)


Part = str | Marked


def nest(text: str, spans: Iterable[tuple[int, int, int]]) -> list[Part]:
    """Lays spans into each other; the parts together are the text.

    Equal spans become one piece with several labels. A span that crosses the end of another is cut there, so
    that its second half stands beside it. Spans that do not lie in the text are left out.

    Args:
        text: what is marked.
        spans: start (inclusive), end (exclusive) and label of each, in any order.
    """
    whole = Marked([])
    open_pieces: list[tuple[Marked, int]] = [(whole, len(text))]
    at = 0
    for start, end, labels in _merged(_cut(spans, len(text))):
        at = _close(text, open_pieces, at, until=start)
        piece = Marked(labels)
        if len(open_pieces) > _DEEPEST:
            open_pieces[-1][0].labels += labels
            continue
        _say(text, open_pieces[-1][0], at, start)
        at = start
        open_pieces[-1][0].parts.append(piece)
        open_pieces.append((piece, end))
    at = _close(text, open_pieces, at, until=len(text))
    _say(text, whole, at, len(text))
    return whole.parts


def _cut(spans: Iterable[tuple[int, int, int]], length: int) -> list[tuple[int, int, int]]:
    """The spans in reading order, outer before inner, none crossing the end of one before it."""
    waiting = [(start, -end, label) for start, end, label in spans if 0 <= start < end <= length]
    heapq.heapify(waiting)
    done: list[tuple[int, int, int]] = []
    ends: list[int] = []  # of the pieces that are open, outermost first
    while waiting and len(done) < _MOST_PIECES:
        start, end, label = heapq.heappop(waiting)
        end = -end
        while ends and ends[-1] <= start:
            ends.pop()
        if ends and end > ends[-1]:
            heapq.heappush(waiting, (ends[-1], -end, label))
            end = ends[-1]
        ends.append(end)
        done.append((start, end, label))
    return sorted(done, key=_outer_first)


def _outer_first(span: tuple[int, int, int]) -> tuple[int, int, int]:
    return span[0], -span[1], span[2]


def _merged(spans: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, list[int]]]:
    """Equal spans as one."""
    merged: list[tuple[int, int, list[int]]] = []
    for start, end, label in spans:
        if merged and merged[-1][:2] == (start, end):
            merged[-1][2].append(label)
        else:
            merged.append((start, end, [label]))
    return merged


def _close(text: str, open_pieces: list[tuple[Marked, int]], at: int, *, until: int) -> int:
    """Closes the pieces that end before a place; gives how far the text is said."""
    while len(open_pieces) > 1 and open_pieces[-1][1] <= until:
        piece, end = open_pieces.pop()
        _say(text, piece, at, end)
        at = end
    return at


def _say(text: str, piece: Marked, start: int, end: int) -> None:
    if start < end:
        piece.parts.append(text[start:end])
