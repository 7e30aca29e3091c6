r"""Numbers with their whole units, each in all ways it can be meant: "77K", "1.2 x 105", "40 to 50 µm", "½".

`quantities` reads what every text needs; this reads on from there, for values that are not found as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

from ..patterns import regex
from .kelvin import is_kelvin
from .quantities import Quantity, read_quantities
from .scripts import UNSPACED
from .unit_forms import UnitForm, UnitReading, form_of, read_unit
from .unit_table import known_unit
from .worded_numbers import WORDED, worded_number

__all__ = ["Meaning", "Measure", "Measures", "is_in_words", "read_measures", "same_value"]


@dataclass(frozen=True, slots=True)
class Meaning:
    """One way to read a number.

    Attributes:
        value: the number; the lower end of a range.
        upper: the other end of a range.
        deviation: what follows ±.
        form: its unit, None without one.
        end: where the unit ends.
    """

    value: Decimal
    upper: Decimal | None
    deviation: Decimal | None
    form: UnitForm | None
    end: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of a text with its unit.

    Attributes:
        start, end: half-open code-point interval in the text read.
        number_end: where the digits end and the unit may begin.
        meanings: what it can mean, likeliest first.
        in_name: whether the number without its unit would belong to a name ("5μM", and "3D").
        ends: what can also be read on its own: the ends of "from 40 to 50 µm", the nine of "one of the nine".
        in_words: it is a fraction in words or one sign, so that its parts are no numbers ("two thirds", "¾").
    """

    start: int
    end: int
    number_end: int
    meanings: tuple[Meaning, ...]
    in_name: bool = False
    ends: tuple[Measure, ...] = ()
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class Measures:
    """The numbers of a text.

    Attributes:
        inline: those that stand one behind the other.
        raised: two of them that may be one, since the exponent lost its raising ("1.2 x 105").
    """

    inline: tuple[Measure, ...]
    raised: tuple[Measure, ...]


_GLUED = regex(rf"(?:[@#^'’/_.-]|(?![{UNSPACED}])\w)$")
_SCALED = regex(r"\d([KMT])$")
_LETTER_SCALES = {"K": 10**3, "M": 10**6, "T": 10**12}
_SCALE = regex(r"\s(?:hundred|thousand|million|billion|trillion|[mb]n|lakhs?|crores?)\b")
_LAST_DIGITS = regex(r"(?<=\.\d{3})\(\d{1,3}\)|(?<=\.\d\d)\(\d{1,3}\)|(?<=\.\d{4})\(\d{1,3}\)")
"""How sure the last digits are: "1.397(3) Å"."""
_SPREAD_NAME = r"(?:(?:range|IQR|SD|SE|SEM|CI|interquartile range|mean|median)[\s,:=]{0,2})?"
_SPREAD = regex(rf"\s\({_SPREAD_NAME}\d[\d.]*(?:(?:\s?[-–−]\s?|\sto\s|,\s)\d[\d.]*)?\)(?=\s[A-Za-zµ%°])", re.IGNORECASE)
_OPENED = regex(rf"\d\s\({_SPREAD_NAME}$", re.IGNORECASE)
_CLOSED = regex(r"\)(?=\s?[A-Za-zµ%°])")
_CURRENCY = regex(r"(?:US(?=\$))?([€£]|(?<=US)\$)\s?$")
_DECIMAL_PARTS = frozenset({2, 4, 5, 8, 10})
_CROSS = regex(r"(?<=\d)x(?=\d)")
_OF = regex(r"\sof\s(?:the\s|these\s|those\s|our\s|every\s)?")
_STROKE = regex(r"(?<=\d)/(?=\d\d)")
_DECADE = regex(r"(?:1[4-9]|20)\d0s")
_TO = regex(
    r"[\s$]*(?:[-–—‒−~]{1,3}|-?\s?\bto|and|through|(?:and\s)?up\sto|until)"
    r"(?:\s(?:about|approximately|around|over|nearly|roughly|more\sthan))?[\s$~≈]*"
)
_PLUS_MINUS = regex(r"\s?(?:±|\\pm|\+/-)\s?")
_LONGEST_JOINT = 24
_WIDE = Context(prec=60, traps=[])
_DASHES = ("-", "–", "−")
_BETWEEN = regex(r"\b[Bb]etween\s\$?$")
_FROM = regex(r"\b[Ff]rom\s\$?$")
_POWER_SIGN = regex(r"\s?[×x*]\s?")
_LOST_POWER = regex(r"10(\d{1,2})(?!\d)")
_LOST_SIGN = regex(r"10\s?[-−–‐‑]\s?(\d{1,2})(?!\d)")
_LONGEST_WORDED = 24
_LARGEST_POWER = 60


