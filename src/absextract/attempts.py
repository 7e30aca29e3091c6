"""One paper and one voice: asked, checked, and asked again while that may help."""

from __future__ import annotations

import importlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel

from .choices import Unsupported
from .errors import AnswerError, ProviderError
from .extractors.answers import Answer, Backend, Correction
from .records import Abstract, ErrorInfo, Finding, Usage

if TYPE_CHECKING:
    from .validation.validator import Review

__all__ = ["Attempt", "Outcome", "ask", "judge", "load_checks"]

SchemaT = TypeVar("SchemaT", bound=BaseModel)

_log = logging.getLogger(__name__)
_SHOWN_ENDS = 200
_MORE_TRIES = 2  # after answers that cannot be used at all; they are no re-asks, which are for values


@dataclass(frozen=True, slots=True)
class Attempt(Generic[SchemaT]):
    """One answer after the checks."""

    checked: Review[SchemaT] | None
    findings: tuple[Finding, ...]
    error: ErrorInfo | None = None
    problem: AnswerError | None = None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def is_clean(self) -> bool:
        return self.checked is not None and not self.errors

    @property
    def rank(self) -> tuple[bool, int, int]:
        """The better answer: usable, fewer errors, more that stands in the source."""
        return (
            self.checked is not None,
            -len({finding.path for finding in self.errors}),
            len(self.checked.grounding) if self.checked else 0,
        )


@dataclass(slots=True)
class Outcome(Generic[SchemaT]):
    """What came of asking.

    Attributes:
        best: the best of the answers.
        attempts: answers asked for.
        reasks: those of them that were to correct another one.
        usage: tokens of all of them, as far as the provider said.
        lasts: whether all of it is kept, so that asking once more would come to the same, and send nothing.
    """

    best: Attempt[SchemaT]
    attempts: int = 0
    reasks: int = 0
    usage: Usage | None = None
    lasts: bool = True
    _answers: list[Answer] = field(default_factory=list)

    def add(self, answer: Answer, attempt: Attempt[SchemaT]) -> None:
        """Takes an answer into account."""
        self._answers.append(answer)
        self.lasts = self.lasts and not answer.final
        self.usage = answer.usage if self.usage is None else self.usage + (answer.usage or Usage())
        if len(self._answers) == 1 or attempt.rank > self.best.rank:
            self.best = attempt

    def forget_what_is_useless(self) -> None:
        """Takes answers out of the cache that came to nothing: with them the paper would fail for ever."""
        if self.best.checked is None:
            self.lasts = False
            for answer in self._answers:
                answer.forget()


async def ask(
    backend: Backend,
    paper: Abstract,
    *,
    judged: Callable[[Answer], Attempt[SchemaT]],
    max_reasks: int,
    sample: int = 0,
) -> Outcome[SchemaT]:
    """Asks until an answer is clean, or asking again is no use.

    Args:
        backend: whom to ask.
        paper: the abstract.
        judged: checks an answer.
        max_reasks: how often an answer with errors is sent back. One that cannot be used at all has two more tries.
        sample: which of several answers to the same question is wanted.

    Raises:
        StoppedError: something would have to be sent, and nothing is sent any more.
    """
    outcome: Outcome[SchemaT] = Outcome(Attempt(None, ()))
    correction: Correction | None = None
    mended = useless = 0
    needs_room = False
    while True:
        outcome.attempts += 1
        try:
            answer = await backend.answer(paper, correction, sample)
        except ProviderError as error:
            outcome.lasts = False
            if outcome.best.checked is None:
                outcome.best = Attempt(None, (), ErrorInfo(code=error.code, message=error.message))
            break
        attempt = judged(answer)
        outcome.add(answer, attempt)
        if attempt.is_clean or answer.final or not backend.can_correct:
            break
        useless += attempt.problem is not None
        mended += attempt.problem is None
        if useless > _MORE_TRIES or mended > max_reasks:
            break
        outcome.reasks += 1
        _tell_reask(paper, attempt)
        needs_room = needs_room or (attempt.problem is not None and attempt.problem.code == "answer_cut_off")
        correction = Correction(answer.text, attempt.errors, attempt.problem, needs_room, useless)
    outcome.forget_what_is_useless()
    return outcome


def load_checks() -> None:
    """Loads what answers are checked with. Requests go out without it, and it is done while the first is under way."""
    importlib.import_module(".validation.validator", __package__)


def judge(
    answer: Answer,
    paper: Abstract,
    schema: type[SchemaT],
    *,
    unsupported: Unsupported,
    min_confidence: float | None,
) -> Attempt[SchemaT]:
    """Holds an answer against its schema and its paper."""
    from .validation.conform import conform
    from .validation.validator import review

    try:
        if answer.problem:
            raise answer.problem
        extraction, misfits, left_out = conform(answer.data, schema)
    except AnswerError as problem:
        shown = f"{problem.message}; the answer: {_clip(answer.text)}" if answer.text else problem.message
        return Attempt(None, (), ErrorInfo(code=problem.code, message=shown), problem)
    checked = review(
        extraction,
        paper.title,
        paper.abstract,
        unsupported=unsupported,
        left_out=left_out,
        confidence=answer.confidence,
        least=answer.least,
        min_confidence=min_confidence,
    )
    return Attempt(checked, (*answer.findings, *misfits, *checked.findings))


def _tell_reask(paper: Abstract, attempt: Attempt[Any]) -> None:
    codes = [finding.code for finding in attempt.errors] or [attempt.error.code if attempt.error else "?"]
    told = {"event": "reask", "id": paper.id, "codes": codes}
    _log.info("%s: asked again: %s", paper.id, ", ".join(codes), extra={"details": told})


def _clip(text: str) -> str:
    """Head and tail of a long text."""
    return text if len(text) <= 2 * _SHOWN_ENDS else f"{text[:_SHOWN_ENDS]} […] {text[-_SHOWN_ENDS:]}"
