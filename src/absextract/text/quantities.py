r"""Reading numbers where people write them: `76\%`, `~5%`, `1,000`, `10--20`, `2.5x`, `twice`, `3 of 5`.

One grammar serves the computed fields of a result, the validator and the offline extractor, so that
they cannot disagree. Single numbers are read first (`_atoms`); what stands between two of them then
says whether they are a range, a list or a fraction (`read_quantities`).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from functools import lru_cache
from itertools import groupby

from ..patterns import regex
from .dashes import LARGEST_CHANGE, is_dash
from .number_names import is_in_name
from .number_words import goes_on_in_words
from .plain_numbers import PlainText, plain_numbers
from .units import SCALES, UNIT_PATTERN, canonical_unit
from .urls import find_urls

__all__ = ["LONGEST_SCORE", "Quantity", "parse_quantity", "read_quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of the text.

    Attributes:
        start, end: half-open code-point interval of sign, number and unit in the text read.
        value: the number, scaled (`7B` is 7e9); the lower end of a range.
        upper: the other end of a range.
        deviation: what follows ±.
        unit: canonical unit (`%`, `points`, `x`, `hours`, `/5` in "3 of 5"), or None.
        unit_shared: the unit is written at another number of the same list or range ("36/37/38%").
        in_name: the digits belong to a name, a version, a year or a URL and measure nothing.
        spelled: written in words ("twice", "three").
        parts: the ends of a range that can also be read on their own ("70.6% to 79.8%").
        unsure: its digits can be read in two ways ("1,234" among decimal commas), so that it has no value to give out.
        otherwise: the same with a minus, where that is more likely a dash ("word modelling -17.1 perplexity").
    """

    start: int
    end: int
    value: Decimal
    upper: Decimal | None = None
    deviation: Decimal | None = None
    unit: str | None = None
    unit_shared: bool = False
    in_name: bool = False
    spelled: bool = False
    unsure: bool = False
    parts: tuple[Quantity, ...] = ()
    otherwise: Quantity | None = None

    @property
    def value_as_float(self) -> float | None:
        return None if self.unsure else _as_float(self.value)

    @property
    def upper_as_float(self) -> float | None:
        return None if self.upper is None or self.unsure else _as_float(self.upper)

    @property
    def deviation_as_float(self) -> float | None:
        return None if self.deviation is None else _as_float(self.deviation)


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_MULTIPLIERS = {
    "twice": "2", "thrice": "3", "half": "0.5", "halve": "0.5", "halves": "0.5", "halved": "0.5", "halving": "0.5",
    "double": "2", "doubles": "2", "doubled": "2", "doubling": "2", "triple": "3", "triples": "3", "tripled": "3",
    "tripling": "3", "quadruple": "4", "quadruples": "4", "quadrupled": "4", "quadrupling": "4",
}  # fmt: skip


def _any_of(words: Iterable[str]) -> str:
    """Words with or without a capital as one pattern, grouped by first letters so that most text fails fast."""
    spellings = sorted({spelling for word in words for spelling in (word, word.title())})
    groups = (
        f"{start}(?:{_longest_first(w[2:] for w in group)})" for start, group in groupby(spellings, lambda w: w[:2])
    )
    return "|".join(groups)


