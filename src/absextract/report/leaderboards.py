"""The boards as the page reads them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..boards.board_rows import BoardRow, number_of
from ..boards.grouping import Board, boards_of
from .merged_names import MergedNames

__all__ = ["boards"]


def boards(
    rows: Iterable[BoardRow], names: Mapping[str, MergedNames], codes: Sequence[str | None], dates: Sequence[str]
) -> list[dict[str, Any]]:
    """The boards, those of most papers first, those without a dataset or metric last.

    Args:
        rows: the results of all papers.
        names: the merged names of `datasets` and `metrics`.
        codes: for each paper where its code is.
        dates: for each paper when it came out; empty where that is not known.
    """
    return [_board(board, names, codes, dates) for board in boards_of(rows)]


def _board(
    board: Board, names: Mapping[str, MergedNames], codes: Sequence[str | None], dates: Sequence[str]
) -> dict[str, Any]:
    return {
        "n": board.name,
        "s": board.spellings,
        "d": names["datasets"].index(board.dataset) if board.dataset else -1,
        "m": names["metrics"].index(board.metric) if board.metric else -1,
        "k": board.kind,
        "u": board.unit,
        "way": board.direction,
        "r": [_row(row, codes[row.paper], dates[row.paper]) for row in board.rows],
    }


def _row(row: BoardRow, code: str | None, date: str) -> list[Any]:
    """The cells of a result; last what it is ranked by, whether its metric is the default one, and its date."""
    linked, computed = row.linked, row.linked.computed
    score = linked.result["score"]
    value, upper, deviation = (number_of(computed[name]) for name in ("value", "upper", "deviation"))
    bound = computed["bound"] if isinstance(computed["bound"], str) else None
    texts = [row.part(name) for name in ("method", "baseline", "evidence")]
    told = None if row.score == score else row.score
    cells = [row.paper, value, upper, score, *texts, code, row.setting or None, deviation, bound, row.own, told]
    return [*cells, row.value, linked.by_default, date or None]
