"""A run that sends nothing: the first request as it would be sent, and what all of them would take."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from ..errors import UsageError
from ..extractors.llm.prices import known_cost
from ..pipeline import Extractor
from ..records import Abstract
from ..text.stand_ins import is_no_abstract
from .inspection import Inspection, watched
from .job import Job

__all__ = ["Rehearsal", "rehearse"]


@dataclass(slots=True)
class Rehearsal:
    """What a run would send.

    Attributes:
        request: the first request's body.
        papers: abstracts of the input.
        no_abstract: papers beside them that have none.
        requests: the first requests for them; several for each with `--samples`.
        cached: those whose answer is on disk already.
        prompt_tokens: of the others' requests, estimated.
        answer_tokens: of their answers, estimated.
        dollars: what that costs, where the price is known.
        inputs: what is read, for people.
    """

    request: Any = None
    papers: int = 0
    no_abstract: int = 0
    requests: int = 0
    cached: int = 0
    prompt_tokens: int = 0
    answer_tokens: int = 0
    dollars: float | None = None
    inputs: list[str] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The estimate for people."""
        several = f", {self.requests} requests" if self.requests != self.papers else ""
        cached = f", {self.cached} of them in the cache" if self.cached else ""
        cost = "" if self.dollars is None else f", about ${self.dollars:.{2 if self.dollars >= 1 else 4}f}"
        without = f", {self.no_abstract} more without an abstract" if self.no_abstract else ""
        return [
            *self.inputs,
            f"{self.papers} papers{several}{cached}{without}; nothing was sent",
            f"estimate without re-asks: {self.prompt_tokens} prompt tokens, {self.answer_tokens} answer tokens{cost}",
        ]


def rehearse(job: Job, extractor: Extractor[Any]) -> Rehearsal:
    """Reads the whole input and makes each request.

    Raises:
        UsageError: the input cannot be read, or holds no abstract.
    """
    job.check()
    rehearsal, inspection = Rehearsal(), Inspection()
    for item in watched(job, inspection):
        rehearsal.inputs += inspection.told()
        if not isinstance(item, Abstract):
            continue
        if is_no_abstract(item.abstract):
            rehearsal.no_abstract += 1
            continue
        rehearsal.papers += 1
        for sample in range(extractor.samples):
            forecast = extractor.forecast(item, sample)
            if rehearsal.request is None:
                rehearsal.request = json.loads(forecast.body)
            rehearsal.requests += 1
            if forecast.cached:
                rehearsal.cached += 1
            else:
                rehearsal.prompt_tokens += forecast.prompt_tokens
                rehearsal.answer_tokens += forecast.answer_tokens
    rehearsal.inputs += inspection.end()
    if rehearsal.request is None:
        raise UsageError("there is no abstract in the input")
    rehearsal.dollars = known_cost(extractor.model, rehearsal.prompt_tokens, rehearsal.answer_tokens)
    return rehearsal
