"""A text read once: its sentences, words, numbers and URLs, for all that look at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..text.quantities import Quantity, read_quantities
from ..text.urls import FoundUrl, find_urls
from .sentences import Span, split_sentences
from .tokens import Tokens, read_tokens

__all__ = ["Mention", "Passage", "unique_texts"]


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name or noun phrase at its place: `text == passage.text[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Passage:
    """A title or an abstract."""

    text: str
    in_title: bool = False

    @cached_property
    def sentences(self) -> list[Span]:
        """Half-open intervals of the sentences, in order and without the blanks between them."""
        return split_sentences(self.text)

    @cached_property
    def tokens(self) -> Tokens:
        """Words and signs."""
        return read_tokens(self.text, self.sentences, in_title=self.in_title)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """All numbers, those in names included."""
        return read_quantities(self.text)

    @cached_property
    def urls(self) -> tuple[FoundUrl, ...]:
        """All URLs in order."""
        return find_urls(self.text)

    def mention(self, start: int, end: int) -> Mention:
        """The text between two offsets, with its place."""
        return Mention(start, end, self.text[start:end])

    def places_of(self, name: str) -> list[tuple[int, int]]:
        """Where a name stands as whole words, in order."""
        if name not in self._places:
            self._places[name] = list(self._find(name))
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, int]]]:
        return {}

    def _find(self, name: str) -> Iterator[tuple[int, int]]:
        text, start = self.text, self.text.find(name)
        while start >= 0:
            end = start + len(name)
            is_whole = not (_is_word(text[start - 1 : start]) or _goes_on(text, end))
            if is_whole:
                yield start, end
            start = text.find(name, end if is_whole else start + 1)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _goes_on(text: str, end: int) -> bool:
    """Whether a word or number that ends here does not end yet: "Human3" of "Human3.6M"."""
    behind = text[end : end + 2]
    return _is_word(behind[:1]) or (text[end - 1].isdigit() and behind[:1] == "." and behind[1:].isdigit())


def unique_texts(mentions: list[Mention], limit: int | None = None) -> list[str]:
    """The texts of mentions in the given order, each once whatever its case."""
    seen: dict[str, str] = {}
    for mention in mentions:
        seen.setdefault(mention.text.lower().removesuffix("s"), mention.text)
    return list(seen.values())[:limit]
