"""Options that several commands have."""

from __future__ import annotations

import os
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ..extractors.answers import MOST_SAMPLES
from ..extractors.llm.providers import Mode
from ..output.places import maker_of
from ..sources.markup import Markup
from ..sources.read import FORMATS, OnBadInput
from ..validation.validator import Unsupported
from .help_layout import CHECKS, INPUT, LIMITS, MESSAGES, MODEL, OUTPUT

__all__ = [
    "ANY_FILES",
    "AnswerMode",
    "BadInputOption",
    "BaseUrl",
    "CacheDir",
    "ColumnsOption",
    "ExamplesCount",
    "ExamplesFile",
    "Format",
    "Inputs",
    "InstructionsFile",
    "Limit",
    "MarkupOption",
    "MaxAnswerTokens",
    "MaxReasks",
    "MinConfidence",
    "Model",
    "Output",
    "Quiet",
    "Samples",
    "SchemaRef",
    "UnsupportedOption",
    "VocabularyOption",
    "records_file",
]

_Formats = Enum("_Formats", {name: name for name in FORMATS})  # type: ignore[misc]  # the choices are the readers there are

ANY_FILES = 'a file, folder or glob; "-" for stdin'
Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help='Files, folders or globs; "-" for stdin.')]
Format = Annotated[
    _Formats | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"Format of the input: {', '.join(FORMATS)}.",
        show_default="recognised by content",
        rich_help_panel=INPUT,
    ),
]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="abstract=COL,title=COL,id=COL",
        help="The names of columns in tables, or of keys in JSON, where they are unusual.",
        show_default="the usual names",
        rich_help_panel=INPUT,
    ),
]
BadInputOption = Annotated[
    OnBadInput,
    typer.Option(
        help="An input record that cannot be read becomes a failed record, or stops the run.", rich_help_panel=INPUT
    ),
]
Limit = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Stop after N input records.", show_default=False, rich_help_panel=INPUT),
]
MarkupOption = Annotated[
    Markup,
    typer.Option(
        "--markup",
        help="Turn tags and entities in titles and abstracts into the text that a reader sees, or keep them.",
        rich_help_panel=INPUT,
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        metavar="MODEL",
        help='"builtin" (offline), or provider/model, e.g. openai/gpt-5-mini.',
        envvar="ABSEXTRACT_MODEL",
        show_default="builtin",
        rich_help_panel=MODEL,
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Another server for the model, e.g. http://localhost:8000/v1. Models of openai also look into "
        "OPENAI_BASE_URL.",
        show_default=False,
        rich_help_panel=MODEL,
    ),
]


def records_file(output: str | None) -> str | None:
    """The output of a command that writes records, unless its name is one of a table or a page.

    Raises:
        typer.BadParameter: it is.
    """
    stem, _ = os.path.splitext(output or "")
    if command := maker_of(output or ""):
        raise typer.BadParameter(
            f"{output}: records are written as JSON Lines. Write {stem}.jsonl, and then make the "
            f"{'page' if command == 'report' else 'table'} with: absextract {command} {stem}.jsonl -o {output}"
        )
    return output


Output = Annotated[
    str,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help='Output file in JSON Lines, "-" for stdout.',
        callback=records_file,
        rich_help_panel=OUTPUT,
    ),
]
SchemaRef = Annotated[
    str,
    typer.Option(
        "--schema",
        metavar="SCHEMA",
        help='What to extract: "paper", or a schema of your own as FILE.py:Class or module:Class.',
        rich_help_panel=MODEL,
    ),
]
AnswerMode = Annotated[Mode, typer.Option(help="How the model is asked for structured answers.", rich_help_panel=MODEL)]
MaxReasks = Annotated[
    int,
    typer.Option(
        min=0,
        max=5,
        metavar="N",
        help="How often an answer with errors is sent back to the model for correction.",
        rich_help_panel=CHECKS,
    ),
]
MaxAnswerTokens = Annotated[
    int,
    typer.Option(
        min=1,
        metavar="N",
        help="Most tokens of one answer. One that is cut off there is asked for once more with four times the room.",
        rich_help_panel=LIMITS,
    ),
]
InstructionsFile = Annotated[
    str | None,
    typer.Option(
        "--instructions",
        metavar="FILE",
        help='A text file with instructions of your own for the model; "-" for stdin.',
        show_default=False,
        rich_help_panel=MODEL,
    ),
]
ExamplesFile = Annotated[
    str | None,
    typer.Option(
        "--examples",
        metavar="GOLD.jsonl",
        help="Papers with right answers, shown to the model before each paper: gold, or records.",
        show_default=False,
        rich_help_panel=MODEL,
    ),
]
ExamplesCount = Annotated[
    int,
    typer.Option("--examples-count", min=1, metavar="N", help="Show the first N of them.", rich_help_panel=MODEL),
]
Samples = Annotated[
    int,
    typer.Option(
        min=1,
        max=MOST_SAMPLES,
        metavar="N",
        help="Ask N times, keep what most answers hold, and give each value a confidence. With 2, a third answer is "
        "asked for where the two differ.",
        rich_help_panel=MODEL,
    ),
]
UnsupportedOption = Annotated[
    Unsupported,
    typer.Option(
        help="Drop or keep values that the text does not support; each has a finding either way.",
        rich_help_panel=CHECKS,
    ),
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        metavar="X",
        help="Leave out values of a lower confidence. The offline model gives one, and others with --samples.",
        show_default="0.5, more for parts of results",
        rich_help_panel=CHECKS,
    ),
]
CacheDir = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Where the answers of language models are kept.",
        envvar="ABSEXTRACT_CACHE_DIR",
        show_default="the user's cache folder",
        rich_help_panel=MODEL,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only errors.", rich_help_panel=MESSAGES)]
VocabularyOption = Annotated[
    Path | None,
    typer.Option(
        "--vocabulary",
        metavar="FILE.tsv",
        help="A table of your own names, with the columns name and id; it takes precedence.",
        show_default=False,
    ),
]
