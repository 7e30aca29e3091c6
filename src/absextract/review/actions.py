"""What a person can do to a paper: as the page asks for it, and as it stands in the journal."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, model_validator

from ..records import TextField

__all__ = ["ACTIONS", "Action", "Add", "Change", "Confirm", "Done", "Passage", "RefusedError", "Remove", "Undo"]

_LONGEST_PATH = 2000


class RefusedError(Exception):
    """An action that cannot be done; says why."""


class _Strict(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", frozen=True)


_Path = Annotated[str, Field(max_length=_LONGEST_PATH)]


class Passage(_Strict):
    """The piece of the text that a person chose: half-open, in characters."""

    field: TextField
    start: int = Field(ge=0)
    end: int = Field(ge=0)

    @model_validator(mode="after")
    def _holds_something(self) -> Self:
        if self.start >= self.end:
            raise ValueError("the passage is empty")
        return self


class Confirm(_Strict):
    """A value is right, or an object with all that is in it."""

    do: Literal["confirm"] = "confirm"
    path: _Path


class Remove(_Strict):
    """A value is wrong, and nothing comes in its place."""

    do: Literal["remove"] = "remove"
    path: _Path


class Change(_Strict):
    """Something else stands in a place; it comes from a passage, or it was chosen or typed."""

    do: Literal["change"] = "change"
    path: _Path
    value: JsonValue = None
    passage: Passage | None = None


class Add(_Strict):
    """A new item of a list, or a new entry of a mapping."""

    do: Literal["add"] = "add"
    path: _Path
    """Of the list; of a mapping, with the new key behind it."""
    part: str | None = None
    """Of a new object, the part that the passage is."""
    value: JsonValue = None
    passage: Passage | None = None


class Done(_Strict):
    """Nothing is missing, and what was not touched is right."""

    do: Literal["done"] = "done"


class Undo(_Strict):
    """The last action on the paper was none."""

    do: Literal["undo"] = "undo"


Action = Confirm | Remove | Change | Add | Done | Undo

ACTIONS: TypeAdapter[Action] = TypeAdapter(Annotated[Action, Field(discriminator="do")])
