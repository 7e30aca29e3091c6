"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from .packing import unpack
from .span_features import WINDOW, WordFeatures, after_features, around_features, before_features
from .spans import Place
from .tokens import Tokens

__all__ = ["CLASSES", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[float, ...]
"""One number for each of `CLASSES`."""

_MOST_WORDS_KEPT = 30_000
_WordWeights = tuple[int, int, int, int, int]


class SpanScorer:
    """Adds up weights, those of single words only once for all texts.

    Args:
        weights: packed weights of each feature.
        bias: packed weights that every run has.
    """

    def __init__(self, weights: Mapping[str, int], bias: int) -> None:
        self._weights = weights
        self._bias = bias
        self._words: dict[tuple[str, str], _WordWeights] = {}

    def score(self, tokens: Tokens, places: Iterable[Place]) -> Iterator[Vector]:
        """One vector for each place."""
        if not tokens.words:
            return
        words = [self._of_word(pair) for pair in zip(tokens.words, tokens.shapes, strict=True)]
        opening, inner, end, left, right = zip(*words, strict=True)
        inner_sums, left_sums, right_sums = (list(accumulate(column, initial=0)) for column in (inner, left, right))
        before: dict[int, int] = {}
        after: dict[int, int] = {}
        for first, stop in places:
            if first not in before:
                before[first] = self._bias + opening[first] + self._sum(before_features(tokens, first))
                if not tokens.in_title:
                    low = max(tokens.bounds[tokens.sentences[first]][0], first - 1 - WINDOW)
                    before[first] += left_sums[max(low, first - 1)] - left_sums[low]
            if stop not in after:
                after[stop] = end[stop - 1] + self._sum(after_features(tokens, stop))
                if not tokens.in_title:
                    high = min(tokens.bounds[tokens.sentences[stop - 1]][1], stop + 1 + WINDOW)
                    after[stop] += right_sums[high] - right_sums[min(high, stop + 1)]
            within = inner_sums[stop - 1] - inner_sums[first]
            around = self._sum(around_features(tokens, first, stop))
            yield unpack(before[first] + within + after[stop] + around, len(CLASSES))

    def _of_word(self, word: tuple[str, str]) -> _WordWeights:
        known = self._words.get(word)
        if known is None:
            if len(self._words) >= _MOST_WORDS_KEPT:
                self._words.clear()
            seen = WordFeatures.of(*word)
            features = seen.opening, seen.inner, seen.end, seen.left, seen.right
            opening, inner, end, left, right = map(self._sum, features)
            known = self._words[word] = (opening, inner, end, left, right)
        return known

    def _sum(self, features: list[str]) -> int:
        weight = self._weights.get
        return sum([weight(name, 0) for name in features])
