"""Which of the candidates of a JSON document are its papers, as they come by."""

from __future__ import annotations

import logging
from collections import Counter
from typing import NamedTuple

from ..errors import InputError
from .json_candidates import Candidate, Path

__all__ = ["Placed", "Sorting"]

_MOST_HELD = 1000
_MOST_TOLD = 10
_NO_PAPERS = {
    "null": "null, so no papers",
    "reply": "replies to papers",
}
_log = logging.getLogger(__name__)


class Placed(NamedTuple):
    """A candidate, the line it begins in, where it is known, and its number in its array, from 1."""

    candidate: Candidate
    line: int | None
    number: int


class Sorting:
    """Lets the papers through, in their order.

    What has an abstract, or a place for one, is a paper, and so is what stands beside it in its array. What has a title
    alone and stands elsewhere is one if it has authors or the like; where nothing in the document has an abstract, what has
    a title is what there is to be told.
    """

    def __init__(self, path: str) -> None:
        self._path = path
        self._arrays: set[Path] = set()
        self._held: list[Placed] = []
        self.is_overfull = False
        """There was more of what may not be papers than is remembered."""
        self._numbers: dict[str, list[int]] = {kind: [] for kind in _NO_PAPERS}
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
        if len(self._held) < _MOST_HELD:
            self._held.append(placed)
            return []
        self.is_overfull = True
        return [placed] if kind == "bad" else []

    def rest(self) -> list[Placed]:
        """At the end of a value, before another: where no paper was in it, what comes nearest to one."""
        held, arrays = self._held, self._arrays
        self._held, self._arrays = [], set()
        if arrays or not held:
            return [each for each in held if each.candidate.kind == "bad"]
        nearest = next((each for each in held if each.candidate.kind == "titled"), held[0]).candidate.array
        return [each for each in held if each.candidate.array == nearest or each.candidate.kind == "bad"]

    def tell(self, *, nothing_else: bool) -> None:
        """Says, at the end, which entries were left out.

        Raises:
            InputError: there were no others.
        """
        for kind, reason in _NO_PAPERS.items():
            if count := self._counts[kind]:
                numbers = ", ".join(map(str, self._numbers[kind])) + (", …" if count > _MOST_TOLD else "")
                if nothing_else:
                    raise InputError(f"holds no papers: of its entries, {count} are {reason}", path=self._path)
                _log.warning("%s: left out %d entries that are %s (%s)", self._path, count, reason, numbers)

    def _released(self, array: Path) -> list[Placed]:
        held, self._held = self._held, []
        return [each for each in held if each.candidate.array == array or _is_to_be_told(each)]


def _is_to_be_told(placed: Placed) -> bool:
    """Whether it is like a paper, or may have been one."""
    kind = placed.candidate.kind
    return kind == "bad" or (kind == "titled" and placed.candidate.has_authors)