def is_in_words(text: str, start: int, end: int) -> bool:
    """Whether a number in words is part of a longer one: the two of "two dozen"."""
    floor = max(0, start - _LONGEST_WORDED)
    worded = (match for match in WORDED.finditer(text, floor, end + _LONGEST_WORDED))
    return any(
        match.start() <= start and end <= match.end() and match.end() - match.start() > end - start for match in worded
    )


def same_value(a: Decimal, a_factor: Fraction, b: Decimal, b_factor: Fraction) -> bool:
    """Whether two numbers of two units of one kind are exactly the same."""
    if a_factor == b_factor:
        return a == b
    if max(abs(a.adjusted()), abs(b.adjusted())) > _LARGEST_POWER:
        return False
    return Fraction(a) * a_factor == Fraction(b) * b_factor


def read_measures(text: str, *, deep: bool = False) -> Measures:
    """All numbers of a text that measure or count something, in order.

    Args:
        text: what is read.
        deep: whether to ask for rare units too.
    """
    text = _CROSS.sub("×", text)  # "1024x768" holds two numbers
    read = list(_read(text, deep))
    return Measures(tuple(_ranges(text, read)), tuple(_lost_powers(text, read)))


def _read(text: str, deep: bool) -> Iterator[Measure]:
    end = -2
    for quantity in _with_words(text):
        # the exponent of the unit before, and what was taken for a range with it: "2 g cm−3 to 3 g cm−3"
        for own in [quantity] if quantity.start >= end else _rest_of(text, end, quantity.end):
            measure = _measure(text, own, deep, previous=end)
            if measure is not None:
                end = measure.end
                yield measure


def _rest_of(text: str, start: int, end: int) -> Iterator[Quantity]:
    """The numbers of a part of the text, which may begin with a dash."""
    start += text[start : start + 1] in _DASHES
    for quantity in read_quantities(text[start:end]) if start < end else ():
        yield replace(quantity, start=start + quantity.start, end=start + quantity.end, parts=(), otherwise=None)


def _measure(text: str, quantity: Quantity, deep: bool, *, previous: int) -> Measure | None:
    """The number with its unit, None for digits of a name; a dash behind the previous measure begins no name."""
    meanings = list(_meanings(text, quantity, deep))
    glued = previous != quantity.start - 1 and _GLUED.search(text[max(0, quantity.start - 1) : quantity.start])
    if quantity.in_name and (glued or meanings[0].form is None or _DECADE.match(text, quantity.start)):
        return None
    ends = tuple(_end_of(text, quantity, part, meanings) for part in quantity.parts) or tuple(_whole_of(text, quantity))
    return Measure(
        quantity.start,
        max(m.end for m in meanings),
        _digits_end(text, quantity.start, quantity.end),
        tuple(meanings),
        quantity.in_name,
        ends,
        in_words=quantity.spelled
        and (quantity.unit or "").startswith("/")
        and not _OF.search(text, quantity.start, quantity.end),
    )


def _whole_of(text: str, quantity: Quantity) -> Iterator[Measure]:
    """The nine of "one of the nine", the 240 of "17/240 calves"."""
    is_part = quantity.unit is not None and quantity.unit.startswith("/")
    of = is_part and (
        _OF.search(text, quantity.start, quantity.end) or _STROKE.search(text, quantity.start, quantity.end)
    )
    if of:
        start, end = of.end(), quantity.end
        value = Decimal(str(quantity.unit)[1:])
        yield Measure(start, end, end, (Meaning(value, None, None, None, end),))


