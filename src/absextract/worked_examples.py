"""Worked examples for a model, checked as its answers are: what no text supports would teach it to invent."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import BaseModel

from .errors import AnswerError, UsageError
from .extractors.llm.guidance import Example, Guidance
from .schema.export import only_asked

__all__ = ["guidance_for"]

_MOST_CHARACTERS = 200_000  # of all that is added to each request


def guidance_for(schema: type[BaseModel], instructions: str | None, examples: Iterable[Example]) -> Guidance:
    """What is added to the prompt, with the examples in the form of answers.

    Raises:
        UsageError: the instructions are blank, an example does not fit the schema, or there is too much of both.
    """
    if instructions is not None and not instructions.strip():
        raise UsageError("the instructions are empty; give some, or none at all")
    guidance = Guidance((instructions or "").strip(), tuple(_checked(example, schema) for example in examples))
    if (size := len(guidance.system())) > _MOST_CHARACTERS:
        raise UsageError(
            f"instructions and examples have {size:,} characters, and would go along with each paper; "
            f"at most {_MOST_CHARACTERS:,} are sent"
        )
    try:
        guidance.system().encode()
    except UnicodeEncodeError:
        raise UsageError("instructions or examples hold half a character, which cannot be sent") from None
    return guidance


def _checked(example: Example, schema: type[BaseModel]) -> Example:
    from .validation.conform import conform
    from .validation.validator import review

    named = example.title or example.abstract[:60]
    try:
        extraction, _, left_out = conform(dict(example.extraction), schema)
    except AnswerError as error:
        raise UsageError(f"the example “{named}” is no extraction of {schema.__name__}: {error.message}") from None
    checked = review(extraction, example.title, example.abstract, left_out=left_out, min_confidence=0).extraction
    answer = only_asked(checked.model_dump(mode="json", by_alias=True, warnings=False), schema)
    return Example(example.title, example.abstract, answer)
