"""`absextract try`: one abstract, at once, in the terminal."""

from __future__ import annotations

from typing import Annotated

import typer

from .common_options import BaseUrl, Model, SchemaRef
from .logs import set_up_logging

__all__ = ["try_command"]


def try_command(
    text: Annotated[
        str,
        typer.Argument(
            metavar="TEXT|-|FILE#ID",
            help='An abstract; "-" for one from stdin; or a file, with a paper\'s id, number or part of its title.',
        ),
    ],
    model: Model = None,
    base_url: BaseUrl = None,
    schema: SchemaRef = "paper",
) -> None:
    """Extract one abstract and print it in colours.

    Values have one colour in the text and in the list below it, and findings
    say what was refused. TEXT may begin with a title and a blank line. FILE is
    anything that extract reads; without #ID, it must hold one paper. Exit
    status: 0 done, 1 the model failed, 2 wrong use or unreadable input.

    Example: absextract try "We present Heron. It reaches 81.2% accuracy on NestBench."
    """
    from .one_abstract import try_one

    set_up_logging()
    raise typer.Exit(0 if try_one(text, model=model, schema=schema, base_url=base_url) else 1)
