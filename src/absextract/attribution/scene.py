"""A title and an abstract read as one text: sentences, tokens, numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

from ..patterns import regex
from ..reading.sentences import Span, split_sentences
from ..reading.wordlists import words
from ..text.number_cues import classes_of
from ..text.quantities import Quantity, read_quantities

__all__ = ["NUMBER", "Scene", "read_scene", "squeezed"]

NUMBER = "#"
"""Stands for a measured number among the tokens."""
_GAP = "\n\n"
_TOKEN = regex(r"[^\W\d_][\w@'’+^-]*(?:\.(?=\w)[\w@'’+^-]+)*|\d[\w-]*(?:\.\d\w*)*|[^\w\s]")
_FUNCTION_WORDS = words(
    """
    of by to from in on for with at is was are were and or than the a an as over under per between vs versus up while
    but whereas which when where that we our it its this these both respectively against compared using without after
    before only average state-of-the-art sota previous across into out about nearly achieves achieve reaches reach
    obtains attains
    """
)
_SAID_ONCE = frozenset("wNRC")


@dataclass(frozen=True)
class Scene:
    """Title and abstract as one text, the title first. All places are half-open code-point intervals of `text`."""

    title: str
    abstract: str

    @cached_property
    def text(self) -> str:
        """Title, two line feeds, abstract; the abstract alone where there is no title."""
        return f"{self.title}{_GAP}{self.abstract}" if self.title else self.abstract

    @cached_property
    def lower(self) -> str:
        """The same in lower case, each character in its place."""
        lower = self.text.lower()
        return lower if len(lower) == len(self.text) else "".join(char.lower()[0] for char in self.text)

    @cached_property
    def offset(self) -> int:
        """Where the abstract begins."""
        return len(self.title) + len(_GAP) if self.title else 0

    @cached_property
    def sentences(self) -> list[Span]:
        """The title, if there is one, and the sentences of the abstract; one empty sentence for an empty text."""
        head = [(0, len(self.title))] if self.title else []
        return head + [(a + self.offset, b + self.offset) for a, b in split_sentences(self.abstract)] or [(0, 0)]

    @property
    def first_of_abstract(self) -> int:
        """The number of the abstract's first sentence."""
        return 1 if self.title else 0

    def in_text(self, field: Literal["title", "abstract"], start: int, end: int) -> Span:
        """An interval of the title or the abstract at its place in `text`."""
        moved = self.offset if field == "abstract" else 0
        return start + moved, end + moved

    def sentence_of(self, at: int) -> int:
        """The number of the sentence that holds a place, or of the one before it."""
        return max(0, bisect_right(self.sentences, (at, len(self.text) + 1)) - 1)

    @cached_property
    def numbers(self) -> list[Quantity]:
        """The measured numbers that are written in digits, in order."""
        moved = (self.moved(quantity) for quantity in read_quantities(self.abstract))
        return [q for q in (*read_quantities(self.title), *moved) if not (q.in_name or q.spelled)]

    def moved(self, quantity: Quantity) -> Quantity:
        """A number of the abstract at its place in `text`."""
        start, end = self.in_text("abstract", quantity.start, quantity.end)
        return replace(quantity, start=start, end=end)

    def number_at(self, start: int, end: int) -> Quantity | None:
        """The measured number that shares a character with an interval; None where there is none."""
        first = max(0, bisect_left(self.number_starts, start) - 1)
        return next((q for q in self.numbers[first:] if q.start < end and start < q.end), None)

    @cached_property
    def number_starts(self) -> list[int]:
        """Where each of `numbers` begins."""
        return [q.start for q in self.numbers]

    @cached_property
    def _tokens(self) -> tuple[list[str], list[int]]:
        raw: list[str] = []
        starts: list[int] = []
        at = 0
        for number in [*self.numbers, None]:
            for match in _TOKEN.finditer(self.text, at, number.start if number else len(self.text)):
                raw.append(match[0])
                starts.append(match.start())
            if number and number.start >= at:
                raw.append(NUMBER)
                starts.append(number.start)
            at = max(at, number.end) if number else at
        return raw, starts

    @cached_property
    def words(self) -> list[str]:
        """The tokens in lower case, `NUMBER` for each measured number."""
        return [token.lower() for token in self._tokens[0]]

    @cached_property
    def skeleton(self) -> list[str]:
        """What each token is to a gap: function words and signs as they are, others by a letter for their class."""
        return [_bone(token) for token in self._tokens[0]]

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """The half-open interval of the tokens that begin in an interval of the text."""
        starts = self._tokens[1]
        return bisect_left(starts, start), bisect_left(starts, end)

    def word(self, token: int) -> str:
        """A token in lower case; `^` before the first and `$` behind the last."""
        return "^" if token < 0 else self.words[token] if token < len(self.words) else "$"

    def gap(self, start: int, end: int) -> list[str]:
        """The skeleton of an interval of the text."""
        first, last = self.tokens_in(start, end)
        return self.skeleton[first:last]


@lru_cache(maxsize=16)  # extractor and validator read the same paper
def read_scene(title: str, abstract: str) -> Scene:
    """The scene of a paper, with all that was found out about it so far."""
    return Scene(title, abstract)


def squeezed(gap: list[str]) -> list[str]:
    """A skeleton in which words of one class behind each other count once."""
    return [bone for i, bone in enumerate(gap) if not (i and bone == gap[i - 1] and bone in _SAID_ONCE)]


@lru_cache(maxsize=20_000)
def _bone(token: str) -> str:
    lower = token.lower()
    if token == NUMBER or not token[0].isalnum() or lower in _FUNCTION_WORDS:
        return lower
    letters = classes_of(lower)
    found = next((letter for letter in "GMCR" if letter in letters), None)
    return found or ("N" if lower != token else "w")
