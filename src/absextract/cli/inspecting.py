"""`absextract inspect`."""

from __future__ import annotations

import typer

from ..output.places import STDOUT
from .common_options import ColumnsOption, Format, Inputs, MarkupOption
from .logs import set_up_logging
from .messages import say

__all__ = ["inspect_command"]


def inspect_command(
    inputs: Inputs,
    input_format: Format = None,
    columns: ColumnsOption = None,
    markup: MarkupOption = "text",
) -> None:
    """Show what extract would read.

    For each file: its format, how many papers have an abstract and how many
    have none, the columns, keys or fields that are read as title, abstract
    and id, the metadata, and the first papers. Nothing is sent or written.
    Exit status: 1 if a record, or one of several files, cannot be read.

    Example: absextract inspect papers.csv
    """
    from ..runs.inspection import Inspection, inspected
    from ..runs.job import Job
    from ..sources.columns import ColumnNames

    set_up_logging()
    job = Job(
        tuple(inputs),
        STDOUT,
        format=input_format,
        columns=ColumnNames.of(columns),
        markup=markup,
    )
    inspection = Inspection()
    for line in inspected(job, inspection):
        say(line)
    raise typer.Exit(inspection.exit_status)
