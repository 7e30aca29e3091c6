"""What is wrong with data that does not fit a model, in a few words."""

from __future__ import annotations

from pydantic import ValidationError
from pydantic_core import ErrorDetails

__all__ = ["TOO_DEEP", "fault_of", "first_fault"]

TOO_DEEP = "nested too deep to be read"

_LONGEST_PLACE = 200
_NO_OBJECT = ("dataclass_type", "model_attributes_type", "model_type")


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong: where, and what."""
    first = error.errors(include_url=False)[0]
    where = ".".join(map(str, first["loc"]))[:_LONGEST_PLACE]
    return f"{where}: {fault_of(first)}" if where else fault_of(first)


def fault_of(detail: ErrorDetails) -> str:
    """What is wrong with a part, in words that name no class of ours."""
    if detail["type"] in _NO_OBJECT:
        return f"expected a JSON object, found {type(detail['input']).__name__}"
    return detail["msg"]
