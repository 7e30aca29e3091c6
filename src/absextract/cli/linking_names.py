"""`absextract link` and `absextract vocabulary`: what names are."""

from __future__ import annotations

from typing import Annotated

import typer

from ..entities.cues import PaperText
from ..entities.explaining import explained
from ..entities.linking import linker_with
from ..output.jsonl import STDOUT
from ..runs.link_many import link_file
from .common_options import Output, Quiet, VocabularyOption
from .deferred import Group
from .help_layout import Command
from .logs import set_up_logging
from .messages import note, say, tell_left_out

__all__ = ["link_command", "vocabulary_app"]

vocabulary_app = typer.Typer(no_args_is_help=True, add_completion=False, cls=Group)


def link_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help='Records of absextract; "-" for stdin.')],
    output: Output,
    vocabulary: VocabularyOption = None,
    quiet: Quiet = False,
) -> None:
    """Link datasets and metrics to the vocabulary.

    The records are written with a list "entities"; all else in them stays as
    it is. A name that could be several things gets no identifier but the
    candidates; an unknown name gets no entry. An existing OUT
    that holds records is overwritten. Lines that are not records are skipped
    and listed; the exit status is then 1.

    Example: absextract link facts.jsonl -o linked.jsonl
    """
    set_up_logging()
    done = link_file(records, output, linker_with(vocabulary))
    tell_left_out(done.left_out)
    if not quiet:
        for line in done.lines():
            note(line)
        if output != STDOUT:
            note(f"records in {output}")
    raise typer.Exit(1 if done.left_out else 0)


@vocabulary_app.callback()
def _vocabulary() -> None:
    """Look up what a name links to.

    Example: absextract vocabulary show CIFAR10
    """


@vocabulary_app.command("show", cls=Command)
def show_name(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name of a dataset, a benchmark or a metric.")],
    vocabulary: VocabularyOption = None,
    text: Annotated[str, typer.Option(help="The text that the name stands in, where that matters.")] = "",
) -> None:
    """Show what a name links to, and why.

    Example: absextract vocabulary show "CIFAR10"
    """
    lines = explained(name, linker_with(vocabulary), PaperText("", text) if text else None)
    for line in lines:
        say(line)
    if not lines:
        say("nothing: no dataset, benchmark, environment or metric of this name is known")
        raise typer.Exit(1)
