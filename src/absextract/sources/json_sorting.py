"""Which of the candidates of a JSON document are its papers, as they come by."""

from __future__ import annotations

import logging
from collections import Counter
from typing import NamedTuple

from ..errors import InputError
from .json_candidates import Candidate, Path

__all__ = ["Placed", "Sorting"]

_LARGEST_HELD = 8 << 20  # bytes
_COST = 500  # of one that is remembered, beside what it says
_MOST_TOLD = 10
_NO_PAPERS = {
    "null": "null",
    "beside": "reviews, notes, attachments or components",
}
_log = logging.getLogger(__name__)


class Placed(NamedTuple):
    """A candidate.

    Attributes:
        candidate: itself.
        line: the line it begins in, where that is known.
        number: which it is in its array, from 1, or the name it stands under.
        size: the bytes it comes from.
    """

    candidate: Candidate
    line: int | None
    number: int | str
    size: int = 0


class Sorting:
    """Lets the papers through, in their order.

    What has an abstract, or a place for one, is a paper, and so is what stands beside it in its array. What has a title
    alone and stands elsewhere is one if it has authors or the like; where nothing in the document has an abstract, what
    has a title is what there is to be told.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._arrays: set[Path] = set()
        self._held: list[Placed] = []
        self._size = 0
        self.is_overfull: bool = False
        """There was more of what may not be papers than is remembered."""
        self._forgotten = 0
        self._numbers: dict[str, list[int | str]] = {kind: [] for kind in _NO_PAPERS}
        self._counts: Counter[str] = Counter()

    def of(self, placed: Placed) -> list[Placed]:
        """Those that are known to be papers, now that this one has come."""
        kind, array = placed.candidate.kind, placed.candidate.array
        if kind in _NO_PAPERS:
            self._counts[kind] += 1
            if self._counts[kind] <= _MOST_TOLD:
                self._numbers[kind].append(placed.number)
            return []
        if kind == "paper" and array not in self._arrays:
            self._arrays.add(array)
            return [*self._released(array), placed]
        if array in self._arrays or (self._arrays and _is_to_be_told(placed)):
            return [placed]
        if self._size < _LARGEST_HELD:
            self._held.append(placed)
            self._size += placed.size + _COST
            return []
        self.is_overfull = True
        self._forgotten += _is_to_be_told(placed)
        return []

    def rest(self) -> list[Placed]:
        """At the end of a value, before another: where no paper was in it, what comes nearest to one."""
        held, arrays = self._held, self._arrays
        self._held, self._arrays, self._size = [], set(), 0
        if arrays or not held:
            return [each for each in held if each.candidate.kind == "bad"]
        nearest = next((each for each in held if each.candidate.kind == "titled"), held[0]).candidate.array
        return [each for each in held if each.candidate.array == nearest or each.candidate.kind == "bad"]

    def tell(self, *, nothing_else: bool) -> None:
        """Says, at the end, which entries were left out.

        Raises:
            InputError: there were no others.
        """
        if self._forgotten:
            told = "%s: %d entries before the first with an abstract, which may be papers without one, are left out"
            _log.warning(told, self._path, self._forgotten)
        for kind, reason in _NO_PAPERS.items():
            if count := self._counts[kind]:
                if nothing_else:
                    raise InputError(f"holds no papers, but {count} entries that are {reason}", path=self._path)
                numbers = ", ".join(map(str, self._numbers[kind]))
                more = f", … ({count} in all)" if count > _MOST_TOLD else ""
                _log.warning("%s: entries that are %s are left out: %s%s", self._path, reason, numbers, more)

    def _released(self, array: Path) -> list[Placed]:
        held, self._held, self._size = self._held, [], 0
        return [each for each in held if each.candidate.array == array or _is_to_be_told(each)]


def _is_to_be_told(placed: Placed) -> bool:
    """Whether it is like a paper, or may have been one."""
    kind = placed.candidate.kind
    return kind == "bad" or (kind == "titled" and placed.candidate.has_authors)
