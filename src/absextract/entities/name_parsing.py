"""Names in parts: "CIFAR-10 and CIFAR-100" are two, "WMT14 En-De" is one thing in one pair of languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..patterns import regex
from .folding import slug

__all__ = ["Version", "joined_id", "lists_in", "version_of"]

_AND = regex(r"\s*(?:,\s*(?:and|&)\s+|,\s+|\s+(?:and|\\?&|as well as|or)\s+|\s*/\s*|;\s*)")
_SHARED = regex(r"^(?P<base>.*?[^\W\d_].*?)(?P<sign>[\s-]?)(?P<first>[vV]?\d[\w.]*)$")
_ALONE = regex(r"^-?[vV]?\d[\w.]*$")
_PAIR = regex(
    r"^(?P<base>.+?)[\s_,(-]+(?P<one>[A-Za-z]{2,10})\s*(?:-|–|→|->|\\to|\\rightarrow|2|to)\s*(?P<two>[A-Za-z]{2,10})\)?$"
)
_LANGUAGES = {
    "english": "en", "german": "de", "french": "fr", "romanian": "ro", "russian": "ru", "chinese": "zh", "czech": "cs",
    "finnish": "fi", "turkish": "tr", "spanish": "es", "italian": "it", "japanese": "ja", "korean": "ko",
    "arabic": "ar", "hindi": "hi", "portuguese": "pt", "dutch": "nl", "polish": "pl", "vietnamese": "vi",
    "estonian": "et", "latvian": "lv", "lithuanian": "lt", "ukrainian": "uk", "hebrew": "he",
    "nepali": "ne", "sinhala": "si",
}  # fmt: skip
_CODES = frozenset(_LANGUAGES.values()) | {
    "gu",
    "kk",
    "is",
    "ha",
    "ta",
    "th",
    "sv",
    "da",
    "no",
    "el",
    "bg",
    "hu",
    "sw",
    "bn",
}
_YEAR = regex(r"^(?P<base>.*[^\W\d_])[\s'’_-]*(?P<year>(?:19[89]|20[0-4])\d)$")
_SIZE = regex(r"^(?P<base>.+?)[\s_(-]+(?P<one>\d{2,4})\s*(?:x|×|\*|\\times)\s*(?P<two>\d{2,4})\)?$", re.IGNORECASE)


class Version(NamedTuple):
    """A name that says which part or year of a thing is meant.

    Attributes:
        base: the thing.
        tail: what its identifier ends with.
        label: what its label ends with.
    """

    base: str
    tail: str
    label: str


def lists_in(name: str) -> Iterator[list[str]]:
    """The names in a list of names, in each way that it may be read; nothing where it is none."""
    parts = [part.strip() for part in _AND.split(name.strip()) if part and part.strip()]
    if len(parts) < 2:
        return
    first = _SHARED.match(parts[0])
    if first:  # "ImageNet-100/1000", "Kinetics 400 and 600"
        head = first["base"] + first["sign"]
        parts = [head + part.lstrip("-") if _ALONE.match(part) else part for part in parts]
    yield parts
    last = parts[-1].split()
    for at in range(1, len(last)):  # "split and permuted MNIST"
        shared = " ".join(last[at:])
        yield [*(f"{part} {shared}" for part in parts[:-1]), parts[-1]]


def version_of(name: str) -> Version | None:
    """The part, year or size that a name ends with, or None.

    A year and a pair of languages are kept: what was measured on one is not measured on another.
    """
    if pair := _PAIR.match(name):
        one, two = (_LANGUAGES.get(pair[key].casefold(), pair[key].casefold()) for key in ("one", "two"))
        if one in _CODES and two in _CODES and one != two:
            return Version(pair["base"], f"{one}-{two}", f"{one.title()}-{two.title()}")
    if (size := _SIZE.match(name)) and size["one"] == size["two"]:
        return Version(size["base"], size["one"], f"{size['one']}×{size['one']}")
    if year := _YEAR.match(name):
        return Version(year["base"], year["year"], year["year"])
    return None


def joined_id(base: str, version: Version) -> str:
    """The identifier of a part of a thing."""
    return f"{base}-{slug(version.tail)}"
