"""How records are made, on whatever machine: the options of an `Extractor`, ready to travel."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from typing import Any, Literal

from pydantic import BaseModel

from ..extractors.answers import MOST_ANSWER_TOKENS
from ..extractors.llm.guidance import Example
from ..extractors.llm.limits import Limits
from ..extractors.llm.providers import Mode
from ..pipeline import BUILTIN, Extractor
from ..records import ExtractorInfo
from ..schema.export import schema_digest
from ..validation.validator import Unsupported
from ..worked_examples import guidance_for
from .shared_limits import Office, SharedLimits

__all__ = ["Options"]


@dataclass(frozen=True, slots=True)
class Options:
    """The arguments of `Extractor`, which describes them; `concurrency` is that of each worker."""

    schema: type[BaseModel]
    model: str
    base_url: str | None
    cache: str | os.PathLike[str] | bool | None
    concurrency: int
    mode: Mode
    timeout: float
    max_reasks: int
    unsupported: Unsupported
    limits: Limits
    fallback: Literal["builtin"] | None = None
    min_confidence: float | None = None
    max_answer_tokens: int = MOST_ANSWER_TOKENS
    instructions: str | None = None
    examples: tuple[Example, ...] = ()
    samples: int = 1
    link: bool = False

    def extractor(self, office: Office | None = None) -> Extractor[Any]:
        """An extractor, whose limits are everybody's where there is an office that knows them.

        Raises:
            UsageError: see `Extractor`.
        """
        limits = self.limits
        if office is not None:
            limits = SharedLimits(limits.rpm, limits.tpm, limits.max_total_tokens, limits.max_cost, office)
        return Extractor(
            schema=self.schema,
            model=self.model,
            base_url=self.base_url,
            cache=self.cache,
            concurrency=self.concurrency,
            mode=self.mode,
            timeout=self.timeout,
            max_reasks=self.max_reasks,
            unsupported=self.unsupported,
            limits=limits,
            fallback=self.fallback,
            min_confidence=self.min_confidence,
            max_answer_tokens=self.max_answer_tokens,
            instructions=self.instructions,
            examples=self.examples,
            samples=self.samples,
            link=self.link,
        )

    def describe(self) -> ExtractorInfo:
        """What its records say of their origin, without a key or a connection."""
        is_asked = self.model != BUILTIN
        prompt = guidance_for(self.schema, self.instructions, self.examples).prompt if is_asked else None
        return ExtractorInfo(model=self.model, prompt=prompt, schema=schema_digest(self.schema), attempts=0)

    def travelling(self) -> Options:
        """The same for other machines: what this one's environment and folder say is said outright.

        A schema of one's own goes along by value, since its file is here alone.
        """
        base_url = self.base_url
        if self.model.startswith("openai/"):
            base_url = base_url or os.environ.get("OPENAI_BASE_URL") or None
        cache = self.cache if self.cache is None or isinstance(self.cache, bool) else os.path.abspath(self.cache)
        if self.schema.__module__.partition(".")[0] not in (__package__.partition(".")[0], "__main__"):
            from ray import cloudpickle

            cloudpickle.register_pickle_by_value(sys.modules[self.schema.__module__])
        return replace(self, base_url=base_url, cache=cache)
