"""Materials and their measured properties, with the conditions that belong to the number."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from absextract import Mention, Number, Quote


class Condition(BaseModel):
    """Something that was held fixed while measuring."""

    name: Annotated[str, Mention()] = Field(description='"temperature", "current density", "scan rate", …')
    value: Annotated[str, Number()] = Field(description='number with its unit: "300 K"')


class Property(BaseModel):
    """One measured property of one material."""

    material: Annotated[str, Mention()] = Field(description="formula or name, as the text writes it")
    name: Annotated[str, Mention()] = Field(description='"band gap", "ionic conductivity", …')
    value: Annotated[str, Number(within="quote", complete=True)] = Field(description='with its unit: "1.42 eV"')
    conditions: list[Condition] = []
    quote: Annotated[str, Quote()] = Field(description="shortest clause that holds the value")


class Synthesis(BaseModel):
    """How a material was made."""

    method: Annotated[str, Mention()]
    route: Literal["solid-state", "solution", "vapour", "mechanical", "other"]
    temperature: Annotated[str, Number()] | None = Field(None, description='highest one, with its unit: "850 °C"')


class Materials(BaseModel):
    """What an abstract of materials science reports."""

    materials: list[Annotated[str, Mention()]] = []
    synthesis: Synthesis | None = None
    properties: list[Property] = []
    applications: list[Annotated[str, Mention()]] = []
