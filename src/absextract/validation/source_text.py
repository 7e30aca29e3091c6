r"""One index of a paper's title and abstract, built as far as the checks need it.

Comparisons ignore what does not change a name: case, spaces, hyphens and dashes, quotes, LaTeX, accents,
Unicode forms. `NormalizedText` keeps, for each of its characters, where it came from, so that every
offset handed out refers to the text as it was read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import chain, islice
from typing import Any, TypeVar

from ..patterns import regex
from ..records import TextField
from ..text.measures import Measures, read_measures
from ..text.pairing import Pairing, pairing_at
from ..text.quantities import Quantity, read_quantities
from ..text.scripts import INVISIBLE, begins_word, ends_word
from ..text.urls import FoundUrl, canonical_urls, find_urls, possible_urls
from .verdicts import Span

__all__ = [
    "FIELDS",
    "MOST_PLACES",
    "NormalizedText",
    "SourceText",
    "Words",
    "at_boundaries",
    "comparison_form",
    "normalize",
]

FIELDS: tuple[TextField, ...] = ("abstract", "title")

_LATEX = regex(
    r"\\(?:text\w*|math\w*|emph|it|bf|rm|tt)\b\s?\{?|\\['`\"^~=.uvHckr]\s?(?=\{?[A-Za-z])|\\([%_&#$])|[${}]"
    r"|x20(?:1[0-5]|1[89cd])(?![0-9a-f])"  # a dash or quote whose "\u" or "&#" was lost on the way
    r"|</?(?:\w{1,8}:)?(?:su[bp]|i|b|em|it|italic|bold|strong|sc)>|&(?:amp|nbsp|ensp|emsp|thinsp|shy|#160|#173);"
)
_T = TypeVar("_T")
_MAX_COMPARED = 3 << 20
"""Characters that the values of one answer are compared with; ordinary ones take a hundredth of it."""
MOST_PLACES = 200
"""Places of one value that are looked at."""
_EACH = 40
_SCANNED = 128  # characters that are passed over in a search take as long as one that is compared
Spend = Callable[[int], bool]
_LONGER_SPELLING = 100
_LONGEST_KEPT = 1000
_WORD = regex(r"[^\W_]+(?:['’.][^\W_]+)*")
_SEPARATORS = frozenset(" \t\n\r\u00a0\u2009\u202f-‐‑‒–—―−_~")
_GAP = regex(rf"[{re.escape(''.join(sorted(_SEPARATORS)))}]+")
_ANY_INVISIBLE = regex(f"[{INVISIBLE}]+")
_QUOTES = dict.fromkeys("‘’`´", "'") | dict.fromkeys("“”„«»", '"')
_PLAIN_QUOTES = str.maketrans(_QUOTES)


@dataclass(frozen=True, slots=True)
class NormalizedText:
    """A text in comparison form; `starts[i]` and `ends[i]` say where character `i` came from."""

    text: str
    starts: list[int]
    ends: list[int]

    def occurrences(self, needle: str, spend: Spend) -> Iterator[tuple[int, int]]:
        """Original half-open intervals in which a normalized needle stands, none of which holds half a character."""
        for at in _find_all(self.text, needle, 0, spend):
            last = at + len(needle) - 1
            if not (self._cuts(at) or self._cuts(last + 1)):
                yield self.starts[at], self.ends[last]

    def _cuts(self, at: int) -> bool:
        """Whether a place is within what one character became, as a Korean syllable becomes its letters."""
        return 0 < at < len(self.starts) and self.starts[at - 1] == self.starts[at] and self.text[at] != " "


class Words:
    """The words of a text without plural and verb endings; names and versions stay whole.

    Attributes:
        stems: one a word, in lower case.
        places: for each stem, which words have it.
    """

    def __init__(self, text: str) -> None:
        matches = list(_WORD.finditer(text))
        self._spans = [match.span() for match in matches]
        self.stems: list[str] = [_stem(match.group()) for match in matches]
        self.places: dict[str, list[int]] = {}
        for i, stem in enumerate(self.stems):
            self.places.setdefault(stem, []).append(i)

    def span(self, first: int, size: int) -> tuple[int, int]:
        """From the start of a word to the end of the last of so many."""
        return self._spans[first][0], self._spans[first + size - 1][1]


class SourceText:
    """Title and abstract of one paper, with quantities and URLs read once."""

    def __init__(self, title: str, abstract: str) -> None:
        self._texts: dict[TextField, str] = {"title": title, "abstract": abstract}
        self._longest = len(title) + len(abstract) + _LONGER_SPELLING
        self._left = _MAX_COMPARED
        self._normalized: dict[TextField, NormalizedText] = {}
        self._words: dict[TextField, Words] = {}
        self._measures: dict[tuple[TextField, bool], Measures] = {}
        self._found: dict[tuple[str, str], list[Span]] = {}
        self._judged: dict[tuple[object, ...], Any] = {}

    @property
    def is_spent(self) -> bool:
        """Whether more was to be compared than is compared for one answer, so that not all was looked for."""
        return self._left <= 0

    def once(self, how: str, value: str, find: Callable[[], Iterator[Span]]) -> list[Span]:
        """The first places that a search gave, which is made once for a value, however often an answer holds it."""
        if (how, value) not in self._found:
            self._found[how, value] = list(islice(find(), MOST_PLACES))
        return self._found[how, value]

    def judged(self, case: tuple[object, ...], judge: Callable[[], _T]) -> _T:
        """What was found out of a case, once however often an answer brings it."""
        if case not in self._judged:
            self._judged[case] = judge()
        verdict: _T = self._judged[case]
        return verdict

    def spend(self, characters: int) -> bool:
        """Takes a comparison from what all values of an answer may take together; whether there was enough left."""
        self._left -= characters + _EACH
        return self._left > 0

    def may_hold(self, value: str) -> bool:
        """Whether a value is no longer than title and abstract, given that spellings differ."""
        return len(value) <= self._longest

    def says(self, value: str) -> bool:
        """Whether a value stands in title or abstract as it is."""
        return value in self._texts["title"] or value in self._texts["abstract"]

    def text(self, field: TextField) -> str:
        return self._texts[field]

    def slice(self, span: Span) -> str:
        return self._texts[span.field][span.start : span.end]

    def normalized(self, field: TextField) -> NormalizedText:
        if field not in self._normalized:
            self._normalized[field] = normalize(self._texts[field])
        return self._normalized[field]

    def words(self, field: TextField) -> Words:
        if field not in self._words:
            self._words[field] = Words(self._texts[field])
        return self._words[field]

    def measures(self, field: TextField, *, deep: bool = False) -> Measures:
        """The numbers of a field with their whole units; `deep` knows rare ones too."""
        if (field, deep) not in self._measures:
            self._measures[field, deep] = read_measures(self._texts[field], deep=deep)
        return self._measures[field, deep]

    def was_measured(self, field: TextField) -> bool:
        """Whether the whole units of a field were needed so far."""
        return (field, False) in self._measures

    @cached_property
    def quantities(self) -> list[tuple[Span, Quantity]]:
        """Every number of abstract and title, with its span."""
        return [(Span(field, q.start, q.end), q) for field in FIELDS for q in read_quantities(self._texts[field])]

    @cached_property
    def readings(self) -> dict[Decimal, list[tuple[Span, Quantity]]]:
        """By value, every number, its other sign if it may have one, and the ends of ranges that can stand alone."""
        found: dict[Decimal, list[tuple[Span, Quantity]]] = {}
        for span, quantity in self.quantities:
            for reading in (quantity, *quantity.parts, *filter(None, [quantity.otherwise])):
                found.setdefault(reading.value, []).append((Span(span.field, reading.start, reading.end), reading))
        return found

    @cached_property
    def urls(self) -> list[tuple[Span, FoundUrl]]:
        """Every URL of abstract and title, with its span."""
        return [(Span(field, u.start, u.end), u) for field in FIELDS for u in find_urls(self._texts[field])]

    @cached_property
    def url_places(self) -> dict[str, list[Span]]:
        """Where each resource stands, by its canonical URL; hosts that may be meant as sites are among them."""
        places: dict[str, list[Span]] = {}
        possible = ((Span(field, u.start, u.end), u) for field in FIELDS for u in possible_urls(self._texts[field]))
        for span, _ in (*self.urls, *possible):
            for canonical in canonical_urls(self.slice(span)):
                places.setdefault(canonical, []).append(span)
        return places

    def exact(self, value: str, anchor: Span | None = None) -> Iterator[Span]:
        """Where a value stands letter for letter, at the boundaries of words and numbers.

        Args:
            value: what to look for.
            anchor: a passage; only the places next to it on either side are given, not all.
        """
        for field in FIELDS:
            found = self._places(field, value, 0)
            if anchor is not None and anchor.field == field:
                behind = islice(self._places(field, value, anchor.start), 1)
                found = chain(behind, self._place_before(field, value, anchor.end))
            yield from (Span(field, start, start + len(value)) for start in found)

    def in_longer_name(self, span: Span) -> bool:
        """Whether a hyphen joins a name to another part: "NEST" of "Re-NEST" and "NEST-2", and not of "NEST-based"."""
        text = self._texts[span.field]
        before, behind = text[max(0, span.start - 2) : span.start], text[span.end : span.end + 2]
        if len(before) == 2 and before[1] == "-" and before[0].isalnum():
            return True
        return len(behind) == 2 and behind[0] == "-" and (behind[1].isupper() or behind[1].isdigit())

    def everywhere(self, name: str) -> list[Span]:
        """All places of a name, in comparison form if the text never has it letter for letter."""
        return list(self.exact(name)) or list(self.similar(name))

    def pairing(self, number: Span) -> Pairing:
        """The sentence around a number, read for what the number belongs to."""
        return pairing_at(self._texts[number.field], number.start, number.end)

    def sentence(self, number: Span) -> Span:
        """The sentence a number stands in."""
        return Span(number.field, *self.pairing(number).sentence)

    def _places(self, field: TextField, value: str, start: int) -> Iterator[int]:
        text = self._texts[field]
        return (at for at in _find_all(text, value, start, self.spend) if at_boundaries(text, at, at + len(value)))

    def _place_before(self, field: TextField, value: str, end: int) -> Iterator[int]:
        text = self._texts[field]
        if not value or not self.spend(0):
            return
        at = text.rfind(value, 0, end)
        while at >= 0 and self.spend(len(value) + max(0, end - at) // _SCANNED):
            if at_boundaries(text, at, at + len(value)):
                yield at
                return
            end = at + len(value) - 1
            at = text.rfind(value, 0, end)
        if at < 0:
            self.spend(end // _SCANNED)

    def similar(self, value: str) -> Iterator[Span]:
        """Where a value stands in comparison form, at the boundaries of words and numbers."""
        hides = _ANY_INVISIBLE.search(value)  # what the text does not say letter for letter
        needle = comparison_form(value) if not hides and self.spend(len(value)) else ""
        if needle:
            for field in FIELDS:
                for start, end in self.normalized(field).occurrences(needle, self.spend):
                    if at_boundaries(self._texts[field], start, end):
                        yield Span(field, start, end)


def at_boundaries(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` neither begins nor ends inside a word or a number."""
    if not (begins_word(text, start) and ends_word(text, end)):
        return False
    before, after = text[start - 1 : start] if start else "", text[end : end + 2]
    first, last = text[start : start + 1], text[end - 1 : end]
    if last.isalnum() and (after[:1] == "#" or (after[:1] == "+" and not after[1:].isalnum())):  # "C++", "C#"
        return False
    if first.isdigit() and before in (".", ",") and text[start - 2 : start - 1].isdigit():
        return False
    return not (last.isdigit() and after[:1] in (".", ",") and after[1:].isdigit())