def _longest_first(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_WIDE = Context(prec=60, traps=[])  # every mantissa an abstract holds, and no exception for 0^0 or 9^{9^9}
_THIN = "\u2009\u202f\u00a0"
_THOUSANDS = regex(rf"\{{,\}}|[,{_THIN}]")
# The base of a power: "3·10−5"; in "1·10 (0·98–1·21)" the dot is that of a decimal
_TEN = r"10(?:\s?[\^{]|\([-−]?\d{1,2}\)|\s?\*\*|[-−–]\d{1,2}(?!\d|[.·]\d)|⁻?[⁰¹²³⁴-⁹])"
_IN_LAKHS = r"\d{1,2}(?:,\d\d){1,4},\d{3}(?![\d]|,\d)"
_IN_THOUSANDS = rf"\d{{1,3}}(?:(?:,|\{{,\}}|[{_THIN}])\d{{3}}){{1,12}}(?![\d]|,\d)"
_DIGITS = rf"(?:{_IN_LAKHS}|{_IN_THOUSANDS}|\d+)(?:\.\d+|·(?!{_TEN})\d+)?|\.\d+"
_GAP = r"(?:\s|\\,|\\ |~|-)?"
_WORD = _any_of(_WORDS)
_ORDERS = r"orders?\sof\smagnitude"
_FRACTION = r"[\s-](?:thirds?|quarters?|fifths?|sixths?|tenths?|hal(?:f|ves))\b"
_ONES = "|".join(word for word, value in _WORDS.items() if value < 10)
_MULTIPLIER = _any_of(_MULTIPLIERS)
# Where a number may begin; trying the whole grammar at every character would cost ten times as much.
# A class of characters in front lets the search skip most text: what is no letter stands before a number word.
_NUMBER_WORD = regex(rf"(?:(?:{_WORD})(?:fold)?|{_MULTIPLIER}|order)\b")
_HINT = regex(rf"[^A-Za-z](?:(?<=\d)|(?={_NUMBER_WORD.pattern}))")
_ATOM = (
    r"(?P<sign>(?<![\w.)\]}%\\+\-−–])(?<![^\d%]/)[+\-−–])?"
    rf"(?P<digits>{_DIGITS})"
    r"(?P<power>\s?(?:\\times|\\cdot|×|·|x|times|\*)\s?10(?:\s?(?:\^|\*\*)\s?\{?[-−]?\d{1,3}\}?|[-−–]\d{1,2}(?!\d|[.·]\d)|\([-−]?\d{1,2}\)|⁻?[⁰¹²³⁴-⁹]{1,3})|[eE][+\-−]?\d{1,3}(?!\w)|\^\{?[-−]?\d{1,3}\}?|⁻?[⁰¹²³⁴-⁹]{1,3})?"
    r"(?P<scale>[KkMBT](?![A-Za-z0-9])|\s(?:thousand|million|billion|trillion|[mb]n|lakhs?|crores?)\b)?"
    rf"(?:[$}}]{{0,2}}(?:\+(?=%)|{_GAP})(?P<unit>{UNIT_PATTERN})(?!(?<=[A-Za-z])[^\W\d_])|\$?\s(?P<orders>{_ORDERS}))?"
    rf"|(?P<word>{_WORD})(?:[\s-](?P<ones>{_ONES}))?(?:\b(?!{_FRACTION})|(?=fold))"
    r"(?P<word_scale>\s(?:hundred|thousand|million|billion|trillion)\b)?"
    rf"(?:{_GAP}(?P<word_unit>{UNIT_PATTERN})|\s(?P<word_orders>{_ORDERS}))?"
    rf"|(?P<multiplier>{_MULTIPLIER})\b"
    r"|(?P<magnitude>order\sof\smagnitude)"
)
_MINUS_BEFORE = regex(r"(?<![\w.)\]}%$\\/+\-−–])[-−]$")
_SIGN_BEFORE = regex(r"(?:[+\-−–]\.?|\.)$")
# What the patterns below begin with
_JOINT = regex(r"[\s$]*(?:$|plus\s|[-–—−~→\\/±+_^{(?]|to\s|and\s|of\s|out\s|à\s|bis\s)")
_DASH = regex(r"\$?(?:-{1,3}|[–—−~]|\s[-–−]\s?|[-–−]\s|\\sim)\$?")
_LONE_DASH = regex(r"\s[-–−]")  # of a range, or of a sentence: "87.2% -96.7%"
_TO = regex(r"\$?\s(?:to|→|à|bis)\s\$?")
_AND = regex(r"\$?\sand\s\$?")
_PLUS_MINUS = regex(r"\?|\splus(?:\sor\s|\s?/\s?)(?:minus\s)?|\s?\$?(?:[_^]?\{|\()?\s?(?:±|\\pm|\+/?-)\s?\$?\s?")
_SLASH = regex(r"\s?/\s?")
_IN_WORDS = regex(r"\s(?:and\s)?")
# After a dollar sign: the rest of a formula, as Pandoc tells it from "$20 and $30"
_FORMULA = regex(r"[^$]{0,80}(?<![\s\\])\$(?!\d)")
_DOLLAR_APART = regex(r"(?:\\|\b(?:US|NZ|HK|[ACS]))\$\s$")  # "US$ 5 million"; "$ 5" may end a formula
_FROM = regex(r"\b[Ff]rom\s\$?(?:\d(?:[^.;]|\.\d)*)?$")  # also one before: "from 3 to 4 on A, 5 to 6 on B"
_FROM_REACH = 150
_OF = regex(r"\s(?:out\s)?of\s(?:the\s)?")
_RAISED = frozenset("^⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_THINGS = 10**6
LONGEST_SCORE = 200
"""Characters of a score; what is longer is none."""


def parse_quantity(score: str) -> Quantity | None:
    """The first quantity in a short text such as a score, or None."""
    return _parsed(score[:LONGEST_SCORE])


@lru_cache(maxsize=4096)
def _parsed(score: str) -> Quantity | None:
    return next((q for q in read_quantities(score) if not q.in_name), None)


@lru_cache(maxsize=16)  # extractor and validator read the same abstract
def read_quantities(text: str) -> tuple[Quantity, ...]:
    """All numbers of a text in order, ranges and fractions joined, names marked."""
    plain = plain_numbers(text)
    found = _read(plain.text)
    return tuple(
        found if plain.places is None and not plain.unsure else (_in_place(quantity, plain) for quantity in found)
    )


def _in_place(quantity: Quantity, plain: PlainText) -> Quantity:
    """A number of the plain text where it stands in the text as it came."""
    start, end = plain.place(quantity.start, quantity.end)
    unsure = plain.is_unsure(quantity.start, quantity.end)
    parts = tuple(_in_place(part, plain) for part in quantity.parts)
    otherwise = quantity.otherwise and _in_place(quantity.otherwise, plain)
    return replace(quantity, start=start, end=end, unsure=unsure, parts=parts, otherwise=otherwise)


def _read(text: str) -> list[Quantity]:
    atoms = list(_atoms(text))
    found: list[Quantity] = []
    i = 0
    while i < len(atoms):
        joined, used = _join(text, atoms, i)
        found.extend(joined)
        i += used
    return found


def _join(text: str, atoms: list[Quantity], i: int) -> tuple[list[Quantity], int]:
    """What the atom at `i` forms with those behind it, and how many atoms that takes."""
    first = atoms[i]
    second = atoms[i + 1] if i + 1 < len(atoms) else first
    gap = text[first.end : second.start]
    if second is first or len(gap) > 12 or not _JOINT.match(gap):
        return [first], 1
    if _SLASH.fullmatch(gap):
        return _slashes(text, atoms, i)
    if first.in_name or second.in_name:
        return [first], 1
    if (
        first.spelled
        and second.spelled
        and _IN_WORDS.fullmatch(gap)
        and first.unit is None
        and goes_on_in_words(first.value, second.value)
    ):
        joined, used = _join(
            text, [replace(second, start=first.start, value=first.value + second.value), *atoms[i + 2 : i + 4]], 0
        )
        return joined, used + 1
    if _PLUS_MINUS.fullmatch(gap):
        unit = first.unit or second.unit
        return [replace(first, end=second.end, unit=unit, deviation=second.value.copy_abs())], 2
    if _OF.fullmatch(gap) and first.unit is None and second.unit is None and _is_part(first, second):
        return [replace(first, end=second.end, unit=f"/{second.value.normalize():f}")], 2
    range_ = _range(text, first, second, gap)
    return ([range_], 2) if range_ else ([first], 1)


def _range(text: str, first: Quantity, second: Quantity, gap: str) -> Quantity | None:
    before = text[max(0, first.start - 10) : first.start]
    between = _AND.fullmatch(gap) and re.search(r"\b[Bb]etween\s\$?$", before)
    to = _TO.fullmatch(gap)
    if not (between or to or _DASH.fullmatch(gap)):
        return None
    if first.unit not in (None, second.unit) or first.spelled != second.spelled:
        return None
    readable = bool(to) and (
        first.unit
        or "→" in gap
        or (first.value > second.value and text[first.start - 1 : first.start] in ("(", "{"))  # "(225 to 20)"
        or _FROM.search(text, max(0, first.start - _FROM_REACH), first.start)
    )
    parts_alone = readable or (first.unit == "%" and _LONE_DASH.fullmatch(gap))
    orders = text.endswith("magnitude", second.start, second.end)  # "3-4 orders of magnitude"
    return Quantity(
        start=first.start,
        end=second.end,
        value=_finite(_WIDE.power(10, first.value), first.value) if orders else first.value,
        upper=second.value,
        unit=second.unit,
        spelled=first.spelled,
        parts=(_sharing(first, second.unit), second) if parts_alone else (),
    )


def _slashes(text: str, atoms: list[Quantity], i: int) -> tuple[list[Quantity], int]:
    """`4.8/5` is a fraction; `36/37/38%` and `51.2/48.7` are lists that share a unit."""
    last = i + 1
    while last + 1 < len(atoms) and _SLASH.fullmatch(text, atoms[last].end, atoms[last + 1].start):
        last += 1
    run = atoms[i : last + 1]
    if any(atom.in_name for atom in run):
        return [replace(atom, in_name=True) for atom in run], len(run)
    first, second = run[0], run[1]
    if len(run) == 2 and second.unit is None and _is_part(first, second):
        return [replace(first, end=second.end, unit=f"/{second.value.normalize():f}")], 2
    return [_sharing(atom, run[-1].unit) for atom in run], len(run)


def _is_part(first: Quantity, second: Quantity) -> bool:
    """Whether "3 of 5" can be meant: a whole number of things, not more than there are."""
    return first.value <= second.value < _MOST_THINGS and second.value == second.value.to_integral_value()


def _sharing(atom: Quantity, unit: str | None) -> Quantity:
    return atom if atom.unit or not unit else replace(atom, unit=unit, unit_shared=True)


def _atoms(text: str) -> Iterator[Quantity]:
    urls = deque(find_urls(text))
    atom = _atom_pattern()
    previous: Quantity | None = None
    position = 0
    while (start := _next_start(text, position)) is not None:
        with_sign = _SIGN_BEFORE.search(text, max(position, start - 2), start)
        match = (with_sign and atom.match(text, with_sign.start())) or atom.match(text, start)
        if match and match["sign"] and previous and _ends_range(text, match, previous):
            match = atom.match(text, start)
        position = match.end() if match else start + 1
        if match is None:
            continue
        while urls and urls[0].end <= match.start():
            urls.popleft()
        in_url = bool(urls) and urls[0].start < match.end()
        previous = _atom(text, match, in_url, previous)
        yield previous


@lru_cache(maxsize=1)
def _atom_pattern() -> re.Pattern[str]:
    """The grammar of one number, compiled where a text is read: `import absextract` shall not wait for it."""
    return re.compile(_ATOM)


def _ends_range(text: str, match: re.Match[str], previous: Quantity) -> bool:
    """Whether a sign is the dash of a range that lacks a blank: "87.2% -96.7%"."""
    if match["sign"] == "+" or previous.in_name or text[previous.end : match.start()] != " ":
        return False
    unit = canonical_unit(match["unit"]) if match["unit"] else None
    return previous.unit in (None, unit) and abs(_value(match)) > previous.value


def _next_start(text: str, position: int) -> int | None:
    """Where the next number may begin."""
    if _NUMBER_WORD.match(text, position) and not text[position - 1 : position].isalpha():
        return position
    hint = _HINT.search(text, position)
    return hint and hint.start() + (not text[hint.start()].isdigit())


def _atom(text: str, match: re.Match[str], in_url: bool, previous: Quantity | None) -> Quantity:
    start, end = match.span()
    if match["digits"] is None:
        value, unit = _spelled(match)
        return Quantity(start, end, value, unit=unit, spelled=True, in_name=in_url)
    value = _value(match)
    unit = canonical_unit(match["unit"]) if match["unit"] else None
    if match["orders"]:
        value, unit = _finite(_WIDE.power(10, value), value), "x"
    if unit is None and (dollar := _dollar_before(text, start)) is not None:
        start, unit = dollar, "$"
        if _MINUS_BEFORE.search(text, max(0, start - 2), start):
            start, value = start - 1, value.copy_negate()
    follows_name = previous.in_name if previous and previous.end == start - 1 else None
    has_index = text.startswith("_", end) and not _PLUS_MINUS.match(text, end)
    in_name = in_url or has_index or is_in_name(text, match, unit, follows_name=follows_name)
    quantity = Quantity(start, end, value, unit=unit, in_name=in_name or _is_footnote(text, match, unit, previous))
    return _with_dash(text, quantity) if match["sign"] not in (None, "+") else quantity


def _is_footnote(text: str, match: re.Match[str], unit: str | None, previous: Quantity | None) -> bool:
    """Whether a digit right behind a whole number with its unit refers to a note: "33.4 mm 1 on"."""
    if previous is None or previous.unit is None or unit or len(match.group()) > 1 or previous.end != match.start() - 1:
        return False
    return text[previous.end] == " "


def _with_dash(text: str, quantity: Quantity) -> Quantity:
    """A number with its minus, or without the dash that stands in its place."""
    # No factor is below nought
    is_factor = quantity.unit == "x" and text[quantity.start - 1 : quantity.start] == " "
    if is_factor or is_dash(text, quantity.start, quantity.end, is_large=-quantity.value >= LARGEST_CHANGE):
        return replace(quantity, start=quantity.start + 1, value=quantity.value.copy_negate(), otherwise=quantity)
    return quantity


def _dollar_before(text: str, start: int) -> int | None:
    """Where the dollar sign of a sum of money stands; None for a number that has none, or one of a formula."""
    if text[start - 1 : start] == "$" and not _in_formula(text, start):
        return start - (2 if text[start - 2 : start - 1] == "\\" else 1)
    apart = text[start - 2 : start] == "$ " and _DOLLAR_APART.search(text, max(0, start - 6), start)
    return start - (3 if apart[0][0] == "\\" else 2) if apart else None


def _in_formula(text: str, start: int) -> bool:
    return text[start - 2 : start - 1] != "\\" and bool(_FORMULA.match(text, start))


def _spelled(match: re.Match[str]) -> tuple[Decimal, str | None]:
    if match["word"]:
        value = Decimal(_WORDS[match["word"].lower()] + _WORDS.get(match["ones"], 0))
        if match["word_orders"]:
            return 10**value, "x"
        if match["word_scale"]:
            value *= SCALES[match["word_scale"].strip()]
        return value, canonical_unit(match["word_unit"]) if match["word_unit"] else None
    if match["multiplier"]:
        return Decimal(_MULTIPLIERS[match["multiplier"].lower()]), "x"
    return Decimal(10), "x"


def _value(match: re.Match[str]) -> Decimal:
    digits = match["digits"]
    if not digits.isdigit():
        digits = _THOUSANDS.sub("", digits).replace("·", ".")
    value = Decimal(digits)
    if match["power"]:
        power = unicodedata.normalize("NFKC", match["power"]).replace("−", "-").replace("–", "-")
        exponent = Decimal(re.search(r"[-+]?\d+[})]?$", power)[0].rstrip("})"))  # type: ignore[index]  # the pattern ends in digits
        raised = match["power"][0] in _RAISED
        value = _finite(_WIDE.power(value, exponent) if raised else _WIDE.scaleb(value, exponent), value)
    if match["scale"]:
        value = _WIDE.multiply(value, SCALES[match["scale"].strip().lower()])
    return value.copy_negate() if match["sign"] in ("-", "−", "–") else value


def _finite(number: Decimal, otherwise: Decimal) -> Decimal:
    return number if number.is_finite() else otherwise


def _as_float(number: Decimal) -> float | None:
    value = float(number)
    return value if math.isfinite(value) else None
