"""What a title says before any abstract is read: the name it opens with, its topic, its means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from ..patterns import regex
from .name_shapes import NAME
from .sentences import Span

__all__ = ["TitleParts", "read_title"]

_NAME = regex(rf"[\"'`“‘$]*({NAME})[$\"'`”’]*(?: ?\([^()]{{1,20}}\))?\s?(?::|[–—]| --? )\s?")
_BREAK = regex(r"\s?(?::|[–—?!]| --? )\s?")
_TAIL = regex(
    r" (?:via|with|by|through|using|from|without|under|based on|leveraging|towards?|across|beyond|as|when"
    r"|is|are|can|do|does|enhances?|boosts|improves?"
    r"|helps?|needs?|makes?|at scale|and its|and their)(?= |$)",
    re.IGNORECASE,
)
# The means of a title is the paper's own, unless it ends as a family of models or a field of learning does.
_MEANS = regex(
    r" (?:via|by|through|using|with) (?:an? |the )?"
    r"((?!.*(?:Models?|LLMs|Reinforcement Learning|Systems|Networks|Problems|Representations|Embeddings?|Transformers"
    r"|Guidance|Autoencoders|Strategies|Knowledge Distillation|Data|Semi-[Ss]upervised Learning)$)"
    r"[A-Z][\w'-]*(?: (?:[A-Z][\w'-]*|of|and)){1,4})$"
)
_LONGEST_MEANS = 100
_SURVEY = regex(
    r"(?:a |an |the )?(?:[\w-]+ ){0,3}?(?:survey|review|overview|tutorial|perspective|roadmap|case study"
    r"|study|primer|introduction|benchmark|framework)s?"
    r"(?: (?:of|on|for|to|in|from)(?: the)? |$)",
    re.IGNORECASE,
)
_OPENING = regex(
    r"(?:(?:a|an|the|on|towards?|rethinking|improving|enhancing|understanding|exploring|revisiting"
    r"|investigating|evaluating|analyzing|probing|mitigating|overcoming"
    r"|unlocking|unveiling|boosting|advancing|accelerating|demystifying|scaling|unifying|predicting"
    r"|efficient|automated|automating|emergent|robust|effective|principled"
    r"|position|emergence of|progress measures for|intriguing properties of|limits of|role of|value of"
    r"|complexity of|power of|dynamics of|theory of) )+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TitleParts:
    """Parts of a title, each an interval of it."""

    name: Span | None
    """`GroundUp` of "GroundUp: Rapid Sketch-Based 3D City Massing"."""
    means: Span | None
    """`Deep Gusts` of "Kite Detection via Deep Gusts"."""
    topic: Span
    """What the paper is about: behind "for", else what stands before "via", "with" and the like; may be empty."""


@lru_cache(maxsize=16)  # all that look at a paper read its title
def read_title(title: str) -> TitleParts:
    """Takes a title apart by its punctuation and prepositions."""
    named = _NAME.match(title)
    start = named.end() if named else 0
    start, end = _main_part(title, start)
    purpose = title.find(" for ", start, end)
    if purpose >= 0:
        start = purpose + len(" for ")
    tail = _TAIL.search(title, start, end)
    end = tail.start() if tail else end
    means = _MEANS.search(title, max(start, len(title) - _LONGEST_MEANS))
    opening = _OPENING.match(title, start, end)
    return TitleParts(
        name=named.span(1) if named else None,
        means=means.span(1) if means else None,
        topic=(opening.end() if opening else start, end),
    )


def _main_part(title: str, start: int) -> Span:
    """The first part between colons and dashes that does not only say what kind of paper it is."""
    for _ in range(3):
        survey = _SURVEY.match(title, start)
        start = survey.end() if survey else start
        stop = _BREAK.search(title, start)
        end = stop.start() if stop else len(title)
        if end > start or stop is None:
            return start, end
        start = stop.end()
    return start, start
