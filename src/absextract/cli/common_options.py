"""Options that several commands have."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from ..extractors.llm.providers import Mode
from ..sources.markup import Markup
from ..sources.read import FORMATS, OnBadInput
from ..validation.validator import Unsupported

__all__ = [
    "ANY_FILES",
    "AnswerMode",
    "BadInputOption",
    "BaseUrl",
    "CacheDir",
    "ColumnsOption",
    "Format",
    "Inputs",
    "Limit",
    "MarkupOption",
    "MaxAnswerTokens",
    "MaxReasks",
    "MinConfidence",
    "Model",
    "Output",
    "Quiet",
    "SchemaRef",
    "UnsupportedOption",
]

_Formats = Enum("_Formats", {name: name for name in FORMATS})  # type: ignore[misc]  # the choices are the readers there are

ANY_FILES = 'a file, folder or glob; "-" for stdin'
Inputs = Annotated[list[str], typer.Argument(metavar="INPUT...", help='Files, folders, globs; "-" for stdin.')]
Format = Annotated[_Formats | None, typer.Option("--format", help="Input format.", show_default="by content")]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="abstract=COL,title=COL,id=COL",
        help="What the columns of tables and the keys of JSON are called.",
        show_default="their usual names",
    ),
]
BadInputOption = Annotated[
    OnBadInput,
    typer.Option(help="Whether an unreadable record, or file of several, becomes a failed record, or stops the run."),
]
Limit = Annotated[int | None, typer.Option(min=1, help="Stop after so many input records.", show_default=False)]
MarkupOption = Annotated[
    Markup,
    typer.Option(
        "--markup", help="Tags and entities in titles and abstracts: the text that a reader sees, or kept as they came."
    ),
]
Model = Annotated[
    str | None,
    typer.Option(
        help='"builtin" (offline) or provider/model, e.g. openai/gpt-5-mini.',
        envvar="ABSEXTRACT_MODEL",
        show_default="builtin",
    ),
]
BaseUrl = Annotated[
    str | None,
    typer.Option(
        help="Another server for the model; openai/… models also look into OPENAI_BASE_URL.", show_default=False
    ),
]
Output = Annotated[str, typer.Option("--output", "-o", help='Output file, "-" for stdout.')]
SchemaRef = Annotated[str, typer.Option("--schema", help='"paper", FILE.py:Class or module:Class.')]
AnswerMode = Annotated[Mode, typer.Option(help="How the model is asked for structure.")]
MaxReasks = Annotated[int, typer.Option(min=0, max=5, help="How often an answer with errors is sent back.")]
MaxAnswerTokens = Annotated[
    int | None,
    typer.Option(min=1, help="The most tokens of one answer, told to the provider.", show_default="the provider's"),
]
UnsupportedOption = Annotated[
    Unsupported, typer.Option(help="What happens to values the text does not support; there is a finding either way.")
]
MinConfidence = Annotated[
    float | None,
    typer.Option(
        min=0,
        max=1,
        help="Leave out values of a lower confidence; language models' values have none.",
        show_default="0.5, more for parts of results",
    ),
]
CacheDir = Annotated[
    Path | None, typer.Option(help="Folder of the answer cache.", envvar="ABSEXTRACT_CACHE_DIR", show_default=False)
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Only errors on stderr.")]
