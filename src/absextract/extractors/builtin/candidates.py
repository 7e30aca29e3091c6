"""Candidates of a paper: runs of words that are the same name, put together from all places where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .names import is_acronym_of
from .packing import LANES
from .span_scores import SpanScorer, Vector
from .tokens import Tokens
from .word_runs import Place, name_key

__all__ = ["Candidate", "find_candidates"]

UNSEEN = -900
"""Stands for the score, in hundredths, of a place where a name does not stand."""

_NOWHERE: Vector = (UNSEEN,) * LANES
_REACH = 80


@dataclass(slots=True)
class Candidate:
    """A name as first written, and what is known of all its places; scores in hundredths."""

    text: str
    key: str
    best: Vector
    title_best: Vector = _NOWHERE
    abstract_best: Vector = _NOWHERE
    in_title: int = 0
    in_abstract: int = 0
    first_sentence: int = 9
    title_start: int = -1
    title_end: int = -1
    has_acronym: bool = False
    is_acronym: bool = False


def find_candidates(scorer: SpanScorer, title: Tokens, abstract: Tokens) -> list[Candidate]:
    """All candidates in the order of their first places, those of the title first."""
    found: dict[str, Candidate] = {}
    for tokens in (title, abstract):
        for place, scores in scorer.score(tokens):
            text = tokens.text[tokens.starts[place[0]] : tokens.ends[place[1] - 1]]
            key = name_key(text)
            if not key:
                continue
            candidate = found.get(key)
            if candidate is None:
                candidate = found[key] = Candidate(text, key, scores)
            else:
                candidate.best = _highest(candidate.best, scores)
            _add(candidate, tokens, place, scores)
    return list(found.values())


def _add(candidate: Candidate, tokens: Tokens, place: Place, scores: Vector) -> None:
    first, end = place
    if tokens.in_title:
        candidate.in_title += 1
        candidate.title_best = _highest(candidate.title_best, scores)
        candidate.title_start, candidate.title_end = tokens.starts[first], tokens.ends[end - 1]
    else:
        if not candidate.in_abstract:
            candidate.first_sentence = min(9, tokens.sentences[first])
            candidate.abstract_best = scores
        else:
            candidate.abstract_best = _highest(candidate.abstract_best, scores)
        candidate.in_abstract += 1
    behind = tokens.behind[end - 1]
    if behind == "(" and end + 2 < len(tokens.words) and tokens.words[end + 2] == ")":
        candidate.has_acronym |= _defines(tokens, end + 1, tokens.starts[first])
    elif behind == ")" and end - first == 1 and tokens.before[first] == "(":
        candidate.is_acronym |= _defines(tokens, first, max(0, tokens.starts[first] - _REACH))


def _defines(tokens: Tokens, acronym: int, start: int) -> bool:
    """Whether the words before a parenthesis give its acronym, read from `start` on."""
    opened = tokens.starts[acronym - 1]
    return is_acronym_of(tokens.text[tokens.starts[acronym] : tokens.ends[acronym]], tokens.text[start:opened])


def _highest(scores: Iterable[int], others: Iterable[int]) -> Vector:
    return tuple(map(max, scores, others))
