"""What is seen of a run of words and around it, as names of features that carry learned weights.

A name is of a kind and of what was seen, with a blank between them. Training counts these names, running adds up
their weights. `T` and `A` in a name say that it was seen in the title or
in the abstract. What depends on one word alone is apart from the rest, so that it is worked out once a word.
"""

from __future__ import annotations

from dataclasses import dataclass

from .tokens import Tokens
from .word_runs import Place

__all__ = [
    "WordFeatures",
    "features_of",
    "left_window",
    "length_feature",
    "right_window",
    "sentence_features",
    "where_of",
]

_WINDOW = 5
_NO_WINDOW = (0, 0)


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """The features of a word wherever it stands to a run.

    Attributes:
        opening, inner, end: as the first, an inner, the last word of the run.
        left, right: not far before and behind it.
        before, behind: beside it, in a title and in an abstract.
    """

    opening: list[str]
    inner: list[str]
    end: list[str]
    left: list[str]
    right: list[str]
    before: tuple[list[str], list[str]]
    behind: tuple[list[str], list[str]]

    @classmethod
    def of(cls, word: str, shape: str) -> WordFeatures:
        """The features of a word in lower case and its shape."""
        return cls(
            opening=[f"f {word}", f"f3 {word[-3:]}", f"fs {shape}"],
            inner=[f"in {word}"],
            end=[f"h {word}", f"h3 {word[-3:]}", f"h2 {word[-2:]}", f"hs {shape}"],
            left=[f"L {word}"],
            right=[f"R {word}"],
            before=([f"Tp {word}"], [f"Ap {word}"]),
            behind=([f"Tn {word}"], [f"An {word}"]),
        )


def where_of(tokens: Tokens) -> str:
    """What the names of features seen there begin with."""
    return "T" if tokens.in_title else "A"


def length_feature(where: str, length: int) -> str:
    """Of the number of words of a run."""
    return f"{where}l {length}"


def sentence_features(tokens: Tokens, sentence: int) -> list[str]:
    """Of the place of a sentence in its text."""
    if tokens.in_title:
        return []
    to_last = len(tokens.bounds) - 1 - sentence
    return [f"s {min(sentence, 3)}", *([f"e {to_last}"] if to_last < 2 else [])]


def left_window(tokens: Tokens, sentence: int, first: int) -> Place:
    """The words seen before a run, the one beside it left out; none in a title."""
    if tokens.in_title:
        return _NO_WINDOW
    begin = tokens.bounds[sentence][0]
    low = first - 1 - _WINDOW
    if low < begin:
        low = begin
    return (low, first - 1) if first - 1 > low else (low, low)


def right_window(tokens: Tokens, sentence: int, end: int) -> Place:
    """The words seen behind a run, the one beside it left out; none in a title."""
    if tokens.in_title:
        return _NO_WINDOW
    stop = tokens.bounds[sentence][1]
    high = end + 1 + _WINDOW
    if high > stop:
        high = stop
    return (end + 1, high) if end + 1 < high else (high, high)


def features_of(tokens: Tokens, place: Place) -> list[str]:
    """All features of one run, as training sees them; `SpanScorer` adds up the weights of the same ones."""
    first, end = place
    where, abstract = where_of(tokens), int(not tokens.in_title)
    before, behind = tokens.before[first], tokens.behind[end - 1]
    words = [WordFeatures.of(tokens.words[i], tokens.shapes[i]) for i in range(first, end)]
    shape = tokens.shapes[first] + (tokens.shapes[end - 1] if end - first > 1 else "")
    features = [
        f"{where}pp {tokens.further_before[first]}_{before}",
        f"{where}nn {behind}_{tokens.further_behind[end - 1]}",
        f"{where}<{before} {shape}",
        f"{where}>{behind} {shape}",
        length_feature(where, end - first),
        *sentence_features(tokens, tokens.sentences[first]),
        *WordFeatures.of(before, "").before[abstract],
        *WordFeatures.of(behind, "").behind[abstract],
        *words[0].opening,
        *words[-1].end,
    ]
    if end - first > 1:
        features.append(f"b {tokens.words[end - 2]}_{tokens.words[end - 1]}")
    for word in words[:-1]:
        features += word.inner
    sentence = tokens.sentences[first]
    left, right = left_window(tokens, sentence, first), right_window(tokens, tokens.sentences[end - 1], end)
    features += [name for i in range(*left) for name in WordFeatures.of(tokens.words[i], "").left]
    features += [name for i in range(*right) for name in WordFeatures.of(tokens.words[i], "").right]
    return features
