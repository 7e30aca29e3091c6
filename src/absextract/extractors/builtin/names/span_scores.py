"""The first of two learned steps: how much each run of words looks like a name of each kind where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from operator import sub

from ....reading.tokens import EDGE, START, Tokens
from ....reading.word_facts import FACTS, MOST_KEPT, Remembered
from ..weights.packing import above, pack, unpack
from .span_features import (
    ABSTRACT,
    FIRST_SENTENCES,
    LAST_SENTENCES,
    TITLE,
    WINDOW,
    length_feature,
    sentence_features,
)
from .word_runs import LONGEST, Place, lengths_of_runs

__all__ = ["CLASSES", "LEAST_SCORES", "SpanScorer", "Vector"]

CLASSES = ("tasks", "methods", "datasets", "metrics", "known_task", "known_dataset", "known_metric")
"""What a run is scored for: the four fields, and likeness to the names that the field has for three of them."""

Vector = tuple[int, ...]
"""One number of hundredths for each of `CLASSES`."""

LEAST_SCORES = (-200, -300, -300, -350)
"""In hundredths, for each field; a run that scores less for all of them is no candidate."""

_LIFT, _SIGNS = above(LEAST_SCORES)
_HOPELESS = 80
"""A run that lacks so much before it is seen what stands together is none either."""
_HELP = pack([_HOPELESS] * len(LEAST_SCORES))

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
        lengths: what runs of so many words have; the bias and the lift are in it.
        sentences: what runs have by the number of the sentence from the start, and from the end.
    """

    words: Remembered[_Word]
    edge: _Word
    start: _Word
    lengths: list[int]
    sentences: list[list[int]]


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
        before, behind = _neighbours(tokens, words, place)
        for first, end, packed in _likely(tokens, words, before, behind, place):
            last = end - 1
            shape = shapes[first]
            if last > first:
                shape += shapes[last]
                if words[last].end_pair:
                    packed += words[last].end_pair.get(tokens.words[last - 1], 0)
            ahead, after = before[first], behind[last]
            if ahead.before_shape:
                packed += ahead.before_shape.get(shape, 0)
            if after.behind_shape:
                packed += after.behind_shape.get(shape, 0)
            if ahead.before_pair:
                packed += ahead.before_pair.get(tokens.further_before[first], 0)
            if after.behind_pair:
                packed += after.behind_pair.get(tokens.further_behind[last], 0)
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
            lengths=[bias + _LIFT + weight for weight in lengths],
            sentences=sentences,
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


def _neighbours(tokens: Tokens, words: list[_Word], place: _Place) -> tuple[list[_Word], list[_Word]]:
    """The weights of the word before each token and of the one behind it."""
    before = [place.edge, *words[:-1]]
    for first, end in tokens.bounds[1:]:
        if first < end:
            before[first] = place.start
    return before, [*words[1:], place.edge]


def _likely(
    tokens: Tokens, words: list[_Word], before: list[_Word], behind: list[_Word], place: _Place
) -> list[tuple[int, int, int]]:
    """The runs that have a chance: begin, end, and their lifted score but for what is only seen together."""
    inner, left, right = (
        list(accumulate(weights, initial=0))
        for weights in ([w.inner for w in words], [w.left for w in words], [w.right for w in words])
    )
    around_start: list[int] = []
    around_end: list[int] = []
    for number, (begin, stop) in enumerate(tokens.bounds):
        to_last = len(tokens.bounds) - 1 - number
        of_sentence = place.sentences[min(number, FIRST_SENTENCES)][min(to_last, LAST_SENTENCES)]
        near, far = (_to_left(left, begin, stop, by) for by in (1, 1 + WINDOW))
        around_start += [of_sentence + high - low for high, low in zip(near, far, strict=True)]
        near, far = (_to_right(right, begin, stop, by) for by in (2, 2 + WINDOW))
        around_end += map(sub, far, near)
    runs = lengths_of_runs(tokens)
    # Runs begin and end with words that stand, so that only these are looked at.
    starts = {i: words[i].opening + before[i].before + around_start[i] - inner[i] for i, _ in runs}
    ends = {i: words[i].end + behind[i].behind + around_end[i] + inner[i] for i, _ in runs}
    of_lengths = place.lengths
    return [
        (first, first + length, packed)
        for first, lengths in runs
        for length in lengths
        if ((packed := starts[first] + ends[first + length - 1] + of_lengths[length]) + _HELP) & _SIGNS
    ]


def _to_left(sums: list[int], begin: int, stop: int, by: int) -> list[int]:
    """For each token of a sentence the sum up to so many tokens before it, as far as the sentence goes."""
    return [sums[begin]] * min(by, stop - begin) + sums[begin : max(begin, stop - by)]


def _to_right(sums: list[int], begin: int, stop: int, by: int) -> list[int]:
    """For each token of a sentence the sum up to so many tokens behind it, as far as the sentence goes."""
    return sums[begin + by : stop] + [sums[stop]] * min(by, stop - begin)
