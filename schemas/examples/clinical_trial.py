"""A randomised trial as its abstract reports it: what was given to whom, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from absextract import Mention, Number, Quote


class Phase(StrEnum):
    """The phase of a trial, where the abstract says it."""

    EARLY = "1"
    EARLY_AND_MIDDLE = "1/2"
    MIDDLE = "2"
    LATE = "3"
    AFTER_APPROVAL = "4"


class Arm(BaseModel):
    """One group of participants."""

    treatment: Annotated[str, Mention()] = Field(description="drug, procedure or placebo that the group received")
    dose: Annotated[str, Number(within="quote")] | None = Field(None, description='with its unit: "20 mg"')
    participants: Annotated[str, Number(within="quote")] | None = Field(None, description="number in this group")
    quote: Annotated[str, Quote()] = Field(description="shortest clause that tells of this group")


class Outcome(BaseModel):
    """One measured outcome."""

    measure: Annotated[str, Mention()]
    result: Annotated[str, Number(within="quote")] = Field(description='number with its unit: "-8.4 mm Hg", "31%"')
    p_value: Annotated[str, Number(within="quote")] | None = Field(None, description='the number alone: "0.003"')
    primary: bool = Field(False, description="whether the abstract calls it the primary outcome")
    quote: Annotated[str, Quote()] = Field(description="shortest clause that holds the result")


class Trial(BaseModel):
    """What the abstract of a clinical trial reports."""

    condition: Annotated[str, Mention()] | None = Field(None, description="disease or problem that was treated")
    registration: Annotated[str, Mention()] | None = Field(None, description='trial number, e.g. "NCT00000000"')
    phase: Phase | None = None
    arms: list[Arm] = []
    outcomes: list[Outcome] = []
    adverse_events: list[Annotated[str, Mention()]] = Field([], description="side effects by name")
