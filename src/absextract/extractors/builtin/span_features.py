"""What is seen of a run of words and around it, as names of features that carry learned weights.

Training counts these names, running adds up their weights: both go through here. `T` and `A` in a name say that it was
seen in the title or in the abstract. What depends on one word alone is apart from the rest, so that it is worked out
once a word and not once a text.
"""

from __future__ import annotations

from dataclasses import dataclass

from .spans import Place
from .tokens import START, Tokens

__all__ = ["WINDOW", "WordFeatures", "after_features", "around_features", "before_features", "features_of", "window"]

WINDOW = 5
"""How many words before and behind a run are seen besides those at its sides."""


@dataclass(frozen=True, slots=True)
class WordFeatures:
    """The features of a word wherever it stands: as first, inner or last word of a run, and left or right of it."""

    opening: list[str]
    inner: list[str]
    end: list[str]
    left: list[str]
    right: list[str]

    @classmethod
    def of(cls, word: str, shape: str) -> WordFeatures:
        """The features of a word in lower case and its shape."""
        return cls(
            opening=[f"f={word}", f"f3={word[-3:]}", f"fs={shape}"],
            inner=[f"in={word}"],
            end=[f"h={word}", f"h3={word[-3:]}", f"h2={word[-2:]}", f"hs={shape}"],
            left=[f"L={word}"],
            right=[f"R={word}"],
        )


def before_features(tokens: Tokens, first: int) -> list[str]:
    """Of what stands before the word that a run begins with, and of its sentence."""
    where = "T" if tokens.in_title else "A"
    before = tokens.before(first)
    further = tokens.before(first - 1) if first and before != START else START
    features = [f"{where}p={before}", f"{where}pp={further}_{before}"]
    if not tokens.in_title:
        sentence, last = tokens.sentences[first], tokens.sentences[-1]
        features.append(f"s={min(sentence, 3)}")
        if sentence >= last - 1:
            features.append(f"e={last - sentence}")
    return features


def after_features(tokens: Tokens, end: int) -> list[str]:
    """Of what stands behind the word that a run ends with."""
    where = "T" if tokens.in_title else "A"
    behind = tokens.at(end)
    return [f"{where}n={behind}", f"{where}nn={behind}_{tokens.at(end + 1)}"]


def around_features(tokens: Tokens, first: int, end: int) -> list[str]:
    """Of a run as a whole, with what stands on either side."""
    where = "T" if tokens.in_title else "A"
    shapes = tokens.shapes
    if end - first == 1:
        return [
            f"{where}{shapes[first]}|{tokens.before(first)}",
            f"{where}{shapes[first]}||{tokens.at(end)}",
            f"{where}l=1",
        ]
    shape = shapes[first] + shapes[end - 1]
    return [
        f"{where}{shape}|{tokens.before(first)}",
        f"{where}{shape}||{tokens.at(end)}",
        f"{where}l={end - first}",
        f"b={tokens.words[end - 2]}_{tokens.words[end - 1]}",
    ]


def features_of(tokens: Tokens, place: Place) -> list[str]:
    """All features of one run, as training sees them."""
    first, end = place
    word = [WordFeatures.of(*pair) for pair in zip(tokens.words, tokens.shapes, strict=True)]
    features = before_features(tokens, first) + after_features(tokens, end) + around_features(tokens, first, end)
    features += word[first].opening + word[end - 1].end
    for i in range(first, end - 1):
        features += word[i].inner
    left, right = window(tokens, place)
    for i in range(*left):
        features += word[i].left
    for i in range(*right):
        features += word[i].right
    return features


def window(tokens: Tokens, place: Place) -> tuple[Place, Place]:
    """The words seen left and right of a run, those at its sides left out; none in a title."""
    first, end = place
    if tokens.in_title:
        return (0, 0), (0, 0)
    begin, stop = tokens.bounds[tokens.sentences[first]]
    low, high = max(begin, first - 1 - WINDOW), min(stop, end + 1 + WINDOW)
    return (low, max(low, first - 1)), (min(high, end + 1), high)
