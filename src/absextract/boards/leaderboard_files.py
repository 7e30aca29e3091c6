"""Boards as CSV, JSON, Markdown, and as text for a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..display.printable import for_terminal, printable
from ..entities.linked_results import NameLinks
from ..entities.linker import Linker
from ..errors import OutputError, UsageError
from ..output.jsonl import STDOUT, check_writable
from ..output.own_files import check_table_or_page, is_own_leaderboard
from ..output.places import is_special, written_whole
from ..sources.input_files import read_for
from ..tables.csv_cells import csv_line
from ..tables.table_files import markdown_text, write_markdown
from ..tables.table_papers import Paper, read_papers
from .board_rows import BoardRow, rows_of_record
from .grouping import Board, boards_of, disagreements

__all__ = ["Boards", "read_boards", "write_boards"]

ARROWS = {"higher": "↑", "lower": "↓", "unknown": "?"}
COLUMNS = (
    "dataset_id", "dataset", "metric_id", "metric", "metric_by_default", "kind", "direction", "unit", "rank", "method",
    "score", "score_verbatim", "value", "value_0_1", "setting", "own", "baseline", "date", "paper", "paper_id",
    "arxiv_id", "doi", "url", "code_url", "evidence", "disagrees",
)  # fmt: skip
_SHOWN = ("rank", "score", "method", "setting", "own", "date", "paper")


@dataclass(slots=True)
class Boards:
    """The boards of a file.

    Attributes:
        source: the file.
        papers: the papers, whose numbers the rows have.
        boards: the boards.
        left_out: results on no board: no dataset or metric, a rival's, a change.
        newest_first: whether the rows of a board stand by date, not by rank.
    """

    source: str
    papers: list[Paper]
    boards: list[Board]
    left_out: int
    newest_first: bool = False

    def rows(self, board: Board) -> Iterator[dict[str, Any]]:
        """The rows of a board, as they are written."""
        disputed = {id(row) for rows in disagreements(board) for row in rows}
        ranked = list(zip(board.ranks(), board.rows, strict=True))
        if self.newest_first:
            ranked.sort(key=lambda each: self.papers[each[1].paper].facts.date, reverse=True)
        for rank, row in ranked:
            paper, linked = self.papers[row.paper], row.linked
            yield {
                "dataset_id": row.dataset.id if row.dataset else None,
                "dataset": linked.dataset_label or (row.dataset.name if row.dataset else None),
                "metric_id": row.metric.id if row.metric else None,
                "metric": linked.metric.label if linked.metric else None,
                "metric_by_default": linked.by_default,
                "kind": row.kind,
                "direction": board.direction,
                "unit": board.unit,
                "rank": rank,
                "method": row.part("method"),
                "score": row.score,
                "score_verbatim": linked.result["score"],
                "value": linked.computed["value"],
                "value_0_1": linked.share,
                "setting": row.setting or None,
                "own": row.own,
                "baseline": row.part("baseline"),
                "date": paper.facts.date or None,
                "paper": paper.title or paper.id,
                "paper_id": paper.id,
                "arxiv_id": paper.facts.arxiv_id or None,
                "doi": paper.facts.doi or None,
                "url": paper.facts.url or None,
                "code_url": paper.extraction.get("code_url"),
                "evidence": row.part("evidence"),
                "disagrees": id(row) in disputed,
            }

    def title(self, board: Board) -> str:
        """What stands above a board."""
        unit = f" ({board.unit})" if board.unit else ""
        return f"{board.name}{unit}{', by size' if board.kind == 'change' else f' {ARROWS[board.direction]}'}"

    def notes(self, board: Board) -> Iterator[str]:
        """What a reader of a board should know: settings that differ, metrics by default, names merged."""
        if guessed := sum(row.linked.by_default for row in board.rows):
            yield f"no metric is named by {guessed} of {len(board.rows)} (*): the dataset's usual one is meant"
        if board.settings:
            told = ", ".join(f"{setting or 'none told'} ({count})" for setting, count in board.settings.items())
            yield f"settings differ: {told}"
        for part, names in board.spellings.items():
            if len(names) > 1:
                key = board.dataset if part == "dataset" else board.metric
                why = "the same but for case and signs" if key.startswith("~") else f"all are {key} in the vocabulary"
                yield f"{part} written {', '.join(names)}: {why}"

    def disagreement(self, rows: Sequence[BoardRow]) -> str:
        """Scores of different papers for one method, each with its passage."""
        told = (f"{row.score} in {self.papers[row.paper].name} (“{row.part('evidence') or ''}”)" for row in rows)
        return f"papers disagree on {rows[0].part('method')}: {'; '.join(told)}"


def read_boards(
    records: str,
    linker: Linker,
    *,
    everything: bool = False,
    newest_first: bool = False,
    left_out: list[str] | None = None,
) -> Boards:
    """The boards of a file of records: levels of the papers' own, on a known dataset and metric.

    Args:
        records: a file of records of `PaperExtraction`, or `-`.
        linker: says what names are, where the records do not.
        everything: also rivals' and baselines' scores, changes, and results without a dataset or metric.
        newest_first: the rows of a board by date, those without one last, in place of best first.
        left_out: takes what is to tell of lines that are no records; without it, the first is an error.

    Raises:
        UsageError: the records cannot be read.
    """
    papers: list[Paper] = []
    rows: list[BoardRow] = []
    for number, paper in enumerate(read_papers(records, left_out, linker=linker)):
        papers.append(paper)
        links = NameLinks.of({**paper.row, "entities": paper.linked}, linker)
        rows += rows_of_record(number, paper.row, linker, links)
    kept = [row for row in rows if everything or _is_usual(row)]
    return Boards(records, papers, boards_of(kept), len(rows) - len(kept), newest_first)


def _is_usual(row: BoardRow) -> bool:
    return row.own is not False and row.kind == "value" and row.dataset is not None and row.metric is not None


def write_boards(boards: Boards, out: str, *, overwrite: bool = False) -> None:
    """Writes boards as `.csv`, `.json` or `.md`; `-` for text on standard output.

    Raises:
        UsageError: the file cannot be written.
    """
    if out == STDOUT:
        file = for_terminal(sys.stdout)
        file.writelines(_as_text(boards))
        return
    suffix = Path(out).suffix.lower()
    if suffix not in _WRITERS:
        other = f', not in "{suffix}"' if suffix else ""
        raise UsageError(f"{out}: the name of a leaderboard ends in {', '.join(_WRITERS)}{other}")
    check_writable(out)
    if os.path.exists(out) and not overwrite:
        raise OutputError(f"{out}: exists already; choose another -o, or replace it with --overwrite")
    if is_special(out):
        raise OutputError(f"{out}: is not a plain file; -o - writes text to standard output")
    check_table_or_page(out, read_for(out, boards.source), may_be=[is_own_leaderboard])
    with written_whole(out) as path, open(path, "w", encoding="utf-8", newline="") as file:
        _WRITERS[suffix](boards, file)


def _write_csv(boards: Boards, file: IO[str]) -> None:
    file.write(csv_line(COLUMNS))
    for board in boards.boards:
        file.writelines(csv_line(row[name] for name in COLUMNS) for row in boards.rows(board))


def _write_json(boards: Boards, file: IO[str]) -> None:
    told = [
        {
            "dataset_id": board.rows[0].dataset.id if board.rows[0].dataset else None,
            "metric_id": board.rows[0].metric.id if board.rows[0].metric else None,
            "name": board.name,
            "title": boards.title(board),
            "settings": board.settings,
            "spellings": board.spellings,
            "notes": list(boards.notes(board)),
            "direction": board.direction,
            "rows": list(boards.rows(board)),
        }
        for board in boards.boards
    ]
    file.write('{"boards": ')
    json.dump(told, file, ensure_ascii=False, indent=1, allow_nan=False)
    file.write("}\n")


def _write_markdown(boards: Boards, file: IO[str]) -> None:
    for board in boards.boards:
        file.write(f"## {markdown_text(boards.title(board))}\n\n")
        rows = [
            {name: row[name] for name in _SHOWN} | {"method": _with_star(row["method"], row["metric_by_default"])}
            for row in boards.rows(board)
        ]
        write_markdown(rows, file, dict.fromkeys(_SHOWN, str))
        notes = (*boards.notes(board), *map(boards.disagreement, disagreements(board)))
        file.writelines(f"\n{markdown_text(note)}\n" for note in notes)
        file.write("\n")


def _as_text(boards: Boards) -> Iterator[str]:
    for board in boards.boards:
        yield f"{printable(boards.title(board))}\n"
        for row in boards.rows(board):
            rank = f"{row['rank']}." if row["rank"] else "-"
            marks = [row["setting"], _OWN[row["own"]]]
            who = [
                _with_star(row["method"] or "(no method named)", row["metric_by_default"]),
                *(f"[{mark}]" for mark in marks if mark),
                row["date"] or "",
            ]
            line = f"  {rank:>4} {row['score']:<10} {' '.join(filter(None, who))} - {row['paper']}"
            yield f"{printable(line)}\n"
        for note in boards.notes(board):
            yield f"       {printable(note)}\n"
        for disputed in disagreements(board):
            yield f"       {printable(boards.disagreement(disputed))}\n"
        yield "\n"


def _with_star(method: str | None, by_default: bool) -> str:
    return " ".join(filter(None, [method, "*" if by_default else None]))


_OWN = {True: None, False: "a rival's or baseline's", None: "whose is not known"}
_WRITERS = {".csv": _write_csv, ".json": _write_json, ".md": _write_markdown}
