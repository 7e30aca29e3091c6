"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from .packing import HUNDREDTH, above, unpack
from .span_features import WordFeatures, left_window, length_feature, right_window, sentence_features, where_of
from .tokens import Tokens
from .word_runs import LONGEST, Place

__all__ = ["CLASSES", "LEAST_SCORE", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[float, ...]
"""One number for each of `CLASSES`."""

LEAST_SCORE = -4.0
"""A run that scores less for every field is no candidate: not one in fifty of them is a name."""

_LIFT, _SIGNS = above(round(LEAST_SCORE / HUNDREDTH), 4)
_HOPELESS = 2.5
"""What is so much below before its sides are looked at together does not get above."""
_EARLY_LIFT, _ = above(round((LEAST_SCORE - _HOPELESS) / HUNDREDTH), 4)
_MOST_WORDS_KEPT = 30_000
_WordWeights = tuple[int, ...]
_OPENING, _INNER, _END, _LEFT, _RIGHT, _BEFORE, _BEHIND = 0, 1, 2, 3, 4, 5, 7


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
        self._lengths = {
            where: [self._sum([length_feature(where, length)]) for length in range(LONGEST + 1)] for where in "TA"
        }

    def score(self, tokens: Tokens, places: Iterable[Place]) -> Iterator[tuple[Place, Vector]]:
        """The places that may hold a name, each with its scores."""
        seen = self._words.get
        words = [seen(pair) or self._of_word(pair) for pair in zip(tokens.words, tokens.shapes, strict=True)]
        if not words:
            return
        columns = list(zip(*words, strict=True))
        inner, left, right = ([0, *accumulate(columns[column])] for column in (_INNER, _LEFT, _RIGHT))
        weight, where = self._weights.get, where_of(tokens)
        lengths, shapes = self._lengths[where], tokens.shapes
        sentences = [self._bias + self._sum(sentence_features(tokens, i)) for i in range(len(tokens.bounds))]
        starts: dict[int, int] = {}
        ends: dict[int, int] = {}
        before, behind, read = tokens.before, tokens.behind, tokens.words
        for place in places:
            first, end = place
            last = end - 1
            start_sum = starts.get(first)
            if start_sum is None:
                sentence = tokens.sentences[first]
                start_sum = words[first][_OPENING] + self._before(tokens, first) + sentences[sentence] - inner[first]
                low, high = left_window(tokens, sentence, first)
                start_sum = starts[first] = start_sum + left[high] - left[low]
            end_sum = ends.get(end)
            if end_sum is None:
                low, high = right_window(tokens, tokens.sentences[last], end)
                end_sum = words[last][_END] + self._behind(tokens, last) + inner[last]
                end_sum = ends[end] = end_sum + right[high] - right[low]
            packed = start_sum + end_sum + lengths[end - first]
            if not (packed + _EARLY_LIFT) & _SIGNS:
                continue
            shape = where + shapes[first]
            if last > first:
                shape += shapes[last]
                packed += weight(f"b={read[last - 1]}_{read[last]}", 0)
            packed += weight(f"{shape}|{before[first]}", 0) + weight(f"{shape}||{behind[last]}", 0)
            if (packed + _LIFT) & _SIGNS:
                yield place, unpack(packed, len(CLASSES))

    def _before(self, tokens: Tokens, first: int) -> int:
        word = tokens.before[first]
        both = self._weights.get(f"{where_of(tokens)}pp={tokens.further_before[first]}_{word}", 0)
        known = self._words.get((word, "")) or self._of_word((word, ""))
        return both + known[_BEFORE + (not tokens.in_title)]

    def _behind(self, tokens: Tokens, last: int) -> int:
        word = tokens.behind[last]
        both = self._weights.get(f"{where_of(tokens)}nn={word}_{tokens.further_behind[last]}", 0)
        known = self._words.get((word, "")) or self._of_word((word, ""))
        return both + known[_BEHIND + (not tokens.in_title)]

    def _of_word(self, word: tuple[str, str]) -> _WordWeights:
        if len(self._words) >= _MOST_WORDS_KEPT:
            self._words.clear()
        seen = WordFeatures.of(*word)
        features = seen.opening, seen.inner, seen.end, seen.left, seen.right, *seen.before, *seen.behind
        known = self._words[word] = tuple(map(self._sum, features))
        return known

    def _sum(self, features: list[str]) -> int:
        return sum(self._weights.get(name, 0) for name in features)
