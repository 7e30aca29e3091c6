"""Candidates of a paper: runs of words that are the same name, put together from all places where they stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ....reading.name_shapes import is_acronym_of
from ....reading.tokens import Tokens
from ....reading.word_facts import run_key
from ..weights.packing import LANES
from .span_scores import LEAST_SCORES, SpanScorer, Vector
from .word_runs import Place

__all__ = ["Candidate", "strongest_candidates"]

UNSEEN = -900
"""Stands for the score, in hundredths, of a place where a name does not stand."""

_NOWHERE: Vector = (UNSEEN,) * LANES
_CONSIDERED = 6
_REACH = 80
_MOST_PLACES = 100
"""Of a name; what says one more often is no abstract, and would take its time for nothing."""

_Seen = tuple[Tokens, Place, Vector]
"""A place of a name and its scores there."""


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


def strongest_candidates(scorer: SpanScorer, title: Tokens, abstract: Tokens) -> list[list[Candidate]]:
    """For each field the candidates that stand a chance of being chosen, best first.

    What scores the same stands in the order of the first places, those of the title first.
    """
    best: dict[str, Vector] = {}
    seen: dict[str, list[_Seen]] = {}
    for tokens in (title, abstract):
        keys = tokens.keys
        for place, scores in scorer.score(tokens):
            key = run_key(keys[place[0] : place[1]])
            if key in best:
                if len(seen[key]) < _MOST_PLACES:
                    best[key] = _highest(best[key], scores)
                    seen[key].append((tokens, place, scores))
            elif key:
                best[key] = scores
                seen[key] = [(tokens, place, scores)]
    ranked = [_strongest(best, field) for field in range(len(LEAST_SCORES))]
    candidates = {key: _candidate(key, best[key], seen[key]) for keys in ranked for key in keys}
    return [[candidates[key] for key in keys] for keys in ranked]


def _strongest(best: dict[str, Vector], field: int) -> list[str]:
    able = [key for key, scores in best.items() if scores[field] > LEAST_SCORES[field]]
    return sorted(able, key=lambda key: -best[key][field])[:_CONSIDERED]


def _candidate(key: str, best: Vector, seen: list[_Seen]) -> Candidate:
    """All that is known of a name."""
    tokens, (first, end), _ = seen[0]
    candidate = Candidate(tokens.text[tokens.starts[first] : tokens.ends[end - 1]], key, best)
    for tokens, place, scores in seen:
        _add(candidate, tokens, place, scores)
    return candidate


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