def _end_of(text: str, range_: Quantity, part: Quantity, meanings: Sequence[Meaning]) -> Measure:
    """One end of a range, with the unit of the whole."""
    letter = None if part.unit else _SCALED.search(text[part.start : part.end])
    scale = _LETTER_SCALES[letter[1]] if letter else 1  # of "300K to 600K", where that is kelvin
    own = [
        replace(m, value=part.value / scale if m.form else part.value, upper=None, deviation=part.deviation)
        for m in meanings
    ]
    if part.end < range_.end:
        own = [replace(meaning, end=part.end) for meaning in own]
    return Measure(part.start, max(m.end for m in own), part.end, tuple(own))


def _meanings(text: str, quantity: Quantity, deep: bool) -> Iterator[Meaning]:
    start, end = quantity.start, quantity.end
    plain = Meaning(quantity.value, quantity.upper, quantity.deviation, None, end)
    written = text[start:end]
    letter = None if quantity.unit else _SCALED.search(written)
    kelvin = is_kelvin(text, start, end) if letter and letter[1] == "K" else None
    if letter and kelvin is not False:
        scale = _LETTER_SCALES[letter[1]]
        upper = None if quantity.upper is None else quantity.upper / scale
        alone = upper is not None and written.count(letter[1]) == 1  # of "40-50K" the end alone is scaled
        value = quantity.value if alone else quantity.value / scale
        for unit in read_unit(text, end - 1, deep=deep):
            yield replace(plain, value=value, upper=upper, form=unit.form, end=unit.end)
        if kelvin:
            return
    if quantity.unit and quantity.unit.startswith("/"):
        yield from _of_fraction(text, plain, quantity, deep)
        return
    units = _units(text, quantity, deep)
    lost = _lost_sign(text[start : _digits_end(text, start, end)], quantity, with_unit=bool(units))
    for unit in units:
        yield replace(plain, form=unit.form, end=unit.end)
        if lost is not None:
            yield Meaning(lost, None, None, unit.form, unit.end)
    if not units and lost is not None:
        yield Meaning(lost, None, None, None, end)
    if not units or _is_counted(units[0].form):
        currency = _CURRENCY.search(text[max(0, start - 4) : start])
        yield replace(plain, form=known_unit(currency[1]) if currency else None)


def _lost_sign(written: str, quantity: Quantity, *, with_unit: bool) -> Decimal | None:
    """What "10−3" is where its exponent lost its raising; with another dash than a minus "10-15 g" is a range."""
    lost = _LOST_SIGN.fullmatch(written)
    if lost is None or ("−" not in written and (not with_unit or (quantity.upper or 0) >= quantity.value)):
        return None
    return Decimal(1).scaleb(-int(lost[1]))


def _of_fraction(text: str, plain: Meaning, quantity: Quantity, deep: bool) -> Iterator[Meaning]:
    """Three quarters, as that and as 0.75 of a unit; "3 of 4" is no 0.75."""
    under = int(str(quantity.unit)[1:])
    units = read_unit(text, plain.end, deep=deep)
    if under in _DECIMAL_PARTS and not _OF.search(text, quantity.start, plain.end):
        yield from (replace(plain, value=plain.value / under, form=unit.form, end=unit.end) for unit in units)
        yield replace(plain, value=plain.value / under)
    yield replace(plain, form=form_of(f"/{under}"))


def _units(text: str, quantity: Quantity, deep: bool) -> tuple[UnitReading, ...]:
    """The unit behind a number, which may be longer than what was read with the number ("0.8% w/w")."""
    if quantity.unit is None or quantity.unit_shared:
        if spread := _SPREAD.match(text, quantity.end):  # the unit of "4 (3–6) days"
            return tuple(replace(unit, end=quantity.end) for unit in read_unit(text, spread.end(), deep=deep))
        closed = _CLOSED.match(text, quantity.end) and (
            quantity.deviation is not None  # "12 (± 3) cm"
            or _OPENED.search(text, max(0, quantity.start - _LONGEST_JOINT), quantity.start)
        )
        unsure = _LAST_DIGITS.match(text, quantity.end)
        return read_unit(text, unsure.end() if unsure else quantity.end + bool(closed), deep=deep)
    known = read_unit(text, quantity.end, base=form_of(quantity.unit), deep=deep)
    afresh = read_unit(text, _digits_end(text, quantity.start, quantity.end), deep=deep)
    return afresh if afresh and afresh[0].end > known[0].end else known


