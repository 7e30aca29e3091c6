"""A text read once: its sentences, words, numbers and URLs, for all that look at it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from ...text.quantities import Quantity, read_quantities
from ...text.urls import FoundUrl, find_urls
from .sentences import Span, split_sentences

__all__ = ["Mention", "Passage", "unique_texts"]

# What `\w` holds of ASCII is named besides: ranges are looked up faster.
_WORD = re.compile(r"([^\W\d_][A-Za-z0-9\w@'’+-]*+)")


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

    @cached_property
    def sentences(self) -> list[Span]:
        """Half-open intervals of the sentences, in order and without the blanks between them."""
        return split_sentences(self.text)

    @cached_property
    def words(self) -> list[tuple[int, str]]:
        """Start and lower-case form of each word; "pass@1" and "question-answering" are one word each."""
        parts = _WORD.split(self.text)  # by turns what stands between words, and a word
        return list(zip(list(accumulate(map(len, parts)))[:-1:2], map(str.lower, parts[1::2]), strict=True))

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

    def places_of(self, name: str) -> Iterator[tuple[int, int]]:
        """Where a name stands as whole words, in order."""
        text, start = self.text, self.text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
                yield start, end
            start = text.find(name, end)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def unique_texts(mentions: list[Mention], limit: int | None = None) -> list[str]:
    """The texts of mentions in the given order, each once whatever its case."""
    seen: dict[str, str] = {}
    for mention in mentions:
        seen.setdefault(mention.text.lower().removesuffix("s"), mention.text)
    return list(seen.values())[:limit]
