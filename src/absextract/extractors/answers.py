"""What every extractor gives: an `Answer` to be checked, asked for again with a `Correction`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import AnswerError
from ..records import Abstract, Finding, Usage

__all__ = [
    "Answer",
    "Backend",
    "Correction",
    "Forecast",
    "Replay",
    "Traffic",
]

Replay = Callable[[bytes], Any]
"""The response to a request's body, as JSON, from somewhere else than the server.

Raises `ProviderError` where there is none, `StoppedError` where there is none yet.
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one abstract.

    Attributes:
        data: parsed JSON or an instance of the schema; None where there is a problem.
        text: what the model wrote, for the re-ask and for error messages.
        usage: tokens, as far as the provider said.
        problem: why the answer cannot be used.
        findings: what is to be told of the answer as a whole.
        final: asking again is no use (a refusal).
        confidence: for the JSON Pointer of a value how likely it is right; without those of which nobody knows it.
        least: for the JSON Pointer of a value how sure it must be to be given where the user asks for nothing else.
        forget: takes it out of the cache, where it is of no use, so that the next run asks anew.
    """

    data: Any
    text: str = ""
    usage: Usage | None = None
    problem: AnswerError | None = None
    findings: tuple[Finding, ...] = ()
    final: bool = False
    confidence: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)
    forget: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Correction:
    """A former answer and what was wrong with it.

    Attributes:
        answer: what the model wrote.
        findings: values that the text does not support.
        problem: why the answer cannot be used.
        needs_room: this answer, or one before it, was cut off at the most tokens that it could have.
        useless: how many answers to this question could not be used so far.
    """

    answer: str
    findings: Sequence[Finding] = ()
    problem: AnswerError | None = None
    needs_room: bool = False
    useless: int = 0


@dataclass(slots=True)
class Traffic:
    """What a backend did, for the run summary.

    Attributes:
        requests: sent, retries included.
        accepted: requests that the provider answered, or found wrong in themselves: key and model are right.
        retries: of the same request.
        cache_hits: answers that were on disk, or under way for somebody else.
        in_flight: requests under way at this moment.
        usage: tokens, as far as the provider said.
        dollars: what they cost, where the cost is limited and so the price known.
    """

    requests: int = 0
    accepted: int = 0
    retries: int = 0
    cache_hits: int = 0
    in_flight: int = 0
    usage: Usage = field(default_factory=Usage)
    dollars: float | None = None


@dataclass(frozen=True, slots=True)
class Forecast:
    """A request that is not sent.

    Attributes:
        body: its JSON.
        cached: its answer is on disk.
        prompt_tokens: estimated.
        answer_tokens: estimated.
    """

    body: bytes
    cached: bool
    prompt_tokens: int
    answer_tokens: int


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
    def stopped(self) -> str | None:
        """Why nothing more is asked for, None while it is."""

    @property
    def can_correct(self) -> bool:
        """Whether a correction can change the answer."""

    async def answer(self, abstract: Abstract, correction: Correction | None = None, sample: int = 0) -> Answer:
        """Fills the schema; `sample` says which of several answers to the same question it is.

        Raises:
            ProviderError: no answer was to be had.
            StoppedError: it would have to be asked for, and nothing is asked any more.
        """

    def stop(self, reason: str) -> None:
        """Asks for nothing more; what is under way may land."""

    def sync(self) -> None:
        """Has the disk keep the answers stored so far, whatever happens to the power; callable from another thread."""

    async def close(self) -> None:
        """Gives back connections and files."""
