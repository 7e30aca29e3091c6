"""What is seen of a run of words and around it, as names of features that carry learned weights.

A name is a kind, the word that was seen, and what was seen together with it, with blanks between them. Training counts
these names, running adds up their weights. `T` and `A` in a kind say that it was seen in the title or in the abstract.
"""

from __future__ import annotations

from .tokens import Tokens
from .word_runs import Place

__all__ = [
    "features_of",
    "left_window",
    "length_feature",
    "own_features",
    "right_window",
    "sentence_features",
    "where_of",
]

_WINDOW = 5
_NO_WINDOW = (0, 0)


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
    """All features of one run, as training sees them; `SpanScorer` adds up the weights of the same."""
    first, end = place
    where = where_of(tokens)
    before, behind = tokens.before[first], tokens.behind[end - 1]
    shape = tokens.shapes[first] + (tokens.shapes[end - 1] if end - first > 1 else "")
    features = [
        f"{where}p {before}",
        f"{where}n {behind}",
        f"{where}pp {before} {tokens.further_before[first]}",
        f"{where}nn {behind} {tokens.further_behind[end - 1]}",
        f"{where}ps {before} {shape}",
        f"{where}ns {behind} {shape}",
        length_feature(where, end - first),
        *sentence_features(tokens, tokens.sentences[first]),
        *own_features(tokens, first, end),
    ]
    if end - first > 1:
        features.append(f"b {tokens.words[end - 1]} {tokens.words[end - 2]}")
    sentence = tokens.sentences[first]
    left, right = left_window(tokens, sentence, first), right_window(tokens, tokens.sentences[end - 1], end)
    features += [f"L {tokens.words[i]}" for i in range(*left)]
    features += [f"R {tokens.words[i]}" for i in range(*right)]
    return features


def own_features(tokens: Tokens, first: int, end: int) -> list[str]:
    """Those of a run's words alone: the first and the last one, their endings and shapes, and the inner ones."""
    words, shapes = tokens.words[first:end], tokens.shapes[first:end]
    opening, last = words[0], words[-1]
    return [
        f"f {opening}",
        f"f3 {opening[-3:]}",
        f"fs {shapes[0]}",
        f"h {last}",
        f"h3 {last[-3:]}",
        f"h2 {last[-2:]}",
        f"hs {shapes[-1]}",
        *[f"in {word}" for word in words[:-1]],
    ]
