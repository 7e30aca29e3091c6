"""The second learned step, what it looks at: the first step's scores of a candidate beside those of its rivals."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from ....patterns import regex
from ....reading.name_shapes import is_foreign_model, is_generic, is_shaped
from ....reading.titles import TitleParts
from ....reading.word_facts import name_key
from ..weights.packing import HUNDREDTH
from .candidates import Candidate

__all__ = ["FIELDS", "PaperFacts", "rows_of"]

FIELDS = ("tasks", "methods", "datasets", "metrics")
_PATTERN_FIELDS = FIELDS[1:]
"""Fields that patterns look for too."""

_REVIEWS = regex(r"\b(?:survey|review|overview|position|perspectives?|tutorial|roadmap)\b", re.IGNORECASE)
_EVALUATES = regex(r"bench|dataset|corpus|evaluat", re.IGNORECASE)


@dataclass(frozen=True)
class PaperFacts:
    """What the candidates of one paper share.

    Attributes:
        parts: what the title is made of.
        by_patterns: for each field that patterns look for, the keys of the names found, each with its words.
        shared: the numbers that are the same for all candidates.
    """

    parts: TitleParts
    by_patterns: list[dict[str, frozenset[str]]]
    shared: list[float]

    @classmethod
    def of(cls, title: str, parts: TitleParts, by_patterns: Mapping[str, list[str]]) -> PaperFacts:
        """The facts, from the title and the names that patterns found, field by field."""
        keys = [{key: frozenset(key.split()) for key in map(name_key, by_patterns[field])} for field in _PATTERN_FIELDS]
        methods = by_patterns["methods"]
        shared = [any(map(is_shaped, methods)), bool(methods), bool(_REVIEWS.search(title))]
        return cls(parts, keys, [*map(float, shared), float(bool(_EVALUATES.search(title)))])


def rows_of(ranked: list[list[Candidate]], facts: PaperFacts) -> list[list[list[float]]]:
    """For each field one row of numbers for each of its strongest candidates, in their order."""
    own: dict[str, list[float]] = {}
    for candidates in ranked:
        for candidate in candidates:
            if candidate.key not in own:
                own[candidate.key] = _own(candidate, facts) + facts.shared
    return [_rows_of_field(candidates, field, own) for field, candidates in enumerate(ranked)]


def _rows_of_field(candidates: list[Candidate], field: int, own: dict[str, list[float]]) -> list[list[float]]:
    rivals = [candidate.key for candidate in candidates]
    return [
        [
            *own[candidate.key],
            (candidates[0].best[field] - candidate.best[field]) * HUNDREDTH,
            rank,
            *_kinship(candidate.key, rivals),
        ]
        for rank, candidate in enumerate(candidates)
    ]


def _kinship(key: str, rivals: list[str]) -> tuple[int, int, int]:
    """How many of the rivals hold a key, how many it holds, and how many stand before it that do either."""
    holding = held = earlier = 0
    before = True
    for rival in rivals:
        if rival == key:
            before = False
        elif key in rival:
            holding += 1
            earlier += before
        elif rival in key:
            held += 1
            earlier += before
    return holding, held, earlier


def _own(candidate: Candidate, facts: PaperFacts) -> list[float]:
    """What is seen of a candidate whatever its rivals are."""
    key = candidate.key
    words = key.split()
    row = [
        *[score * HUNDREDTH for score in candidate.best + candidate.title_best[:4] + candidate.abstract_best[:4]],
        candidate.in_title,
        candidate.in_abstract,
        candidate.first_sentence,
        len(words),
        len(key),
        *_of_text(candidate.text),
        candidate.has_acronym,
        candidate.is_acronym,
        *_in_title(candidate, facts.parts),
    ]
    for keys in facts.by_patterns:
        row += (key in keys, max(sum(map(known.__contains__, words)) for known in keys.values())) if keys else (0, 0)
    return row


@lru_cache(maxsize=20_000)
def _of_text(text: str) -> tuple[int, bool, bool, bool]:
    """What the letters of a candidate tell."""
    if text.islower():
        return 0, is_foreign_model(text), False, False
    return sum(map(str.isupper, text)), is_foreign_model(text), is_generic(text), is_shaped(text)


def _in_title(candidate: Candidate, parts: TitleParts) -> tuple[int, int, int]:
    """How a candidate stands to the topic of the title, whether in its name, and whether in its means."""
    start, end = candidate.title_start, candidate.title_end
    if start < 0:
        return -1, 0, 0
    begins, stops = parts.topic
    at_topic = 0
    if begins <= start and end <= stops:
        at_topic = 1 + (end == stops) + (end == stops and start == begins)
    named = parts.name is not None and parts.name[0] <= start and end <= parts.name[1]
    return at_topic, named, parts.means is not None and parts.means[0] <= start
