"""`absextract schema`: JSON Schemas."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..display.printable import printable_json
from ..errors import SchemaError
from ..text.close_names import did_you_mean

if TYPE_CHECKING:
    from pydantic import BaseModel

__all__ = ["json_schema", "schema_command"]


def schema_command(
    what: Annotated[str, typer.Argument(metavar="SCHEMA", help='"paper", "record", FILE.py:Class or module:Class.')],
) -> None:
    """Print a JSON Schema.

    Of what a model is asked for ("paper", or a schema of your own), or of a
    whole record ("record").

    Example: absextract schema record
    """
    typer.echo(printable_json(json.dumps(json_schema(what), indent=2, ensure_ascii=False)))


def json_schema(what: str) -> dict[str, Any]:
    """The JSON Schema of `record`, `paper` or a schema reference.

    Raises:
        SchemaError: the reference leads nowhere.
    """
    from ..records import Record
    from ..schema.export import answer_schema
    from ..schema.load import load_schema
    from ..schema.paper import PaperExtraction

    if what == "record":
        return {"title": "Record", **_without_title(Record[PaperExtraction])}
    try:
        return answer_schema(load_schema(what))
    except SchemaError as error:
        raise SchemaError(f"{error}{did_you_mean(what, ['record'])}") from error


def _without_title(model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema(mode="serialization", by_alias=True)
    schema.pop("title")
    return schema
