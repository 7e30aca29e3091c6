"""What is wrong with data that does not fit a model, in a few words."""

from __future__ import annotations

from pydantic import ValidationError

__all__ = ["first_fault"]

_LONGEST_PLACE = 200


def first_fault(error: ValidationError) -> str:
    """The first thing that is wrong: where, and what."""
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(map(str, first["loc"]))[:_LONGEST_PLACE]
    return f"{where}: {first['msg']}" if where else str(first["msg"])
