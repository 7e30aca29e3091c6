"""Small classes of values that are made by the thousand for one text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from typing_extensions import dataclass_transform

__all__ = ["value_class"]

_T = TypeVar("_T")


@dataclass_transform(frozen_default=True)
def value_class(cls: type[_T]) -> type[_T]:
    """A dataclass with slots and a hash, which the type checker takes for frozen.

    `frozen=True` would see to that at run time too, and make an instance take three times as long to be made.
    """
    return dataclass(slots=True, unsafe_hash=True)(cls)
