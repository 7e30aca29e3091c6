"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import add, sub

from .packing import above, unpack
from .span_features import (
    ABSTRACT,
    FIRST_SENTENCES,
    LAST_SENTENCES,
    TITLE,
    left_window,
    length_feature,
    right_window,
    sentence_features,
)
from .tokens import EDGE, START, Tokens
from .word_facts import FACTS, MOST_KEPT, Remembered
from .word_runs import LONGEST, Place, lengths_of_runs

__all__ = ["CLASSES", "LEAST_SCORES", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[int, ...]
"""One number of hundredths for each of `CLASSES`."""

LEAST_SCORES = (-200, -300, -300, -350)
"""In hundredths, for each field; a run that scores less for all of them is no candidate."""

_LIFT, _SIGNS = above(LEAST_SCORES)
_HOPELESS = 150
"""A run whose own words score so much less is none either, whatever stands around it."""
_OWN_LIFT, _ = above([level - _HOPELESS for level in LEAST_SCORES])

_Beside = Mapping[str, int]
"""Weights of what is seen together with a word."""
_NONE: _Beside = {}


@dataclass(slots=True)  # read quicker than a named tuple
class _Word:
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


@dataclass(slots=True)
class _Place:
    """The weights of what is seen in titles alone or in abstracts alone.

    Attributes:
        words: those of each word as written.
        edge: those that stand for the word before the first and behind the last.
        start: those that stand for the word before a sentence.
        lengths: what runs of so many words have; the bias and the lift of words alone are in it.
        sentences: what runs have by the number of the sentence from the start, and from the end.
    """

    words: Remembered[_Word]
    edge: _Word
    start: _Word
    lengths: list[int]
    sentences: list[list[int]]


_Start = tuple[int, _Beside]
"""What all runs that begin at a token have, and the weights of their shapes."""
_End = tuple[int, int, _Beside]
"""What all runs that end at a token have, what those of several words have besides, and the weights of their shapes."""


class SpanScorer:
    """Adds up weights, those of single words only once for all texts.

    Args:
        weights: packed weights of each feature: by its kind, then by the rest of its name.
        bias: packed weights that every run has.
    """

    def __init__(self, weights: Mapping[str, Mapping[str, int]], bias: int) -> None:
        self._weights = weights
        self._title, self._abstract = self._of_place(TITLE, bias), self._of_place(ABSTRACT, bias)

    def score(self, tokens: Tokens) -> Iterator[tuple[Place, Vector]]:
        """The places that may hold a name, each with its scores."""
        place = self._title if tokens.in_title else self._abstract
        words, shapes = list(map(place.words.__getitem__, tokens.raw)), tokens.shapes
        around = _Around(tokens, words, place)
        ends: dict[int, _End] = {}
        at = -1
        for first, end, packed in _likely(tokens, words, place.lengths):
            if first != at:
                at = first
                start_sum, before_shape = around.start(first)
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
            if packed & _SIGNS:
                yield (first, end), unpack(packed - _LIFT)

    def _of_place(self, where: str, bias: int) -> _Place:
        weights_of = self._weights_of_words(where)
        lengths = [self._sum([length_feature(where, length)]) for length in range(LONGEST + 1)]
        sentences = [
            [self._sum(sentence_features(where, number, to_last)) for to_last in range(LAST_SENTENCES + 1)]
            for number in range(FIRST_SENTENCES + 1)
        ]
        return _Place(
            Remembered(lambda raw: weights_of(*FACTS[raw][:2])),
            edge=weights_of(EDGE, ""),
            start=weights_of(START, ""),
            lengths=[bias + _OWN_LIFT + weight for weight in lengths],
            sentences=[[_LIFT - _OWN_LIFT + weight for weight in row] for row in sentences],
        )

    def _weights_of_words(self, where: str) -> Callable[[str, str], _Word]:
        """What looks the weights up of a word in lower case and its shape."""
        windows = ("L", "R") if where == ABSTRACT else ("", "")  # titles have none
        alone = list(map(self._alone, ("f", "in", "h", *windows, f"{where}p", f"{where}n")))
        together = list(map(self._together, (f"{where}ps", f"{where}ns", f"{where}pp", f"{where}nn", "b")))
        known = frozenset[str]().union(*alone, *together)
        f3, fs, h3, h2, hs = map(self._alone, ("f3", "fs", "h3", "h2", "hs"))

        @lru_cache(maxsize=MOST_KEPT)
        def unknown(last: str, shape: str) -> _Word:
            opening = f3.get(last, 0) + fs.get(shape, 0)
            end = h3.get(last, 0) + h2.get(last[-2:], 0) + hs.get(shape, 0)
            return _Word(opening, 0, end, 0, 0, 0, 0, _NONE, _NONE, _NONE, _NONE, _NONE)

        def weights_of(word: str, shape: str) -> _Word:
            ending = unknown(word[-3:], shape)
            if word not in known:
                return ending
            opening, inner, end, left, right, before, behind = [weights.get(word, 0) for weights in alone]
            beside = [weights.get(word, _NONE) for weights in together]
            return _Word(opening + ending.opening, inner, end + ending.end, left, right, before, behind, *beside)

        return weights_of

    def _alone(self, kind: str) -> Mapping[str, int]:
        """The weights of words in one place to a run."""
        return self._weights.get(kind, _NONE)

    def _together(self, kind: str) -> Mapping[str, _Beside]:
        """The same for what is seen together with a word."""
        together: dict[str, dict[str, int]] = defaultdict(dict)
        for name, weight in self._alone(kind).items():
            word, other = name.split(" ")
            together[word][other] = weight
        return together

    def _sum(self, features: Iterable[str]) -> int:
        parted = (name.split(" ") for name in features)
        return sum(self._alone(kind).get(rest, 0) for kind, rest in parted)


def _likely(tokens: Tokens, words: list[_Word], of_lengths: list[int]) -> list[tuple[int, int, int]]:
    """The runs whose own words leave them a chance: begin, end and what these words score, lifted."""
    inner = list(accumulate([word.inner for word in words], initial=0))
    starts = list(map(sub, [word.opening for word in words], inner))
    ends = list(map(add, [word.end for word in words], inner))
    return [
        (first, first + length, packed)
        for first, lengths in lengths_of_runs(tokens)
        for length in lengths
        if (packed := starts[first] + ends[first + length - 1] + of_lengths[length]) & _SIGNS
    ]


class _Around:
    """What stands around the runs of a text adds to their scores.

    Args:
        tokens: those of the text.
        words: the weights of each.
        place: the weights of where the text is.
    """

    def __init__(self, tokens: Tokens, words: list[_Word], place: _Place) -> None:
        self._tokens = tokens
        self._sentences = [
            (begin, stop, place.sentences[min(number, FIRST_SENTENCES)][min(to_last, LAST_SENTENCES)])
            for (number, (begin, stop)), to_last in zip(
                enumerate(tokens.bounds), reversed(range(len(tokens.bounds))), strict=True
            )
        ]
        self._before = [place.edge, *words]
        for first, _ in tokens.bounds[1:]:
            self._before[first] = place.start
        self._words = [*words, place.edge]
        self._left = list(accumulate([word.left for word in words], initial=0))
        self._right = list(accumulate([word.right for word in words], initial=0))

    def start(self, i: int) -> _Start:
        """For runs that begin at a token."""
        before = self._before[i]
        begin, _, total = self._sentences[self._tokens.sentences[i]]
        low, high = left_window(begin, i)
        total += before.before + self._left[high] - self._left[low]
        if before.before_pair:
            total += before.before_pair.get(self._tokens.further_before[i], 0)
        return total, before.before_shape

    def end(self, i: int) -> _End:
        """For runs that end at a token."""
        tokens, behind = self._tokens, self._words[i + 1]
        low, high = right_window(self._sentences[tokens.sentences[i]][1], i + 1)
        total = behind.behind + self._right[high] - self._right[low]
        if behind.behind_pair:
            total += behind.behind_pair.get(tokens.further_behind[i], 0)
        pairs = self._words[i].end_pair
        return total, pairs.get(tokens.words[i - 1], 0) if pairs and i else 0, behind.behind_shape
