"""`absextract export`: records as tables."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from ..output.places import STDOUT
from .common_options import ANY_FILES, VocabularyOption
from .messages import note, tell_left_out

__all__ = ["export_command"]


def export_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help=f"Records of any schema: {ANY_FILES}.")],
    output: Annotated[
        str,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            help='X.csv, .tsv, .md, .parquet, .xlsx, .sqlite, .bib, .ris, .eee or .eval_results; "-": CSV on stdout.',
        ),
    ],
    table: Annotated[
        Literal["results", "papers", "links", "findings", "entities", "items"] | None,
        typer.Option(
            help="Which table; X.sqlite holds all of them.",
            show_default="results, or items of records of another schema",
        ),
    ] = None,
    vocabulary: VocabularyOption = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Write over a table that is there.")] = False,
) -> None:
    """Write results as a table, papers as BibTeX, or evaluations for others.

    One row a result: what was found, what its dataset and metric are in the
    vocabulary (dataset_id, metric_id), which way is better, the value on the
    scale from 0 to 1, and the paper's date, arXiv id, DOI, venue and address.
    A paper that occurs twice counts once. X.bib and X.ris have one entry a
    paper. X.eee is a folder of every-eval-ever's JSON, X.eval_results one of
    Hugging Face's YAML for each method. Of a schema of your own there is one
    row for each item of the innermost lists, a column for each path. Lines
    that are not records are skipped and listed by file and line; the exit
    status is then 1.

    Example: absextract export facts.jsonl -o results.csv
    """
    from ..entities.linking import linker_with
    from ..tables.exporting import export

    left_out: list[str] = []
    linker = linker_with(vocabulary)
    done = export(records, output, table=table, overwrite=overwrite, left_out=left_out, linker=linker)
    tell_left_out(left_out)
    if output != STDOUT:
        what = {".bib": "entries", ".ris": "entries", ".eee": "results", ".eval_results": "results"}
        stay = f"; {done.left_out} have no place in that format" if done.left_out else ""
        note(f"{done.written} {what.get(Path(output).suffix.lower(), 'rows')} in {output}{stay}")
    raise typer.Exit(1 if left_out else 0)
