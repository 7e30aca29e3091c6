"""`absextract show`."""

from __future__ import annotations

from typing import Annotated

import typer

from .common_options import ANY_FILES

__all__ = ["show_command"]


def show_command(
    records: Annotated[
        str,
        typer.Argument(metavar="RECORDS.jsonl", help=f"Records of any schema: {ANY_FILES}."),
    ],
    which: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="Id of a record, its number in the file from 1, or a part of its title."),
    ] = None,
) -> None:
    """Print one paper with its values in colours.

    Without ID, a list of all papers, a page at a time in a terminal. An id
    counts before a number, and both before a part of a title; several titles
    with that part are listed.

    Example: absextract show facts.jsonl kestrel
    """
    from .drawing import show

    raise typer.Exit(0 if show(records, which) else 1)
