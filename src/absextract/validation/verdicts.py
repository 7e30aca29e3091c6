"""What a check says of one value: `Support` where it stands in the source, or a `Problem`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from ..records import TextField
from ..text.values import value_class

__all__ = ["Problem", "Span", "Support", "as_text", "shown"]

_MAX_SHOWN = 300
_MOST_BITS = 10_000


@value_class
class Span:
    """Half-open code-point interval in the title or the abstract."""

    field: TextField
    start: int
    end: int

    def holds(self, other: Span) -> bool:
        return self.field == other.field and self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.field == other.field and self.start < other.end and other.start < self.end

    def distance(self, other: Span) -> int:
        """Characters between the two; a span in the other field is further than any in this one."""
        if self.field != other.field:
            return 1 << 60
        return max(0, other.start - self.end, self.start - other.end)


@value_class
class Support:
    """The passage that supports a value, and what a reader should be told of it all the same."""

    span: Span
    match: Literal["exact", "normalized", "fuzzy"]
    told: Problem | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a value is not supported."""

    code: str
    message: str


def as_text(value: Any) -> str:
    """A value as a string, whatever it is; Python writes no integers of more than some thousand digits."""
    if isinstance(value, int) and value.bit_length() > _MOST_BITS:
        return f"an integer of {value.bit_length()} bits"
    return str(value)


def shown(value: Any) -> Any:
    """A value as a finding shows it: short, and plain JSON."""
    if isinstance(value, bool | float) or value is None:
        return value
    if isinstance(value, int) and value.bit_length() <= _MOST_BITS:
        return value
    text = as_text(getattr(value, "value", value))
    return text if len(text) <= _MAX_SHOWN else text[: _MAX_SHOWN - 1] + "…"
