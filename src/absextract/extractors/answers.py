"""What every extractor gives: an `Answer` to be checked, asked for again with a `Correction`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import AnswerError
from ..records import Abstract, Finding, Usage

__all__ = ["Answer", "Backend", "Correction", "Traffic"]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one abstract.

    Attributes:
        data: parsed JSON or an instance of the schema; None where there is a problem.
        text: what the model wrote, for the re-ask and for error messages.
        usage: tokens, as far as the provider said.
        problem: why the answer cannot be used.
        final: asking again is no use (a refusal).
    """

    data: Any
    text: str = ""
    usage: Usage | None = None
    problem: AnswerError | None = None
    final: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """A former answer and what was wrong with it."""

    answer: str
    findings: Sequence[Finding] = ()
    problem: AnswerError | None = None


@dataclass(slots=True)
class Traffic:
    """What a backend did, for the run summary."""

    requests: int = 0
    retries: int = 0
    cache_hits: int = 0
    usage: Usage = field(default_factory=Usage)


class Backend(Protocol):
    """Something that fills a schema from an abstract."""

    @property
    def model(self) -> str:
        """`builtin` or `provider/model`."""

    @property
    def prompt(self) -> str | None:
        """Version of the prompt, None where none is sent."""

    @property
    def traffic(self) -> Traffic:
        """Counters since the start."""

    @property
    def can_correct(self) -> bool:
        """Whether a correction can change the answer."""

    async def answer(self, abstract: Abstract, correction: Correction | None = None) -> Answer:
        """Fills the schema.

        Raises:
            ProviderError: no answer was to be had.
        """

    async def close(self) -> None:
        """Gives back connections and files."""
