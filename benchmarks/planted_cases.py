"""Papers with what is true of them, and copies with one thing changed: what both kinds of changes stand on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = [
    "NUMBER",
    "PERCENT",
    "PLANTED",
    "RANGE",
    "TIMES",
    "Case",
    "Variant",
    "as_decimal",
    "bare_url",
    "count_of",
    "link_paths",
    "mention_paths",
    "numbers_in",
    "part_of",
    "read_cases",
    "sentence_at",
    "split_scheme",
    "stem_of",
    "value_at",
    "variant",
]

PLANTED = Path(__file__).with_name("planted.jsonl")

NUMBER = re.compile(r"(?<!\d)(?:\d+(?:(?:,|\{,\})\d{3})+(?!\d)|\d+)(?:\.\d+)?")
PERCENT = re.compile(r"\s?(?:\\?%|percent\b)")
TIMES = re.compile(r"\$?\s?(?:[x×](?![a-z])|\\times|times\b|-?fold\b)")
RANGE = re.compile(r"(\d[\d.,]*(?:\\?%)?)(\s?(?:-{1,3}|[–—])\s?)(\d[\d.,]*)(.*)", re.DOTALL)
_URL = re.compile(
    r"(?:https?:\s?//|www\.|\b(?:[\w-]+\.)+[a-z]{2,}/)[^\s<>\"'{}]+|\b(?:[\w-]+\.){1,3}(?:io|org|ai|com)\b"
)
_WORD = re.compile(r"[^\W_]+")
_CARDINALS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBER_WORDS = {word: Decimal(value) for value, word in enumerate(_CARDINALS, start=1)} | {
    word: Decimal(value)
    for value, words in {
        "2": ("twice", "double", "doubles", "doubled"), "3": ("thrice",), "0.5": ("half", "halves", "halved"),
        "0.25": ("quarter",), "0.33": ("third",), "0.1": ("tenth",),
    }.items()
    for word in words
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A paper with what is true of it, as JSON values."""

    title: str
    abstract: str
    extraction: dict[str, Any]

    @cached_property
    def text(self) -> str:
        return f"{self.title}\n\n{self.abstract}"

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The values of all numbers of the text, names, years and words included."""
        return numbers_in(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(word.lower() for word in _WORD.findall(self.text))

    @cached_property
    def urls(self) -> frozenset[str]:
        return frozenset(bare_url(match.group().rstrip(".,;:!?)")) for match in _URL.finditer(self.text))

    def mentions(self, name: str) -> bool:
        """Whether a run of words of the text spells the name, in any case, order or ending, hyphens aside."""
        wanted = [word.lower() for word in _WORD.findall(name)]
        joined, stems = "".join(wanted), sorted(map(stem_of, wanted))
        for i in range(len(self.words)):
            if sorted(map(stem_of, self.words[i : i + len(wanted)])) == stems:
                return True
            run = ""
            for word in self.words[i : i + len(wanted) + 4]:
                run += word
                if run == joined:
                    return True
        return False


@dataclass(frozen=True)
class Variant:
    """One extraction with a changed value.

    Attributes:
        kind: what was done to it.
        path: JSON Pointer of the changed value.
        value: the changed value.
        extraction: the whole extraction that holds it.
        partner: JSON Pointer of the value it traded places with, if it did.
    """

    kind: str
    path: str
    value: str
    extraction: dict[str, Any]
    partner: str | None = None

    @property
    def parts(self) -> frozenset[str]:
        """JSON Pointers of what is false as a whole: a result, a link, an item of a list, a field."""
        return frozenset(part_of(path) for path in (self.path, self.partner) if path)


def part_of(path: str) -> str:
    """The result, link, item or field that a JSON Pointer leads into."""
    return "/".join(path.split("/")[:3])


def read_cases(path: Path) -> list[Case]:
    """JSONL with `title`, `abstract` and `extraction`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [Case(row["title"], row["abstract"], row["extraction"]) for row in rows]


def numbers_in(text: str) -> frozenset[Decimal]:
    """The values of all numbers of a text, in digits or words, whatever they stand for."""
    digits = [*NUMBER.findall(text), *re.findall(r"\d+(?:\.\d+)?", text)]
    decimal_commas = [m.replace(",", ".") for m in re.findall(r"\b\d+,\d{1,2}\b", text)]
    words = [_NUMBER_WORDS[w] for w in re.findall(r"[a-z]+", text.lower()) if w in _NUMBER_WORDS]
    return frozenset([*map(as_decimal, digits), *map(Decimal, decimal_commas), *words])


def link_paths(extraction: dict[str, Any]) -> list[str]:
    """JSON Pointers of all URLs."""
    return [f"/links/{i}/url" for i in range(len(extraction["links"]))] + ["/code_url"] * bool(extraction["code_url"])


def mention_paths(extraction: dict[str, Any]) -> list[str]:
    """JSON Pointers of all names."""
    lists = ("tasks", "methods", "datasets", "metrics")
    parts = ("metric", "dataset", "method", "baseline")
    items = [f"/{key}/{i}" for key in lists for i in range(len(extraction[key]))]
    of_results = [f"/results/{i}/{p}" for i, r in enumerate(extraction["results"]) for p in parts if r.get(p)]
    return items + of_results


def variant(case: Case, kind: str, path: str, value: str) -> Iterator[Variant]:
    """The extraction with another value at a place; none where that is the same."""
    if value != value_at(case.extraction, path):
        extraction = deepcopy(case.extraction)
        parent, _, key = path.rpartition("/")
        container = value_at(extraction, parent)
        container[int(key) if isinstance(container, list) else key] = value
        yield Variant(kind, path, value, extraction)


def value_at(extraction: Any, path: str) -> Any:
    """What a JSON Pointer leads to."""
    for key in path.split("/")[1:]:
        extraction = extraction[int(key) if isinstance(extraction, list) else key]
    return extraction


def sentence_at(text: str, at: int) -> str:
    """The sentence around a place of the text."""
    ends = [match.end() for match in re.finditer(r"[.!?](?=\s+[A-ZÀ-Þ])", text)]
    start = max((end for end in ends if end <= at), default=0)
    end = min((end for end in ends if end > at), default=len(text))
    return text[start:end].strip()


def count_of(text: str, number: str) -> int:
    """How often a number stands in a text as a whole."""
    return len(re.findall(rf"(?<![\d.]){re.escape(number)}(?!\.?\d)", text))


def split_scheme(url: str) -> tuple[str, str]:
    """A URL's scheme with what ends it, and the rest."""
    at = url.find("//") + 2 if re.match(r"https?:\s?//", url) else 0
    return url[:at], url[at:]


def bare_url(url: str) -> str:
    """What two spellings of one URL share."""
    return re.sub(r"^(?:https?:\s?//)?(?:www\.)?", "", url.lower()).rstrip("/").removesuffix(".git")


def stem_of(word: str) -> str:
    """The beginning of a word, which its forms share."""
    return word.rstrip("s")[:4]


def as_decimal(number: str) -> Decimal:
    """The value of digits with or without thousands separators."""
    return Decimal(re.sub(r"\{,\}|,", "", number))
