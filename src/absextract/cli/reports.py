"""`absextract report`: records as a page to look at."""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.places import STDOUT
from .common_options import ANY_FILES, VocabularyOption
from .messages import note, tell_left_out

__all__ = ["report_command"]


def report_command(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS.jsonl", help=f"Records of any schema: {ANY_FILES}."),
    ],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help='The page to write; "-" for stdout.')
    ] = "report.html",
    vocabulary: VocabularyOption = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write over a table of `export` that is there.")
    ] = False,
) -> None:
    """Write a page to look at in a browser.

    One HTML file holds the papers with marked abstracts, values and findings;
    the results as leaderboards, by dataset and metric; and an overview with
    charts. It opens without a network, loads nothing and sends nothing. Lines
    that are not records are skipped and listed by file and line; the exit
    status is then 1.

    Example: absextract report facts.jsonl -o report.html
    """
    from ..entities.linking import linker_with
    from ..report.building import write_report

    report = write_report(records, output, overwrite=overwrite, linker=linker_with(vocabulary))
    tell_left_out(report.bad)
    if output != STDOUT:
        note(f"{report.papers} in {output}")
    raise typer.Exit(1 if report.bad else 0)
