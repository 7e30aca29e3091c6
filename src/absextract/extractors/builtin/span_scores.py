"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from typing import NamedTuple

from .packing import above, unpack
from .span_features import (
    WordFeatures,
    left_window,
    length_feature,
    right_window,
    sentence_features,
    where_of,
)
from .tokens import EDGE, START, Tokens
from .word_runs import LONGEST, Place, places

__all__ = ["CLASSES", "LEAST_SCORES", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[int, ...]
"""One number of hundredths for each of `CLASSES`."""

LEAST_SCORES = (-400, -400, -400, -400)
"""In hundredths, for each field; a run that scores less for all of them is no candidate."""

_LIFT, _SIGNS = above(LEAST_SCORES)
_HOPELESS = 250
"""What is so much below before shapes are looked at together with the words beside them does not get above."""
_EARLY_LIFT, _ = above([level - _HOPELESS for level in LEAST_SCORES])
_MOST_WORDS_KEPT = 30_000

_Shapes = Mapping[str, int]
"""Weights of the shapes of a run beside a certain word."""
_NO_SHAPES: _Shapes = {}


class _Word(NamedTuple):
    """The weights of a word in each place to a run."""

    opening: int
    inner: int
    end: int
    left: int
    right: int
    before: int
    behind: int
    before_shape: _Shapes
    behind_shape: _Shapes


class SpanScorer:
    """Adds up weights, those of single words only once for all texts.

    Args:
        weights: packed weights of each feature.
        bias: packed weights that every run has.
    """

    def __init__(self, weights: Mapping[str, int], bias: int) -> None:
        self._weights = weights
        self._bias = bias
        self._words: dict[str, dict[str, _Word]] = {"T": {}, "A": {}}
        self._shapes: dict[str, dict[str, int]] = {}
        for name, weight in weights.items():
            kind, _, shape = name.partition(" ")
            if kind[1:2] in ("<", ">"):
                self._shapes.setdefault(kind, {})[shape] = weight
        self._edge = {where: self._of_word(where, EDGE, "") for where in "TA"}
        self._start = {where: self._of_word(where, START, "") for where in "TA"}
        self._lengths = {
            where: [self._sum([length_feature(where, length)]) for length in range(LONGEST + 1)] for where in "TA"
        }

    def score(self, tokens: Tokens) -> Iterator[tuple[Place, Vector]]:
        """The places that may hold a name, each with its scores."""
        runs = list(places(tokens))
        sides = self._sides(tokens, [first for first, _ in runs])
        lengths, shapes = self._lengths[where_of(tokens)], tokens.shapes
        for first, ends in runs:
            start_sum, _, beside_start, _, _ = sides[first]
            shape = shapes[first]
            for end in ends:
                _, end_sum, _, beside_end, two_words = sides[end - 1]
                packed = start_sum + end_sum + lengths[end - first]
                if not (packed + _EARLY_LIFT) & _SIGNS:
                    continue
                both = shape
                if end - first > 1:
                    packed += two_words
                    both = shape + shapes[end - 1]
                if beside_start:
                    packed += beside_start.get(both, 0)
                if beside_end:
                    packed += beside_end.get(both, 0)
                if (packed + _LIFT) & _SIGNS:
                    yield (first, end), unpack(packed)

    def _sides(self, tokens: Tokens, standing: list[int]) -> dict[int, tuple[int, int, _Shapes, _Shapes, int]]:
        """For tokens that a run may begin or end with, what all that begin there have, and all that end there.

        The last number is for those of several words that end there.
        """
        if not standing:
            return {}
        get, where, words = self._weights.get, where_of(tokens), tokens.words
        before_pair, behind_pair = f"{where}pp ", f"{where}nn "
        opening, inner, end, left, right, before, behind, before_shape, behind_shape = zip(
            *self._read(tokens), strict=True
        )
        edge, start = self._edge[where], self._start[where]
        before, before_shape = [edge.before, *before], [edge.before_shape, *before_shape]
        for first, _ in tokens.bounds[1:]:
            before[first], before_shape[first] = start.before, start.before_shape
        behind, behind_shape = (*behind, edge.behind), (*behind_shape, edge.behind_shape)
        inner, left, right = [0, *accumulate(inner)], [0, *accumulate(left)], [0, *accumulate(right)]
        of_sentence = [self._bias + self._sum(sentence_features(tokens, i)) for i in range(len(tokens.bounds))]
        sides = {}
        for i in standing:
            sentence = tokens.sentences[i]
            low, high = left_window(tokens, sentence, i)
            far_low, far_high = right_window(tokens, sentence, i + 1)
            sides[i] = (
                opening[i]
                + before[i]
                + get(f"{before_pair}{tokens.further_before[i]}_{tokens.before[i]}", 0)
                + of_sentence[sentence]
                + left[high]
                - left[low]
                - inner[i],
                end[i]
                + behind[i + 1]
                + get(f"{behind_pair}{tokens.behind[i]}_{tokens.further_behind[i]}", 0)
                + right[far_high]
                - right[far_low]
                + inner[i],
                before_shape[i],
                behind_shape[i + 1],
                get(f"b {words[i - 1]}_{words[i]}", 0),
            )
        return sides

    def _read(self, tokens: Tokens) -> list[_Word]:
        """The weights of each word."""
        where = where_of(tokens)
        known = self._words[where]
        if len(known) >= _MOST_WORDS_KEPT:
            known.clear()
        for raw, word, shape in zip(tokens.raw, tokens.words, tokens.shapes, strict=True):
            if raw not in known:
                known[raw] = self._of_word(where, word, shape)
        return [known[raw] for raw in tokens.raw]

    def _of_word(self, where: str, word: str, shape: str) -> _Word:
        seen, add, abstract = WordFeatures.of(word, shape), self._sum, int(where == "A")
        return _Word(
            add(seen.opening),
            add(seen.inner),
            add(seen.end),
            add(seen.left),
            add(seen.right),
            add(seen.before[abstract]),
            add(seen.behind[abstract]),
            self._shapes.get(f"{where}<{word}", _NO_SHAPES),
            self._shapes.get(f"{where}>{word}", _NO_SHAPES),
        )

    def _sum(self, features: Iterable[str]) -> int:
        get = self._weights.get
        total = 0
        for name in features:
            total += get(name, 0)
        return total
