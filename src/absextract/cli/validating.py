"""`absextract validate`: extractions of any tool against their abstracts."""

from __future__ import annotations

from typing import Annotated

import typer

from .common_options import ANY_FILES, Output, Quiet, SchemaRef, UnsupportedOption
from .logs import set_up_logging
from .messages import summarise

__all__ = ["validate_command"]


def validate_command(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS.jsonl", help=f"Lines with title, abstract and extraction: {ANY_FILES}."),
    ],
    output: Output,
    schema: SchemaRef = "paper",
    unsupported: UnsupportedOption = "drop",
    check_links: Annotated[
        bool, typer.Option("--check-links", help="Ask every URL once whether it answers; needs the network.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Check extractions of any tool.

    Each value is checked against its abstract; no model is needed. An existing
    output that holds records is overwritten.

    Example: absextract validate theirs.jsonl -o checked.jsonl
    """
    import asyncio

    from ..runs.validate_many import validate_file
    from ..schema.load import load_schema

    set_up_logging()
    settings = {"schema": schema, "unsupported": unsupported, "check_links": check_links, "inputs": [records]}
    check = validate_file(
        records,
        output,
        schema=load_schema(schema),
        unsupported=unsupported,
        check_links=check_links,
        settings=settings,
    )
    summary = asyncio.run(check)
    if not quiet:
        summarise(summary, output)
    raise typer.Exit(summary.exit_status)
