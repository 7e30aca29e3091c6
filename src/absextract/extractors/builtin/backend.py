"""The offline extractor as a backend: no key, no network, the same answer every time."""

from __future__ import annotations

from ...records import Abstract, Finding, TextField
from ..answers import Answer, Correction, Traffic
from .fill import MOST_READ, fill_with_confidence

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
        return Answer(filled.extraction, confidence=filled.confidence, least=filled.least, findings=_told(abstract))

    def stop(self, reason: str) -> None:
        """Nothing is sent anyway."""

    def sync(self) -> None:
        """Nothing is stored."""

    async def close(self) -> None:
        """Nothing is held."""


def _told(paper: Abstract) -> tuple[Finding, ...]:
    """What of a paper is not read."""
    texts: dict[TextField, str] = {"title": paper.title, "abstract": paper.abstract}
    return tuple(
        Finding.read_in_part(field, len(text), MOST_READ[field], "the offline model")
        for field, text in texts.items()
        if len(text) > MOST_READ[field]
    )
