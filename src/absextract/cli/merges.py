"""`absextract merge`."""

from __future__ import annotations

from typing import Annotated

import typer

from ..output.places import STDOUT
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
    """Merge two record files.

    Each paper comes out once. The records of NEW come first, as for an input
    that grows at the top, then those that only OLD has. Where both have a
    paper, NEW's record is taken, unless it failed and OLD's did not, or a
    person has reviewed only OLD's. Two records are of the same paper if they
    agree in the id, and in the title or the abstract. An existing output
    that holds records is overwritten. Lines that are not records are skipped and
    listed by file and line; the exit status is then 1.

    Example: absextract merge facts.jsonl new.jsonl -o all.jsonl
    """
    from ..runs.merging import merge_files

    set_up_logging()
    merged = merge_files(old, new, output)
    tell_left_out(merged.left_out)
    if not quiet:
        for line in merged.lines():
            note(line)
        if output != STDOUT:
            note(f"records in {output}")
    raise typer.Exit(1 if merged.left_out else 0)