def normalize(text: str) -> NormalizedText:
    """Comparison form of a text.

    Separators are left out, so that "CIFAR-10", "CIFAR 10" and "CIFAR10" are one; between two digits
    one blank stays, so that "1-2" is not "12".
    """
    out: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gap = False
    for start, end, piece in _pieces(text):
        for char in piece:
            if char in _SEPARATORS:
                gap = True
                continue
            if gap and out and out[-1].isdigit() and char.isdigit():
                out.append(" ")
                starts.append(start)
                ends.append(start)
            gap = False
            out.append(char)
            starts.append(start)
            ends.append(end)
    return NormalizedText("".join(out), starts, ends)


def comparison_form(name: str) -> str:
    """What the spellings of a name have in common."""
    return _kept_form(name) if len(name) <= _LONGEST_KEPT else _form(name)


def _form(text: str) -> str:
    """The text of `normalize`, without the places."""
    read = _LATEX.sub(_plain_token, text)
    plain = read if read.isprintable() else _ANY_INVISIBLE.sub("", read)
    return _GAP.sub(_between_digits, _folded(plain))


_kept_form = lru_cache(maxsize=1024)(_form)


def _between_digits(gap: re.Match[str]) -> str:
    before, behind = gap.string[max(0, gap.start() - 1) : gap.start()], gap.string[gap.end() : gap.end() + 1]
    return " " if before.isdigit() and behind.isdigit() else ""


