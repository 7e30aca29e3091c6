"""Rows with a cell more or less than the header has columns: where the one too many, or the missing one, stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from ..patterns import regex
from ..text.identifiers import WHOLE_DOI
from .cell_values import is_blank
from .column_names import Layout, plain
from .inverted_index import is_inverted_index

__all__ = ["UNNAMED", "RowFit", "UnfitError"]

UNNAMED = "unnamed"
"""What a column is called that has no name."""


_YEAR = regex(r"\s*(?:1[5-9]|20)\d\d\s*")
_LINK = regex(r"\s*(?:https?://|www\.)\S+\s*", re.IGNORECASE)
_DOI = regex(rf"\s*{WHOLE_DOI}\s*", re.IGNORECASE)
_NUMBER = regex(r"[\s\d.,:;/()-]*")
_SURE = 8
_SURELY_ODD = 3
_WORDS_OF_TEXT, _WORDS_OF_TITLE = 12, 40
_KINDS: dict[str, re.Pattern[str]] = {
    "year": _YEAR, "publicationyear": _YEAR, "pubyear": _YEAR, "py": _YEAR, "doi": _DOI, "di": _DOI, "link": _LINK,
    "url": _LINK,
}  # fmt: skip


class UnfitError(Exception):
    """Which cells belong to which columns cannot be told."""


class RowFit(NamedTuple):
    """Puts cells below the names of a header.

    Attributes:
        names: the columns.
        layout: which of them hold title and abstract.
    """

    names: Sequence[str]
    layout: Layout

    def row(self, cells: Sequence[Any], raw: str = "") -> dict[str, Any]:
        """The cells by their columns; None in those that have none. Columns without a name are left out where empty.

        Args:
            cells: the row; None is an empty one.
            raw: as it was written, where that tells which cells were quoted.

        Raises:
            UnfitError: there are more or fewer cells than columns, and it cannot be told where.
        """
        excess = len(cells) - len(self.names)
        while excess > 0 and is_blank(cells[-1]):
            cells, excess = cells[:-1], excess - 1
        extra: Sequence[Any] = ()
        if excess:
            cells, extra = self._fitted(cells, excess, raw)
        elif oddness := self._oddness(cells):
            short = cells[: max((place for place, cell in enumerate(cells, start=1) if not is_blank(cell)), default=1)]
            if len(short) < len(cells):  # an empty cell too many may hide one too few
                moved, _ = self._fitted(short, len(short) - len(cells), raw, padded=True)
                cells = cells if moved[: len(short)] == list(short) else moved
            elif oddness >= _SURELY_ODD:
                raise UnfitError
        row = dict(zip(self.names, cells, strict=True))
        beside = {f"{UNNAMED}.{number}": cell for number, cell in enumerate(extra, start=len(cells))}
        return {
            name: cell for name, cell in (row | beside).items() if not (name.startswith(UNNAMED) and is_blank(cell))
        }

    def told(self, cells: Sequence[Any]) -> str:
        """What is wrong with a row that `row` refuses."""
        if len(cells) == len(self.names):
            return "the cells are not what the columns are for; is one missing, and another too many?"
        return f"{'more' if len(cells) > len(self.names) else 'fewer'} fields than the header has columns"

    def _fitted(
        self, cells: Sequence[Any], excess: int, raw: str, *, padded: bool = False
    ) -> tuple[list[Any], Sequence[Any]]:
        """The cells of the columns, and those too many."""
        gap = self._gap([str(cell or "") for cell in cells], excess, raw, padded=padded)
        end = gap + max(excess, 0)
        return [*cells[:gap], *[None] * -excess, *cells[end:]], cells[gap:end]

    def _oddness(self, cells: Sequence[Any]) -> int:
        """How many cells do not look like what their columns hold."""
        return sum(self._judge(name)(str(cell or "")) < 0 for name, cell in zip(self.names, cells, strict=True))

    def _gap(self, cells: Sequence[str], excess: int, raw: str, *, padded: bool) -> int:
        """Before which cell those too many, or missing, stand: where most of the others look like what they should be.

        Raises:
            UnfitError: title or abstract could be one cell or another.
        """
        kinds = [self._judge(name) for name in self.names]
        steps = min(len(cells), len(self.names)) + 1
        here = [kind(cell) for kind, cell in zip(kinds, cells, strict=False)]
        there = [kind(cell) for kind, cell in zip(kinds[max(-excess, 0) :], cells[max(excess, 0) :], strict=True)]
        before, behind = [0, *accumulate(here)], [0, *accumulate(reversed(there))][::-1]
        scores = [before[gap] + behind[gap] for gap in range(steps)]
        likely = [gap for gap, score in enumerate(scores) if score == max(scores)]
        if padded and max(scores) - scores[-1] < 2 * _SURE:
            return steps - 1
        texts = [self.names.index(name) for name in (*self.layout.abstract[:1], *self.layout.title[:1])]
        if any(len({_cell_of(place, gap, excess) for gap in likely}) > 1 for place in texts):
            raise UnfitError
        gap = likely[-1]
        self._check_abstract(cells, _cell_of(texts[0], gap, excess), is_moved=texts[0] >= gap)
        if excess > 0:
            self._check_whole(cells, gap, excess, texts, raw)
        return gap

    def _judge(self, name: str) -> Callable[[str], int]:
        """How well a cell fits a column."""
        if name in self.layout.abstract[:1]:
            return _like_an_index if is_inverted_index(name) else _like_an_abstract
        if name in self.layout.title[:1]:
            return _like_a_title
        if kind := _KINDS.get(plain(name)):
            return lambda cell: 0 if not cell.strip() else _SURE if kind.fullmatch(cell) else -_SURE
        return lambda _: 0

    def _check_abstract(self, cells: Sequence[str], place: int | None, *, is_moved: bool) -> None:
        """Of all cells, that of the abstract must be most like one.

        Raises:
            UnfitError: it is not.
        """
        judge = self._judge(self.layout.abstract[0])
        found = 0 if place is None else judge(cells[place])
        if found < _SURE and (any(judge(cell) == _SURE for cell in cells) or (is_moved and place is not None)):
            raise UnfitError

    def _check_whole(self, cells: Sequence[str], gap: int, excess: int, texts: Sequence[int], raw: str) -> None:
        """A cell beside title or abstract may be the rest of it, behind a delimiter that should stand in quotes.

        Raises:
            UnfitError: that may be.
        """
        for place in texts:
            cell = cells[_cell_of(place, gap, excess) or 0]
            quoted = cell.replace('"', '""')
            if f'"{quoted}"' in raw:  # so it is whole
                continue
            if place in (gap - 1, gap) or any(each[:1].isspace() for each in cells):
                raise UnfitError


def _cell_of(column: int, gap: int, excess: int) -> int | None:
    """Which cell a column has; none where it is missing."""
    if column < gap:
        return column
    return column + excess if column + excess >= gap else None


def _like_an_abstract(cell: str) -> int:
    if not cell.strip():
        return 0
    if _NUMBER.fullmatch(cell) or _LINK.fullmatch(cell) or _DOI.fullmatch(cell):
        return -_SURE
    return _SURE if len(cell.split(None, _WORDS_OF_TEXT)) > _WORDS_OF_TEXT else 0


def _like_a_title(cell: str) -> int:
    if not cell.strip():
        return 0
    if _NUMBER.fullmatch(cell) or _LINK.fullmatch(cell) or _DOI.fullmatch(cell):
        return -_SURE
    return -1 if len(cell.split(None, _WORDS_OF_TITLE)) > _WORDS_OF_TITLE else 0


def _like_an_index(cell: str) -> int:
    return 0 if not cell.strip() else _SURE if cell.lstrip().startswith("{") else -_SURE
