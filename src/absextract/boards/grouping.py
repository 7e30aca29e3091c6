"""Rows in boards of one dataset, metric, kind and scale each; best first where anybody knows what is better."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..entities.folding import fold
from .board_rows import SHARE, BoardRow, NameKey

__all__ = ["RULES", "Board", "boards_of", "disagreements"]

RULES = (
    "Names are one when the vocabulary knows them for one thing (absextract vocabulary show NAME says why), else when "
    "they differ only in case, hyphens, underscores, spaces or TeX signs. Which way is better is known of the metric, "
    "or told by the noun in its name; where neither says, there is a ? and no rank. Changes stand by size. A board "
    "whose results were reached under several settings says so."
)


@dataclass(frozen=True, slots=True)
class Board:
    """Results that may stand side by side.

    Attributes:
        dataset: key of the dataset; empty where none is named.
        metric: key of the metric; empty where none is named.
        kind: `value` or `change`.
        scale: `share`, else the unit, else nothing.
        direction: which way the metric is better: `higher`, `lower` or `unknown`.
        rows: the results, best first, changes by size; those without a number last.
    """

    dataset: str
    metric: str
    kind: str
    scale: str
    direction: str
    rows: tuple[BoardRow, ...]

    @property
    def is_whole(self) -> bool:
        """Whether dataset and metric are known, so that its rows can be ranked."""
        return bool(self.dataset and self.metric)

    @property
    def name(self) -> str:
        """What a board is called, wherever it is shown: "CIFAR-10: accuracy"."""
        dataset = _usual(row.dataset for row in self.rows) or "no dataset named"
        metric = _usual(row.metric for row in self.rows) or "no metric named"
        return f"{dataset}: {metric}{', change' if self.kind == 'change' else ''}"

    @property
    def is_ranked(self) -> bool:
        """Whether anybody knows which of its rows is the best, or the largest change."""
        return self.is_whole and (self.kind == "change" or self.direction != "unknown")

    @property
    def settings(self) -> dict[str, int]:
        """How many rows stand there under each setting, where there are several; the empty one is of those without."""
        spelled: dict[str, str] = {}
        counts = Counter(spelled.setdefault(fold(row.setting), row.setting) for row in self.rows)
        return dict(sorted(counts.items())) if len(counts) > 1 else {}

    @property
    def spellings(self) -> dict[str, list[str]]:
        """How its dataset and its metric are written, by `dataset` and `metric`, the commonest first."""
        written = {
            "dataset": [row.part("dataset") for row in self.rows],
            "metric": [row.part("metric") for row in self.rows],
        }
        return {
            part: [name for name, _ in Counter(filter(None, names)).most_common()] for part, names in written.items()
        }

    @property
    def unit(self) -> str:
        """What its scores are told in: the commonest unit of a board of shares."""
        if self.scale != SHARE:
            return self.scale
        units = Counter(str(row.linked.computed["unit"] or "") for row in self.rows)
        return "%" if units["%"] else ""

    def ranks(self) -> list[int | None]:
        """The rank of each row; equal values have equal ones. None where nobody knows what is better."""
        if not self.is_ranked:
            return [None] * len(self.rows)
        ranks: list[int | None] = []
        for at, row in enumerate(self.rows):
            same = at > 0 and row.value == self.rows[at - 1].value
            ranks.append(None if row.value is None else ranks[-1] if same else at + 1)
        return ranks


def boards_of(rows: Iterable[BoardRow]) -> list[Board]:
    """The boards, those of most papers first, those without a dataset or metric last."""
    groups: defaultdict[tuple[str, str, str, str], list[BoardRow]] = defaultdict(list)
    for row in rows:
        dataset, metric = row.dataset.key if row.dataset else "", row.metric.key if row.metric else ""
        groups[dataset, metric, row.kind, row.scale].append(row)
    boards = [Board(*key, *_ranked(key[2], group)) for key, group in groups.items()]
    return sorted(boards, key=lambda b: (not b.is_whole, -len({row.paper for row in b.rows}), -len(b.rows)))


def _ranked(kind: str, rows: Sequence[BoardRow]) -> tuple[str, tuple[BoardRow, ...]]:
    """Which way is better, and the rows in that order, changes by size; as they came where it is not known."""
    directions = {row.linked.direction for row in rows}
    direction = (directions.pop() if len(directions) == 1 else "") or "unknown"
    if direction == "unknown" and kind != "change":
        return direction, tuple(sorted(rows, key=lambda row: row.value is None))
    sign = 1 if direction == "lower" and kind != "change" else -1
    return direction, tuple(sorted(rows, key=lambda row: (row.value is None, sign * (row.value or 0.0))))


def _usual(keys: Iterable[NameKey | None]) -> str:
    """The usual name of a thing, else the commonest spelling."""
    names = Counter(key.label or key.name for key in keys if key)
    return names.most_common(1)[0][0] if names else ""


def disagreements(board: Board) -> Iterator[tuple[BoardRow, ...]]:
    """Rows of different papers that give one method, in one setting, different scores."""
    groups: defaultdict[tuple[str, str], list[BoardRow]] = defaultdict(list)
    for row in board.rows if board.is_whole and board.kind == "value" else ():
        if (method := row.part("method")) and row.value is not None:
            groups[fold(method), fold(row.setting)].append(row)
    for rows in groups.values():
        firsts = {row.paper: row for row in reversed(rows)}
        if len(firsts) > 1 and len({row.value for row in firsts.values()}) > 1:
            yield tuple(sorted(firsts.values(), key=lambda row: row.paper))
