"""Blocks of input on their way out, and what comes back about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel, TypeAdapter

from ..extractors.answers import Traffic
from ..output.summary import RunSummary
from ..records import Abstract, BadInput, Usage

__all__ = ["Block", "Item", "Report", "as_text", "items_of"]

Item = Abstract | BadInput
_ITEMS: TypeAdapter[list[Item]] = TypeAdapter(list[Item])


@dataclass(frozen=True, slots=True)
class Block:
    """Input records that are done together.

    Attributes:
        part: the number of the part they belong to.
        positions: of each in its part.
        items: the records.
    """

    part: int
    positions: tuple[int, ...]
    items: tuple[Item, ...]


def as_text(items: Sequence[Item]) -> str:
    """Items as they travel: JSON, for nothing is unpickled that came from an input."""
    return _ITEMS.dump_json(list(items)).decode()


def items_of(text: str) -> list[Item]:
    """The items in a text."""
    return _ITEMS.validate_json(text)


class Report(BaseModel):
    """What a worker did for a block, and meanwhile for others: what has not been reported before."""

    requests: int = 0
    retries: int = 0
    reasks: int = 0
    cache_hits: int = 0
    usage: Usage = Usage()
    dollars: float | None = None
    stopped: str | None = None
    """Why some records were left undone."""
    unusable: str | None = None
    """Why this worker can do nothing: no key, a model that does not exist."""

    def take_traffic(self, now: Traffic, before: Traffic) -> None:
        """What was sent since the last report."""
        self.requests = now.requests - before.requests
        self.retries = now.retries - before.retries
        self.cache_hits = now.cache_hits - before.cache_hits
        self.usage = Usage(
            prompt_tokens=now.usage.prompt_tokens - before.usage.prompt_tokens,
            completion_tokens=now.usage.completion_tokens - before.usage.completion_tokens,
            total_tokens=now.usage.total_tokens - before.usage.total_tokens,
        )
        self.dollars = None if now.dollars is None else now.dollars - (before.dollars or 0.0)

    def add_to(self, summary: RunSummary) -> None:
        """Counts it in."""
        summary.requests += self.requests
        summary.retries += self.retries
        summary.reasks += self.reasks
        summary.cache_hits += self.cache_hits
        summary.usage += self.usage
        if self.dollars is not None:
            summary.dollars = (summary.dollars or 0.0) + self.dollars
        summary.stopped = summary.stopped or self.stopped
