"""`absextract link` and `absextract vocabulary`: what names are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..output.places import STDOUT
from .common_options import BaseUrl, CacheDir, Output, Quiet, VocabularyOption
from .deferred import Group
from .help_layout import Command
from .logs import set_up_logging
from .messages import note, say, tell_left_out

if TYPE_CHECKING:
    from ..entities.linker import Linker
    from ..runs.model_choices import Ask

__all__ = ["link_command", "vocabulary_app"]

vocabulary_app: typer.Typer = typer.Typer(no_args_is_help=True, add_completion=False, cls=Group)


def link_command(
    records: Annotated[str, typer.Argument(metavar="RECORDS.jsonl", help='Records of absextract; "-" for stdin.')],
    output: Output,
    vocabulary: VocabularyOption = None,
    model: Annotated[
        str | None,
        typer.Option(
            metavar="MODEL",
            help="Ask a language model about names that stay open, e.g. openai/gpt-5-mini.",
            show_default=False,
        ),
    ] = None,
    base_url: BaseUrl = None,
    cache_dir: CacheDir = None,
    quiet: Quiet = False,
) -> None:
    """Link datasets and metrics to the vocabulary.

    The records are written with a list "entities"; all else in them stays as
    it is. A name that could be several things gets no identifier but the
    candidates; an unknown name gets no entry. With --model, each name that
    stays open is asked about once, with its candidates and "none of these" to
    choose from; answers are kept in the cache. An existing OUT that holds
    records is overwritten. Lines that are not records are skipped and listed;
    the exit status is then 1, and also where the model gave no answer.

    Example: absextract link facts.jsonl -o linked.jsonl
    """
    from ..entities.linking import linker_with
    from ..runs.link_many import link_file

    set_up_logging()
    linker = linker_with(vocabulary)
    done = link_file(records, output, linker, _asker(model, linker, base_url, cache_dir) if model else None)
    tell_left_out(done.left_out)
    if not quiet:
        for line in done.lines():
            note(line)
        if output != STDOUT:
            note(f"records in {output}")
    raise typer.Exit(1 if done.left_out or (done.asked and done.asked.unanswered) else 0)


def _asker(model: str, linker: Linker, base_url: str | None, cache_dir: Path | None) -> Ask:
    from functools import partial

    from ..runs.asking_names import ask_names

    if "/" not in model:
        raise typer.BadParameter(f'--model {model}: name a language model as provider/model, e.g. "openai/gpt-5-mini"')
    return partial(ask_names, linker=linker, model=model, base_url=base_url, cache=cache_dir)


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
    from ..entities.cues import PaperText
    from ..entities.explaining import explained
    from ..entities.linking import linker_with

    lines = explained(name, linker_with(vocabulary), PaperText("", text) if text else None)
    for line in lines:
        say(line)
    if not lines:
        say("nothing: no dataset, benchmark, environment or metric of this name is known")
        raise typer.Exit(1)
