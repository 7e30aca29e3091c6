"""`absextract export`: records as tables."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from ..entities.linking import linker_with
from ..output.jsonl import STDOUT
from .common_options import ANY_FILES, VocabularyOption
from .messages import note, tell_left_out

__all__ = ["export_command"]


def export_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help=f"Records of papers: {ANY_FILES}.")],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help='X.csv, .tsv, .md, .parquet, .xlsx, .sqlite, .bib or .ris; "-" for CSV on stdout.',
        ),
    ],
    table: Annotated[
        Literal["results", "papers", "links", "findings", "entities"],
        typer.Option(help="Which table; X.sqlite holds all of them."),
    ] = "results",
    vocabulary: VocabularyOption = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a table that is there.")] = False,
) -> None:
    """Write results as a table, or papers as BibTeX.

    One row a result: what was found, what its dataset and metric are in the
    vocabulary (dataset_id, metric_id), which way is better, the value on the
    scale from 0 to 1, and the paper's date, arXiv id, DOI, venue and address.
    A paper that occurs twice counts once. X.bib and X.ris have one entry a
    paper. Lines that are not records are skipped and listed by file and line;
    the exit status is then 1.

    Example: absextract export facts.jsonl -o results.csv
    """
    from ..tables.exporting import export

    left_out: list[str] = []
    linker = linker_with(vocabulary)
    count = export(records, output, table=table, overwrite=overwrite, left_out=left_out, linker=linker)
    tell_left_out(left_out)
    if output != STDOUT:
        note(f"{count} {'entries' if output.lower().endswith(('.bib', '.ris')) else 'rows'} in {output}")
    raise typer.Exit(1 if left_out else 0)
