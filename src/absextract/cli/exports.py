"""`absextract export`: records as tables."""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.jsonl import STDOUT
from .common_options import ANY_FILES
from .messages import note, tell_left_out

__all__ = ["export_command"]


def export_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help=f"Records of papers: {ANY_FILES}.")],
    output: Annotated[
        str, typer.Option("--output", "-o", help='X.csv, X.parquet, X.sqlite or X.bib; "-" for CSV on stdout.')
    ],
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a table that is there.")] = False,
) -> None:
    """Write results as a table, or papers as BibTeX.

    One row a result: paper, task, dataset, metric, value, unit, kind, method,
    baseline, evidence, code_url; then score, upper, paper_id, the score's
    confidence, setting, deviation, bound and own. In X.sqlite the table is
    called "results"; X.bib has one entry a paper. Lines that are no records
    are told with file and line, and left out; the exit status is 1 then.

    Example: absextract export facts.jsonl -o leaderboard.csv
    """
    from ..tables.exporting import export

    left_out: list[str] = []
    count = export(records, output, overwrite=overwrite, left_out=left_out)
    tell_left_out(left_out)
    if output != STDOUT:
        note(f"{count} {'entries' if output.lower().endswith('.bib') else 'rows'} in {output}")
    raise typer.Exit(1 if left_out else 0)