def _folded(text: str) -> str:
    if text.isascii():
        return text.translate(_PLAIN_QUOTES).lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(_PLAIN_QUOTES)).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _plain_token(found: re.Match[str]) -> str:
    """What LaTeX, HTML and lost code points stand for: a separator stands for all."""
    token = found.group()
    if token[0] == "&":
        return "&" if token == "&amp;" else "" if token in ("&shy;", "&#173;") else " "
    return found[1] or ("-" if token.startswith("x20") else "")


def _pieces(text: str) -> Iterator[tuple[int, int, str]]:
    """Source intervals with what each becomes."""
    position = 0
    for match in _LATEX.finditer(text):
        for at in range(position, match.start()):
            yield at, at + 1, _fold(text[at])
        yield match.start(), match.end(), _plain_token(match)
        position = match.end()
    for at in range(position, len(text)):
        yield at, at + 1, _fold(text[at])


@lru_cache(maxsize=4096)
def _fold(char: str) -> str:
    """What a character of the source becomes: nothing if nobody sees it."""
    if _ANY_INVISIBLE.match(char):
        return ""
    if char in _QUOTES:
        return _QUOTES[char]
    if char.isascii():
        return char.lower()
    decomposed = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    """The word without plural and verb endings; nothing that would make two words one ("plane" and "plan")."""
    if re.fullmatch(r"[A-Z]{2,}s", word):
        return word[:-1].lower()
    lower = word.lower()
    if not lower.isalpha() or (word.isupper() and len(word) > 1):
        return lower
    if lower.endswith("ies") and len(lower) > 5:
        return lower[:-3] + "y"
    if lower.endswith(("sses", "shes", "ches", "xes")):
        return lower[:-2]
    if lower.endswith("s") and not lower.endswith(("ss", "us", "is")) and len(lower) > 3:
        return lower[:-1]
    for ending in ("ing", "ed"):
        if lower.endswith(ending) and len(lower) - len(ending) >= 4:
            return lower[: -len(ending)]
    return lower


def _find_all(text: str, needle: str, start: int, spend: Spend) -> Iterator[int]:
    """Where a needle stands, overlapping or not; bounded work on "aaaa…" that holds "aaa…" everywhere."""
    if not needle or not spend(0):
        return
    at = text.find(needle, start)
    while at >= 0 and spend(len(needle) + (at - start) // _SCANNED):
        yield at
        start = at + 1
        at = text.find(needle, start)
    if at < 0:
        spend((len(text) - start) // _SCANNED)
