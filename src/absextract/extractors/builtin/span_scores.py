"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from .packing import above, unpack
from .span_features import left_window, length_feature, right_window, sentence_features, where_of
from .tokens import EDGE, START, Tokens
from .word_runs import LONGEST, Place, lengths_of_runs

__all__ = ["CLASSES", "LEAST_SCORES", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[int, ...]
"""One number of hundredths for each of `CLASSES`."""

LEAST_SCORES = (-350, -400, -350, -400)
"""In hundredths, for each field; a run that scores less for all of them is no candidate."""

_LIFT, _SIGNS = above(LEAST_SCORES)
_HOPELESS = 100
"""A run whose own words score so much less is none either, whatever stands around it."""
_OWN_LIFT, _ = above([level - _HOPELESS for level in LEAST_SCORES])
_MOST_WORDS_KEPT = 30_000

_Beside = Mapping[str, int]
"""Weights of what is seen together with a word."""
_NONE: _Beside = {}


class _Word(NamedTuple):
    """The weights of a word in each place to a run, alone and together with the shapes or the word next to it."""

    opening: int
    inner: int
    end: int
    left: int
    right: int
    before: int
    behind: int
    before_shape: _Beside
    behind_shape: _Beside
    before_pair: _Beside
    behind_pair: _Beside
    end_pair: _Beside


_Start = tuple[int, _Beside]
"""What all runs that begin at a token have, and the weights of their shapes."""
_End = tuple[int, int, _Beside]
"""What all runs that end at a token have, what those of several words have besides, and the weights of their shapes."""


class SpanScorer:
    """Adds up weights, those of single words only once for all texts.

    Args:
        weights: packed weights of each feature.
        bias: packed weights that every run has.
    """

    def __init__(self, weights: Mapping[str, int], bias: int) -> None:
        self._weights = weights
        self._alone: dict[str, dict[str, int]] = defaultdict(dict)
        self._together: dict[str, dict[str, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        for name, weight in weights.items():
            kind, word, *other = name.split(" ")
            if other:
                self._together[kind][word][other[0]] = weight
            else:
                self._alone[kind][word] = weight
        alone, together = self._alone, self._together
        self._sides = {where: (alone[where + "p"], alone[where + "n"]) for where in "TA"}
        self._pairs = {where: tuple(together[where + kind] for kind in ("ps", "ns", "pp", "nn")) for where in "TA"}
        self._words: dict[str, dict[str, _Word]] = {"T": {}, "A": {}}
        self._edge = {where: self._of_word(where, EDGE, "") for where in "TA"}
        self._start = {where: self._of_word(where, START, "") for where in "TA"}
        self._lengths = {
            where: [
                bias + _OWN_LIFT + self._sum([length_feature(where, length)]) for length in range(LONGEST + 1)
            ]
            for where in "TA"
        }

    def score(self, tokens: Tokens) -> Iterator[tuple[Place, Vector]]:
        """The places that may hold a name, each with its scores."""
        where = where_of(tokens)
        words, shapes = self._read(tokens), tokens.shapes
        around = _Around(tokens, words, self._edge[where], self._start[where], self._sentences(tokens))
        starts: dict[int, _Start] = {}
        ends: dict[int, _End] = {}
        for first, end, packed in self._likely(tokens, words):
            start_sum, before_shape = starts.get(first) or starts.setdefault(first, around.start(first))
            end_sum, of_several, behind_shape = ends.get(end) or ends.setdefault(end, around.end(end - 1))
            packed += start_sum + end_sum
            shape = shapes[first]
            if end - first > 1:
                packed += of_several
                shape += shapes[end - 1]
            if before_shape:
                packed += before_shape.get(shape, 0)
            if behind_shape:
                packed += behind_shape.get(shape, 0)
            if (packed + _LIFT) & _SIGNS:
                yield (first, end), unpack(packed)

    def _likely(self, tokens: Tokens, words: list[_Word]) -> list[tuple[int, int, int]]:
        """The runs whose own words leave them a chance: begin, end and what these words score."""
        inner = list(accumulate([word.inner for word in words], initial=0))
        starts = list(map(sub, [word.opening for word in words], inner))
        ends = list(map(add, [word.end for word in words], inner))
        of_lengths = self._lengths[where_of(tokens)]
        return [
            (first, first + length, packed - _OWN_LIFT)
            for first, lengths in lengths_of_runs(tokens)
            for length in lengths
            if (packed := starts[first] + ends[first + length - 1] + of_lengths[length]) & _SIGNS
        ]

    def _sentences(self, tokens: Tokens) -> list[int]:
        return [self._sum(sentence_features(tokens, number)) for number in range(len(tokens.bounds))]

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
        last = word[-3:]
        alone = self._alone
        before, behind = self._sides[where]
        before_shape, behind_shape, before_pair, behind_pair = self._pairs[where]
        return _Word(
            alone["f"].get(word, 0) + alone["f3"].get(last, 0) + alone["fs"].get(shape, 0),
            alone["in"].get(word, 0),
            alone["h"].get(word, 0)
            + alone["h3"].get(last, 0)
            + alone["h2"].get(word[-2:], 0)
            + alone["hs"].get(shape, 0),
            alone["L"].get(word, 0),
            alone["R"].get(word, 0),
            before.get(word, 0),
            behind.get(word, 0),
            before_shape.get(word, _NONE),
            behind_shape.get(word, _NONE),
            before_pair.get(word, _NONE),
            behind_pair.get(word, _NONE),
            self._together["b"].get(word, _NONE),
        )

    def _sum(self, features: Iterable[str]) -> int:
        get = self._weights.get
        total = 0
        for name in features:
            total += get(name, 0)
        return total


class _Around:
    """What stands around the runs of a text adds to their scores.

    Args:
        tokens: those of the text.
        words: the weights of each.
        edge: those that stand for the word before the first and behind the last.
        start: those that stand for the word before a sentence.
        sentences: what the runs of each sentence have.
    """

    def __init__(self, tokens: Tokens, words: list[_Word], edge: _Word, start: _Word, sentences: list[int]) -> None:
        self._tokens = tokens
        self._sentences = sentences
        self._before = [edge, *words]
        for first, _ in tokens.bounds[1:]:
            self._before[first] = start
        self._words = [*words, edge]
        self._left = [0, *accumulate([word.left for word in words])]
        self._right = [0, *accumulate([word.right for word in words])]

    def start(self, i: int) -> _Start:
        """For runs that begin at a token."""
        tokens, before = self._tokens, self._before[i]
        sentence = tokens.sentences[i]
        low, high = left_window(tokens, sentence, i)
        total = before.before + self._sentences[sentence] + self._left[high] - self._left[low]
        if before.before_pair:
            total += before.before_pair.get(tokens.further_before[i], 0)
        return total, before.before_shape

    def end(self, i: int) -> _End:
        """For runs that end at a token."""
        tokens, behind = self._tokens, self._words[i + 1]
        low, high = right_window(tokens, tokens.sentences[i], i + 1)
        total = behind.behind + self._right[high] - self._right[low]
        if behind.behind_pair:
            total += behind.behind_pair.get(tokens.further_behind[i], 0)
        pairs = self._words[i].end_pair
        return total, pairs.get(tokens.words[i - 1], 0) if pairs and i else 0, behind.behind_shape
