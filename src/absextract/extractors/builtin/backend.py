"""The offline extractor as a backend: no key, no network, the same answer every time."""

from __future__ import annotations

from ...records import Abstract
from ..answers import Answer, Correction, Traffic
from .fill import fill_with_confidence

__all__ = ["BuiltinBackend"]


class BuiltinBackend:
    """Fills `PaperExtraction` by patterns and learned weights."""

    model = "builtin"
    prompt = None
    can_correct = False

    def __init__(self) -> None:
        self.traffic: Traffic = Traffic()

    @property
    def stopped(self) -> None:
        """Never."""

    async def answer(self, abstract: Abstract, correction: Correction | None = None, sample: int = 0) -> Answer:  # noqa: ARG002
        """What the text gives by itself; a correction changes nothing, and it is the same each time."""
        filled = fill_with_confidence(abstract.title, abstract.abstract)
        return Answer(filled.extraction, confidence=filled.confidence, least=filled.least)

    def stop(self, reason: str) -> None:
        """Nothing is sent anyway."""

    def sync(self) -> None:
        """Nothing is stored."""

    async def close(self) -> None:
        """Nothing is held."""