def _is_counted(form: UnitForm) -> bool:
    """Whether a unit begins with a thing that is counted, so that the number may stand for itself."""
    return any(name.startswith("word:") and power > 0 for name, power in form[1])


def _with_words(text: str) -> list[Quantity]:
    """The numbers, and fractions and dozens in words."""
    worded = [worded_number(match) for match in WORDED.finditer(text)]
    kept: list[Quantity] = []
    for quantity in sorted([*worded, *read_quantities(text)], key=lambda q: q.start):  # in words first
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _ranges(text: str, measures: Sequence[Measure]) -> Iterator[Measure]:
    """Joins ends that have units of their own: "40 µm to 50 µm", "between 40 µm and 50 µm"."""
    i = 0
    while i < len(measures):
        first, second = measures[i], measures[i + 1] if i + 1 < len(measures) else None
        joined = second and (_range(text, first, second) or _deviating(text, first, second))
        yield joined or first
        i += 2 if joined else 1


def _deviating(text: str, first: Measure, second: Measure) -> Measure | None:
    """A number with its deviation where both have their unit: "1.2 mg/g ± 0.3 mg/g"."""
    a, b = first.meanings[0], second.meanings[0]
    if a.form is None or a.form != b.form or not _PLUS_MINUS.fullmatch(text[first.end : second.start]):
        return None
    if {a.upper, b.upper, a.deviation, b.deviation} != {None}:
        return None
    meant = replace(a, deviation=b.value, end=b.end)
    return Measure(first.start, second.end, first.number_end, (meant,))


def _range(text: str, first: Measure, second: Measure) -> Measure | None:
    a, b = first.meanings[0], second.meanings[0]
    joint = text[first.end : second.start]
    if len(joint) > _LONGEST_JOINT or not _TO.fullmatch(joint) or a.upper is not None or b.upper is not None:
        return None
    if joint.strip() == "and" and not _BETWEEN.search(text[max(0, first.start - 12) : first.start]):
        return None
    if b.form is None or a.deviation is not None or (a.form and a.form[1] != b.form[1]):
        return None
    alone = "to" in joint and (a.form is not None or _FROM.search(text[max(0, first.start - 8) : first.start]))
    own_unit = first if a.form else replace(first, meanings=tuple(replace(m, form=b.form) for m in first.meanings))
    whole = _with_one_unit(own_unit.meanings[0], second.meanings)
    return Measure(first.start, second.end, second.number_end, whole, ends=(own_unit, second) if alone else ())


def _with_one_unit(lower: Meaning, uppers: Sequence[Meaning]) -> tuple[Meaning, ...]:
    """A range in the unit of its end, or, where the ends have two, in what both are multiples of: "1 h to 3 days"."""
    upper = uppers[0]
    if lower.form == upper.form or lower.form is None or upper.form is None:
        return tuple(replace(m, value=lower.value, upper=m.value) for m in uppers if m.upper is None)
    low, high = (_WIDE.multiply(m.value, _decimal(m.form[0])) for m in (lower, upper) if m.form)
    return (replace(upper, value=low, upper=high, form=(Fraction(1), upper.form[1])),)


def _decimal(factor: Fraction) -> Decimal:
    return _WIDE.divide(Decimal(factor.numerator), Decimal(factor.denominator))


def _lost_powers(text: str, measures: Sequence[Measure]) -> Iterator[Measure]:
    """What lost the raising of its exponent: "1.2 x 105" is also 120,000."""
    for first, second in pairwise(measures):
        a, gap = first.meanings[0], text[first.end : second.start]
        power = _LOST_POWER.match(text, second.start)
        is_mantissa = abs(a.value) < 10 and a.form in (None, known_unit("x")) and a.upper is None
        if power and is_mantissa and len(gap) <= 3 and _POWER_SIGN.fullmatch(text[first.number_end : second.start]):
            value = a.value.scaleb(int(power[1]))
            meanings = tuple(replace(m, value=value, upper=None) for m in second.meanings)
            yield Measure(first.start, second.end, second.number_end, meanings)


def _digits_end(text: str, start: int, end: int) -> int:
    """Where a number ends, with its "million"."""
    digits = start + max((i for i, char in enumerate(text[start:end], start=1) if char.isdigit()), default=end - start)
    scale = _SCALE.match(text, digits, end)
    return scale.end() if scale else digits
