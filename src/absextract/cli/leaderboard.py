"""`absextract leaderboard`: results of many papers side by side."""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.places import STDOUT
from .common_options import ANY_FILES, VocabularyOption
from .messages import note, tell_left_out

__all__ = ["leaderboard_command"]


def leaderboard_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help=f"Records of papers: {ANY_FILES}.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help='X.csv, X.md or X.json; "-" for text on stdout.')
    ] = STDOUT,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also scores of rivals and baselines, changes, and what names too little."),
    ] = False,
    newest: Annotated[bool, typer.Option("--newest", help="The newest first in a board; else the best.")] = False,
    vocabulary: VocabularyOption = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a file that is there.")] = False,
) -> None:
    """Put results of many papers side by side.

    A board holds one dataset, one metric and one scale; an arrow says which
    way is better, a "?" that this is not known. Where settings differ
    (zero-shot, 5-shot), it says so. The papers' own levels stand there alone,
    unless --all is given. The default metric of a dataset stands in
    where a text names none, marked as such. Where two papers give one method
    different scores, both are shown with their passages. A paper that occurs
    twice counts once. Lines that are not records are skipped and listed by
    file and line; the exit status is then 1.

    Example: absextract leaderboard facts.jsonl -o boards.md
    """
    from ..boards.leaderboard_files import read_boards, write_boards
    from ..entities.linking import linker_with

    left_out: list[str] = []
    boards = read_boards(
        records, linker_with(vocabulary), everything=everything, newest_first=newest, left_out=left_out
    )
    write_boards(boards, output, overwrite=overwrite)
    tell_left_out(left_out)
    count = sum(len(board.rows) for board in boards.boards)
    where = "" if output == STDOUT else f" in {output}"
    note(
        f"{len(boards.boards)} boards with {count} results{where}; {boards.left_out} results left out (--all has them)"
    )
    raise typer.Exit(1 if left_out else 0)
