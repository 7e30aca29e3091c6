"""Marks: what must be found in the source text, put on fields with `Annotated`.

    class Trial(BaseModel):
        drug: Annotated[str, Mention()]
        dose: Annotated[str, Number(within="quote")]
        quote: Annotated[str, Quote()]

A field without a mark is not checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Link", "Mark", "Mention", "Number", "NumberRole", "Quote"]

NumberRole = Literal["year", "count", "lower", "upper"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Base of the marks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention(Mark):
    """A name or noun phrase of the text.

    Attributes:
        against: name of the sibling field that this one is compared with; it must name something else, and
            may have a number of its own in the text.
        among: name of a list at the top of the schema that holds more names of this kind. Where the text gives
            the number of this object to another of them, this one is not supported.
        role: what the name is to the number of its object, or, in a list at the top of the schema, to those of the
            paper. Where the text plainly gives the number to another name in this role, this one is not supported. A
            setting may hold for several numbers.
    """

    against: str | None = None
    among: str | None = None
    role: Literal["metric", "dataset", "method", "setting"] | None = None


@dataclass(frozen=True, slots=True)
class Quote(Mark):
    """A clause copied from the text. Anchors the other marked fields of its object."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Mark):
    """A number of the text with its unit; the same value, written differently, is the same number.

    Attributes:
        within: name of the sibling `Quote` field that must hold the number.
        metric: name of the sibling field that says what was measured, for its range.
        kind: name of the sibling field that says `value` or `change`.
        complete: the list this stands in should claim every measured number of the text.
        role: what the number is: a `year`, also one of a name or citation; a `count` of things, whole and without a
            unit; the `lower` or `upper` end of a range, which by itself is no number otherwise.
    """

    within: str | None = None
    metric: str | None = None
    kind: str | None = None
    complete: bool = False
    role: NumberRole | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link(Mark):
    """A URL of the text.

    Attributes:
        kind: name of the sibling field that says what the link leads to.
        complete: the list this stands in should claim every URL of the text.
        code: the URL is said to lead to code; where the text has the code at another URL, it is not supported.
    """

    kind: str | None = None
    complete: bool = False
    code: bool = False
