"""What is seen of a run of words and around it, as names of features that carry learned weights.

A name is a kind, the word that was seen, and what was seen together with it, with blanks between them. Training counts
these names, running adds up their weights. `T` and `A` in a kind say that it was seen in the title or in the abstract.
"""

from __future__ import annotations

from ....reading.tokens import Tokens
from .word_runs import Place

__all__ = [
    "ABSTRACT",
    "FIRST_SENTENCES",
    "LAST_SENTENCES",
    "TITLE",
    "WINDOW",
    "features_of",
    "length_feature",
    "own_features",
    "sentence_features",
    "where_of",
]

TITLE, ABSTRACT = "T", "A"
WINDOW = 5
"""So many words before a run, and behind it, are seen besides the one beside it."""
FIRST_SENTENCES = 3
"""So many sentences before another are told apart."""
LAST_SENTENCES = 2
"""So many sentences at the end are told apart."""


def where_of(tokens: Tokens) -> str:
    """What the names of features seen there begin with."""
    return TITLE if tokens.in_title else ABSTRACT


def length_feature(where: str, length: int) -> str:
    """Of the number of words of a run."""
    return f"{where}l {length}"


def sentence_features(where: str, number: int, to_last: int) -> list[str]:
    """Of the place of a sentence: how many stand before it and behind it; in a title there is but one."""
    if where == TITLE:
        return []
    return [f"s {min(number, FIRST_SENTENCES)}", *([f"e {to_last}"] if to_last < LAST_SENTENCES else [])]


def _left_window(begin: int, first: int) -> Place:
    """The words seen before a run of a sentence that begins at `begin`, the one beside the run left out."""
    return max(begin, first - 1 - WINDOW), max(begin, first - 1)


def _right_window(stop: int, end: int) -> Place:
    """The words seen behind a run of a sentence that ends at `stop`, the one beside the run left out."""
    return min(stop, end + 1), min(stop, end + 1 + WINDOW)


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
        *own_features(tokens, first, end),
    ]
    if end - first > 1:
        features.append(f"b {tokens.words[end - 1]} {tokens.words[end - 2]}")
    sentence = tokens.sentences[first]
    features += sentence_features(where, sentence, len(tokens.bounds) - 1 - sentence)
    if tokens.in_title:  # it is too short
        return features
    begin, stop = tokens.bounds[sentence][0], tokens.bounds[tokens.sentences[end - 1]][1]
    features += [f"L {tokens.words[i]}" for i in range(*_left_window(begin, first))]
    features += [f"R {tokens.words[i]}" for i in range(*_right_window(stop, end))]
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
