"""The card of a dataset, from the abstract that introduces it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from absextract import Link, Mention, Number


class Size(BaseModel):
    """How much there is of something."""

    count: Annotated[str, Number()] = Field(description='as the text writes it: "48,200", "312 hours"')
    unit: Annotated[str, Mention()] = Field(description='what is counted: "images", "question pairs", "speech"')


class Access(BaseModel):
    """Where something is to be had."""

    url: Annotated[str, Link(complete=True)]
    what: Literal["data", "code", "paper", "other"]


class DatasetCard(BaseModel):
    """What an abstract says of the dataset it introduces."""

    name: Annotated[str, Mention()]
    modality: list[Literal["text", "image", "audio", "video", "table", "graph", "other"]] = []
    languages: list[Annotated[str, Mention()]] = []
    sizes: list[Size] = []
    annotators: Annotated[str, Mention()] | None = Field(None, description="who labelled it")
    licence: Annotated[str, Mention()] | None = None
    tasks: list[Annotated[str, Mention()]] = Field([], description="what it is meant for")
    built_from: dict[str, Annotated[str, Mention()]] = Field({}, description="sources by their role")
    access: list[Access] = []
