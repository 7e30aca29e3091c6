"""`absextract merge`."""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.jsonl import STDOUT
from ..runs.merging import merge_files
from .common_options import Output, Quiet
from .logs import set_up_logging
from .messages import note, tell_left_out

__all__ = ["merge_command"]


def merge_command(
    old: Annotated[str, typer.Argument(metavar="OLD.jsonl", help="Records made earlier.")],
    new: Annotated[str, typer.Argument(metavar="NEW.jsonl", help="Records made later.")],
    output: Output,
    quiet: Quiet = False,
) -> None:
    """Put two record files together.

    The records of NEW come first, as for an input that grows at the top, then
    those that only OLD has. Of a paper in both, NEW's counts, but where it
    failed and OLD's did not, or where a person reviewed OLD's alone. A paper
    is the same where the id is, and the title or the abstract. An existing OUT
    of records is written anew. Lines that are no records are told and left
    out; the exit status is 1 then.

    Example: absextract merge facts.jsonl new.jsonl -o all.jsonl
    """
    set_up_logging()
    merged = merge_files(old, new, output)
    tell_left_out(merged.left_out)
    if not quiet:
        for line in merged.lines():
            note(line)
        if output != STDOUT:
            note(f"records in {output}")
    raise typer.Exit(1 if merged.left_out else 0)
