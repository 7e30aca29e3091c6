"""What a user adds to the prompt: words of their own and worked examples, the same for every paper."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...records import Abstract
from .prompt import PROMPT_VERSION, SYSTEM, user_text

__all__ = ["NO_GUIDANCE", "Example", "Guidance"]


@dataclass(frozen=True, slots=True)
class Example:
    """A paper, and what is to be extracted from it.

    Attributes:
        title: of the paper, may be empty.
        abstract: of the paper.
        extraction: the right answer, as JSON values of the schema.
    """

    title: str
    abstract: str
    extraction: Mapping[str, Any]


@dataclass(frozen=True)
class Guidance:
    """What is added to the system message; it stands before the paper, so that providers can cache it.

    Attributes:
        instructions: the user's own words, may be empty.
        examples: papers and the answers that are right for them.
        task: what the model is to do.
    """

    instructions: str = ""
    examples: Sequence[Example] = ()
    task: str = SYSTEM

    @cached_property
    def prompt(self) -> str:
        """The prompt's version, with a digest of what is added to it: `4`, or `4+0f3a5c21b9e4`."""
        if not (self.instructions or self.examples):
            return PROMPT_VERSION
        added = [self.instructions, *([each.title, each.abstract, each.extraction] for each in self.examples)]
        return f"{PROMPT_VERSION}+{hashlib.sha256(_json(added).encode()).hexdigest()[:12]}"

    def place_of(self, paper: Abstract) -> int | None:
        """Which of the examples a paper is, if it is one: its answer must not stand in its own request."""
        texts = [(each.title, each.abstract) for each in self.examples] if self.examples else []
        return texts.index((paper.title, paper.abstract)) if (paper.title, paper.abstract) in texts else None

    def system(self, left_out: int | None = None) -> str:
        """The system message, without one of the examples where that is the paper to be read."""
        parts = [self.task]
        if self.instructions:
            parts.append(f"Instructions of the user for this task:\n{self.instructions}")
        shown = [each for place, each in enumerate(self.examples) if place != left_out]
        if shown:
            parts.append("Worked examples, each a text and the right answer to it:")
        for example in shown:
            paper = Abstract(title=example.title, abstract=example.abstract)
            parts.append(f"{user_text(paper)}\n{_json(example.extraction)}")
        return "\n\n".join(parts)


NO_GUIDANCE = Guidance()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
